# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A web server that is a tracker too: origin.py HOST:PORT FOLDER [--peer HOST:PORT]. It knows of the peers it is told of, and serves the
files of FOLDER by ranges. Prints a JSON line for each request: who asked, under which name, for what."""

import argparse
import http.server
import json
import pathlib
import socket
import sys
import threading
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("listen")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--peer", action="append", default=[])
options = parser.parse_args()
lock = threading.Lock()


def compact(peer):
    host, port = peer.rsplit(":", 1)
    return socket.inet_aton(host) + int(port).to_bytes(2, "big")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = urllib.parse.unquote(self.path.partition("?")[0])
        # Several may ask at once; their lines must not mix.
        with lock:
            print(json.dumps({
                "event": "asked", "by": self.client_address[0], "host": self.headers["Host"], "path": path,
                "query": self.path.partition("?")[2]}), flush=True)
        if path == "/announce":
            peers = b"".join(map(compact, options.peer))
            return self.answer(b"d8:intervali60e5:peers%d:%se" % (len(peers), peers))
        if path == "/scrape":
            name = bytes(urllib.parse.unquote_to_bytes(self.path.split("info_hash=")[1].split("&")[0]))
            return self.answer(b"d5:filesd20:" + name + b"d8:completei7e10:downloadedi1e10:incompletei3eeee")
        file = (options.folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(options.folder.resolve()) or not file.is_file():
            return self.answer(b"", 404)
        body = file.read_bytes()
        asked = self.headers.get("Range")
        if not asked:
            return self.answer(body)
        first, last = map(int, asked.removeprefix("bytes=").split("-"))
        self.answer(body[first:last + 1], 206, f"bytes {first}-{last}/{len(body)}")

    def answer(self, body, status=200, span=None):
        self.send_response(status)
        if span:
            self.send_header("Content-Range", span)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


host, port = options.listen.rsplit(":", 1)
server = http.server.ThreadingHTTPServer((host, int(port)), Handler)
print(json.dumps({"event": "ready"}), flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
