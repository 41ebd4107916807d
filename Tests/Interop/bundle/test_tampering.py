# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bundle that is not as it was signed: each fault named by verify, exit status 2, nothing written."""

import json
import os
import shutil
import unittest

from bencode import decode, encode
from support import HERE, InteropTest, digests

FIXTURE = HERE.parent.parent / "Fixtures/bundles/field-notes"


class TamperingTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "play"
        shutil.copytree(FIXTURE, self.root / "field-notes", symlinks=True)
        self.sward("key", "new", "--no-passphrase")
        self.torrent = self.root / "field-notes.torrent"
        self.work = self.root / "field-notes"
        self.sward("pack", self.work, "--title", "Field Notes", "--creator", "The sward authors", "--sign")

    def findings(self, status=2, torrent=None):
        before = self.snapshot()
        out = self.sward("verify", torrent or self.torrent, "--format", "json", status=status)
        self.assertEqual(self.snapshot(), before, "verify wrote something")
        report = json.loads(out)
        return report, {(f["kind"], f.get("path")) for f in report["findings"]}

    def snapshot(self):
        times = {str(p): p.lstat().st_mtime_ns for p in sorted(self.root.rglob("*"))}
        return digests(self.root), times

    def change(self, edit):
        """Rewrites the torrent with a changed info dictionary."""
        metainfo = decode(self.torrent.read_bytes())
        edit(metainfo)
        self.torrent.write_bytes(encode(metainfo))

    def test_sound(self):
        report, findings = self.findings(status=0)
        self.assertEqual(findings, set())
        self.assertEqual([s["name"] for s in report["signers"]], ["default", "default"])

    def test_flipped_bit(self):
        path = self.work / "tools/tally.c"
        data = bytearray(path.read_bytes())
        data[100] ^= 1
        path.write_bytes(data)
        self.assertIn(("changed", "tools/tally.c"), self.findings()[1])

    def test_missing_file(self):
        (self.work / "data/counts.csv").unlink()
        self.assertIn(("missing", "data/counts.csv"), self.findings()[1])

    def test_extra_file(self):
        (self.work / "notes/new.md").write_text("new\n")
        self.assertEqual(self.findings()[1], {("extra", "notes/new.md")})

    def test_hidden_files_that_packing_left_out_are_no_fault(self):
        (self.work / ".git").mkdir()
        (self.work / ".git/config").write_text("[core]\n")
        (self.work / "notes/.draft").write_text("later\n")
        self.assertEqual(self.findings(status=0)[1], set())

    def test_renamed_file(self):
        (self.work / "images/pond.png").rename(self.work / "images/lake.png")
        self.assertIn(("renamed", "images/pond.png"), self.findings()[1])

    def test_longer_file(self):
        with open(self.work / "README.md", "a") as file:
            file.write("x")
        self.assertIn(("length", "README.md"), self.findings()[1])

    def test_executable_bit(self):
        os.chmod(self.work / "tools/tally.c", 0o755)
        self.assertIn(("executable", "tools/tally.c"), self.findings()[1])

    def test_stripped_manifest(self):
        def strip(metainfo):
            del metainfo[b"info"][b"license"]
            del metainfo[b"info"][b"signatures"]

        self.change(strip)
        self.assertIn("stripped-manifest", {kind for kind, _ in self.findings()[1]})

    def test_narrowed_license(self):
        def narrow(metainfo):
            terms = metainfo[b"info"][b"license"]
            terms[b"expressions"] = [e.replace(b"GPL-3.0-or-later", b"LicenseRef-all-rights-reserved")
                                     for e in terms[b"expressions"]]
            terms[b"texts"][b"LicenseRef-all-rights-reserved"] = b"LICENSES/CC0-1.0.txt"

        self.change(narrow)
        kinds = self.findings()[1]
        self.assertIn(("narrowed", "tools/tally.c"), kinds)
        # Whoever narrows the terms breaks the signature with them.
        self.assertIn("bad-signature", {kind for kind, _ in kinds})

    def test_forged_signature(self):
        def forge(metainfo):
            signature = metainfo[b"info"][b"signatures"][0]
            signature[b"s"] = signature[b"s"][:-1] + bytes([signature[b"s"][-1] ^ 1])

        self.change(forge)
        self.assertIn("bad-signature", {kind for kind, _ in self.findings()[1]})

    def test_forged_trusted_comment(self):
        def forge(metainfo):
            metainfo[b"info"][b"signatures"][0][b"t"] += b"!"

        self.change(forge)
        self.assertIn("bad-signature", {kind for kind, _ in self.findings()[1]})

    def test_foreign_signature(self):
        """A good signature by a key that the user does not know is no error, and no name."""
        shutil.rmtree(self.home / ".config")
        report, findings = self.findings(status=0)
        self.assertEqual(findings, set())
        self.assertEqual({s.get("name") for s in report["signers"] if s["subject"] == "bundle"}, {None})

    def test_foreign_signature_where_a_known_one_is_asked_for(self):
        out = json.loads(self.sward("verify", self.torrent, "--signed-by", "default", "--format", "json"))
        self.assertEqual(out["findings"], [])
        self.sward("key", "new", "other", "--no-passphrase")
        out = json.loads(self.sward(
            "verify", self.torrent, "--signed-by", "other", "--format", "json", status=2))
        self.assertEqual([f["kind"] for f in out["findings"]], ["not-signed-by"])

    def test_signature_of_another_bundle(self):
        other = decode(self.torrent.read_bytes())[b"info"][b"signatures"]
        self.sward("pack", self.work, "--title", "Other Notes", "--creator", "The sward authors", "--sign", "--replace")

        def swap(metainfo):
            metainfo[b"info"][b"signatures"] = other

        self.change(swap)
        self.assertIn("bad-signature", {kind for kind, _ in self.findings()[1]})

    def test_changed_document(self):
        path = self.work / "field-notes.spdx.json"
        path.write_text(path.read_text().replace("GPL-3.0-or-later", "MIT", 1))
        self.assertIn("field-notes.spdx.json", {path for _, path in self.findings()[1]})


if __name__ == "__main__":
    unittest.main()
