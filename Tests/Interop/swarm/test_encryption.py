# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Message stream encryption with libtorrent 2.0.8 and 2.1.1, both ways, in every combination that can meet."""

import json
import unittest

from support import InteropTest, digests, write_tree

# libtorrent's numbers.
FORCED, ENABLED, DISABLED = 0, 1, 2
PLAIN, RC4, BOTH = 1, 2, 3


def policy(way, level):
    return ["--set", f"out_enc_policy={way}", "--set", f"in_enc_policy={way}", "--set", f"allowed_enc_level={level}"]


# What sward is told, and what libtorrent is.
MEETINGS = [
    ("require", policy(FORCED, RC4)),
    ("require", policy(ENABLED, BOTH)),
    ("prefer", policy(FORCED, RC4)),
    ("prefer", policy(FORCED, PLAIN)),
    ("prefer", policy(DISABLED, BOTH)),
    ("allow", policy(FORCED, RC4)),
    ("allow", policy(FORCED, PLAIN)),
    ("off", policy(ENABLED, BOTH)),
]


class EncryptionTest(InteropTest):
    def pack(self):
        work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward("pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json"))
        return report["torrent"], work.parent, digests(work)

    def each(self, check):
        for version in ("2.0", "2.1"):
            for ours, theirs in MEETINGS:
                with self.subTest(libtorrent=version, sward=ours, settings=theirs):
                    self.doCleanups()
                    self.setUp()
                    check(version, ours, theirs)

    def test_libtorrent_leeches_from_sward(self):
        def check(version, ours, theirs):
            torrent, origin, expected = self.pack()
            _, address = self.seed(torrent, origin, "127.0.0.1:0", "--encryption", ours)
            leech = self.libtorrent(version, "leech", torrent, self.folder / "out", "--peer", address, *theirs)
            leech.until("complete")
            self.assertEqual(digests(self.folder / "out/work"), expected)

        self.each(check)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, ours, theirs):
            torrent, origin, expected = self.pack()
            seed = self.libtorrent(version, "seed", torrent, origin, *theirs)
            address = seed.until("listening")["address"]
            self.fetch(torrent, self.folder / "fetched", "--peer", address, "--encryption", ours)
            self.assertEqual(digests(self.folder / "fetched/work"), expected)

        self.each(check)

    def test_the_configuration_says_it_too(self):
        torrent, origin, expected = self.pack()
        configuration = self.home / ".config/sward"
        configuration.mkdir(parents=True)
        (configuration / "config.toml").write_text('[network]\nencryption = "require"\n')
        seed = self.libtorrent("2.1", "seed", torrent, origin, *policy(FORCED, RC4))
        self.fetch(torrent, self.folder / "fetched", "--peer", seed.until("listening")["address"])
        self.assertEqual(digests(self.folder / "fetched/work"), expected)
        (configuration / "config.toml").write_text('[network]\nencryption = "always"\n')
        self.sward("fetch", torrent, "--output", self.folder / "other", status=1)
        self.assertIn("none of off, allow, prefer, require", self.last_errors)


if __name__ == "__main__":
    unittest.main()
