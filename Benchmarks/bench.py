# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole-process figures, in turn with the peer's: medians of several runs, wall and CPU seconds, peak memory."""

import argparse
import json
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import dht
import scale
import scanning
import swarm
from common import (
    GIB, INTEROP, KIND_FLAGS, LIBTORRENT_FLAGS, LIBTORRENT_PEER, PYTHON, SWARD, Peer, environment, fill, in_turn, leecher,
    packed, run, seeder, table)

LIBTORRENT_HASH = """
import sys, libtorrent as lt
storage = lt.file_storage()
lt.add_files(storage, sys.argv[1])
torrent = lt.create_torrent(storage, piece_size=1 << 20, flags=int(sys.argv[2]))
lt.set_piece_hashes(torrent, sys.argv[1].rsplit("/", 1)[0])
lt.bencode(torrent.generate())
"""
LIBTORRENT_CHECK = """
import sys, libtorrent as lt
session = lt.session({"listen_interfaces": "", "enable_dht": False, "enable_lsd": False, "enable_upnp": False,
                      "enable_natpmp": False})
parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(sys.argv[1])
parameters.save_path = sys.argv[2]
parameters.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
handle = session.add_torrent(parameters)
while handle.status().state != lt.torrent_status.states.seeding:
    session.wait_for_alert(20)
    session.pop_alerts()
"""
def hashing(folder, size, rounds):
    """pack and verify against libtorrent, mktorrent and transmission-create."""
    work = folder / "work"
    work.mkdir()
    fill(work / "data.bin", size)
    torrent = folder / "work.torrent"

    def pack(kind):
        return run([SWARD, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--piece-length", "1MiB", "--no-document", "--quiet", "--replace",
                    *KIND_FLAGS[kind]], env=environment(folder))

    for kind in KIND_FLAGS:
        contenders = {"sward pack": lambda: pack(kind), "libtorrent 2.1.1": lambda: run(
            [PYTHON, "-c", LIBTORRENT_HASH, work, LIBTORRENT_FLAGS[kind]])}
        if kind == "v1":
            contenders["mktorrent -t 2"] = lambda: run(
                ["mktorrent", "-t", "2", "-l", "20", "-o", folder / "other.torrent", work])
            contenders["transmission-create"] = lambda: run(
                ["transmission-create", "-s", "1024", "-o", folder / "other.torrent", work])
        table(f"create, {kind}, {size / GIB:g} GiB, 1 MiB pieces", size, in_turn(
            rounds, contenders, lambda: [p.unlink(missing_ok=True) for p in (torrent, folder / "other.torrent")]))
        torrent.unlink(missing_ok=True)
        pack(kind)
        table(f"verify, {kind}", size, in_turn(rounds, {
            "sward verify": lambda: run([SWARD, "verify", torrent, "--quiet"], env=environment(folder)),
            "libtorrent 2.1.1 check": lambda: run([PYTHON, "-c", LIBTORRENT_CHECK, torrent, folder]),
        }))
        torrent.unlink()


def small(folder, count, rounds):
    """pack of many small files against sha256sum over the same files."""
    work = folder / "small"
    generator = random.Random(2)
    size = 0
    for index in range(count):
        path = work / f"{index % 100:02}" / f"{index:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = generator.randbytes(generator.randrange(200, 6000))
        path.write_bytes(data)
        size += len(data)
    results = in_turn(rounds, {
        "sward pack": lambda: run([SWARD, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--quiet"],
                                  env=environment(folder)),
        "sha256sum": lambda: run(["sh", "-c", f"find {work} -type f -print0 | xargs -0 sha256sum"]),
    }, lambda: (folder / "small.torrent").unlink(missing_ok=True))
    table(f"pack, {count} files of 200 to 6 000 bytes", size, results)


UTP_ONLY = [f"--set={name}" for name in (
    "enable_outgoing_utp=1", "enable_incoming_utp=1", "enable_outgoing_tcp=0", "enable_incoming_tcp=0")]


def utp(folder, size, rounds):
    """As transfer, over uTP alone."""
    transfer(folder, size, rounds, ["v2"], ["--no-tcp"], UTP_ONLY, "loopback by uTP")


def transfer(folder, size, rounds, kinds=KIND_FLAGS, ours=(), theirs=(), over="loopback"):
    """One seed to one leech over loopback: sward to itself, libtorrent 2.1.1 to itself."""
    work = folder / "moved"
    work.mkdir()
    fill(work / "data.bin", size)
    for kind in kinds:
        (folder / "moved.torrent").unlink(missing_ok=True)
        run([SWARD, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--quiet", "--replace", *KIND_FLAGS[kind]],
            env=environment(folder))
        torrent, out = folder / "moved.torrent", folder / "out"
        figures = {}
        for _ in range(rounds):
            for name in ("sward", "libtorrent 2.1.1"):
                shutil.rmtree(out, ignore_errors=True)
                shutil.rmtree(folder / "s", ignore_errors=True)
                if name == "sward":
                    seed = Peer([SWARD, "seed", torrent, "--data", folder, "--listen", "127.0.0.1:0", "--format",
                                 "json", *ours], env=environment(folder))
                else:
                    seed = Peer([PYTHON, LIBTORRENT_PEER, "seed", torrent, folder, *theirs])
                address = seed.until("listening")["address"]
                before, started = seed.cpu(), time.monotonic()
                if name == "sward":
                    leech = Peer([SWARD, "fetch", torrent, "--output", out, "--peer", address, "--listen",
                                  "127.0.0.1:0", "--keep-seeding", "--format", "json", *ours], env=environment(folder))
                else:
                    leech = Peer([PYTHON, LIBTORRENT_PEER, "leech", torrent, out, "--peer", address, *theirs])
                leech.until("complete")
                wall = time.monotonic() - started
                figures.setdefault(name, []).append(
                    (wall, seed.cpu() - before, leech.cpu(), seed.peak(), leech.peak()))
                leech.end()
                seed.end()
        print(f"\ntransfer over {over}, {kind}, {size / GIB:g} GiB")
        medians = {n: [statistics.median(c) for c in zip(*rows)] for n, rows in figures.items()}
        for name, (wall, seed_cpu, leech_cpu, seed_peak, leech_peak) in medians.items():
            ratio = "" if name == "sward" else f"   sward is {wall / medians['sward'][0]:.2f} x as fast"
            print(f"  {name:<18} {size / wall / 2**20:6.0f} MiB/s   CPU s/GiB: seed {seed_cpu / (size / GIB):.2f}, leech "
                  f"{leech_cpu / (size / GIB):.2f}   peak MiB: seed {seed_peak / 2**20:.0f}, leech {leech_peak / 2**20:.0f}"
                  f"{ratio}", flush=True)
        shutil.rmtree(out, ignore_errors=True)


def magnet(folder, size, rounds):
    """Magnet link to metadata, from one known peer."""
    work = folder / "magnet"
    work.mkdir()
    fill(work / "data.bin", 1 << 24)
    report = subprocess.run(
        [SWARD, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--piece-length", "16KiB", "--format", "json"],
        env=environment(folder), check=True, capture_output=True)
    report = json.loads(report.stdout)
    seed = Peer([SWARD, "seed", report["torrent"], "--data", folder, "--listen", "127.0.0.1:0", "--format", "json"],
                env=environment(folder))
    address = seed.until("listening")["address"]
    figures = {"sward": [], "libtorrent 2.1.1": []}
    for _ in range(rounds):
        shutil.rmtree(folder / "out", ignore_errors=True)
        shutil.rmtree(folder / "s", ignore_errors=True)
        leech = Peer([SWARD, "fetch", report["magnet"], "--output", folder / "out", "--peer", address, "--listen",
                      "127.0.0.1:0", "--format", "json"], env=environment(folder))
        figures["sward"].append(leech.until("metadata")["seconds"])
        leech.end()
        shutil.rmtree(folder / "out", ignore_errors=True)
        leech = Peer([PYTHON, LIBTORRENT_PEER, "leech", report["magnet"], folder / "out", "--peer", address])
        figures["libtorrent 2.1.1"].append(leech.until("metadata")["seconds"])
        leech.end()
    seed.end()
    print("\nmagnet to metadata from one known peer, seconds since the start of the session")
    for name, values in figures.items():
        print(f"  {name:<18} {statistics.median(values):.3f} s", flush=True)


def latency(folder, size, rounds):
    """One seed to one leech through a relay that delays, so that the pipeline of requests shows."""
    torrent = packed(folder, "far", size)
    for milliseconds in (50, 100, 200):
        walls = {}
        for _ in range(rounds):
            for name in ("sward", "libtorrent 2.1.1"):
                seed, address = seeder(name, folder, torrent)
                relay = Peer([PYTHON, INTEROP / "relay.py", "127.0.0.1:0", address, "--delay",
                              milliseconds / 2])
                out = pathlib.Path(tempfile.mkdtemp(dir=folder))
                started = time.monotonic()
                leech = leecher(name, folder, torrent, out, relay.until("listening")["address"])
                leech.until("complete")
                walls.setdefault(name, []).append(time.monotonic() - started)
                for peer in (leech, relay, seed):
                    peer.end()
                shutil.rmtree(out)
        medians = {n: size / statistics.median(w) / 2**20 for n, w in walls.items()}
        print(f"\n{size / GIB:g} GiB through a relay, {milliseconds} ms there and back")
        for name, speed in medians.items():
            print(f"  {name:<18} {speed:6.0f} MiB/s", flush=True)


def first_byte(folder, rounds):
    """From the start of the program to the first block of payload, from one known peer."""
    torrent = packed(folder, "first", 1 << 26)
    print("\nfirst byte of payload, seconds since the program was started")
    for name in ("sward", "libtorrent 2.1.1"):
        values = []
        for _ in range(rounds):
            seed, address = seeder(name, folder, torrent)
            out = pathlib.Path(tempfile.mkdtemp(dir=folder))
            started = time.monotonic()
            leech = leecher(name, folder, torrent, out, address)
            while not any(p.stat().st_blocks for p in out.rglob("*") if p.is_file()):
                if time.monotonic() - started > 60:
                    sys.exit("no byte within a minute")
                time.sleep(0.002)
            values.append(time.monotonic() - started)
            leech.end()
            seed.end()
        print(f"  {name:<18} {statistics.median(values):.3f} s", flush=True)


def release(folder, rounds):
    """A second release that shares nine files of ten with the first, which is here: what moves of it."""
    old, new = folder / "old", folder / "new"
    for work in (old, new):
        work.mkdir()
    for index in range(10):
        fill(new / f"{index}.bin", 8 << 20)
        if index:
            shutil.copy(new / f"{index}.bin", old / f"was-{index}.bin")
    run([SWARD, "pack", new, "--license", "CC0-1.0", "--creator", "A. Name", "--quiet"], env=environment(folder))
    torrent = folder / "new.torrent"
    seed, address = seeder("sward", folder, torrent)
    leech = leecher("sward", folder, torrent, folder / "out", address, "--reuse", old)
    report = leech.until("complete")
    leech.end()
    seed.end()
    share = report["downloadedBytes"] / report["totalBytes"]
    print(f"\na second release, nine files of ten known: {share:.1%} of its bytes moved (bar 11 %)", flush=True)


SECTIONS = {
    "dht": lambda folder, o: dht.lookups(folder, 20),
    "swarm": lambda folder, o: swarm.swarm(folder, int(o.mib * 2**20), o.rounds),
    "fairness": lambda folder, o: swarm.fairness(folder, int(o.gib * GIB), o.rounds),
    "hashing": lambda folder, o: hashing(folder, int(o.gib * GIB), o.rounds),
    "transfer": lambda folder, o: transfer(folder, int(o.gib * GIB), o.rounds),
    "utp": lambda folder, o: utp(folder, int(o.gib * GIB), o.rounds),
    "magnet": lambda folder, o: magnet(folder, 0, o.rounds),
    "idle": lambda folder, o: scale.idle(folder, o.bundles, SWARD, PYTHON, environment(folder)),
    "peers": lambda folder, o: scale.peers(folder, o.peers, SWARD, PYTHON, environment(folder)),
    "latency": lambda folder, o: latency(folder, int(o.gib * GIB), o.rounds),
    "first-byte": lambda folder, o: first_byte(folder, o.rounds),
    "release": lambda folder, o: release(folder, o.rounds),
    "small": lambda folder, o: small(folder, o.files, o.rounds),
    "scan": lambda folder, o: scanning.scanning(folder, o.tree, 8_000, o.rounds),
}

parser = argparse.ArgumentParser()
parser.add_argument("sections", nargs="*", default=list(SECTIONS))
parser.add_argument("--gib", type=float, default=2)
parser.add_argument("--mib", type=float, default=128)
parser.add_argument("--files", type=int, default=100_000)
parser.add_argument("--bundles", type=int, default=10_000)
parser.add_argument("--peers", type=int, default=500)
parser.add_argument("--tree", help="what to scan, instead of files of the system")
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()
for section in options.sections:
    with tempfile.TemporaryDirectory(prefix="sward-bench-", dir="/dev/shm") as folder:
        SECTIONS[section](pathlib.Path(folder), options)
