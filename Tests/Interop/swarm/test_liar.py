# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One seed of eight sends bytes that are not the work's: sward names it, bans it and nobody else, and has the work."""

import json
import shutil
import unittest

from support import InteropTest, digests, write_tree

RATE = 700_000  # bytes a second of each, so that none does the work of all


class LiarTest(InteropTest):
    def check(self, *kind):
        work = write_tree(self.folder / "origin/work", large=12 << 20)
        report = json.loads(self.sward(
            "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--piece-length", "256KiB", "--format", "json",
            *kind))
        torrent = report["torrent"]
        expected = digests(work)
        bad = self.folder / "liar"
        shutil.copytree(work, bad / "work")
        liar = self.libtorrent("2.1", "seed", torrent, bad, "--rate", RATE, "--corrupt", 5)
        honest = [
            self.libtorrent(("2.0", "2.1")[i % 2], "seed", torrent, work.parent, "--rate", RATE) for i in range(7)]
        name = liar.until("listening")["address"]
        peers = [name, *(p.until("listening")["address"] for p in honest)]
        process = self.fetch(
            torrent, self.folder / "out", "--listen", "127.0.0.1:0", *(w for p in peers for w in ("--peer", p)))
        self.assertEqual(digests(self.folder / "out/work"), expected)
        banned = {e["address"] for e in process.seen if e["event"] == "banned"}
        self.assertEqual(banned, {name}, process.describe())
        done = next(e for e in process.seen if e["event"] == "complete")
        return done["wastedBytes"]

    def test_v2_block_by_block(self):
        # What the liar had under way when it was found out, and not the pieces it took part in.
        self.assertLess(self.check("--v2"), 2 << 20)

    def test_v1_by_elimination(self):
        self.check("--v1")

    def test_hybrid(self):
        self.check()


if __name__ == "__main__":
    unittest.main()
