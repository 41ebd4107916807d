# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reciprocity with clients that never heard of it: what they give and take is counted, kept, and shown."""

import json
import unittest

from support import InteropTest, digests, write_tree


class ReciprocityTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.work = write_tree(self.folder / "origin/work")
        self.report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--v2", "--format", "json"))
        self.book = self.home / ".local/state/sward/reciprocity"
        self.size = sum(p.stat().st_size for p in self.work.rglob("*") if p.is_file())

    def fetch_from_libtorrent(self, out, *more):
        theirs = self.libtorrent("2.1", "seed", self.report["torrent"], self.work.parent)
        return self.fetch(
            self.report["torrent"], self.folder / out, "--peer", theirs.until("listening")["address"], "--listen",
            "127.0.0.1:0", *more)

    def peer_of(self, process):
        """The first peer that is told of."""
        while not (event := process.until("progress"))["peers"]:
            pass
        return event["peers"][0]

    def test_counts_are_kept_from_run_to_run(self):
        for number, option in enumerate((["--reciprocity"], [])):
            if not option:
                (self.home / ".config/sward").mkdir(parents=True)
                (self.home / ".config/sward/config.toml").write_text("[network]\nreciprocity = true\n")
            self.fetch_from_libtorrent(f"out{number}", *option)
            self.assertEqual(digests(self.folder / f"out{number}/work"), digests(self.work))
            self.assertEqual(self.book.stat().st_mode & 0o777, 0o600)
        # Both fetches are in it; now the same host takes, in small steps so that it is seen.
        seed, address = self.seed(
            self.report["torrent"], self.work.parent, "127.0.0.1:0", "--upload-limit", "2M", "--every", "1")
        leech = self.libtorrent("2.1", "leech", self.report["torrent"], self.folder / "theirs", "--peer", address)
        shown = self.peer_of(seed)
        self.assertEqual(shown["givenBytes"], 2 * self.size)
        leech.until("complete")
        leech.child.terminate()
        leech.wait()
        seed.child.terminate()
        self.assertEqual(seed.wait(), 0, seed.describe())
        stats = [e["stats"]["reciprocity"] for e in seed.seen if e["event"] == "stats"]
        self.assertEqual({s["given"] for s in stats}, {2 * self.size}, seed.describe())
        # One record: address, then given, taken and day.
        record = self.book.read_bytes()[len(b"sward reciprocity 1\n"):]
        self.assertEqual(len(record), 36)
        self.assertEqual(record[:16], bytes(10) + b"\xff\xff\x7f\0\0\x01")
        given, taken = (int.from_bytes(record[i:i + 8], "big") for i in (16, 24))
        self.assertEqual(given, 2 * self.size)
        self.assertGreaterEqual(taken, self.size)

    def test_off_unless_asked_for(self):
        process = self.fetch_from_libtorrent("out")
        self.assertFalse(self.book.exists())
        for event in process.seen:
            for peer in event.get("peers") or []:
                self.assertNotIn("givenBytes", peer)

    def test_a_broken_book_is_begun_anew(self):
        self.book.parent.mkdir(parents=True, exist_ok=True)
        self.book.write_bytes(b"sward reciprocity 1\n" + b"\xff" * 35)
        self.fetch_from_libtorrent("out", "--reciprocity")
        self.assertEqual(len(self.book.read_bytes()), len(b"sward reciprocity 1\n") + 36)


if __name__ == "__main__":
    unittest.main()
