# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may not pass does not pass: judged by a capture of the wire and by the counters of foreign peers."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import unittest

from support import HERE, TIMEOUT, InteropTest, Process, digests, free_port, write_tree

REQUEST, PIECE, INTERESTED, UNCHOKE, HAVE, BITFIELD, HAVE_ALL = 6, 7, 2, 1, 4, 5, 14


class Tap:
    """A relay on loopback that keeps what each side said."""

    def __init__(self, test, target):
        host, port = target.rsplit(":", 1)
        self.target = (host, int(port))
        self.said = []  # one [from the caller, from the target] a connection
        self.answered = threading.Event()  # the target said more than its handshake
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        self.sockets = [self.listener]
        test.addCleanup(lambda: [s.close() for s in self.sockets])

    def _accept(self):
        while True:
            try:
                caller, _ = self.listener.accept()
            except OSError:
                return
            callee = socket.create_connection(self.target)
            self.sockets += [caller, callee]
            record = [bytearray(), bytearray()]
            self.said.append(record)
            for index, (source, sink) in enumerate(((caller, callee), (callee, caller))):
                threading.Thread(target=self._copy, args=(source, sink, record, index), daemon=True).start()

    def _copy(self, source, sink, record, index):
        try:
            while data := source.recv(65536):
                record[index] += data
                sink.sendall(data)
                if index == 1 and len(record[1]) > 68:
                    self.answered.set()
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def messages(stream):
    """Identifiers of the messages behind a plaintext handshake."""
    stream = bytes(stream)
    assert stream[:20] == b"\x13BitTorrent protocol", stream[:20]
    offset, found = 68, []
    while offset + 4 <= len(stream):
        length = int.from_bytes(stream[offset:offset + 4], "big")
        if length and offset + 4 < len(stream):
            found.append(stream[offset + 4])
        offset += 4 + length
    return found


class GateTest(InteropTest):
    def packed(self, *arguments, status=0):
        work = write_tree(self.folder / "origin/work")
        # A license of one's own must come with its text.
        (work / "LICENSES").mkdir()
        (work / "LICENSES/LicenseRef-all-rights-reserved.txt").write_text("All rights reserved.\n")
        report = json.loads(self.sward(
            "pack", work, "--title", "Work", "--creator", "A. Name", *arguments, "--format", "json", status=status))
        return report["torrent"], report["magnet"], work

    def closed(self):
        return self.packed("--license", "LicenseRef-all-rights-reserved", status=2)

    def test_no_payload_is_asked_for(self):
        torrent, magnet, work = self.closed()
        seed = self.libtorrent("2.1", "seed", torrent, work.parent)
        tap = Tap(self, seed.until("listening")["address"])
        fetch = self.fetch(magnet, self.folder / "out", "--peer", tap.address, status=2)
        judged = next(e for e in fetch.seen if e["event"] == "judged")
        self.assertEqual(judged["appraisal"]["state"], "refused")
        self.assertTrue(tap.said, "the metadata came from somewhere else")
        for ours, _ in tap.said:
            self.assertFalse({REQUEST, INTERESTED} & set(messages(ours)), "payload was asked for")
        self.assertFalse((self.folder / "out").exists(), "something was written")
        seed.child.terminate()
        self.assertEqual(seed.until("transferred")["uploaded"], 0)

    def test_whoever_reads_the_terms_asks_for_no_payload(self):
        for status, arguments in ((0, ["--license", "CC0-1.0"]), (2, ["--license", "CC-BY-NC-4.0"])):
            with self.subTest(status=status):
                self.doCleanups()
                self.setUp()
                torrent, magnet, work = self.packed(*arguments)
                seed = self.libtorrent("2.1", "seed", torrent, work.parent)
                tap = Tap(self, seed.until("listening")["address"])
                said = json.loads(self.sward(
                    "fetch", magnet, "--metadata-only", "--output", self.folder / "out", "--peer", tap.address,
                    "--listen", "127.0.0.1:0", "--format", "json", status=status))
                by_file = json.loads(self.sward("inspect", torrent, "--format", "json", status=status))
                # What a torrent file says besides the info dictionary is not in a link.
                self.assertEqual(said, {k: v for k, v in by_file.items() if k != "comment"})
                self.assertTrue(tap.said, "the metadata came from somewhere else")
                for ours, _ in tap.said:
                    self.assertFalse({REQUEST, INTERESTED} & set(messages(ours)), "payload was asked for")
                self.assertFalse((self.folder / "out").exists(), "something was written")
                # What was released is not held.
                self.sward("fetch", torrent, "--metadata-only", status=status)
                self.sward("fetch", torrent, "--metadata-only", "--release", "we share without payment")
        self.sward("fetch", torrent, "--metadata-only", "--keep-seeding", status=64)

    def test_a_torrent_is_judged_alike_by_its_address(self):
        closed, _, work = self.closed()
        host = f"127.0.0.1:{free_port()}"
        origin = Process(self, [sys.executable, HERE / "swarm/origin.py", host, self.folder / "origin"])
        origin.until("ready")
        address = f"http://{host}/"
        self.fetch(address + "work.torrent", self.folder / "out", "--peer", "127.0.0.1:1", status=2)
        self.assertEqual(origin.until("asked")["path"], "/work.torrent")
        self.assertFalse((self.folder / "out").exists())
        open_work = write_tree(self.folder / "origin/other", seed=2)
        self.sward("pack", open_work, "--license", "CC0-1.0", "--creator", "A. Name")
        _, peer = self.seed(self.folder / "origin/other.torrent", self.folder / "origin")
        self.fetch(address + "other.torrent", self.folder / "out", "--peer", peer)
        self.assertEqual(digests(self.folder / "out/other"), digests(open_work))
        said = json.loads(self.sward("inspect", address + "other.torrent", "--format", "json"))
        self.assertEqual(said["name"], "other")
        self.sward("fetch", address + "nothing.torrent", status=1)
        self.assertIn("nothing.torrent", self.last_errors)

    def test_a_file_that_is_refused_contacts_nobody(self):
        torrent, _, _ = self.closed()
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        listener.setblocking(False)
        self.fetch(torrent, self.folder / "out", "--peer", "127.0.0.1:%d" % listener.getsockname()[1], status=2)
        with self.assertRaises(BlockingIOError):
            listener.accept()
        self.assertFalse((self.folder / "out").exists())

    def test_a_closed_work_is_not_served(self):
        torrent, _, work = self.closed()
        process = self.sward_process("seed", torrent, "--data", work.parent, "--listen", "127.0.0.1:0")
        self.assertEqual(process.wait(), 2, process.describe())
        self.assertNotIn("listening", [e["event"] for e in process.seen])

    def test_a_closed_work_beside_an_open_one_is_not_served(self):
        closed, _, work = self.closed()
        other = write_tree(self.folder / "origin/other", seed=2)
        report = json.loads(self.sward(
            "pack", other, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json"))
        process = self.sward_process("seed", closed, report["torrent"], "--listen", "127.0.0.1:0")
        address = process.until("listening")["address"]
        good = self.libtorrent("2.1", "leech", report["torrent"], self.folder / "good", "--peer", address)
        bad = self.libtorrent("2.1", "leech", closed, self.folder / "bad", "--peer", address)
        good.until("complete")
        self.assertEqual(digests(self.folder / "good/other"), digests(other))
        bad.until("listening")
        bad.child.terminate()
        self.assertEqual(bad.until("transferred")["downloaded"], 0)

    def test_files_that_say_otherwise_are_not_served_by_who_has_not_packed_them(self):
        work = write_tree(self.folder / "origin/work")
        note = "This game may not be used for any commercial purpose.\n"  # REUSE-IgnoreLine
        (work / "NOTICE.txt").write_text(note)
        report = json.loads(self.sward(
            "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--despite-found", "it is a part of the play",
            "--format", "json"))
        torrent = report["torrent"]
        # Its packer has said why; that is nothing that others know of.
        self.seed(torrent, work.parent)
        other = self.folder / "other"
        other.mkdir()
        for _ in range(2):
            seed = self.sward_process(
                "seed", torrent, "--data", work.parent, "--listen", "127.0.0.1:0", home=other)
            self.assertEqual(seed.wait(), 2, seed.describe())
            found = next(e for e in seed.seen if e["event"] == "examined")["verification"]["findings"]
            self.assertEqual([(f["kind"], f["path"]) for f in found], [("enclosed", "NOTICE.txt")])
            self.assertNotIn("listening", [e["event"] for e in seed.seen])
        # Beside a work that is as it says, that one alone is served.
        sound = write_tree(self.folder / "origin/sound", seed=2)
        self.sward("pack", sound, "--license", "CC0-1.0", "--creator", "A. Name")
        seed = self.sward_process(
            "seed", work.parent, "--data", work.parent, "--listen", "127.0.0.1:0", home=other)
        address = seed.until("listening")["address"]
        held = self.libtorrent("2.1", "leech", torrent, self.folder / "held", "--peer", address)
        held.until("listening")
        self.fetch(work.parent / "sound.torrent", self.folder / "out", "--peer", address)
        seed.child.terminate()
        self.assertEqual(seed.wait(), 2, seed.describe())
        held.child.terminate()
        self.assertEqual(held.until("transferred")["downloaded"], 0)

    def test_noncommercial_terms_ask_who_is_asking(self):
        torrent, magnet, work = self.packed("--license", "CC-BY-NC-4.0")
        _, address = self.seed(torrent, work.parent, "127.0.0.1:0", "--noncommercial")
        self.fetch(magnet, self.folder / "held", "--peer", address, status=2)
        self.assertFalse((self.folder / "held").exists())
        self.fetch(magnet, self.folder / "out", "--peer", address, "--noncommercial")
        self.assertEqual(digests(self.folder / "out/work"), digests(work))

    def test_a_held_work_can_be_released_and_stays_so(self):
        torrent, magnet, work = self.packed("--license", "CC-BY-NC-4.0")
        _, address = self.seed(torrent, work.parent, "127.0.0.1:0", "--release", "we share without payment")
        fetch = self.fetch(magnet, self.folder / "one", "--peer", address)
        judged = next(e for e in fetch.seen if e["event"] == "judged")["appraisal"]
        self.assertEqual((judged["state"], judged["release"]), ("admitted", "we share without payment"))
        self.assertEqual(judged["reasonCode"], "noncommercial-only")
        self.assertEqual(
            [(r["name"], r["reason"]) for r in json.loads(self.sward("release", "list", "--format", "json"))],
            [("work", "we share without payment")])
        self.sward("release", "withdraw", torrent)
        self.fetch(magnet, self.folder / "two", "--peer", address, status=2)
        # Reasons kept by earlier versions are nothing but that.
        releases = self.home / ".local/state/sward/releases"
        (releases / json.loads(self.sward("inspect", torrent, "--format", "json", status=2))["infoHashV2"]).write_text("so be it")
        self.assertIn("released: so be it", self.sward("verify", torrent))

    def test_without_terms_it_is_fetched_and_not_served(self):
        work = write_tree(self.folder / "origin/work")
        torrent = self.folder / "plain.torrent"
        subprocess.run(["mktorrent", "-l", "15", "-o", torrent, work], check=True, capture_output=True)
        seed = self.libtorrent("2.1", "seed", torrent, work.parent)
        fetch = self.sward_process(
            "fetch", torrent, "--output", self.folder / "out", "--peer", seed.until("listening")["address"],
            "--listen", "127.0.0.1:0", "--keep-seeding",
            # Slow enough for the leech to be heard while the work is quarantined, and in clear, so that the tap can read.
            "--download-limit", "512K", "--encryption", "off")
        address = fetch.until("listening")["address"]
        self.assertEqual(fetch.until("judged")["appraisal"]["state"], "quarantined")
        tap = Tap(self, address)
        leech = self.libtorrent("2.1", "leech", torrent, self.folder / "leech", "--peer", tap.address)
        leech.until("listening")
        self.assertTrue(tap.answered.wait(TIMEOUT), "the leech was never answered")
        fetch.until("complete")
        # Nothing found in its files permits passing it on.
        self.assertEqual(fetch.wait(), 2)
        self.assertEqual(digests(self.folder / "out/work"), digests(work))
        for _, ours in tap.said:
            if ours:
                told = {PIECE, UNCHOKE, HAVE, BITFIELD, HAVE_ALL} & set(messages(ours))
                self.assertFalse(told, "a quarantined work was offered")
        leech.child.terminate()
        self.assertEqual(leech.until("transferred")["downloaded"], 0)


if __name__ == "__main__":
    unittest.main()
