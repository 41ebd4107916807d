# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""By a SOCKS5 proxy, microsocks: everything goes by it, nothing around it, though nothing but sward's own word would prevent that."""

import json
import unittest

from networks import Host, flows
from support import HERE, InteropTest

# sward's own network, and the one of tracker, web server and peers; the proxy's host is the router between them, and would forward
# anything.
US, PROXY, OUTSIDE, FAR = "192.0.2.2", "192.0.2.1", "198.51.100.1", "198.51.100.2"
PORT = 1080
SECRET = "correct%20horse"


class ProxyTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.us, self.router, self.far = Host(self), Host(self, forwards=True), Host(self)
        self.us.link(self.router, f"{US}/24", f"{PROXY}/24")
        self.far.link(self.router, f"{FAR}/24", f"{OUTSIDE}/24")
        self.us.route("default", PROXY)
        self.far.route("default", OUTSIDE)
        self.proxy = f"socks5://wanderer:{SECRET}@{PROXY}:{PORT}"
        # Only the proxy's host knows these names.
        names = self.folder / "hosts"
        names.write_text(f"{FAR} tracker.test web.test\n")
        self.router.process(
            "unshare", "--mount", "--propagation", "private", "sh", "-ec",
            f"mount --bind {names} /etc/hosts; exec microsocks -i {PROXY} -p {PORT} -u wanderer -P 'correct horse'")
        self.wait_for_proxy()

    def wait_for_proxy(self):
        probe = (
            "import socket, time\n"
            "while True:\n"
            "    try: socket.create_connection((%r, %d)).close(); break\n"
            "    except OSError: time.sleep(0.05)\n" % (PROXY, PORT))
        self.us.run("timeout", "60", "python3", "-c", probe)

    def pack(self, *more):
        self.pack_tree(*more)
        return self.torrent

    def origin(self, *more):
        process = self.far.process(
            "python3", HERE / "swarm/origin.py", f"{FAR}:80", self.folder / "origin", *more)
        process.until("ready")
        return process

    def run_captured(self, *arguments, status=0):
        """sward to its end: what it printed, and who it spoke to."""
        capture = self.us.capture()
        process = self.us.sward(*arguments)
        self.assertEqual(process.wait(), status, process.describe())
        self.keeps_silent(process)
        return process, flows(capture)

    def keeps_silent(self, process):
        for word in ("correct", "wanderer"):
            self.assertNotIn(word, json.dumps(process.seen) + "".join(process.errors))

    def assert_only_proxy(self, seen):
        self.assertTrue(seen)
        ends = {(f[0], *sorted([(f[1], f[2]), (f[3], f[4])], key=lambda end: end[1] != PORT)[0]) for f in seen}
        self.assertEqual(ends, {("tcp", PROXY, PORT)})
        self.assertLessEqual({f[1] for f in seen} | {f[3] for f in seen}, {US, PROXY})

    def test_peers_and_trackers_are_reached_by_it_alone(self):
        torrent = self.pack(
            "--tracker", f"udp://{FAR}:80/announce", "--tracker", "http://tracker.test/announce")
        seed = self.far.libtorrent("seed", torrent, self.work.parent, "--listen", f"{FAR}:6881")
        seed.until("listening")
        origin = self.origin("--peer", f"{FAR}:6881")
        process, seen = self.run_captured("fetch", torrent, "--output", self.folder / "out", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        asked = origin.until("asked")
        self.assertEqual((asked["by"], asked["host"]), (OUTSIDE, "tracker.test"))
        told = [e for e in process.seen if e["event"] == "tracker" and e["url"].startswith("udp")]
        self.assertIn("proxy", told[0]["message"])
        self.assertEqual([e["address"] for e in process.seen if e["event"] == "proxied"], [f"{PROXY}:{PORT}"])

    def test_web_seeds_are_reached_by_it_alone(self):
        torrent = self.pack("--web-seed", "http://web.test/")
        origin = self.origin()
        _, seen = self.run_captured("fetch", torrent, "--output", self.folder / "out", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        asked = origin.until("asked")
        self.assertEqual((asked["by"], asked["host"]), (OUTSIDE, "web.test"))

    def test_a_seed_behind_it_reaches_those_who_want_the_work(self):
        torrent = self.pack("--tracker", "http://tracker.test/announce")
        leech = self.far.libtorrent("leech", torrent, self.folder / "out", "--listen", f"{FAR}:6881")
        leech.until("listening")
        self.origin("--peer", f"{FAR}:6881")
        capture = self.us.capture()
        seeder = self.us.sward("seed", torrent, "--proxy", self.proxy)
        leech.until("complete")
        self.assert_moved(self.folder / "out")
        seeder.child.terminate()
        self.assertEqual(seeder.wait(), 0, seeder.describe())
        self.assert_only_proxy(flows(capture))

    def test_the_configuration_names_it_for_every_command(self):
        torrent = self.pack("--tracker", "http://tracker.test/announce")
        origin = self.origin()
        folder = self.home / ".config/sward"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(
            f'[network]\nproxy = "{self.proxy}"\nlisten = "{US}:6881"\nlocal-discovery = true\nmap-ports = true\n'
            f'dht-nodes = ["{FAR}:6881", "node.test:6881"]\n')
        process, seen = self.run_captured("inspect", "--scrape", torrent)
        self.assertIn('"seeds" : 7', self.printed(process))
        self.assert_only_proxy(seen)
        self.assertEqual(origin.until("asked")["path"], "/scrape")
        # What cannot go by it does not go at all, and says so.
        for command in (["dht", "stat"], ["dht", "ping", f"{FAR}:6881"]):
            process, seen = self.run_captured(*command, status=1)
            self.assertIn("proxy", process.errors[-1])
            self.assertEqual(seen, set())
        for option in (["--listen", f"{US}:0"], ["--dht-node", f"{FAR}:1"], ["--local-discovery"], ["--peer", "peer.test:1"]):
            process, seen = self.run_captured("fetch", torrent, "--output", self.folder / "out", *option, status=1)
            self.assertIn("proxy", process.errors[-1])
            self.assertEqual(seen, set())
        # This shows too that a packet that went around it would be seen.
        _, seen = self.run_captured("dht", "ping", f"{FAR}:6881", "--proxy", "none", status=1)
        self.assertIn(("udp", FAR, 6881), {(f[0], f[3], f[4]) for f in seen})

    def printed(self, process):
        return "\n".join(e["line"] for e in process.seen if isinstance(e, dict) and "line" in e)

    def test_what_is_wrong_with_it_is_said(self):
        torrent = self.pack()
        for proxy, words in ((f"socks5://wanderer:wrong@{PROXY}:{PORT}", "password"), (f"socks5://{PROXY}:{PORT}", "user"),
                             (f"socks5://{PROXY}:{PORT + 1}", "reached")):
            process = self.us.sward(
                "fetch", torrent, "--output", self.folder / "out", "--peer", f"{FAR}:6881", "--proxy", proxy)
            self.assertIn(words, process.until("proxy-failed")["message"])
            process.child.terminate()
            process.wait()
        process, _ = self.run_captured(
            "fetch", torrent, "--proxy", f"socks5://wanderer:{SECRET}@{PROXY}:port", status=64)
        self.assertIn("socks5://", "".join(process.errors))


if __name__ == "__main__":
    unittest.main()
