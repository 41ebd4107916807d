# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bundles of each kind, both ways, with libtorrent 2.0.8 and 2.1.1."""

import unittest

from support import InteropTest, digests, write_tree

KINDS = {"v1": ["--v1"], "v2": ["--v2"], "hybrid": []}


class LibtorrentTest(InteropTest):
    def pack(self, kind):
        """A packed work: its torrent, its folder's parent, its magnet link and its files' digests."""
        import json

        work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward(
            "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json", *KINDS[kind]))
        return report["torrent"], work.parent, report["magnet"], digests(work)

    def each(self, check):
        """Runs `check(version, kind, by)` for every combination, each with a folder of its own."""
        for version in ("2.0", "2.1"):
            for kind in KINDS:
                for by in ("file", "magnet"):
                    with self.subTest(libtorrent=version, kind=kind, by=by):
                        self.doCleanups()
                        self.setUp()
                        check(version, kind, by)

    def test_libtorrent_leeches_from_sward(self):
        def check(version, kind, by):
            torrent, origin, magnet, expected = self.pack(kind)
            _, address = self.seed(torrent, origin)
            leech = self.libtorrent(
                version, "leech", torrent if by == "file" else magnet, self.folder / "out", "--peer", address)
            leech.until("complete")
            self.assertEqual(digests(self.folder / "out/work"), expected)

        self.each(check)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, kind, by):
            torrent, origin, magnet, expected = self.pack(kind)
            seed = self.libtorrent(version, "seed", torrent, origin)
            address = seed.until("listening")["address"]
            output = self.folder / "fetched"
            self.fetch(torrent if by == "file" else magnet, output, "--peer", address)
            self.assertEqual(digests(output / "work"), expected)

        self.each(check)


if __name__ == "__main__":
    unittest.main()
