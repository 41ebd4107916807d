# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bundles of each kind, both ways, with libtorrent 2.0.8 and 2.1.1."""

import unittest

from support import InteropTest

KINDS = {"v1": ["--v1"], "v2": ["--v2"], "hybrid": []}


AXES = {"libtorrent": ("2.0", "2.1"), "kind": KINDS, "by": ("file", "magnet")}


class LibtorrentTest(InteropTest):
    def test_libtorrent_leeches_from_sward(self):
        def check(version, kind, by):
            self.pack_tree(*KINDS[kind])
            _, address = self.seed(self.torrent, self.work.parent)
            source = self.torrent if by == "file" else self.magnet
            leech = self.libtorrent(version, "leech", source, self.folder / "out", "--peer", address)
            leech.until("complete")
            self.assert_moved(self.folder / "out")

        self.each(check, **AXES)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, kind, by):
            self.pack_tree(*KINDS[kind])
            seed = self.libtorrent(version, "seed", self.torrent, self.work.parent)
            address = seed.until("listening")["address"]
            self.fetch(self.torrent if by == "file" else self.magnet, self.folder / "out", "--peer", address)
            self.assert_moved(self.folder / "out")

        self.each(check, **AXES)


if __name__ == "__main__":
    unittest.main()
