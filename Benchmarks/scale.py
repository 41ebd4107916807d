# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What many bundles and many peers cost: thousands of bundles that nobody is at, and hundreds of peers on one."""

import hashlib
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests/Interop"))
import bencode  # noqa: E402

LIBTORRENT_IDLE = """
import json, pathlib, sys, time, libtorrent as lt
session = lt.session({"listen_interfaces": "127.0.0.1:0", "enable_dht": False, "enable_lsd": False, "enable_upnp": False,
                      "enable_natpmp": False, "active_limit": -1, "active_seeds": -1, "connections_limit": 2000,
                      "allow_multiple_connections_per_ip": True})
started = time.monotonic()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.torrent")):
    parameters = lt.add_torrent_params()
    parameters.ti = lt.torrent_info(str(path))
    parameters.save_path = sys.argv[2]
    parameters.flags |= lt.torrent_flags.seed_mode
    parameters.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    session.add_torrent(parameters)
print(json.dumps({"event": "listening", "seconds": time.monotonic() - started,
                  "address": "127.0.0.1:%d" % session.listen_port()}), flush=True)
while True:
    session.wait_for_alert(1000)
    session.pop_alerts()
"""


def status(pid, key):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0


def record(info_hash_v1, info_hash_v2, pieces, folder, name):
    """What a clean end leaves of a whole payload; the format is that of `ResumeHeader`."""
    location = f"{folder}/{name}".encode()
    head = (b"SWARDRES" + bytes([1, 3, 1, 0]) + info_hash_v1 + info_hash_v2 + struct.pack(">I", pieces)
            + struct.pack(">HB", len(location), 0) + location)
    total = 0xcbf29ce484222325
    for index, byte in enumerate(head):
        if index != 10:
            total = (total ^ byte) * 0x100000001b3 & (1 << 64) - 1
    bits = bytearray(b"\xff" * (pieces // 8))
    if pieces % 8:
        bits.append(0xff << 8 - pieces % 8 & 0xff)
    return head + struct.pack(">Q", total) + bytes(bits)


def make_bundles(folder, count, sward, environment):
    """Hybrid bundles of 1 000 pieces over the same files, with records as clean earlier runs leave them."""
    work, torrents = folder / "work", folder / "torrents"
    work.mkdir()
    torrents.mkdir()
    with open(work / "data.bin", "wb") as file:
        subprocess.run(["head", "-c", str(998 * 16384), "/dev/urandom"], check=True, stdout=file)
    subprocess.run([sward, "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--piece-length", "16KiB",
                    "--no-document", "--quiet"], check=True, env=environment)
    torrent = folder / "work.torrent"
    metainfo = bencode.decode(torrent.read_bytes())
    torrent.unlink()
    pieces = len(metainfo[b"info"][b"pieces"]) // 20
    resume, examined = folder / "s/sward/resume", folder / "s/sward/examined"
    resume.mkdir(parents=True)
    examined.mkdir(exist_ok=True)
    place = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    for number in range(count):
        metainfo[b"info"][b"salt"] = number
        info = bencode.encode(metainfo[b"info"])
        (torrents / f"{number:05}.torrent").write_bytes(bencode.encode(metainfo))
        v2 = hashlib.sha256(info)
        (resume / f"{v2.hexdigest()}-{place}").write_bytes(
            record(hashlib.sha1(info).digest(), v2.digest(), pieces, str(folder), "work"))
        (examined / v2.hexdigest()).write_text("sward examined 1\n")
    return torrents, pieces


class Program:
    def __init__(self, arguments, **options):
        self.started = time.monotonic()
        self.child = subprocess.Popen(
            [str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, **options)

    def listening(self):
        for line in self.child.stdout:
            item = json.loads(line)
            if item.get("event") == "listening":
                return item
        sys.exit("ended before it listened")

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        return status(self.child.pid, "RssAnon")

    def end(self):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()


def programs(folder, sward, python, environment, data):
    return {
        "sward": lambda torrents: Program(
            [sward, "seed", torrents, "--data", data, "--listen", "127.0.0.1:0", "--max-peers", "1000", "--format",
             "json"], env=environment),
        "libtorrent 2.1.1": lambda torrents: Program([python, "-c", LIBTORRENT_IDLE, torrents, data]),
    }


def idle(folder, count, sward, python, environment):
    """Bundles that nobody is at: time to load, memory of each, CPU when loaded."""
    torrents, pieces = make_bundles(folder, count, sward, environment)
    first = folder / "first"
    first.mkdir()
    os.link(torrents / "00000.torrent", first / "00000.torrent")
    print(f"\n{count} idle hybrid bundles of {pieces} pieces")
    for name, start in programs(folder, sward, python, environment, folder).items():
        alone = start(first)
        alone.listening()
        time.sleep(1)
        base = alone.memory()
        alone.end()
        program = start(torrents)
        told = program.listening()
        wall = told.get("seconds") or time.monotonic() - program.started
        if name == "sward":
            wall = time.monotonic() - program.started
        busy = program.cpu()
        # What loading leaves to be done is done by then.
        time.sleep(3)
        memory, before = program.memory(), program.cpu()
        time.sleep(10)
        share = (program.cpu() - before) / 10
        print(f"  {name:<18} loaded in {wall:5.2f} s ({busy:.2f} CPU s)   {(memory - base) / (count - 1) / 1024:6.2f} KiB each"
              f"   {share * 100:.2f} % of a core idle   peak {status(program.child.pid, 'VmHWM') / 2**20:.0f} MiB",
              flush=True)
        program.end()


def handshake(info_hash, number):
    # Fast extension and extension protocol.
    return b"\x13BitTorrent protocol\0\0\0\0\0\x10\0\x04" + info_hash + b"-XX0001-%012d" % number


def peers(folder, count, sward, python, environment):
    """Peers that are interested in one bundle and ask for blocks of it when they may."""
    torrents, pieces = make_bundles(folder, 1, sward, environment)
    info = bencode.encode(bencode.decode((torrents / "00000.torrent").read_bytes())[b"info"])
    info_hash = hashlib.sha1(info).digest()
    print(f"\n{count} peers on one bundle")
    for name, start in programs(folder, sward, python, environment, folder).items():
        program = start(torrents)
        host, port = program.listening()["address"].rsplit(":", 1)
        time.sleep(1)
        base, connections = program.memory(), []
        for number in range(count):
            # Each from an address of its own: both programs let in a few from one host.
            connection = socket.create_connection(
                (host, int(port)), source_address=(f"127.1.{number // 250}.{number % 250 + 1}", 0))
            extended = bencode.encode({"m": {"ut_metadata": 1, "ut_pex": 2}, "reqq": 500})
            connection.sendall(handshake(info_hash, number) + b"\0\0\0\1\x0f" + struct.pack(
                ">IBB", len(extended) + 2, 20, 0) + extended + b"\0\0\0\1\2" + b"".join(
                    struct.pack(">IBIII", 13, 6, piece, 0, 16384) for piece in range(64)))
            connection.setblocking(False)
            connections.append(connection)
        deadline = time.monotonic() + 15
        received = 0
        while time.monotonic() < deadline:
            for connection in connections:
                try:
                    received += len(connection.recv(1 << 20))
                except BlockingIOError:
                    pass
            time.sleep(0.05)
        alive = sum(not closed(c) for c in connections)
        print(f"  {name:<18} {alive} connected   resident {status(program.child.pid, 'VmRSS') / 2**20:.1f} MiB, peak "
              f"{status(program.child.pid, 'VmHWM') / 2**20:.1f} MiB   {(program.memory() - base) / count / 1024:.1f} KiB each"
              f"   sent {received / 2**20:.0f} MiB", flush=True)
        for connection in connections:
            connection.close()
        program.end()


def closed(connection):
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
