# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The DHT of libtorrent's nodes, used by sward: values of BEP 44 and pointers of BEP 46 put by one and got by the other."""

import hashlib
import json
import subprocess
import sys
import unittest

from support import HERE, SYSTEM_PYTHON, InteropTest, Process

VERSIONS = {"2.0": SYSTEM_PYTHON, "2.1": sys.executable}


def public_key(seed):
    """Of an Ed25519 seed, by OpenSSL."""
    der = bytes.fromhex("302e020100300506032b657004220420") + seed
    return subprocess.run(
        ["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"], input=der, check=True,
        capture_output=True).stdout[-32:]


class DHTTest(InteropTest):
    # Theirs come first: libtorrent takes whoever puts something into its table, read-only or not (BEP 43), and waits fifteen
    # seconds for each that has gone since.

    def nodes(self, version, count=8):
        """So many nodes of libtorrent in one process, and the address of the first."""
        process = Process(
            self, [VERSIONS[version], HERE / "swarm/libtorrent_dht.py", "127.0.0.1:0", "--nodes", count],
            stdin=subprocess.PIPE)
        self.address = process.until("listening")["address"]
        return process

    def dht(self, command, *words):
        return json.loads(self.sward(
            "dht", command, *words, "--bootstrap", self.address, "--dht-listen", "127.0.0.1:0", "--format", "json"))

    def key(self):
        """A key of sward's own."""
        self.sward("key", "new", "releases", "--no-passphrase")

    def test_fixed_values_cross(self):
        def check(version):
            theirs = self.nodes(version)
            answer = theirs.ask("put", "a", "value", "of", "theirs")
            self.assertGreater(answer["stored"], 0)
            self.assertEqual(answer["target"], hashlib.sha1(b"17:a value of theirs").hexdigest())
            self.assertEqual(self.dht("get", answer["target"])["text"], "a value of theirs")
            put = self.dht("put", "a value of ours")
            self.assertGreater(put["storedOn"], 0)
            self.assertEqual(theirs.ask("get", put["target"])["value"], "a value of ours")

        self.each(check, libtorrent=VERSIONS)

    def test_signed_values_cross_with_salt_and_sequence(self):
        def check(version):
            theirs = self.nodes(version)
            seed = bytes(range(32))
            key = public_key(seed).hex()
            for salt in ("", "list"):
                for number, value in enumerate(("un", "deux"), 1):
                    answer = theirs.ask("put-signed", seed.hex(), key, salt, value)
                    self.assertGreater(answer["stored"], 0)
                    got = self.dht("get", key, *(["--salt", salt] if salt else []))
                    self.assertEqual((got["text"], got["sequence"]), (value, number))
                    self.assertEqual(got.get("salt"), salt or None)

            self.key()
            for salt in ("", "list"):
                for number, value in enumerate(("one", "two", "three"), 1):
                    put = self.dht("put", value, "--key", "releases", *(["--salt", salt] if salt else []))
                    # The third is put over the second only: each names the change it follows (cas).
                    self.assertEqual(put["sequence"], number)
                    got = theirs.ask("get-signed", put["publicKey"], str(number), *([salt] if salt else []))
                    self.assertEqual((got["value"], got["sequence"]), (value, number), put)

        self.each(check, libtorrent=VERSIONS)

    def test_a_pointer_to_a_torrent_is_a_signed_value(self):
        def check(version):
            theirs = self.nodes(version)
            self.key()
            put = self.dht("put", "--torrent", "ab" * 20, "--key", "releases")
            got = theirs.ask("get-signed", put["publicKey"], "1")
            self.assertEqual(got["sequence"], 1)
            self.assertEqual(self.dht("get", put["publicKey"])["torrent"], "ab" * 20)

        self.each(check, libtorrent=VERSIONS)


if __name__ == "__main__":
    unittest.main()
