# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Web servers as sources (BEP 19): nginx, one without ranges, one that lies; and which files are asked for, how fast."""

import functools
import http.server
import json
import shutil
import subprocess
import threading
import time
import unittest

from support import InteropTest, Process, digests, free_port, write_tree


class WebSeedTest(InteropTest):
    def pack(self, url, *more):
        self.pack_tree("--web-seed", url, *more)
        return self.torrent, self.magnet

    def nginx(self, root):
        """nginx over a folder: its port and its access log."""
        port = free_port()
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
                server {{ listen 127.0.0.1:{port}; root {root}; }}
            }}
        """)
        binary = shutil.which("nginx") or "/usr/sbin/nginx"
        Process(self, [binary, "-p", home, "-e", home / "error.log", "-c", home / "nginx.conf"])
        for _ in range(100):
            if subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/"], capture_output=True).returncode == 0:
                return port, log
            time.sleep(0.05)
        self.fail("nginx does not answer")

    def python_server(self, root, spoil=False):
        """The standard library's server, which knows no ranges; or one that knows them and flips bits."""

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                if not spoil:
                    return super().do_GET()
                first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
                with open(self.translate_path(self.path), "rb") as file:
                    whole = file.read()
                part = bytes(b ^ 1 for b in whole[first:last + 1])
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(whole)}")
                self.send_header("Content-Length", str(len(part)))
                self.end_headers()
                self.wfile.write(part)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(root)))
        server.handle_error = lambda *_: None  # a client that hangs up is no news here
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_port

    def test_nginx_alone_gives_each_kind(self):
        for kind in (["--v1"], ["--v2"], []):
            with self.subTest(kind):
                self.doCleanups()
                self.setUp()
                port, log = self.nginx(self.folder / "origin")
                torrent, _ = self.pack(f"http://127.0.0.1:{port}/", *kind)
                self.fetch(torrent, self.folder / "out", "--listen", "127.0.0.1:0")
                self.assert_moved(self.folder / "out")
                # Neighbouring blocks come together: far fewer requests than blocks.
                self.assertLess(log.read_text().count(" 206 "), 40)

    def test_a_magnet_takes_metadata_from_a_peer_and_the_rest_from_the_web(self):
        port, log = self.nginx(self.folder / "origin")
        _, magnet = self.pack(f"http://127.0.0.1:{port}/", "--v1")
        torrent = self.folder / "origin/work.torrent"
        _, address = self.seed(torrent, self.work.parent, "127.0.0.1:0", "--upload-limit", "1K")
        home = self.folder / "other"
        home.mkdir()
        self.fetch(magnet, self.folder / "out", "--peer", address, "--listen", "127.0.0.1:0", home=home)
        self.assert_moved(self.folder / "out")
        self.assertIn(" 206 ", log.read_text())

    def test_a_server_without_ranges_is_left_alone(self):
        port = self.python_server(self.folder / "origin")
        torrent, _ = self.pack(f"http://127.0.0.1:{port}/")
        _, address = self.seed(torrent, self.work.parent)
        home = self.folder / "other"
        home.mkdir()
        self.fetch(
            torrent, self.folder / "out", "--peer", address, "--listen", "127.0.0.1:0", home=home)
        self.assert_moved(self.folder / "out")

    def test_a_server_that_lies_is_dropped(self):
        port = self.python_server(self.folder / "origin", spoil=True)
        torrent, _ = self.pack(f"http://127.0.0.1:{port}/")
        process = self.sward_process("fetch", torrent, "--output", self.folder / "out", "--listen", "127.0.0.1:0")
        banned = process.until("banned")
        self.assertTrue(banned["address"].startswith("0.0.0."))

    def test_a_held_work_is_not_asked_for(self):
        port, log = self.nginx(self.folder / "origin")
        self.work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC-BY-NC-ND-4.0", "--creator", "A. Name", "--web-seed",
            f"http://127.0.0.1:{port}/", "--format", "json"))
        before = log.read_text()
        self.fetch(
            report["torrent"], self.folder / "out", "--listen", "127.0.0.1:0", "--policy", "commons", status=2)
        self.assertEqual(log.read_text(), before)

    def test_only_what_is_selected_comes_and_terms_with_it(self):
        torrent, _ = self.pack("http://127.0.0.1:1/")
        _, address = self.seed(torrent, self.work.parent)
        home = self.folder / "other"
        home.mkdir()
        self.fetch(
            torrent, self.folder / "out", "--peer", address, "--listen", "127.0.0.1:0", "--select", "code",
            "--select", "data/**/ñ.txt", "--no-web-seeds", home=home)
        found = digests(self.folder / "out/work")
        for name in ("code/main.c", "code/tool.sh", "data/ü/ñ.txt", "LICENSES/CC0-1.0.txt"):
            self.assertEqual(found.get(name), self.expected[name], name)
        self.assertNotIn("data/large.bin", found)

    def test_rates_are_kept(self):
        torrent, _ = self.pack("http://127.0.0.1:1/")
        for side in ("--upload-limit", "--download-limit"):
            with self.subTest(side):
                shutil.rmtree(self.folder / "out", ignore_errors=True)
                home = self.folder / side
                home.mkdir()
                limit = [side, "1MiB"]
                seed, address = self.seed(torrent, self.work.parent, "127.0.0.1:0", *(limit if "up" in side else []))
                process = self.sward_process(
                    "fetch", torrent, "--output", self.folder / "out", "--peer", address, "--listen", "127.0.0.1:0",
                    "--no-web-seeds", *(limit if "down" in side else []), home=home)
                seconds = process.until("complete")["seconds"]
                process.wait()
                # 3.2 MiB, of which a quarter of a second's worth may go at once.
                self.assertGreater(seconds, 2.5)
                self.assertLess(seconds, 12)
                seed.end()


if __name__ == "__main__":
    unittest.main()
