# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the interop tests share: trees to move, sward as a process, other clients as processes."""

import errno
import hashlib
import itertools
import json
import os
import pathlib
import queue
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SWARD = os.environ["SWARD"]
HERE = pathlib.Path(__file__).resolve().parent
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's libtorrent 2.0.8 answers to it
TIMEOUT = int(os.environ.get("SWARD_TEST_TIMEOUT", 120))


def environment(home):
    """An environment in which nothing of the caller's own configuration is seen."""
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "SWARD"))}
    return dict(keep, HOME=str(home), LC_ALL="C.UTF-8", TZ="UTC")


def write_tree(root, seed=1, large=3 * 1024 * 1024 + 4321):
    """A small mixed work: several sizes around block and piece edges, an empty file, a nested folder, an executable."""
    root = pathlib.Path(root)
    generator = random.Random(seed)
    sizes = {
        "README.md": 900,
        "code/main.c": 16384,
        "code/tool.sh": 16385,
        "data/empty.bin": 0,
        "data/large.bin": large,
        "data/ü/ñ.txt": 70000,
    }
    for name, size in sizes.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(generator.randbytes(size))
    (root / "code/tool.sh").chmod(0o755)
    return root


def digests(root):
    """Relative path -> SHA-256 of every regular file below root."""
    root = pathlib.Path(root)
    return {
        str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.is_symlink()
    }


def free_port(host="127.0.0.1"):
    """A port of that address that nobody listens on, below those that connections going out take for themselves."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        port = random.SystemRandom().randrange(10_000, 32_768)
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(family, kind) as probe:
                    probe.bind((host, port))
            return port
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise


class Process:
    """A child that prints one JSON object a line; ended when the test ends."""

    def __init__(self, test, arguments, **options):
        options.setdefault("stderr", subprocess.PIPE)
        options.setdefault("stdin", subprocess.DEVNULL)
        self.arguments = [str(a) for a in arguments]
        self.child = subprocess.Popen(
            self.arguments, stdout=subprocess.PIPE, text=True, **options)
        self.lines = queue.Queue()
        self.seen = []
        self.errors = []
        self.readers = [threading.Thread(target=self._read_output, daemon=True)]
        if self.child.stderr:
            self.readers.append(threading.Thread(target=self._read_errors, daemon=True))
        for reader in self.readers:
            reader.start()
        test.addCleanup(self.end)

    def _read_output(self):
        for line in self.child.stdout:
            try:
                self.lines.put(json.loads(line))
            except ValueError:
                self.lines.put({"event": "text", "line": line.rstrip()})
        self.lines.put(None)

    def _read_errors(self):
        for line in self.child.stderr:
            self.errors.append(line.rstrip())

    def until(self, event, timeout=TIMEOUT):
        """The next object whose "event" is that; fails if the child ends first."""
        while True:
            try:
                item = self.lines.get(timeout=timeout)
            except queue.Empty:
                raise AssertionError(f"no {event!r} within {timeout} s from {self.describe()}") from None
            if item is None:
                raise AssertionError(f"ended before {event!r}: {self.describe()}")
            self.seen.append(item)
            if item.get("event") == event:
                return item

    def ask(self, *words, timeout=TIMEOUT):
        """Writes a line to the child, and gives its next "answer"."""
        self.child.stdin.write(" ".join(words) + "\n")
        self.child.stdin.flush()
        return self.until("answer", timeout)

    def wait(self, timeout=TIMEOUT):
        try:
            status = self.child.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"did not end within {timeout} s: {self.describe()}") from None
        for reader in self.readers:
            reader.join(10)
        while True:
            try:
                item = self.lines.get_nowait()
            except queue.Empty:
                return status
            if item is not None:
                self.seen.append(item)

    def describe(self):
        printed = [*self.seen, *filter(None, self.lines.queue)]
        return f"{' '.join(self.arguments)}\n  printed: {printed[-12:]}\n  said: {self.errors[-12:]}"

    def end(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        for reader in self.readers:
            reader.join(5)
        for stream in (self.child.stdin, self.child.stdout, self.child.stderr):
            if stream:
                stream.close()


class InteropTest(unittest.TestCase):
    """Gives each test a folder, and sward with a home of its own."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sward-interop-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.home = self.folder / "home"
        self.home.mkdir()

    def each(self, check, **axes):
        """Runs `check` once for every combination of the values of `axes`, each time in a folder of its own."""
        for values in itertools.product(*axes.values()):
            with self.subTest(**dict(zip(axes, values))):
                self.doCleanups()
                self.setUp()
                check(*values)

    def pack_tree(self, *options, **tree):
        """Packs a small mixed work, and keeps its folder, torrent, magnet link and digests; what pack reported."""
        self.work = write_tree(self.folder / "origin/work", **tree)
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json", *options))
        self.torrent, self.magnet, self.expected = report["torrent"], report["magnet"], digests(self.work)
        return report

    def assert_moved(self, folder):
        """Every file of the packed work lies in `folder`, unchanged, and nothing else."""
        self.assertEqual(digests(pathlib.Path(folder) / "work"), self.expected)

    def sward(self, *arguments, status=0, **options):
        """Runs sward to its end; its standard output as text."""
        done = subprocess.run(
            [SWARD, *map(str, arguments)], env=environment(self.home), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=TIMEOUT, **options)
        self.assertEqual(
            done.returncode, status, f"sward {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        self.last_errors = done.stderr
        return done.stdout

    def sward_process(self, *arguments, home=None):
        return Process(self, [SWARD, *arguments, "--format", "json"], env=environment(home or self.home))

    def seed(self, torrent, data, listen="127.0.0.1:0", *more):
        """sward seeding: the process, and the address it listens on."""
        process = self.sward_process("seed", torrent, "--data", data, "--listen", listen, *more)
        return process, process.until("listening")["address"]

    def fetch(self, source, output, *more, home=None, status=0):
        """sward fetching to its end."""
        process = self.sward_process("fetch", source, "--output", output, *more, home=home)
        self.assertEqual(process.wait(), status, process.describe())
        return process

    def nginx(self, root, host="127.0.0.1"):
        """nginx over a folder: its port and its access log."""
        port = free_port(host)
        home = self.folder / "nginx"
        home.mkdir()
        self.folder.chmod(0o755)
        log = home / "access.log"
        (home / "nginx.conf").write_text(f"""
            daemon off; master_process off; pid {home}/pid; error_log {home}/error.log;
            events {{}}
            http {{
                access_log {log} combined;
                client_body_temp_path {home}/a; proxy_temp_path {home}/b; fastcgi_temp_path {home}/c;
                uwsgi_temp_path {home}/d; scgi_temp_path {home}/e;
                server {{ listen {host}:{port}; root {root}; }}
            }}
        """)
        binary = shutil.which("nginx") or "/usr/sbin/nginx"
        Process(self, [binary, "-p", home, "-e", home / "error.log", "-c", home / "nginx.conf"])
        for _ in range(100):
            if subprocess.run(["curl", "-s", f"http://{host}:{port}/"], capture_output=True).returncode == 0:
                return port, log
            time.sleep(0.05)
        self.fail("nginx does not answer")

    def libtorrent(self, version, role, source, folder, *more):
        """A libtorrent peer of that version: "2.0" is Debian's, "2.1" is PyPI's."""
        python = SYSTEM_PYTHON if version == "2.0" else sys.executable
        return Process(self, [python, HERE / "swarm/libtorrent_peer.py", role, source, folder, *more])
