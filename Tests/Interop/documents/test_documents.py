# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What packing writes into a work, read by the tools of others: reuse, pyspdxtools, minisign, sha256sum."""

import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unittest

from support import HERE, InteropTest, digests, write_tree

# REUSE-IgnoreStart

PROJECT = HERE.parent.parent
LICENSES = ["0BSD", "CC-BY-4.0", "CC0-1.0", "MIT", "Zlib"]


def tool(name):
    """A program of the environment the tests run in; REUSE and PYSPDXTOOLS may name others."""
    return os.environ.get(name.upper(), str(pathlib.Path(sys.executable).parent / name))


class DocumentsTest(InteropTest):
    def run_tool(self, *arguments, status=0, **options):
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=120, **options)
        if status is not None:
            self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def key(self):
        self.sward("key", "new", "--no-passphrase")
        return next((self.home / ".config/sward/keys").glob("*.pub"))

    def check_folder(self, folder, name):
        """Everything the other tools have to say about a packed folder."""
        self.run_tool(tool("reuse"), "--root", folder, "lint")
        document = folder / f"{name}.spdx.json"
        self.run_tool(tool("pyspdxtools"), "-i", document)
        listed = {}
        for entry in json.loads(document.read_text())["files"]:
            sums = {c["algorithm"]: c["checksumValue"] for c in entry["checksums"]}
            path = folder / entry["fileName"]
            self.assertEqual(sums["SHA256"], hashlib.sha256(path.read_bytes()).hexdigest(), path)
            self.assertEqual(sums["SHA1"], hashlib.sha1(path.read_bytes()).hexdigest(), path)
            listed[str(path.relative_to(folder))] = entry
        expected = set(digests(folder)) - {document.name, document.name + ".minisig"}
        self.assertEqual(set(listed), expected)
        return listed

    def test_annotated_work(self):
        work = self.folder / "field-notes"
        shutil.copytree(PROJECT / "Fixtures/bundles/field-notes", work, symlinks=True)
        shutil.copytree(PROJECT / "LICENSES", work / "LICENSES")
        key = self.key()
        self.sward("pack", work, "--sign", "--title", "Field notes", "--creator", "The sward authors")
        listed = self.check_folder(work, "field-notes")
        self.assertEqual(listed["tools/tally.c"]["licenseConcluded"], "GPL-3.0-or-later")
        self.assertEqual(listed["images/pond.png"]["licenseConcluded"], "CC-BY-SA-4.0")
        self.assertEqual(listed["data/counts.csv"]["licenseConcluded"], "CC0-1.0")
        self.run_tool("minisign", "-V", "-m", work / "field-notes.spdx.json", "-p", key)

    def test_minisign_reproduces_the_check_of_a_bundle(self):
        work = write_tree(self.folder / "work", large=100_000)
        key = self.key()
        for kind in ("--hybrid", "--v2", "--v1"):
            self.sward("pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--sign", "--replace", kind)
            signed, signature = self.folder / "signed", self.folder / "signed.minisig"
            self.sward("inspect", self.folder / "work.torrent", "--signed-bytes", signed, "--minisig", signature)
            self.run_tool("minisign", "-V", "-m", signed, "-x", signature, "-p", key)
            # The program of docs/bundle-format.md does the same without sward.
            program = re.search(r"```python\n(.*?)```", (PROJECT / "docs/bundle-format.md").read_text(), re.S).group(1)
            shown = self.run_tool(sys.executable, "-c", program, self.folder / "work.torrent", cwd=self.folder)
            self.assertEqual((self.folder / "work.signed").read_bytes(), signed.read_bytes())
            self.run_tool("minisign", "-V", "-m", "work.signed", "-x", "work.minisig", "-P", shown.strip(), cwd=self.folder)
            spoiled = bytearray(signed.read_bytes())
            spoiled[len(spoiled) // 2] ^= 1
            signed.write_bytes(spoiled)
            self.run_tool("minisign", "-V", "-m", signed, "-x", signature, "-p", key, status=1)

    def test_work_described_by_options_alone(self):
        for signed in (False, True):
            name = f"work{int(signed)}"
            work = write_tree(self.folder / name, large=100_000)
            if signed:
                self.key()
            self.sward(
                "pack", work, "--license", "CC0-1.0 OR LicenseRef-own", "--creator", "A. \"Name\"", "--year", "2026",
                *(["--sign"] if signed else []), status=1)
            (work / "LICENSES").mkdir()
            (work / "LICENSES/LicenseRef-own.txt").write_text("Do as you\tlike.\n")
            shutil.copy(PROJECT / "LICENSES/CC0-1.0.txt", work / "LICENSES")
            self.sward(
                "pack", work, "--license", "CC0-1.0 OR LicenseRef-own", "--creator", "A. \"Name\"", "--year", "2026",
                *(["--sign"] if signed else []))
            listed = self.check_folder(work, name)
            self.assertEqual(listed["README.md"]["licenseConcluded"], "CC0-1.0 OR LicenseRef-own")
            self.assertEqual(listed["README.md"]["copyrightText"], '2026 A. "Name"')

    def random_work(self, generator, root):
        """Files with every way of stating terms, and annotations of every precedence at two levels."""
        comments = [("// ", ""), ("/* ", " */"), ("<!-- ", " -->"), ("# ", ""), ("{# ", " #}"), ("(* ", " *)"), ("-- ", "")]

        def tags(license, notice):
            start, end = generator.choice(comments)
            lines = []
            if license:
                lines.append(f"{start}SPDX-License-Identifier: {license}{end}")
            if notice:
                form = generator.choice(["SPDX-FileCopyrightText: {}", "Copyright (C) {}", "Copyright {}", "© {}"])
                lines.append(start + form.format(notice) + end)
            generator.shuffle(lines)
            return "\n".join(["some text", *lines, "and more\n"])

        def some(values, chance=0.6):
            return generator.choice(values) if generator.random() < chance else None

        def expression():
            first, second = generator.sample(LICENSES, 2)
            return generator.choice([first, f"{first} OR {second}", f"{first} AND {second}"])

        for folder in ("", "a/", "a/b/", "c/"):
            for name in ("one.c", "two.txt", "three*.md"):
                path = root / (folder + name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(tags(some([expression()]), some(["2020 A", "2021 B"])))
                if generator.random() < 0.25:
                    sidecar = path.with_name(path.name + ".license")
                    sidecar.write_text(tags(some([expression()]), some(["2022 S"])))
        for folder in generator.sample(["a", "a/b", "c"], 2):
            self.write_annotations(generator, root / folder, expression)
        self.write_annotations(generator, root, expression, last=True)

    def write_annotations(self, generator, folder, expression, last=False):
        globs = ["**", "*", "*.c", "two.*", "**/one.c", "a/*", "b/**", "three\\\\*.md", "**.txt"]
        text = "version = 1\n"
        if last:
            # So that no file is left without terms.
            text += '[[annotations]]\npath = "**"\nSPDX-License-Identifier = "0BSD"\nSPDX-FileCopyrightText = "2026 Z"\n'
        for _ in range(generator.randrange(3)):
            paths = generator.sample(globs, generator.randrange(1, 3))
            quoted = ", ".join('"' + path + '"' for path in paths)
            text += f"[[annotations]]\npath = [{quoted}]\n"
            text += f'precedence = "{generator.choice(["closest", "aggregate", "override"])}"\n'
            text += f'SPDX-License-Identifier = "{expression()}"\n'
            text += 'SPDX-FileCopyrightText = "2026 T"\n'
        (folder / "REUSE.toml").write_text(text)

    def test_terms_of_random_works_are_those_that_reuse_finds(self):
        for seed in range(25):
            generator = random.Random(seed)
            work = self.folder / f"w{seed}"
            work.mkdir()
            self.random_work(generator, work)
            (work / "LICENSES").mkdir()
            for identifier in LICENSES:
                (work / f"LICENSES/{identifier}.txt").write_text(identifier)
            report = json.loads(self.run_tool(tool("reuse"), "--root", work, "lint", "--json", status=None))
            expected = {
                entry["path"]: {e["value"] for e in entry["spdx_expressions"]} for entry in report["files"]
            }
            self.sward("pack", work)
            document = json.loads((work / f"w{seed}.spdx.json").read_text())
            found = {entry["fileName"][2:]: entry["licenseConcluded"] for entry in document["files"]}
            for path, expressions in expected.items():
                self.assertEqual(self.normal(found[path]), self.normal(" AND ".join(f"({e})" for e in expressions)),
                                 f"seed {seed}, {path}: {expressions}")

    def test_a_checkout_is_packed_without_what_git_ignores(self):
        patterns = [
            "*.o", "!keep.o", "/one", "two/", "a/b", "a/**", "**/c", "a/*/c", "*", "!a/", "?.o", "[a-c]", "[!x]*.o", "c/", "!*.o",
            "a/**/c", "/a/c", "b", "**/b/**", "\\*.o", "x*y", "# none", ""]
        for seed in range(25):
            generator = random.Random(seed)
            work = self.folder / f"g{seed}"
            for folder in ("", "a/", "a/b/", "c/", "a/b/c/"):
                for name in ("one", "two", "keep.o", "x.o", "b", "xy"):
                    path = work / folder / name
                    if not path.is_dir():
                        path.parent.mkdir(parents=True, exist_ok=True)
                        if not (folder + name in ("a/b", "c", "a/b/c")):
                            path.write_text(folder + name)
            for folder in generator.sample(["", "a/", "a/b/", "c/"], 2):
                rules = generator.sample(patterns, generator.randrange(1, 6))
                (work / folder / ".gitignore").write_text("\n".join(rules) + "\n")
            self.run_tool("git", "init", "--quiet", work)
            kept = self.run_tool(
                "git", "-C", work, "-c", "core.excludesFile=/dev/null", "ls-files", "-z", "--others", "--exclude-standard")
            expected = {name for name in kept.split("\0") if name and not name.endswith(".gitignore")}
            if not expected:
                continue
            (work / "LICENSES").mkdir(exist_ok=True)
            self.sward("pack", work, "--license", "CC0-1.0", "--creator", "A", "--output", self.folder / "out")
            document = json.loads((self.folder / f"out/g{seed}/g{seed}.spdx.json").read_text())
            found = {entry["fileName"][2:] for entry in document["files"]}
            self.assertEqual(found - {"LICENSES/CC0-1.0.txt", "REUSE.toml"}, expected, f"seed {seed}")

    @staticmethod
    def normal(expression):
        from license_expression import Licensing
        return str(Licensing().parse(expression).simplify())


# REUSE-IgnoreEnd

if __name__ == "__main__":
    unittest.main()
