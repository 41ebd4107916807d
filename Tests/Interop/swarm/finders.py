# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What brings peers together: opentracker, a tracker of ours, nodes of the DHT, a web server; and how tests wait for others.

opentracker takes a peer's address from its connection, which for sward is that of the tracker."""

import http.server
import ipaddress
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

import bencode
from support import HERE as INTEROP, TIMEOUT, Process, free_port

HOST, HOST6 = "10.99.0.1", "fd99::1"  # of the other clients
OURS, OURS6 = "10.99.0.2", "fd99::2"  # of sward, the trackers and the nodes of the DHT
THIRD = "10.99.0.3"  # of a second sward, since to some clients an address is a peer


def set_up_addresses():
    """Those that are not there from the start; and from where whoever binds no address goes to which.

    To the clients from ours, not from theirs: when opentracker tells Transmission of itself, it refuses that address ever
    after. To the third from the clients': libtorrent binds none, and is known there by where it came from."""
    def ip(*words):
        subprocess.run(["ip", *words], check=True)

    for address in (f"{THIRD}/32", f"{HOST6}/128", f"{OURS6}/128", *(f"10.99.{n}.2/32" for n in range(1, DHTNodes.most))):
        ip("address", "replace", address, "dev", "lo")
    for address, source in ((HOST, OURS), (THIRD, HOST)):
        ip("route", "replace", "table", "local", "local", address, "dev", "lo", "scope", "host", "src", source)


def poll(described, check, interval=0.1):
    """Until `check` gives something; there is nothing to wait for but the other program's own clock."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(interval)
    raise AssertionError(f"not within {TIMEOUT} s: {described()}")


class Bell:
    """A FIFO that another program rings by writing a line into it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        os.mkfifo(self.path)
        self.rung = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with open(self.path) as pipe:
            pipe.readline()
        self.rung.set()

    def script(self):
        """A program that rings it."""
        script = self.path.with_suffix(".sh")
        script.write_text(f"#!/bin/sh\necho done > {self.path}\n")
        script.chmod(0o755)
        return script

    def wait(self, described):
        if not self.rung.wait(TIMEOUT):
            raise AssertionError(f"not finished within {TIMEOUT} s: {described()}")


class Tracker:
    """opentracker; Debian's serves only the info-hashes of its list, which lies inside its chroot."""

    def __init__(self, test, scheme):
        self.test = test
        self.port = free_port(OURS)
        self.url = f"{scheme}://{OURS}:{self.port}/announce"

    def start(self, hashes):
        chroot = self.test.folder / "tracker"
        chroot.mkdir(mode=0o755)
        self.test.folder.chmod(0o755)  # so that the user it becomes can see its own folder
        (chroot / "whitelist").write_text("".join(h[:40] + "\n" for h in hashes))
        self.process = Process(self.test, [
            "opentracker", "-i", OURS, "-p", self.port, "-P", self.port, "-d", chroot, "-u", "nobody", "-w",
            "/whitelist"], stderr=subprocess.STDOUT)

    def knows(self, info_hash):
        """Whether it has a peer of that torrent."""
        name = urllib.parse.quote_from_bytes(bytes.fromhex(info_hash[:40]), safe="")
        try:
            with urllib.request.urlopen(f"http://{OURS}:{self.port}/scrape?info_hash={name}", timeout=5) as answer:
                return b"8:completei0e" not in (body := answer.read()) and b"8:completei" in body
        except OSError:
            return False

    def wait_for(self, info_hash):
        poll(self.process.describe, lambda: self.knows(info_hash))


def compact(address):
    """An address as trackers and nodes write it (BEP 7, 23)."""
    host, port = address.rsplit(":", 1)
    return ipaddress.ip_address(host.strip("[]")).packed + int(port).to_bytes(2, "big")


class Introduction:
    """A tracker of ours, reached over either family, that names one peer, whoever asks, or nobody: opentracker knows no IPv6
    (BEP 7), and names all it has heard of."""

    def __init__(self, test, named=None, host=OURS):
        fields = {"interval": 5, "peers": b""}
        if named:
            fields["peers6" if "[" in named else "peers"] = compact(named)
        answer = bencode.encode(fields)

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        server = type("Server", (http.server.ThreadingHTTPServer,), {"address_family": family})((host, 0), Handler)
        server.handle_error = lambda *_: None  # a client that hangs up is no news here
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{server.server_port}/announce"


class DHTNodes:
    """Nodes of libtorrent's DHT, each in a network of its own, as clients ask few of one network; others begin at the first,
    and the last is asked what they know."""

    most = 12

    def __init__(self, test, count):
        self.process = Process(
            test, [sys.executable, INTEROP / "swarm/libtorrent_dht.py", f"{OURS}:0", "--nodes", count, "--apart"],
            stdin=subprocess.PIPE)
        self.addresses = self.process.until("listening")["addresses"]
        self.address = self.addresses[0]

    def start(self, hashes):
        self.hashes = hashes

    def meet(self, address):
        """Lets each of them speak to a node that is slow to ask others."""
        self.process.ask("meet", address)

    def wait_for(self, info_hash):
        poll(self.process.describe, lambda: self.process.ask("peers", info_hash[:40])["peers"], interval=0.3)


def with_fields(torrent, **fields):
    """A copy of a torrent file with those fields around its info."""
    torrent = pathlib.Path(torrent)
    copy = torrent.with_suffix(".other.torrent")
    copy.write_bytes(bencode.encode(
        bencode.decode(torrent.read_bytes()) | {key.encode(): value for key, value in fields.items()}))
    return copy
