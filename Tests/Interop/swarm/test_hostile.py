# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that mean harm, by raw sockets, against a seed: each is dropped, memory stays, and an honest peer is served after all."""

import os
import pathlib
import random
import resource
import select
import socket
import struct
import sys
import time
import unittest

from networks import Host
from support import InteropTest

FAST, EXTENDED, V2 = (7, 0x04), (5, 0x10), (7, 0x10)
# In bytes, above what the seed takes before the attack.
ROOM = 48 << 20


class Raw:
    """One connection that says what it likes."""

    def __init__(self, test, address, info_hash=None, features=(FAST, EXTENDED, V2)):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        test.addCleanup(self.socket.close)
        if info_hash:
            reserved = bytearray(8)
            for byte, bit in features:
                reserved[byte] |= bit
            self.socket.sendall(
                b"\x13BitTorrent protocol" + reserved + bytes.fromhex(info_hash[:40]) + b"-XX0001-" + os.urandom(12))
            answer = b""
            while len(answer) < 68:
                part = self.socket.recv(68 - len(answer))
                if not part:
                    raise AssertionError("hung up in the handshake")
                answer += part

    def say(self, kind, payload=b""):
        return self.raw(struct.pack(">IB", 1 + len(payload), kind) + payload)

    def raw(self, data):
        """Whether it could be said: the other may have hung up."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def is_dropped(self):
        """Reads what comes until the other hangs up, as it must."""
        try:
            while self.socket.recv(1 << 16):
                pass
        except socket.timeout:
            return False
        except OSError:
            pass
        return True


class HostileTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack()

    def pack(self, *kind):
        self.report = self.pack_tree(*kind)
        self.process, self.address = self.seed(self.torrent, self.work.parent)
        self.names = [h for h in (self.report.get("infoHashV1"), self.report.get("infoHashV2")) if h]
        self.before = self.memory()

    def memory(self):
        for line in pathlib.Path(f"/proc/{self.process.child.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) << 10
        raise AssertionError(self.process.describe())

    def raw(self, *more, **options):
        return Raw(self, self.address, self.names[-1], *more, **options)

    def tearDown(self):
        """Whatever was done to it, the seed lives, is no larger, and serves who is honest."""
        self.assertLess(self.memory(), self.before + ROOM)
        home = self.folder / "honest"
        home.mkdir()
        self.fetch(self.report["torrent"], self.folder / "out", "--peer", self.address, "--listen", "127.0.0.1:0", home=home)
        self.assert_moved(self.folder / "out")
        super().tearDown()

    def test_lengths_that_nothing_has(self):
        for length in (0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 26):
            with self.subTest(length):
                peer = self.raw()
                peer.raw(struct.pack(">IB", length, 7))
                self.assertTrue(peer.is_dropped())

    def test_a_bitfield_of_the_wrong_size(self):
        for bits in (b"", b"\xff", os.urandom(1 << 17)):
            with self.subTest(len(bits)):
                peer = self.raw()
                peer.say(5, bits)
                self.assertTrue(peer.is_dropped())

    def test_indices_past_the_end(self):
        for kind, payload in (
                (4, struct.pack(">I", 0x7FFFFFFF)), (6, struct.pack(">III", 0xFFFFFFFF, 0, 16384)),
                (6, struct.pack(">III", 0, 0xFFFFC000, 16384)), (6, struct.pack(">III", 0, 0, 1 << 25)),
                (13, struct.pack(">I", 1 << 30)), (17, struct.pack(">I", 1 << 30))):
            with self.subTest(kind=kind, payload=payload.hex()):
                peer = self.raw()
                peer.say(15)
                peer.say(kind, payload)
                self.assertTrue(peer.is_dropped())

    def test_a_block_nobody_asked_for(self):
        peer = self.raw()
        peer.say(15)
        peer.say(7, struct.pack(">II", 0, 0) + bytes(16384))
        self.assertTrue(peer.is_dropped())

    def test_hash_requests_where_there_are_no_hashes(self):
        self.doCleanups()
        InteropTest.setUp(self)
        self.pack("--v1")
        peer = self.raw()
        peer.say(15)
        peer.say(21, bytes(32) + struct.pack(">IIII", 0, 0, 2, 0))
        self.assertTrue(peer.is_dropped())

    def test_metadata_of_two_gigabytes(self):
        peer = self.raw()
        peer.say(15)
        peer.say(20, b"\x00d1:md11:ut_metadatai1ee13:metadata_sizei2147483647ee")
        for piece in range(100):
            peer.say(20, b"\x01d8:msg_typei1e5:piecei%de10:total_sizei2147483647ee" % piece + bytes(16384))
        peer.socket.close()

    def test_a_flood_of_block_requests(self):
        """A hundred thousand, and nothing read."""
        peer = self.raw()
        peer.say(15)
        peer.say(2)
        one = struct.pack(">IBIII", 13, 6, 0, 0, 16384)
        peer.socket.settimeout(10)
        for _ in range(100):
            if not peer.raw(one * 1000):
                break
        self.assertLess(self.memory(), self.before + ROOM)
        # Hung up on before it reads a byte: what it does not take keeps nothing open.
        gone = select.poll()
        gone.register(peer.socket, 0)
        self.assertTrue(gone.poll(20_000))

    def test_a_flood_of_hash_requests(self):
        peer = self.raw()
        peer.say(15)
        one = struct.pack(">IB", 49, 21) + os.urandom(32) + struct.pack(">IIII", 0, 0, 512, 10)
        peer.socket.settimeout(10)
        for _ in range(50):
            if not peer.raw(one * 1000):
                break
        peer.socket.settimeout(30)
        self.assertTrue(peer.is_dropped())

    def test_many_that_say_almost_nothing(self):
        """Slow-loris: a hundred connections that never finish their handshake."""
        for _ in range(100):
            Raw(self, self.address).raw(b"\x13BitTorr")

    def test_more_connections_than_descriptors(self):
        """Whoever takes the last of them keeps no core busy, and leaves the door working."""
        pid = self.process.child.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        used = len(os.listdir(f"/proc/{pid}/fd"))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 8, before[1]))
        peers = [Raw(self, self.address) for _ in range(40)]
        while len(os.listdir(f"/proc/{pid}/fd")) < used + 8:
            time.sleep(0.01)
        spent, until = self.processor_time(), time.monotonic() + 1
        while time.monotonic() < until:
            time.sleep(0.1)
        self.assertLess(self.processor_time() - spent, 0.15)
        for peer in peers:
            peer.socket.close()
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)

    def processor_time(self):
        fields = pathlib.Path(f"/proc/{self.process.child.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_peers_and_noise_without_end(self):
        generator = random.Random(1)
        peer = self.raw()
        peer.say(15)
        peer.say(20, b"\x00d1:md6:ut_pexi2eee")
        for _ in range(200):
            contacts = generator.randbytes(6 * 200)
            if not peer.say(20, b"\x02d5:added%d:" % len(contacts) + contacts + b"7:added.f200:" + bytes(200) + b"e"):
                break
        self.assertTrue(peer.is_dropped())
        for _ in range(50):
            peer = self.raw()
            peer.raw(generator.randbytes(4096))
            peer.socket.close()


FLOODER = """
import json, os, socket, struct, sys
hello = (b"\\x13BitTorrent protocol" + bytes([0, 0, 0, 0, 0, 0x10, 0, 0x14]) + bytes.fromhex(sys.argv[2][:40]) + b"-XX0001-")
def connect():
    link = socket.create_connection((sys.argv[1], 6881), timeout=30)
    link.sendall(hello + os.urandom(12))
    return link
link = connect()
flood = (struct.pack(">IB", 49, 21) + os.urandom(32) + struct.pack(">IIII", 0, 0, 512, 10)) * 1000
try:
    for _ in range(50):
        link.sendall(flood)
    while link.recv(1 << 16):
        pass
except OSError:
    pass
answers = []
for _ in range(5):
    try:
        answers.append(len(connect().recv(68)))
    except ConnectionError:
        answers.append(0)
print(json.dumps({"event": "done", "answers": answers}), flush=True)
sys.stdin.read()
"""


class KeptOutTest(InteropTest):
    """Three hosts on one network: a seed, one that floods it, and an honest one."""

    def test_who_floods_is_kept_out_and_others_are_served(self):
        report = self.pack_tree("--v2")
        seeder, bad, honest = (Host(self) for _ in range(3))
        for number, host in enumerate((bad, honest), 1):
            host.link(seeder, f"192.0.2.{4 * number + 2}/30", f"192.0.2.{4 * number + 1}/30")
        seed = seeder.sward("seed", self.torrent, "--data", self.work.parent, "--listen", "0.0.0.0:6881", "--no-utp")
        seed.until("listening")
        flooder = bad.process(sys.executable, "-c", FLOODER, "192.0.2.5", report["infoHashV2"])
        self.assertEqual(flooder.until("done")["answers"], [0] * 5)
        kept_out = seed.until("kept-out")
        self.assertEqual(kept_out["address"].split(":")[0], "192.0.2.6")
        self.assertEqual((kept_out["message"], kept_out["keptOutSeconds"]), ("flood", 60))
        home = self.folder / "honest"
        home.mkdir()
        fetch = honest.sward("fetch", self.torrent, "--output", self.folder / "out", "--peer", "192.0.2.9:6881", "--listen",
                             "192.0.2.10:0", home=home)
        self.assertEqual(fetch.wait(), 0, fetch.describe())
        self.assert_moved(self.folder / "out")


if __name__ == "__main__":
    unittest.main()
