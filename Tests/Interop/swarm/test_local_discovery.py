# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that know nothing of each other meet by local service discovery (BEP 14): no tracker, no address typed in."""

import unittest

from support import InteropTest


class LocalDiscoveryTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack_tree()

    def test_sward_meets_sward(self):
        self.seed(self.torrent, self.work.parent, "10.99.0.1:0", "--local-discovery")
        self.fetch(self.magnet, self.folder / "out", "--listen", "10.99.0.2:0", "--local-discovery")
        self.assert_moved(self.folder / "out")

    def test_libtorrent_meets_sward(self):
        self.seed(self.torrent, self.work.parent, "10.99.0.1:0", "--local-discovery")
        leech = self.libtorrent(
            "2.1", "leech", self.magnet, self.folder / "out", "--listen", "10.99.0.2:0", "--lsd")
        leech.until("complete")
        self.assert_moved(self.folder / "out")

    def test_sward_meets_libtorrent(self):
        self.libtorrent("2.1", "seed", self.torrent, self.work.parent, "--listen", "10.99.0.2:0", "--lsd")
        self.fetch(self.magnet, self.folder / "out", "--listen", "10.99.0.1:0", "--local-discovery")
        self.assert_moved(self.folder / "out")


if __name__ == "__main__":
    unittest.main()
