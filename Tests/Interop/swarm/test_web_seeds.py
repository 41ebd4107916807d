# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Web servers as sources (BEP 19, and scripts of BEP 17): nginx, one without ranges, one that lies; and which files are asked for, how fast."""

import functools
import http.server
import json
import shutil
import ssl
import subprocess
import threading
import unittest
import urllib.parse

import libtorrent

from support import InteropTest, digests, write_tree


class WebSeedTest(InteropTest):
    def pack(self, url, *more):
        self.pack_tree("--web-seed", url, *more)
        return self.torrent, self.magnet

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

    def test_a_server_without_a_certificate_that_holds_is_not_asked(self):
        """By https, with a key it has signed itself: nothing is asked of it, and no switch would change that."""
        certificate, key = self.folder / "cert.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-days", "2", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        asked = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                asked.append(self.path)
                super().do_GET()

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(self.folder / "origin")))
        server.handle_error = lambda *_: None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        torrent, _ = self.pack(f"https://127.0.0.1:{server.server_port}/")
        process = self.sward_process("fetch", torrent, "--output", self.folder / "out", "--listen", "127.0.0.1:0")
        self.assertIn("certificate", process.until("web-seed")["message"].lower())
        process.end()
        self.assertEqual(asked, [])

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


class HTTPSeedTest(InteropTest):
    """Scripts that serve pieces (BEP 17). There is none left to install; ours is held against libtorrent, which asks it the same."""

    def script(self, refusals=(), spoil=False):
        """A script that first answers with `refusals`, (status, body) each: its URL and what it was asked."""
        asked, refusals, test = [], list(refusals), self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                path, _, query = self.path.partition("?")
                values = dict(field.split("=", 1) for field in query.split("&"))
                asked.append((path, values))
                if refusals:
                    return self.answer(*refusals.pop(0))
                name = urllib.parse.unquote_to_bytes(values["info_hash"])
                if name not in test.names or path != "/seed.php":
                    return self.answer(404, b"no such torrent")
                whole = test.piece(int(values["piece"]))
                body = whole
                if "ranges" in values:
                    spans = [tuple(map(int, span.split("-"))) for span in values["ranges"].split(",")]
                    body = b"".join(whole[first:last + 1] for first, last in spans)
                self.answer(200, bytes(b ^ 1 for b in body) if spoil else body)

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.handle_error = lambda *_: None  # a client that hangs up is no news here
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/seed.php", asked

    def pack_with(self, url, *more):
        report = self.pack_tree("--http-seed", url, *more)
        hashes = [report[key] for key in ("infoHashV1", "infoHashV2") if report.get(key)]
        self.names = {bytes.fromhex(h)[:20] for h in hashes}
        self.info = libtorrent.torrent_info(self.torrent)
        self.layout = self.info.layout() if hasattr(self.info, "layout") else self.info.files()
        self.assertEqual(json.loads(self.sward("inspect", self.torrent, "--format", "json"))["httpSeeds"], [url])

    def piece(self, number):
        """Its bytes as libtorrent lays them out, padding included."""
        body = b""
        for part in self.info.map_block(number, 0, self.info.piece_size(number)):
            if self.layout.file_flags(part.file_index) & libtorrent.file_storage.flag_pad_file:
                body += bytes(part.size)
                continue
            path = self.folder / "origin" / self.layout.file_path(part.file_index)
            with open(path, "rb") as file:
                file.seek(part.offset)
                body += file.read(part.size)
        return body

    def test_a_script_alone_gives_each_kind(self):
        for kind in (["--v1"], ["--v2"], []):
            with self.subTest(kind):
                self.doCleanups()
                self.setUp()
                url, asked = self.script()
                self.pack_with(url, *kind)
                self.fetch(self.torrent, self.folder / "out", "--listen", "127.0.0.1:0")
                self.assert_moved(self.folder / "out")
                self.assertLess(len(asked), 2 * self.info.num_pieces())

    def test_libtorrent_takes_from_the_same_script(self):
        url, asked = self.script()
        self.pack_with(url, "--v1")
        # 2.1 asks no such script any more.
        peer = self.libtorrent("2.0", "leech", self.torrent, self.folder / "theirs")
        peer.until("complete")
        self.assert_moved(self.folder / "theirs")
        self.assertTrue(asked)

    def test_one_that_has_too_much_to_do_is_asked_again_when_it_says(self):
        url, asked = self.script(refusals=[(503, b"1"), (503, b"1")])
        self.pack_with(url)
        process = self.fetch(self.torrent, self.folder / "out", "--listen", "127.0.0.1:0")
        self.assert_moved(self.folder / "out")
        told = [e["message"] for e in process.seen if e["event"] == "web-seed"]
        self.assertEqual(len(told), 2)
        self.assertTrue(all("1 second" in message for message in told), told)

    def test_one_that_knows_nothing_is_given_up_and_one_that_lies_is_dropped(self):
        url, asked = self.script(refusals=[(404, b"no")] * 100)
        self.pack_with(url)
        process = self.sward_process("fetch", self.torrent, "--output", self.folder / "out", "--listen", "127.0.0.1:0")
        self.assertIn("404", process.until("web-seed")["message"])
        process.end()
        self.assertEqual(len(asked), 1)
        url, asked = self.script(spoil=True)
        self.pack_with(url)
        process = self.sward_process("fetch", self.torrent, "--output", self.folder / "lied", "--listen", "127.0.0.1:0")
        self.assertTrue(process.until("banned")["address"].startswith("0.0.0."))

    def test_a_held_work_is_not_asked_for(self):
        url, asked = self.script()
        self.work = write_tree(self.folder / "origin/work")
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC-BY-NC-ND-4.0", "--creator", "A. Name", "--http-seed", url, "--format", "json"))
        self.fetch(
            report["torrent"], self.folder / "out", "--listen", "127.0.0.1:0", "--policy", "commons", status=2)
        self.assertEqual(asked, [])


if __name__ == "__main__":
    unittest.main()
