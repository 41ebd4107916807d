# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookups in a DHT of a hundred nodes on this machine: what they ask, and how many steps they take."""

import os
import pathlib
import random
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile

from common import INTEROP, NAMES, PYTHON, SWARD, environment

sys.path.insert(0, str(INTEROP))
import bencode  # noqa: E402

NODES, BUCKET = 100, 8
LIBTORRENT_LOOKUPS = """
import sys, time, libtorrent as lt
def start(parameters):
    parameters.settings = {
        "listen_interfaces": "127.0.0.1:0", "enable_dht": True, "enable_lsd": False, "enable_upnp": False,
        "enable_natpmp": False, "dht_bootstrap_nodes": sys.argv[1], "dht_restrict_routing_ips": False,
        "dht_restrict_search_ips": False, "dht_ignore_dark_internet": False, "dht_enforce_node_id": False,
        "dht_prefer_verified_node_ids": False, "alert_mask": lt.alert.category_t.all_categories}
    session = lt.session(parameters)
    wait(session, "dht_bootstrap", 20)
    return session
def wait(session, kind, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        session.wait_for_alert(20)
        if any(kind in type(a).__name__ for a in session.pop_alerts()):
            return
session = start(lt.session_params())
time.sleep(2)
for line in sys.stdin:
    state = lt.write_session_params_buf(session.session_state())
    del session
    session = start(lt.read_session_params(state))
    session.dht_get_peers(lt.sha1_hash(bytes.fromhex(line.strip())))
    wait(session, "dht_get_peers_reply", 2)
    time.sleep(1)
"""


class Network:
    """Nodes that answer from tables such as a join leaves: of each distance eight at most, by chance."""

    def __init__(self, seed):
        chance = random.Random(seed)
        self.selector = selectors.DefaultSelector()
        self.nodes = []
        for number in range(NODES):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            # Each at an address of its own: of one host few are kept.
            sock.bind((f"127.{10 + number}.{number}.1", 0))
            sock.setblocking(False)
            self.nodes.append((chance.randbytes(20), sock))
            self.selector.register(sock, selectors.EVENT_READ, number)
        self.tables = [self.table(number, chance) for number in range(NODES)]
        self.queries = []  # (method, node, target, sender), in the order they came
        self.told = {}  # target -> node -> the least number of steps it took to hear of it

    def table(self, own, chance):
        buckets = {}
        for number, (name, _) in enumerate(self.nodes):
            if number != own:
                buckets.setdefault(distance(self.nodes[own][0], name).bit_length(), []).append(number)
        return [n for bucket in buckets.values() for n in chance.sample(bucket, min(BUCKET, len(bucket)))]

    def serve(self, until):
        while not until():
            for key, _ in self.selector.select(0.05):
                try:
                    data, sender = key.fileobj.recvfrom(4096)
                    message = bencode.decode(data)
                except (OSError, ValueError, IndexError):
                    continue
                if isinstance(message, dict) and message.get(b"y") == b"q":
                    self.answer(key.data, key.fileobj, message, sender)

    def answer(self, number, sock, message, sender):
        method, arguments = message[b"q"].decode(), message[b"a"]
        target = arguments.get(b"info_hash") or arguments.get(b"target")
        self.queries.append((method, number, target))
        reply = {"id": self.nodes[number][0]}
        if target:
            near = sorted(self.tables[number], key=lambda n: distance(self.nodes[n][0], target))[:BUCKET]
            reply["nodes"] = b"".join(
                self.nodes[n][0] + socket.inet_aton(self.nodes[n][1].getsockname()[0])
                + self.nodes[n][1].getsockname()[1].to_bytes(2, "big") for n in near)
            if method == "get_peers":
                reply["token"] = b"token"
                steps = self.told.setdefault(target, {})
                mine = steps.setdefault(number, 1)
                for n in near:
                    steps[n] = min(steps.get(n, 99), mine + 1)
        sock.sendto(bencode.encode({
            "t": message[b"t"], "y": "r", "r": reply, "ip": socket.inet_aton(sender[0]) + sender[1].to_bytes(2, "big")}), sender)

    def closest(self, target):
        return {n for n, _ in sorted(enumerate(self.nodes), key=lambda item: distance(item[1][0], target))[:BUCKET]}


def distance(a, b):
    return int.from_bytes(a, "big") ^ int.from_bytes(b, "big")


def lookups(folder, count):
    """Lookups of peers, each of another hash, by a node that begins with what it knew when it last ended."""
    chance = random.Random(5)
    targets = [chance.randbytes(20) for _ in range(count)]
    print(f"\n{count} lookups of peers in a DHT of {NODES} nodes that answer at once, means (and the most)")
    for name in NAMES:
        network = Network(4)
        host, port = network.nodes[0][1].getsockname()
        (ours if name == "sward" else theirs)(folder, network, f"{host}:{port}", targets)
        asked, steps, found = [], [], []
        for target in targets:
            nodes = [node for method, node, of in network.queries if method == "get_peers" and of == target]
            asked.append(len(nodes))
            steps.append(max(network.told.get(target, {}).get(n, 0) for n in nodes) if nodes else 0)
            found.append(len(network.closest(target) & set(nodes)))
        print(f"  {name:<18} {statistics.mean(asked):.1f} ({max(asked)}) queries, {statistics.mean(steps):.1f} ({max(steps)}) "
              f"steps, {statistics.mean(found):.1f} of the {BUCKET} closest asked; {len(network.queries)} queries in all, "
              f"joining and upkeep with them", flush=True)
        for _, sock in network.nodes:
            sock.close()


def ours(folder, network, address, targets):
    home = pathlib.Path(tempfile.mkdtemp(dir=folder))

    def command(*words):
        # What a lookup finds is nothing: that is an answer too.
        child = subprocess.Popen([SWARD, "dht", *words, "--dht-listen", "127.0.0.1:0", "--bootstrap", address, "--quiet"],
                                 env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        network.serve(lambda: child.poll() is not None)

    command("stat")
    for target in targets:
        command("peers", target.hex())


def theirs(folder, network, address, targets):
    child = subprocess.Popen([PYTHON, "-c", LIBTORRENT_LOOKUPS, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    os.set_blocking(child.stdout.fileno(), False)
    child.stdin.write(b"".join(t.hex().encode() + b"\n" for t in targets))
    child.stdin.close()
    said = []
    network.serve(lambda: said.append(child.stdout.read() or b"") or child.poll() is not None)
    child.stdout.close()
