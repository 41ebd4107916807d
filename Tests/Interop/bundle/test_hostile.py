# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Torrents that mean harm: one clear error each, soon, in little memory, with nothing written."""

import hashlib
import os
import subprocess
import unittest

from bencode import encode as bencode
from support import SWARD, InteropTest, environment

BLOCK = 16384


def v1(*paths, name="work", **more):
    files = [dict({"length": 1, "path": list(p)}, **more) for p in paths]
    pieces = (len(files) + BLOCK - 1) // BLOCK
    return {"info": {"name": name, "piece length": BLOCK, "pieces": b"\0" * 20 * pieces, "files": files}}


def v2(tree, layers=None, name="work"):
    return {
        "info": {"name": name, "piece length": BLOCK, "meta version": 2, "file tree": tree},
        "piece layers": layers or {},
    }


def leaf(length=1, root=b"r" * 32):
    return {"": {"length": length, "pieces root": root}}


CASES = {
    "parent": (bencode(v1(["..", "x"])), ".."),
    "parent in a tree": (bencode(v2({"..": {"x": leaf()}})), ".."),
    "parent as name": (bencode(v1(["x"], name="..")), ".."),
    "absolute": (bencode(v1(["/etc", "passwd"])), "/etc"),
    "separator": (bencode(v2({"a/b": leaf()})), "a/b"),
    "empty element": (bencode(v1(["a", "", "b"])), ""),
    "dot": (bencode(v2({".": leaf()})), "."),
    "NUL": (bencode(v1(["a\0b"])), ""),
    "not UTF-8": (bencode(v1(["a\udcff"])), ""),
    "duplicate": (bencode(v1(["a"], ["a"])), "a"),
    "case collision": (bencode(v1(["Readme"], ["README"])), "README"),
    "case collision in a tree": (bencode(v2({"Readme": leaf(), "README": leaf()})), ""),
    "normal form collision": (bencode(v1(["\u00e9"], ["e\u0301"])), ""),
    "file and folder": (bencode(v1(["a"], ["a", "b"])), "a"),
    "element too long": (bencode(v1(["x" * 256])), "255"),
    "path too long": (bencode(v1(["x" * 250] * 17)), "4096"),
    "symlink out": (bencode(v1(["l"], attr="l", **{"symlink path": ["..", "..", "etc", "passwd"]})), ""),
    "10 GB integer": (b"d4:infod6:lengthi" + b"9" * 10_000_000 + b"e", ""),
    "long string": (b"d4:info99999999999:x", ""),
    "huge string length": (b"d4:info" + b"9" * 5000 + b":x", ""),
    "100 000 lists": (b"d4:info" + b"l" * 100_000 + b"e" * 100_000 + b"e", ""),
    "100 000 dictionaries": (b"d4:info" + b"d1:a" * 100_000, ""),
    "negative length": (bencode({"info": {"name": "x", "piece length": BLOCK, "pieces": b"", "length": -1}}), "length"),
    "huge length": (bencode({"info": {"name": "x", "piece length": BLOCK, "pieces": b"\0" * 20, "length": 2**63 - 1}}), ""),
    "length overflow": (bencode(v2({"a": leaf(2**63 - 1), "b": leaf(2**63 - 1)})), ""),
    "zero piece length": (bencode({"info": {"name": "x", "piece length": 0, "pieces": b"", "length": 0}}), "piece length"),
    "odd piece length": (bencode({"info": {
        "name": "x", "piece length": 20000, "meta version": 2, "file tree": {"x": leaf()}}, "piece layers": {}}), "piece length"),
    "pieces not a multiple of 20": (bencode({"info": {"name": "x", "piece length": BLOCK, "pieces": b"\0" * 19, "length": 1}}), "pieces"),
    "too few pieces": (bencode({"info": {"name": "x", "piece length": BLOCK, "pieces": b"\0" * 20, "length": BLOCK * 3}}), "pieces"),
    "missing piece layer": (bencode(v2({"a": leaf(BLOCK * 3)})), "layer"),
    "piece layer of the wrong size": (bencode(v2({"a": leaf(BLOCK * 3)}, {b"r" * 32: b"\0" * 64})), "layer"),
    "piece layer of the wrong root": (bencode(v2({"a": leaf(BLOCK * 3)}, {b"r" * 32: b"\0" * 96})), "layer"),
    "unsorted keys": (b"d4:infod6:lengthi1e4:name1:xe4:aaaa1:xe", ""),
    "leading zero": (b"d4:infod6:lengthi01eee", ""),
    "negative zero": (b"d4:infod6:lengthi-0eee", ""),
    "trailing bytes": (bencode(v1(["a"])) + b"x", ""),
    "truncated": (bencode(v1(["a"]))[:-5], ""),
    "empty": (b"", ""),
    "no info": (bencode({"announce": "http://localhost/"}), "info"),
}


class HostileTest(InteropTest):
    def test_a_manifest_of_a_newer_version_is_refused_and_says_so(self):
        torrent = self.folder / "new.torrent"
        torrent.write_bytes(bencode({"info": {
            "name": "x", "piece length": BLOCK, "pieces": hashlib.sha1(b"x").digest(), "length": 1,
            "license": {"v": 2, "expressions": ["MIT"]}}}))
        self.sward("inspect", torrent, status=1)
        self.assertIn("get a newer sward", self.last_errors)
        said = self.sward("fetch", torrent, "--output", self.folder / "out", status=2)
        self.assertIn("get a newer sward", said)
        self.assertFalse((self.folder / "out").exists(), "something was written")

    def test_each_is_refused_in_one_line(self):
        for name, (data, mentioned) in CASES.items():
            with self.subTest(name):
                torrent = self.folder / "bad.torrent"
                torrent.write_bytes(data)
                for command in (["inspect"], ["verify"], ["fetch", "--output", self.folder / "out"]):
                    with open(self.folder / "said", "w+b") as said:
                        child = subprocess.Popen(
                            [SWARD, command[0], torrent, *command[1:]], env=environment(self.home),
                            stdin=subprocess.DEVNULL, stdout=said, stderr=said)
                        _, status, usage = os.wait4(child.pid, 0)
                        child.returncode = os.waitstatus_to_exitcode(status)
                        said.seek(0)
                        text = said.read().decode()
                    self.assertEqual(child.returncode, 1, text)
                    self.assertEqual(len(text.strip().splitlines()), 1, text)
                    self.assertTrue(text.startswith("sward: error: "), text)
                    self.assertIn("bad.torrent", text)
                    self.assertIn(mentioned, text)
                    self.assertLess(usage.ru_utime + usage.ru_stime, 0.5, "too slow")
                    self.assertLess(usage.ru_maxrss, 100 * 1024, "too much memory")
                self.assertFalse((self.folder / "out").exists(), "something was written")


if __name__ == "__main__":
    unittest.main()
