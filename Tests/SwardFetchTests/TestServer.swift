// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// A web server of Python's on loopback that misbehaves on demand; ends with the last reference, or with the tests.
final class TestServer: @unchecked Sendable {
    // The process and the pipe are set once, in `init`; reading lines is for one test at a time.
    private let process = Process()
    private let output = Pipe()
    let port: Int

    /// One for all tests that do not listen to what it says.
    static var shared: TestServer { get throws { try once.get() } }
    private static let once = Result { try TestServer() }

    func url(_ path: String, host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    init() throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-u", "-c", Self.script]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        // It ends by itself when this end is closed, be it by a crash.
        process.standardInput = Pipe()
        try process.run()
        port = try #require(Int(Self.line(from: output)))
    }

    deinit { process.terminate() }

    /// Waits until the server has begun to answer a request for a path that makes it say so.
    ///
    /// On a thread of its own: what the test waits for may need those of the tasks.
    func waitForRequest() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Self.line(from: self.output)) }
        }
    }

    private static func line(from pipe: Pipe) -> String {
        var bytes: [UInt8] = []
        while let byte = try? pipe.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Serves 127.0.0.1 and 127.0.0.2 on one port.
    private static let script = #"""
        import gzip, os, socket, sys, threading, urllib.parse
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        lock, now, most = threading.Lock(), 0, 0
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *a): pass
            def answer(self, body, status=200, **headers):
                self.send_response(status)
                self.send_header("Content-Length", headers.pop("length", len(body)))
                for k, v in headers.items(): self.send_header(k.replace("_", "-"), v)
                self.end_headers()
                self.wfile.write(body)
            def wait(self):
                print(self.path, flush=True)
                try: self.rfile.read(1)
                except OSError: pass
                self.close_connection = True
            def do_GET(self):
                global now, most
                with lock:
                    now += 1; most = max(most, now)
                try: self.work()
                except (BrokenPipeError, ConnectionResetError): self.close_connection = True
                finally:
                    with lock: now -= 1
            def work(self):
                url = urllib.parse.urlsplit(self.path)
                q = dict(urllib.parse.parse_qsl(url.query))
                p = url.path
                if p == "/plain": self.answer(b"hello\n")
                elif p == "/echo":
                    self.answer("\n".join(f"{k.lower()}: {v}" for k, v in self.headers.items()).encode())
                elif p == "/target": self.answer(self.path.encode())
                elif p == "/busy":
                    threading.Event().wait(0.02); self.answer(b"x")
                elif p == "/most": self.answer(str(most).encode())
                elif p == "/bytes": self.answer(bytes(int(q["n"])))
                elif p == "/endless":
                    self.send_response(200); self.send_header("Transfer-Encoding", "chunked"); self.end_headers()
                    while True: self.wfile.write(b"1000\r\n" + bytes(4096) + b"\r\n")
                elif p == "/bomb": self.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
                elif p == "/gzip": self.answer(gzip.compress(b"hello\n"), Content_Encoding="gzip")
                elif p == "/short":
                    self.answer(b"x" * 50, length=100); self.close_connection = True
                elif p == "/long":
                    self.answer(b"x" * 50, length=5); self.close_connection = True
                elif p == "/silent": self.wait()
                elif p == "/stalls":
                    self.answer(b"x" * 10, length=100); self.wfile.flush(); self.wait()
                elif p == "/headers":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    while True: self.wfile.write(b"X-Fill: " + b"y" * 1000 + b"\r\n")
                elif p == "/garbage":
                    self.wfile.write(b"\x00\x01\x02 not http\r\n\r\n"); self.close_connection = True
                elif p == "/nothing": self.close_connection = True
                elif p == "/loop": self.answer(b"", 302, Location="/loop")
                elif p == "/hops":
                    n = int(q["n"])
                    self.answer(b"moved", 302, Location=f"/hops?n={n - 1}" if n else "/plain")
                elif p == "/to": self.answer(b"moved", 302, Location=q["url"])
                elif p == "/status": self.answer(b"why", int(q["code"]))
                elif p == "/busy-until":
                    more = {"Retry_After": q["header"]} if "header" in q else {}
                    self.answer(q.get("body", "").encode(), int(q.get("code", 503)), **more)
                elif p == "/range":
                    body, r = bytes(range(100)), self.headers.get("Range")
                    if not r: return self.answer(body)
                    a, b = map(int, r.removeprefix("bytes=").split("-"))
                    part = body[a:b + 1]
                    if "cut" in q: part = part[:-1]
                    self.answer(part, 206, Content_Range=f"bytes {a}-{b}/100")
                elif p == "/norange": self.answer(bytes(100))
                elif self.path.startswith("http://"):
                    # Asked as a proxy.
                    self.answer(b"by proxy: " + self.path.encode(), 302 if "moved" in self.path else 200,
                        Location=q.get("url", "/"))
                else: self.answer(b"no", 404)
        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256
        first = Server(("127.0.0.1", 0), Handler)
        second = Server(("127.0.0.2", first.server_port), Handler)
        for server in (first, second): threading.Thread(target=server.serve_forever, daemon=True).start()
        print(first.server_port, flush=True)
        sys.stdin.read()
        os._exit(0)
        """#
}
