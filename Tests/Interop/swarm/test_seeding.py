# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a seeder believes of files that it served before."""

import json
import unittest

from support import InteropTest, write_tree


class SeedingTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json"))
        self.torrent = report["torrent"]

    def verified(self):
        process = self.sward_process("seed", self.torrent, "--listen", "127.0.0.1:0")
        found = process.until("resumed")
        process.until("listening")
        process.child.terminate()
        self.assertEqual(process.wait(), 0, process.describe())
        return found["verifiedBytes"], found["totalBytes"]

    def test_a_file_changed_in_place_is_not_served_as_it_was(self):
        verified, total = self.verified()
        self.assertEqual(verified, total)
        with open(self.work / "data/large.bin", "r+b") as file:
            file.seek(100_000)
            byte = file.read(1)
            file.seek(100_000)
            file.write(bytes([byte[0] ^ 1]))
        verified, _ = self.verified()
        self.assertGreater(verified, 0)
        self.assertLess(verified, total)

    def test_a_missing_file_is_not_offered(self):
        (self.work / "data/large.bin").unlink()
        verified, total = self.verified()
        self.assertLess(verified, total)


if __name__ == "__main__":
    unittest.main()
