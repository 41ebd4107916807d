# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""uTP with libtorrent 2.0.8 and 2.1.1, both ways, with TCP switched off at both ends."""

import unittest

from support import InteropTest

UTP_ONLY = [
    "--set", "enable_outgoing_utp=1", "--set", "enable_incoming_utp=1", "--set", "enable_outgoing_tcp=0",
    "--set", "enable_incoming_tcp=0",
]
RC4_ONLY = ["--set", "out_enc_policy=0", "--set", "in_enc_policy=0", "--set", "allowed_enc_level=2"]


AXES = {"libtorrent": ("2.0", "2.1"), "host": ("127.0.0.1", "[::1]"), "encryption": ([], RC4_ONLY)}


class UTPTest(InteropTest):
    def test_libtorrent_leeches_from_sward(self):
        def check(version, host, encryption):
            self.pack_tree()
            _, address = self.seed(self.torrent, self.work.parent, f"{host}:0", "--no-tcp")
            leech = self.libtorrent(
                version, "leech", self.torrent, self.folder / "out", "--listen", f"{host}:0", "--peer", address,
                *UTP_ONLY, *encryption)
            leech.until("complete")
            self.assert_moved(self.folder / "out")

        self.each(check, **AXES)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, host, encryption):
            self.pack_tree()
            seed = self.libtorrent(
                version, "seed", self.torrent, self.work.parent, "--listen", f"{host}:0", *UTP_ONLY, *encryption)
            address = seed.until("listening")["address"]
            self.fetch(
                self.torrent, self.folder / "fetched", "--listen", f"{host}:0", "--peer", address, "--no-tcp",
                "--encryption", "require" if encryption else "off")
            self.assert_moved(self.folder / "fetched")

        self.each(check, **AXES)

    def test_sward_fetches_from_sward(self):
        self.pack_tree()
        _, address = self.seed(self.torrent, self.work.parent, "127.0.0.1:0", "--no-tcp")
        self.fetch(self.torrent, self.folder / "out", "--listen", "127.0.0.1:0", "--peer", address, "--no-tcp")
        self.assert_moved(self.folder / "out")

    def test_who_takes_no_tcp_is_reached_over_utp(self):
        self.pack_tree()
        _, address = self.seed(self.torrent, self.work.parent, "127.0.0.1:0", "--no-tcp")
        self.fetch(self.torrent, self.folder / "out", "--listen", "127.0.0.1:0", "--peer", address)
        self.assert_moved(self.folder / "out")

    def test_both_families_are_listened_on_at_once(self):
        self.pack_tree()
        for transport in ("--no-tcp", "--no-utp"):
            seed = self.sward_process(
                "seed", self.torrent, "--data", self.work.parent, "--listen", "127.0.0.1:0", "--listen", "[::1]:0",
                transport)
            for family in ("4", "6"):
                address = seed.until("listening")["address"]
                host = address.rsplit(":", 1)[0]
                output = self.folder / f"{transport}-{family}"
                self.fetch(self.torrent, output, "--listen", f"{host}:0", "--peer", address, transport)
                self.assert_moved(output)
            seed.end()


if __name__ == "__main__":
    unittest.main()
