# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Message stream encryption with libtorrent 2.0.8 and 2.1.1, both ways, in every combination that can meet."""

import unittest

from support import InteropTest

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
    def test_libtorrent_leeches_from_sward(self):
        def check(version, meeting):
            ours, theirs = meeting
            self.pack_tree()
            _, address = self.seed(self.torrent, self.work.parent, "127.0.0.1:0", "--encryption", ours)
            leech = self.libtorrent(version, "leech", self.torrent, self.folder / "out", "--peer", address, *theirs)
            leech.until("complete")
            self.assert_moved(self.folder / "out")

        self.each(check, libtorrent=("2.0", "2.1"), meeting=MEETINGS)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, meeting):
            ours, theirs = meeting
            self.pack_tree()
            seed = self.libtorrent(version, "seed", self.torrent, self.work.parent, *theirs)
            address = seed.until("listening")["address"]
            self.fetch(self.torrent, self.folder / "fetched", "--peer", address, "--encryption", ours)
            self.assert_moved(self.folder / "fetched")

        self.each(check, libtorrent=("2.0", "2.1"), meeting=MEETINGS)

    def test_the_configuration_says_it_too(self):
        self.pack_tree()
        configuration = self.home / ".config/sward"
        configuration.mkdir(parents=True)
        (configuration / "config.toml").write_text('[network]\nencryption = "require"\n')
        seed = self.libtorrent("2.1", "seed", self.torrent, self.work.parent, *policy(FORCED, RC4))
        self.fetch(self.torrent, self.folder / "fetched", "--peer", seed.until("listening")["address"])
        self.assert_moved(self.folder / "fetched")
        (configuration / "config.toml").write_text('[network]\nencryption = "always"\n')
        self.sward("fetch", self.torrent, "--output", self.folder / "other", status=1)
        self.assertIn("none of off, allow, prefer, require", self.last_errors)


if __name__ == "__main__":
    unittest.main()
