# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several peers of one work: how near a swarm with narrow lines comes to its bound, and what is left to who is honest."""

import hashlib
import math
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from common import (
    GIB, INTEROP, LIBTORRENT_PEER, NAMES, PYTHON, SWARD, Peer, environment, leecher, packed, seeder)

sys.path.insert(0, str(INTEROP))
import bencode  # noqa: E402

# In bytes a second.
SEED_LINE, LEECH_LINE = 8 << 20, 4 << 20
LEECHES = 8
# In seconds, until an honest leech is given up.
PATIENCE = 60


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for each in sockets:
        each.close()
    return ports


def start(name, role, folder, torrent, place, port, rate, peers):
    """One peer of the swarm, on a line of `rate` bytes a second; it knows those that came before it."""
    known = [word for peer in peers for word in ("--peer", f"127.0.0.1:{peer}")]
    listen = ["--listen", f"127.0.0.1:{port}"]
    if name != "sward":
        return Peer([PYTHON, LIBTORRENT_PEER, role, torrent, place, *listen, *known, "--rate", rate])
    more = ["--data", place] if role == "seed" else ["--output", place, "--keep-seeding"]
    home = pathlib.Path(tempfile.mkdtemp(dir=folder))
    return Peer([SWARD, "seed" if role == "seed" else "fetch", torrent, *listen, *known, "--upload-limit", rate, "--no-utp",
                 "--format", "json", *more], env=environment(home))


def swarm(folder, size, rounds):
    """One seed and eight leeches whose lines are narrow: when the last is done, beside the fluid bound."""
    torrent = packed(folder, "shared", size)
    bound = max(size / SEED_LINE, LEECHES * size / (SEED_LINE + LEECHES * LEECH_LINE))
    print(f"\none seed sending {SEED_LINE / 2**20:.0f} MiB/s, {LEECHES} leeches {LEECH_LINE / 2**20:.0f} MiB/s each, "
          f"{size / 2**20:.0f} MiB; none is done before {bound:.1f} s")
    figures = {name: [] for name in NAMES}
    for _ in range(rounds):
        for name in NAMES:
            ports = free_ports(1 + LEECHES)
            seed = start(name, "seed", folder, torrent, folder, ports[0], SEED_LINE, [])
            seed.until("listening")
            before = seed.cpu()
            place = pathlib.Path(tempfile.mkdtemp(dir=folder))
            started = time.monotonic()
            leeches = [start(name, "leech", folder, torrent, place / str(n), ports[n], LEECH_LINE, ports[:n])
                       for n in range(1, 1 + LEECHES)]
            ends = []
            waiting = [threading.Thread(target=lambda l=l: (l.until("complete"), ends.append(time.monotonic() - started)))
                       for l in leeches]
            for thread in waiting:
                thread.start()
            for thread in waiting:
                thread.join()
            figures[name].append((max(ends), min(ends), seed.cpu() - before + sum(l.cpu() for l in leeches)))
            for peer in (*leeches, seed):
                peer.end()
            shutil.rmtree(place)
    for name, rows in figures.items():
        last, first, cpu = (statistics.median(c) for c in zip(*rows))
        print(f"  {name:<18} last done {last:6.2f} s, {last / bound:.2f} of the bound; first {first:6.2f} s; "
              f"{cpu / (LEECHES * size / GIB):.2f} CPU s/GiB moved", flush=True)


ATTACKER = """
import os, socket, struct, sys, time
host, port, count, seconds, info_hash, root, pieces = sys.argv[1:8]
count, seconds, pieces = int(count), float(seconds), int(pieces)
hello = (b"\\x13BitTorrent protocol" + bytes([0, 0, 0, 0, 0, 0x10, 0, 0x14]) + bytes.fromhex(info_hash)
         + b"-XX0001-" + os.urandom(12) + struct.pack(">IB", 1, 2))
if root:
    # Layers of leaves and of pieces in turn; all of them are served or refused, and read.
    words = b"".join(struct.pack(">IB", 49, 21) + bytes.fromhex(root)
                     + struct.pack(">IIII", 0 if n % 2 else 6, n % 8 * 512 if n % 2 else 0, 512, 4) for n in range(100))
else:
    # Nothing of what comes is read.
    words = b"".join(struct.pack(">IBIII", 13, 6, n % pieces, 0, 16384) for n in range(100))
sent, dropped, started, link, left = 0, -1, time.monotonic(), None, b""
while sent < count and time.monotonic() - started < seconds:
    try:
        if link is None:
            dropped += 1
            link = socket.create_connection((host, int(port)))
            link.sendall(hello)
            link.setblocking(False)
            left = words
        left = left[link.send(left):]
        if not left:
            left = words
            sent += 100
        if root and not link.recv(1 << 20):
            raise ConnectionResetError
    except BlockingIOError:
        time.sleep(0.001)
    except OSError:
        if link:
            link.close()
        link = None
        time.sleep(0.01)
    ahead = started + seconds * sent / count - time.monotonic()
    if ahead > 0:
        time.sleep(ahead)
print(sent, dropped)
"""


def fairness(folder, size, rounds):
    """An honest leech of a seed that another peer floods with requests, and of one that nobody floods."""
    torrent = packed(folder, "asked", size, "--v2")
    metainfo = bencode.decode(torrent.read_bytes())
    info = metainfo[b"info"]
    info_hash = hashlib.sha256(bencode.encode(info)).hexdigest()[:40]
    root = max(metainfo[b"piece layers"].items(), key=lambda item: len(item[1]))
    floods = {"50 000 hash requests": (50_000, root[0].hex()), "100 000 block requests": (100_000, "")}
    print(f"\n{size / GIB:g} GiB to an honest peer, while another floods the seed")
    for name in NAMES:
        walls, shares, said = [], {title: [] for title in floods}, {}
        # Each flood beside a run without one: a busy machine is not the same for long.
        for _ in range(rounds):
            for title, (count, of) in floods.items():
                alone = honest(name, folder, torrent)[0]
                wall, said[title] = honest(name, folder, torrent, [count, 0.9 * alone, info_hash, of, len(root[1]) // 32])
                walls.append(alone)
                shares[title].append(alone / wall)
        print(f"  {name:<18} alone {size / statistics.median(walls) / 2**20:6.0f} MiB/s", flush=True)
        for title, of in shares.items():
            sent, dropped = said[title].split() if said[title] else ("?", "?")
            print(f"    {title:<23} {statistics.median(of):.0%} of that ({min(of):.0%} to {max(of):.0%}; bar 90 %); "
                  f"{sent} sent, dropped {dropped} times", flush=True)


def honest(name, folder, torrent, flood=None):
    """- Returns: seconds until the honest one is done, and what the other says it did."""
    seed, address = seeder(name, folder, torrent)
    out = pathlib.Path(tempfile.mkdtemp(dir=folder))
    attacker = flood and subprocess.Popen(
        [PYTHON, "-c", ATTACKER, *address.rsplit(":", 1), *map(str, flood)], stdout=subprocess.PIPE, text=True)
    started = time.monotonic()
    leech = leecher(name, folder, torrent, out, address)
    giving_up = threading.Timer(PATIENCE, leech.child.kill)
    giving_up.start()
    try:
        leech.until("complete")
        wall = time.monotonic() - started
    except SystemExit:
        wall = math.inf
    giving_up.cancel()
    said = attacker.communicate()[0] if attacker else ""
    leech.end()
    seed.end()
    shutil.rmtree(out)
    return wall, said
