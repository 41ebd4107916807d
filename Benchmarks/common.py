# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sections share: programs as processes, what they cost, works to move."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SWARD, PYTHON = os.environ["SWARD"], sys.executable
GIB = 1 << 30
INTEROP = pathlib.Path(__file__).resolve().parent.parent / "Tests/Interop"
LIBTORRENT_PEER = INTEROP / "swarm/libtorrent_peer.py"
NAMES = ("sward", "libtorrent 2.1.1")
LIBTORRENT_FLAGS = {"v1": 64, "v2": 32, "hybrid": 0}
KIND_FLAGS = {"v1": ["--v1"], "v2": ["--v2"], "hybrid": []}


class Cost:
    """What one run cost: wall and CPU seconds, peak resident bytes."""

    def __init__(self, wall, cpu, peak):
        self.wall, self.cpu, self.peak = wall, cpu, peak


def run(arguments, codes=(0,), **options):
    started = time.monotonic()
    child = subprocess.Popen(
        [str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    errors = child.stderr.read().decode()
    child.stderr.close()
    if child.returncode not in codes:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {child.returncode}: {errors}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def in_turn(rounds, contenders, reset=lambda: None):
    """Runs each contender once a round; medians by name."""
    costs = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, command in contenders.items():
            reset()
            costs[name].append(command())
    return {
        name: Cost(*(statistics.median(getattr(c, key) for c in runs) for key in ("wall", "cpu", "peak")))
        for name, runs in costs.items()
    }


def table(title, size, results):
    print(f"\n{title}")
    first = next(iter(results.values()))
    for name, cost in results.items():
        speed = size / cost.wall / GIB
        ratio = "" if cost is first else f"   sward is {cost.wall / first.wall:.2f} x as fast"
        print(f"  {name:<22} {speed:6.2f} GiB/s  {cost.wall:7.3f} s  {cost.cpu / (size / GIB):6.3f} CPU s/GiB"
              f"  {cost.peak / 2**20:7.1f} MiB{ratio}", flush=True)


def fill(path, size):
    # By another process: what this one has held in memory would count as its children's peak.
    with open(path, "wb") as file:
        subprocess.run(["head", "-c", str(size), "/dev/urandom"], check=True, stdout=file)


def environment(folder):
    return dict(os.environ, HOME=str(folder), XDG_CONFIG_HOME=str(folder / "c"), XDG_DATA_HOME=str(folder / "d"),
                XDG_STATE_HOME=str(folder / "s"))


class Peer:
    """A client as a process, with what it costs between two moments."""

    def __init__(self, arguments, **options):
        self.child = subprocess.Popen(
            [str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, **options)

    def until(self, event):
        for line in self.child.stdout:
            item = json.loads(line)
            if item.get("event") == event:
                return item
        sys.exit(f"{self.child.args} ended before {event}")

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
        return 0

    def end(self):
        self.child.terminate()
        # Before it is waited for: it may be waiting itself, to say something.
        self.child.stdout.close()
        self.child.wait()


def packed(folder, name, size, *more):
    """A work of one file, packed: its torrent."""
    work = folder / name
    work.mkdir()
    fill(work / "data.bin", size)
    run([SWARD, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--quiet", *more], env=environment(folder))
    return folder / f"{name}.torrent"


def seeder(name, folder, torrent, *more):
    """A seed of that kind, and where it listens."""
    if name == "sward":
        peer = Peer([SWARD, "seed", torrent, "--data", folder, "--listen", "127.0.0.1:0", "--format", "json", *more],
                    env=environment(folder))
    else:
        peer = Peer([PYTHON, LIBTORRENT_PEER, "seed", torrent, folder, *more])
    return peer, peer.until("listening")["address"]


def leecher(name, folder, torrent, out, address, *more):
    home = pathlib.Path(tempfile.mkdtemp(dir=folder))
    if name == "sward":
        return Peer([SWARD, "fetch", torrent, "--output", out, "--peer", address, "--listen", "127.0.0.1:0", "--format",
                     "json", *more], env=environment(home))
    return Peer([PYTHON, LIBTORRENT_PEER, "leech", torrent, out, "--peer", address, *more])
