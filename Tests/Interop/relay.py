# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A narrow, slow or lossy line where the kernel lacks netem: relay.py LISTEN TARGET [--delay MS] [--rate BYTES/S] [--loss SHARE].

Relays TCP and UDP from LISTEN to TARGET. The delay is one way; the rate is of each direction, all connections together. A lost
datagram is gone; a lost stretch of TCP comes late by three delays, and all behind it, as after a retransmission. Prints one JSON
line with the address it listens on."""

import argparse
import collections
import heapq
import json
import random
import selectors
import socket
import sys
import time

CHUNK = 1 << 20
# In bytes and direction: more than any line tested here holds.
IN_FLIGHT = 256 << 20
# Not among Python's names.
SO_SNDBUFFORCE, SO_RCVBUFFORCE = 32, 33


class Line:
    """One direction: when what enters it comes out."""

    def __init__(self, options, seed):
        self.delay, self.rate, self.loss = options.delay / 1000, options.rate, options.loss
        self.free = 0.0
        self.random = random.Random(seed)

    def lost(self):
        return self.loss > 0 and self.random.random() < self.loss

    def due(self, length, now):
        if self.rate:
            self.free = max(self.free, now) + length / self.rate
            return self.free + self.delay
        return now + self.delay


class Way:
    """From one socket to another, in order."""

    def __init__(self, relay, line, source, target):
        self.relay, self.line, self.source, self.target = relay, line, source, target
        self.queue = collections.deque()
        self.bytes = 0
        self.last = 0.0
        self.ended = False

    def read(self):
        try:
            data = self.source.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = time.monotonic()
        due = max(self.last, self.line.due(len(data), now))
        if data and self.line.lost():
            due += 3 * self.line.delay
        self.last = due
        if not data:
            self.ended = True
        self.queue.append((due, memoryview(data)))
        self.bytes += len(data)
        self.relay.wake(due, self)
        self.relay.watch(self.source)

    def write(self, now):
        """Sends what is due; the rest waits for its time or for room."""
        while self.queue and self.queue[0][0] <= now:
            due, data = self.queue[0]
            if not data:
                self.queue.popleft()
                try:
                    self.target.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                return
            try:
                sent = self.target.send(data)
            except BlockingIOError:
                self.relay.wait_for_room(self)
                return
            except OSError:
                return self.relay.drop(self)
            self.bytes -= sent
            if sent < len(data):
                self.queue[0] = (due, data[sent:])
            else:
                self.queue.popleft()
        self.relay.watch(self.source)
        if self.queue:
            self.relay.wake(self.queue[0][0], self)

    @property
    def may_read(self):
        # A narrow line takes little more than it carries: whoever sends must feel it.
        room = max(CHUNK, int(self.line.rate * (0.2 + self.line.delay))) if self.line.rate else IN_FLIGHT
        return not self.ended and self.bytes < room


def datagram_socket(family):
    """A socket that loses little of its own: what the system grants, which is more for root."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    for option in (SO_RCVBUFFORCE, SO_SNDBUFFORCE):
        try:
            sock.setsockopt(socket.SOL_SOCKET, option, 16 << 20)
        except OSError:
            pass
    sock.setblocking(False)
    return sock


class Relay:
    def __init__(self, options):
        self.selector = selectors.DefaultSelector()
        host, port = options.listen.rsplit(":", 1)
        self.host = host
        target_host, target_port = options.target.rsplit(":", 1)
        self.target = (target_host.strip("[]"), int(target_port))
        self.family = socket.AF_INET6 if ":" in self.target[0] else socket.AF_INET
        self.listener = socket.socket(self.family, socket.SOCK_STREAM)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((host.strip("[]"), int(port)))
        self.listener.listen(64)
        self.listener.setblocking(False)
        self.datagrams = datagram_socket(self.family)
        self.datagrams.bind(self.listener.getsockname()[:2])
        self.there, self.back = Line(options, 1), Line(options, 2)
        self.selector.register(self.listener, selectors.EVENT_READ, "listener")
        self.selector.register(self.datagrams, selectors.EVENT_READ, "datagrams")
        self.timers, self.number = [], 0
        self.ways = {}  # socket -> (way out of it, way into it)
        self.blocked = set()
        self.clients, self.mirrors = {}, {}
        print(json.dumps({"event": "listening", "address": f"{host}:{self.listener.getsockname()[1]}"}), flush=True)

    def wake(self, due, what):
        self.number += 1
        heapq.heappush(self.timers, (due, self.number, what))

    def watch(self, sock):
        if sock not in self.ways:
            return
        out, into = self.ways[sock]
        events = (selectors.EVENT_READ if out.may_read else 0) | (selectors.EVENT_WRITE if into in self.blocked else 0)
        known = self.selector.get_map().get(sock.fileno()) if sock.fileno() >= 0 else None
        if known is None:
            if events and sock.fileno() >= 0:
                self.selector.register(sock, events, "stream")
        elif not events:
            self.selector.unregister(sock)
        elif known.events != events:
            self.selector.modify(sock, events, "stream")

    def wait_for_room(self, way):
        self.blocked.add(way)
        self.watch(way.target)

    def drop(self, way):
        for sock in (way.source, way.target):
            if sock in self.ways:
                if sock.fileno() in self.selector.get_map():
                    self.selector.unregister(sock)
                del self.ways[sock]
                sock.close()

    def accept(self):
        near, _ = self.listener.accept()
        far = socket.socket(self.family, socket.SOCK_STREAM)
        try:
            far.connect(self.target)
        except OSError:
            near.close()
            far.close()
            return
        for sock in (near, far):
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        there, back = Way(self, self.there, near, far), Way(self, self.back, far, near)
        self.ways[near], self.ways[far] = (there, back), (back, there)
        self.watch(near)
        self.watch(far)

    def datagram(self, sock):
        while True:
            try:
                data, source = sock.recvfrom(65536)
            except BlockingIOError:
                return
            except OSError:
                continue
            if sock is self.datagrams:
                if source not in self.clients:
                    mirror = datagram_socket(self.family)
                    mirror.connect(self.target)
                    self.clients[source], self.mirrors[mirror] = mirror, source
                    self.selector.register(mirror, selectors.EVENT_READ, "datagrams")
                line, out, to = self.there, self.clients[source], None
            else:
                line, out, to = self.back, self.datagrams, self.mirrors[sock]
            # A queue of a quarter of a second, and what comes then is lost.
            if line.lost() or line.rate and line.free - time.monotonic() > 0.25:
                continue
            self.wake(line.due(len(data), time.monotonic()), (out, data, to))

    def fire(self, now):
        while self.timers and self.timers[0][0] <= now:
            what = heapq.heappop(self.timers)[2]
            if isinstance(what, Way):
                if what not in self.blocked and what.source in self.ways:
                    what.write(now)
                continue
            out, data, to = what
            try:
                out.sendto(data, to) if to else out.send(data)
            except OSError:
                pass

    def run(self):
        while True:
            wait = max(0, self.timers[0][0] - time.monotonic()) if self.timers else None
            for key, events in self.selector.select(wait):
                if key.data == "listener":
                    self.accept()
                elif key.data == "datagrams":
                    self.datagram(key.fileobj)
                elif key.fileobj in self.ways:
                    out, into = self.ways[key.fileobj]
                    if events & selectors.EVENT_READ:
                        out.read()
                    if events & selectors.EVENT_WRITE and key.fileobj in self.ways:
                        self.blocked.discard(into)
                        self.watch(key.fileobj)
                        into.write(time.monotonic())
            self.fire(time.monotonic())


parser = argparse.ArgumentParser()
parser.add_argument("listen")
parser.add_argument("target")
parser.add_argument("--delay", type=float, default=0, help="milliseconds, one way")
parser.add_argument("--rate", type=float, default=0, help="bytes per second and direction")
parser.add_argument("--loss", type=float, default=0, help="a share of 1")
if __name__ == "__main__":
    try:
        Relay(parser.parse_args()).run()
    except KeyboardInterrupt:
        sys.exit(0)
