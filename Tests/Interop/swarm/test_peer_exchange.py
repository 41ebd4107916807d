# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that know only a third, which gives them nothing, meet by peer exchange (BEP 11) alone."""

import unittest

from support import InteropTest


class PeerExchangeTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack_tree()

    def middle(self, seed):
        """sward as the third: it would take half an hour to have anything."""
        process = self.sward_process(
            "fetch", self.torrent, "--output", self.folder / "middle", "--peer", seed, "--listen", "127.0.0.1:0",
            "--download-limit", "1K", home=self.home)
        address = process.until("listening")["address"]
        while not process.until("progress")["peers"]:
            pass
        return address

    def test_sward_hears_from_sward(self):
        _, seed = self.seed(self.torrent, self.work.parent)
        middle = self.middle(seed)
        home = self.folder / "other"
        home.mkdir()
        self.fetch(self.torrent, self.folder / "out", "--peer", middle, "--listen", "127.0.0.1:0", home=home)
        self.assert_moved(self.folder / "out")


if __name__ == "__main__":
    unittest.main()
