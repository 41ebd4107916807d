# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sward scan` on archives made by others, in git repositories, hostile ones too, and what its exit codes say."""

import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import time
import unittest
import zipfile

from support import SWARD, InteropTest, environment

TAG = "SPDX-License-" "Identifier:"
FILES = {"COPYING.txt": "see the files\n", "src/a.c": f"// {TAG} MIT\n", "src/b.c": f"// {TAG} ISC\n", "ü/c.py": f"# {TAG} 0BSD\n"}
EXPECTED = {"src/a.c": "MIT", "src/b.c": "ISC", "ü/c.py": "0BSD"}


class ScanTest(InteropTest):
    def scan(self, *arguments, cwd=None, code=None):
        done = subprocess.run([SWARD, "scan", *map(str, arguments)], env=environment(self.home), cwd=cwd or self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stderr)
        return done

    def terms(self, *arguments, cwd=None):
        done = self.scan("--format", "json", "--no-cache", *arguments, cwd=cwd)
        report = json.loads(done.stdout)
        return {f["path"]: f["expression"] for f in report["files"] if f["expression"]}, report

    def tree(self, name="tree", files=FILES):
        root = self.folder / name
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return root

    # Archives.

    def check_archive(self, name, prefix=""):
        found, _ = self.terms(name)
        for path, expression in EXPECTED.items():
            self.assertEqual(found.get(f"{name}!{prefix}{path}"), expression, f"{name}: {found}")
        self.assertEqual(set(found[name].split(" AND ")), set(EXPECTED.values()), name)

    def test_long_media_in_an_archive_are_read_to_their_end(self):
        # Their names are longer than what a string holds within itself: where the bytes held of them were in a closure's
        # variables, a release build read at random places every other time.
        page = b"2 0 obj\n<< /Length 37 >>\nstream\nBT (words of a page) Tj ET\nendstream\nendobj\n"
        terms = (b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
                 b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:cc="http://creativecommons.org/'
                 b'ns#"><cc:license rdf:resource="https://creativecommons.org/licenses/by-sa/4.0/"/></rdf:Description></rdf:RDF>'
                 b'</x:xmpmeta><?xpacket end="w"?>\n')
        body = b"%PDF-1.5\n" + page * 60_000 + terms
        names = [f"share/doc/a-work-of-many-pages/pages-{n}.pdf" for n in range(4)]
        with tarfile.open(self.folder / "x.tar", "w") as archive:
            for name in names:
                member = tarfile.TarInfo(name)
                member.size = len(body)
                archive.addfile(member, io.BytesIO(body))
        for _ in range(4):
            found, _ = self.terms("x.tar")
            self.assertEqual(found, dict.fromkeys(["x.tar", *(f"x.tar!{name}" for name in names)], "CC-BY-SA-4.0"))

    def test_a_debian_package_is_under_what_its_copyright_file_says(self):
        root = self.tree("lid", {
            "DEBIAN/control": "Package: lid\nVersion: 1\nArchitecture: all\nMaintainer: A. Name <a@example.org>\nDescription: lid\n",
            "usr/bin/lid": "#!/bin/sh\n", "usr/share/lid/b.txt": f"{TAG} MIT\n",
            "usr/share/doc/lid/copyright":
                "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: A. Name\n"
                "License: ISC\n\nFiles: debian/*\nCopyright: A. Name\nLicense: Zlib\n"})
        subprocess.run(["dpkg-deb", "--build", "--root-owner-group", "-Zxz", root, "lid.deb"], cwd=self.folder, check=True,
                       capture_output=True)
        _, report = self.terms("lid.deb")
        said = {f["path"].removeprefix("lid.deb!"): f["concluded"] for f in report["files"]}
        for path in ("debian-binary", "control.tar.xz!control", "data.tar.xz!usr/bin/lid"):
            self.assertEqual(said[path], "ISC", said)
        self.assertEqual(said["data.tar.xz!usr/share/lid/b.txt"], "MIT")

    def test_what_a_book_says_of_its_terms_holds_for_all_in_it(self):
        self.tree(files={"COPYING": "License: GPL-3.0-or-later\n", "kettle.py": "x = 1\n"})
        package = ('<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
                   '<dc:rights>https://creativecommons.org/licenses/by-sa/4.0/</dc:rights></metadata></package>')
        container = ('<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" '
                     'media-type="application/oebps-package+xml"/></rootfiles></container>')
        with zipfile.ZipFile(self.folder / "tree" / "book.epub", "w") as book:
            book.writestr("mimetype", "application/epub+zip")
            book.writestr("META-INF/container.xml", container)
            book.writestr("book.opf", package)
            book.writestr("chapter.xhtml", "<p>Of kettles.</p>")
        _, report = self.terms("tree")
        concluded = {f["path"]: f["concluded"] for f in report["files"]}
        self.assertEqual(concluded["book.epub!chapter.xhtml"], "CC-BY-SA-4.0", concluded)
        self.assertNotEqual(concluded["kettle.py"], "CC-BY-SA-4.0")

    def test_tar(self):
        self.tree()
        for mode, ending in (("w", "tar"), ("w:gz", "tar.gz"), ("w:bz2", "tar.bz2"), ("w:xz", "tar.xz")):
            with tarfile.open(self.folder / f"x.{ending}", mode) as archive:
                archive.add(self.folder / "tree", ".")
            self.check_archive(f"x.{ending}")
        for option, ending in (("--zstd", "tar.zst"), ("--lzip", "tar.lz")):
            if shutil.which(ending.split(".")[1].replace("zst", "zstd").replace("lz", "lzip") if ending != "tar.zst" else "zstd"):
                subprocess.run(["tar", option, "-cf", f"x.{ending}", "-C", "tree", "."], cwd=self.folder, check=True)
                self.check_archive(f"x.{ending}")

    def run_tool(self, *command, cwd):
        if not shutil.which(command[0]):
            self.skipTest(f"{command[0]} is not installed")
        subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)

    def test_zip(self):
        self.run_tool("zip", "-qr", "../x.zip", ".", cwd=self.tree())
        self.check_archive("x.zip")
        shutil.copy(self.folder / "x.zip", self.folder / "x.jar")
        self.check_archive("x.jar")

    def test_seven_zip(self):
        self.run_tool("7z", "a", "-bso0", "../x.7z", ".", cwd=self.tree())
        self.check_archive("x.7z")

    def test_cpio(self):
        root = self.tree()
        if not shutil.which("cpio"):
            self.skipTest("cpio is not installed")
        names = "\n".join(str(p.relative_to(root)) for p in sorted(root.rglob("*"))) + "\n"
        with open(self.folder / "x.cpio", "wb") as out:
            subprocess.run(["cpio", "--quiet", "-o", "-H", "newc"], cwd=root, input=names.encode(), stdout=out, check=True)
        self.check_archive("x.cpio")

    def test_deb(self):
        root = self.tree("deb")
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN/control").write_text("Package: x\nVersion: 1\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: x\n")
        self.run_tool("dpkg-deb", "--root-owner-group", "-b", "deb", "x.deb", cwd=self.folder)
        data = next(p for p in self.terms("x.deb")[0] if "data.tar" in p and p.count("!") == 1)
        self.check_archive("x.deb", data.split("!")[1] + "!")

    def test_rpm(self):
        root = self.tree()
        spec = self.folder / "x.spec"
        spec.write_text("Name: x\nVersion: 1\nRelease: 1\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%description\nx\n%install\n"
                        f"mkdir -p %{{buildroot}}/opt\ncp -r {root}/. %{{buildroot}}/opt/\n%files\n/opt\n")
        self.run_tool("rpmbuild", "--quiet", "-bb", "--define", f"_topdir {self.folder}/rpm", "--define", "_rpmdir %{_topdir}", str(spec), cwd=self.folder)
        found = next((self.folder / "rpm").rglob("*.rpm"))
        shutil.copy(found, self.folder / "x.rpm")
        self.check_archive("x.rpm", "opt/")

    def test_nested_and_compressed(self):
        root = self.tree()
        with tarfile.open(self.folder / "inner.tar.gz", "w:gz") as archive:
            archive.add(root, ".")
        with gzip.open(self.folder / "one.c.gz", "wb") as out:
            out.write(f"// {TAG} Zlib\n".encode())
        with tarfile.open(self.folder / "outer.tar", "w") as archive:
            archive.add(self.folder / "inner.tar.gz", "inner.tar.gz")
            archive.add(self.folder / "one.c.gz", "one.c.gz")
        found, _ = self.terms("outer.tar")
        self.assertEqual(found["outer.tar!inner.tar.gz!src/a.c"], "MIT")
        self.assertEqual(found["outer.tar!one.c.gz!one.c"], "Zlib")
        self.assertEqual(set(found["outer.tar"].split(" AND ")), {"MIT", "ISC", "0BSD", "Zlib"})

    def test_locked_and_broken(self):
        self.run_tool("zip", "-qr", "-P", "secret", "../locked.zip", ".", cwd=self.tree())
        whole = (self.folder / "locked.zip").read_bytes()
        (self.folder / "cut.zip").write_bytes(whole[: len(whole) // 2])
        _, report = self.terms("locked.zip")
        self.assertTrue(any("locked" in note["text"] for note in report["notes"]), report["notes"])
        self.terms("cut.zip")

    # Git.

    def git(self, root, *arguments):
        subprocess.run(["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def repository(self):
        root = self.tree("repo", {"a.c": f"// {TAG} MIT\n", "same.c": f"// {TAG} X11\n", ".gitignore": "*.o\n"})
        self.git(root, "init", "-q")
        self.git(root, "add", "-A")
        self.git(root, "commit", "-qm", "one")
        (root / "a.c").write_text(f"// {TAG} ISC\n")
        (root / "b.c").write_text(f"// {TAG} 0BSD\n")
        self.git(root, "add", "b.c")
        (root / "b.c").write_text(f"// {TAG} Unlicense\n")
        (root / "c.c").write_text(f"// {TAG} Zlib\n")
        (root / "d.o").write_text(f"// {TAG} Apache-2.0\n")
        return root

    def test_git_selections(self):
        root = self.repository()
        expected = {
            (): {"a.c": "ISC", "same.c": "X11", "b.c": "Unlicense"},
            ("--all-files",): {"a.c": "ISC", "same.c": "X11", "b.c": "Unlicense", "c.c": "Zlib"},
            ("--rev", "HEAD"): {"a.c": "MIT", "same.c": "X11"},
            ("--since", "HEAD"): {"a.c": "ISC", "b.c": "Unlicense"},
            ("--staged",): {"b.c": "0BSD"},
        }
        for arguments, terms in expected.items():
            self.assertEqual(self.terms(*arguments, root)[0], terms, arguments)
        for revision in ("nonsense", "-x", "--output=x"):
            self.assertEqual(self.scan(f"--rev={revision}", root).returncode, 1)
        self.assertIn("not in a git repository", self.scan("--staged", self.tree("plain")).stderr)

    def test_a_hostile_repository_runs_nothing(self):
        root = self.repository()
        flag = self.folder / "ran"
        touch = f"touch {flag}"
        for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "diff.external", "filter.x.clean", "filter.x.smudge",
                    "filter.x.process", "diff.x.textconv", "credential.helper", "core.alternateRefsCommand", "gpg.program"):
            self.git(root, "config", key, touch)
        hooks = root / ".git/hooks"
        hooks.mkdir(exist_ok=True)
        for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
            (hooks / hook).write_text(f"#!/bin/sh\n{touch}\n")
            (hooks / hook).chmod(0o755)
        (root / ".gitattributes").write_text("* filter=x diff=x\n")
        # As old as the index: git would have to read them to know whether they changed.
        for path in root.glob("*.c"):
            os.utime(path, (os.stat(root / ".git/index").st_mtime,) * 2)
        for arguments in ((), ("--all-files",), ("--rev", "HEAD"), ("--since", "HEAD"), ("--staged",), ("--reuse",)):
            self.scan(*arguments, root)
            self.assertFalse(flag.exists(), arguments)

    def test_a_bare_repository_is_scanned_at_its_head(self):
        bare = self.folder / "bare.git"
        subprocess.run(["git", "clone", "-q", "--bare", str(self.repository()), str(bare)], check=True)
        self.assertEqual(self.terms(bare)[0], {"a.c": "MIT", "same.c": "X11"})

    def test_without_git(self):
        root = self.repository()
        env = dict(environment(self.home), PATH="/nonexistent")
        done = subprocess.run([SWARD, "scan", "--format", "json", "--no-cache", str(root)], env=env, stdout=subprocess.PIPE, text=True)
        found = {f["path"] for f in json.loads(done.stdout)["files"]}
        self.assertEqual(found, {".gitignore", "a.c", "same.c", "b.c", "c.c"})

    # The command.

    def test_exit_codes(self):
        root = self.tree("good", {"a.c": f"// {TAG} GPL-3.0-or-later\n// Copyright 2020 A\n", "b.c": f"// {TAG} GPL-2.0-only\n// Copyright 2020 A\n"})
        self.scan("--no-cache", "--fail-on", "never", root, code=0)
        self.scan("--no-cache", "--fail-on", "note", root, code=2)
        self.scan("--no-cache", "nothing-here", code=1)
        self.scan("--threads", "0", root, code=64)
        self.scan("--rev", "HEAD", "--staged", root, code=64)
        self.scan("--policy", "nonsense", root, code=1)

    def test_baseline(self):
        root = self.tree("debt", {"a.c": f"// {TAG} GPL-3.0-or-later\n", "b.bin": "x"})
        self.scan("--no-cache", "--fail-on", "warning", root, code=2)
        self.scan("--no-cache", "--write-baseline", "base.txt", root, code=0)
        self.scan("--no-cache", "--fail-on", "warning", "--baseline", "base.txt", root, code=0)
        (root / "new.c").write_text("// Proprietary and confidential. All rights reserved.\n")
        self.scan("--no-cache", "--fail-on", "warning", "--baseline", "base.txt", root, code=2)
        done = self.scan("--no-cache", "--format", "sarif", "--baseline", "base.txt", root)
        states = {}
        for result in json.loads(done.stdout)["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            states.setdefault(place, set()).add(result.get("baselineState"))
        self.assertEqual(states.pop("new.c"), {"new"})
        self.assertTrue(states and all(state == {"unchanged"} for state in states.values()), states)

    def test_what_a_baseline_settles_makes_no_run_fail(self):
        # A text that is missing is told once, as a duty, and counts twice: as a mark, too.
        root = self.tree("debt", {"a.c": f"// {TAG} GPL-2.0-only\n", "b.c": f"// {TAG} GPL-2.0-only\n"})
        self.scan("--no-cache", root, code=2)
        self.scan("--no-cache", "--write-baseline", "base.txt", root, code=0)
        for limit in ("note", "warning", "error"):
            self.scan("--no-cache", "--fail-on", limit, "--baseline", "base.txt", root, code=0)
        self.assertIn("no baseline", self.scan("--baseline", root / "a.c", root, code=1).stderr)

    def test_an_interrupted_scan_leaves_a_report(self):
        root = self.folder / "much"
        root.mkdir()
        # One file under many names: long to scan, short to make.
        count = 20000
        (root / "f0.c").write_text(f"// {TAG} MIT\n" + "int x; /* some words of a comment that says nothing */\n" * 1000)
        for number in range(1, count):
            os.link(root / "f0.c", root / f"f{number}.c")
        child = subprocess.Popen([SWARD, "scan", "--format", "json", "--no-cache", "--threads", "1", str(root)], env=environment(self.home),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1.5)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
        self.assertEqual(child.returncode, 1, err)
        report = json.loads(out)
        self.assertTrue(report["isPartial"])
        self.assertGreater(len(report["files"]), 0)
        self.assertLess(len(report["files"]), count)
        self.assertIn("stopped", err)


if __name__ == "__main__":
    unittest.main()
