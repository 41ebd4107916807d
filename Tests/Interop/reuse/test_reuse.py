# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sward scan --reuse` against `reuse lint`: the same verdict, the same counts, the same files, on seeded random trees.

SWARD_REUSE_TREES says how many trees (default 40), SWARD_REUSE_SEED where they begin.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import unittest

from support import SWARD, InteropTest, environment

TREES = int(os.environ.get("SWARD_REUSE_TREES", 40))
SEED = int(os.environ.get("SWARD_REUSE_SEED", 1))
REUSE = str(pathlib.Path(sys.executable).parent / "reuse")
# Written in two parts, so that no tool takes them for tags of this file.
TAG, NOTICE, SNIPPET = "SPDX-License-" "Identifier:", "SPDX-File" "CopyrightText:", "SPDX-Snippet" "CopyrightText:"

IDENTIFIERS = ["MIT", "0BSD", "GPL-3.0-or-later", "Apache-2.0", "CC0-1.0", "LicenseRef-own", "GPL-2.0", "mit", "Apache-2.0+", "Nonsense-1.0",
               "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-a.b", "ISC"]
BAD = ["MIT AND", "MIT/ISC", "(MIT", "MIT ISC", "MIT WITH", "a, b", "MIT AND OR ISC"]
NAMES = ["a.c", "b.py", "c", "d.txt", "e.html", "f.png", "README.md", "Makefile", "x y.c", "ü.c", "g[1].c", "h*.c", "i?.c", "j\\k.c", ".hidden", "LICENSE",
         "LICENSE.txt", "LICENSEX", "COPYING", "COPYING-x", "k.spdx", "l.spdx.json", "m.license.c", "License", ".gitignore", "#n", "o!", "LICENCE.md"]
FOLDERS = ["", "src", "src/deep", "docs", "a b", "subprojects", "subprojects/lib", ".hid", "x*y", "LICENSES.d", "ä"]


def expression(r):
    if r.random() < 0.06:
        return r.choice(BAD)
    parts = [r.choice(IDENTIFIERS if r.random() < 0.3 else IDENTIFIERS[:6]) for _ in range(r.choice([1, 1, 1, 2, 3]))]
    text = r.choice([" AND ", " OR ", " or "]).join(parts)
    return f"({text})" if r.random() < 0.1 else text


def notice(r):
    return r.choice(["2020 Jane", "2019-2021 Ünal GmbH <u@example.org>", "Jane and John", "2020, 2022 The Authors", "(c) 2020 X"])


def header(r, lead="# ", tail=""):
    lines = []
    if r.random() < 0.85:
        for _ in range(r.choice([1, 1, 2])):
            lines.append(r.choice([f"{NOTICE} {notice(r)}", f"{NOTICE} {notice(r)}", "Copyright 2020 Jane", "Copyright (C) 2021 J", "© 2022 K",
                                   "copyright 2020 nobody", f"{SNIPPET} 2020 S"]))
    if r.random() < 0.85:
        for _ in range(r.choice([1, 1, 1, 2])):
            lines.append(f"{TAG} {expression(r)}")
    if r.random() < 0.1:
        lines = ["REUSE-Ignore" "Start"] + lines + (["REUSE-Ignore" "End"] if r.random() < 0.7 else []) + [f"{TAG} ISC"]
    if r.random() < 0.08:
        lines = ["SPDX-Snippet" "Begin"] + lines + ["SPDX-Snippet" "End"]
    return "\n".join(lead + line + tail for line in lines) + "\n"


def content(r):
    kind = r.random()
    if kind < 0.05:
        return b""
    if kind < 0.1:
        return b"\0\1\2\3" + header(r).encode()
    text = r.choice([lambda: header(r), lambda: header(r, "/* ", " */"), lambda: "<!--\n" + header(r, "") + "-->\n", lambda: header(r, "// "),
                     lambda: '<meta name="x" content="' + header(r, "").strip().split("\n")[0] + '">\n', lambda: "no tags here\n"])()
    if r.random() < 0.1:
        text = "x" * r.choice([100, 70000]) + "\n" + text
    if r.random() < 0.1:
        text = text.replace("\n", "\r\n")
    if r.random() < 0.05:
        return b"\xef\xbb\xbf" + text.encode()
    if r.random() < 0.05:
        return ("\ufeff" + text).encode(r.choice(["utf-16-le", "utf-16-be", "utf-32-le"]))
    if r.random() < 0.05:
        return text.encode("latin-1", "replace")
    return text.encode()


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def glob(r, names):
    name = r.choice(names or ["a.c"])
    escaped = name.replace("\\", "\\\\").replace("*", "\\*")
    return r.choice(["**", "*", "*.c", "**/*.c", "src/**", "src/*", "**.txt", escaped, name, "**/" + escaped.split("/")[-1], "*/*", "d?c*", "a b/**", "\\**"])


def toml(r, names):
    lines = ["version = 1"]
    for _ in range(r.choice([0, 1, 1, 2, 3])):
        lines.append("[[annotations]]")
        globs = [glob(r, names) for _ in range(r.choice([1, 1, 2]))]
        lines.append("path = " + (quoted(globs[0]) if len(globs) == 1 else "[" + ", ".join(map(quoted, globs)) + "]"))
        if r.random() < 0.7:
            lines.append(f'precedence = "{r.choice(["closest", "aggregate", "override"])}"')
        if r.random() < 0.85:
            lines.append(f'SPDX-FileCopyrightText = {quoted(notice(r))}')
        if r.random() < 0.85:
            found = [r.choice(IDENTIFIERS) for _ in range(r.choice([1, 1, 2]))]
            lines.append("SPDX-License-Identifier = " + (quoted(found[0]) if len(found) == 1 else "[" + ", ".join(map(quoted, found)) + "]"))
    return "\n".join(lines) + "\n"


def dep5(r, names):
    text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: x\n"
    for _ in range(r.choice([1, 2])):
        files = " ".join(r.choice(["*", "src/*", "*.c", "docs/*", "a?c", "d.txt", "*/deep/*"]) for _ in range(r.choice([1, 2])))
        text += f"\nFiles: {files}\nCopyright: 2020 A\n 2021 B\nLicense: {r.choice(['MIT', 'ISC or MIT', '0BSD'])}\n"
    return text


def make_tree(root, seed):
    r = random.Random(seed)
    root.mkdir()
    names = []
    for _ in range(r.randint(1, 14)):
        folder = r.choice(FOLDERS)
        path = root / folder / r.choice(NAMES)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(r))
        names.append(str(path.relative_to(root)))
        if r.random() < 0.12:
            (path.parent / (path.name + ".license")).write_bytes(content(r))
        if r.random() < 0.05 and not (path.parent / "link").is_symlink():
            (path.parent / "link").symlink_to(path.name)
    if r.random() < 0.85:
        licenses = root / "LICENSES"
        licenses.mkdir()
        for name in r.sample(["MIT", "0BSD", "GPL-3.0-or-later", "Apache-2.0", "CC0-1.0", "LicenseRef-own", "GPL-2.0", "ISC", "Nonsense-1.0",
                              "Classpath-exception-2.0", "LicenseRef-a.b", "mit", "GPL-2.0-only"], r.randint(0, 9)):
            ending = r.choice([".txt", ".txt", ".txt", ".txt", ".md", ""])
            if not any(p.name.startswith(name + ".") or p.name == name for p in licenses.iterdir()):
                (licenses / (name + ending)).write_text("text\n")
        if r.random() < 0.05:
            (licenses / "MIT.txt.license").write_text("x\n")
        if r.random() < 0.05:
            (licenses / "sub").mkdir()
            (licenses / "sub" / "Zlib.txt").write_text("x\n")
    kind = r.random()
    if kind < 0.55:
        for folder in r.sample(["", "src", "src/deep", "docs"], r.choice([1, 1, 2, 3])):
            if folder == "" or (root / folder).is_dir():
                inside = [n[len(folder):].lstrip("/") for n in names if n.startswith(folder)]
                (root / folder / "REUSE.toml").write_text(toml(r, inside))
    elif kind < 0.65:
        (root / ".reuse").mkdir()
        (root / ".reuse/dep5").write_text(dep5(r, names))
    if r.random() < 0.25:
        git = ["git", "-C", str(root)]
        subprocess.run([*git, "init", "-q"], check=True)
        (root / ".gitignore").write_text("*.txt\nsrc/deep/\n!d.txt\n")
        if r.random() < 0.5:
            subprocess.run([*git, "add", "-A"], check=True, stderr=subprocess.DEVNULL)


def answer(document, root):
    """What both must say, in one form; theirs has paths from the root and paths from the file system's."""
    files = {
        f["path"]: (
            bool(f["copyrights"]),
            len({(c["source"], c["source_type"]) for c in f["copyrights"]}),
            sorted((e["value"], e["is_valid"], e["source"], e["source_type"]) for e in f["spdx_expressions"] if e["value"]))
        for f in document["files"]
    }
    problems = {k: sorted(path.removeprefix(f"{root}/") for path in v) for k, v in document["non_compliant"].items()}
    summary = dict(document["summary"], used_licenses=sorted(document["summary"]["used_licenses"]))
    return {"files": files, "problems": problems, "summary": summary}


class ReuseTest(InteropTest):
    def theirs(self, root):
        done = subprocess.run([REUSE, "--root", str(root), "lint", "--json"], env=environment(self.home), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, cwd=root)
        return (done.returncode, json.loads(done.stdout)) if done.stdout.startswith("{") else (2, None)

    def ours(self, root):
        done = subprocess.run([SWARD, "scan", "--reuse", "--format", "json", str(root)], env=environment(self.home),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        return (done.returncode, json.loads(done.stdout)) if done.stdout.startswith("{") else (1, None)

    def compare(self, root):
        their_code, theirs = self.theirs(root)
        our_code, ours = self.ours(root)
        self.maxDiff = None
        if theirs is None:
            self.assertIsNone(ours)
            return
        self.assertEqual(answer(ours, root), answer(theirs, root))
        self.assertEqual(our_code, 0 if their_code == 0 else 2)

    def test_random_trees(self):
        for seed in range(SEED, SEED + TREES):
            with self.subTest(seed=seed):
                root = self.folder / f"tree-{seed}"
                make_tree(root, seed)
                self.compare(root)
                shutil.rmtree(root)

    def test_own_tree(self):
        self.compare(pathlib.Path(__file__).resolve().parents[3])

    def test_submodules_and_subprojects(self):
        inner, root = self.folder / "inner", self.folder / "outer"
        for folder in (inner, root):
            folder.mkdir()
            (folder / "a.c").write_text(f"// {TAG} MIT\n// {NOTICE} 2020 A\n")
            subprocess.run(["git", "-C", str(folder), "init", "-q"], check=True)
            subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)
            subprocess.run(["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"], check=True)
        (inner / "bare.c").write_text("int x;\n")
        subprocess.run(["git", "-C", str(root), "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "sub"], check=True,
                       stderr=subprocess.DEVNULL)
        (root / "sub/bare.c").write_text("int x;\n")
        (root / "subprojects/lib").mkdir(parents=True)
        (root / "subprojects/lib/b.c").write_text("int y;\n")
        (root / "meson.build").write_text(f"# {TAG} MIT\n# {NOTICE} 2020 A\n")
        self.compare(root)


if __name__ == "__main__":
    unittest.main()
