# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that know nothing of each other meet by local service discovery (BEP 14): no tracker, no address typed in."""

import json
import unittest

from support import InteropTest, digests, write_tree


class LocalDiscoveryTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json"))
        self.torrent, self.magnet = report["torrent"], report["magnet"]

    def test_sward_meets_sward(self):
        self.seed(self.torrent, self.work.parent, "10.99.0.1:0", "--local-discovery")
        self.fetch(self.magnet, self.folder / "out", "--listen", "10.99.0.2:0", "--local-discovery")
        self.assertEqual(digests(self.folder / "out/work"), digests(self.work))

    def test_libtorrent_meets_sward(self):
        self.seed(self.torrent, self.work.parent, "10.99.0.1:0", "--local-discovery")
        leech = self.libtorrent(
            "2.1", "leech", self.magnet, self.folder / "out", "--listen", "10.99.0.2:0", "--lsd")
        leech.until("complete")
        self.assertEqual(digests(self.folder / "out/work"), digests(self.work))

    def test_sward_meets_libtorrent(self):
        self.libtorrent("2.1", "seed", self.torrent, self.work.parent, "--listen", "10.99.0.2:0", "--lsd")
        self.fetch(self.magnet, self.folder / "out", "--listen", "10.99.0.1:0", "--local-discovery")
        self.assertEqual(digests(self.folder / "out/work"), digests(self.work))


if __name__ == "__main__":
    unittest.main()
