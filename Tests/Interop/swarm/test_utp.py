# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""uTP with libtorrent 2.0.8 and 2.1.1, both ways, with TCP switched off at both ends."""

import json
import unittest

from support import InteropTest, digests, write_tree

UTP_ONLY = [
    "--set", "enable_outgoing_utp=1", "--set", "enable_incoming_utp=1", "--set", "enable_outgoing_tcp=0",
    "--set", "enable_incoming_tcp=0",
]
RC4_ONLY = ["--set", "out_enc_policy=0", "--set", "in_enc_policy=0", "--set", "allowed_enc_level=2"]


class UTPTest(InteropTest):
    def pack(self):
        work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward("pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json"))
        return report["torrent"], work.parent, digests(work)

    def each(self, check):
        for version in ("2.0", "2.1"):
            for host in ("127.0.0.1", "[::1]"):
                for encryption in ([], RC4_ONLY):
                    with self.subTest(libtorrent=version, host=host, encryption=encryption):
                        self.doCleanups()
                        self.setUp()
                        check(version, host, encryption)

    def test_libtorrent_leeches_from_sward(self):
        def check(version, host, encryption):
            torrent, origin, expected = self.pack()
            _, address = self.seed(torrent, origin, f"{host}:0", "--no-tcp")
            leech = self.libtorrent(
                version, "leech", torrent, self.folder / "out", "--listen", f"{host}:0", "--peer", address,
                *UTP_ONLY, *encryption)
            leech.until("complete")
            self.assertEqual(digests(self.folder / "out/work"), expected)

        self.each(check)

    def test_sward_fetches_from_libtorrent(self):
        def check(version, host, encryption):
            torrent, origin, expected = self.pack()
            seed = self.libtorrent(
                version, "seed", torrent, origin, "--listen", f"{host}:0", *UTP_ONLY, *encryption)
            address = seed.until("listening")["address"]
            self.fetch(
                torrent, self.folder / "fetched", "--listen", f"{host}:0", "--peer", address, "--no-tcp",
                "--encryption", "require" if encryption else "off")
            self.assertEqual(digests(self.folder / "fetched/work"), expected)

        self.each(check)

    def test_sward_fetches_from_sward(self):
        torrent, origin, expected = self.pack()
        _, address = self.seed(torrent, origin, "127.0.0.1:0", "--no-tcp")
        self.fetch(torrent, self.folder / "fetched", "--listen", "127.0.0.1:0", "--peer", address, "--no-tcp")
        self.assertEqual(digests(self.folder / "fetched/work"), expected)

    def test_who_takes_no_tcp_is_reached_over_utp(self):
        torrent, origin, expected = self.pack()
        _, address = self.seed(torrent, origin, "127.0.0.1:0", "--no-tcp")
        self.fetch(torrent, self.folder / "fetched", "--listen", "127.0.0.1:0", "--peer", address)
        self.assertEqual(digests(self.folder / "fetched/work"), expected)

    def test_both_families_are_listened_on_at_once(self):
        torrent, origin, expected = self.pack()
        for transport in ("--no-tcp", "--no-utp"):
            seed = self.sward_process(
                "seed", torrent, "--data", origin, "--listen", "127.0.0.1:0", "--listen", "[::1]:0", transport)
            for family in ("4", "6"):
                address = seed.until("listening")["address"]
                host = address.rsplit(":", 1)[0]
                output = self.folder / f"{transport}-{family}"
                self.fetch(torrent, output, "--listen", f"{host}:0", "--peer", address, transport)
                self.assertEqual(digests(output / "work"), expected)
            seed.end()


if __name__ == "__main__":
    unittest.main()
