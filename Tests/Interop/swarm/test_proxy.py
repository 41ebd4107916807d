# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""By a SOCKS5 proxy, microsocks or dante, which passes datagrams too: everything goes by it, nothing around it, though nothing but
sward's own word would prevent that."""

import json
import subprocess
import sys
import unittest
import urllib.parse

from networks import Host, flows
from support import HERE, InteropTest

# sward's own network, and the one of tracker, web server and peers; the proxy's host is the router between them, and would forward
# anything.
US, PROXY, OUTSIDE, FAR, FARTHER = "192.0.2.2", "192.0.2.1", "198.51.100.1", "198.51.100.2", "198.51.100.3"
PORT = 1080
SECRET = "correct%20horse"
UTP_ONLY = [
    "--set", "enable_outgoing_utp=1", "--set", "enable_incoming_utp=1", "--set", "enable_outgoing_tcp=0",
    "--set", "enable_incoming_tcp=0",
]


class ByProxy(InteropTest):
    def setUp(self):
        super().setUp()
        self.us, self.router, self.far = Host(self), Host(self, forwards=True), Host(self)
        self.us.link(self.router, f"{US}/24", f"{PROXY}/24")
        self.far.link(self.router, [f"{FAR}/24", f"{FARTHER}/24"], f"{OUTSIDE}/24")
        self.us.route("default", PROXY)
        self.far.route("default", OUTSIDE)
        # Only the proxy's host knows these names.
        names = self.folder / "hosts"
        names.write_text(f"{FAR} tracker.test web.test node.test\n")
        self.names = names
        self.start_proxy()

    def start_proxy(self):
        self.router.process(
            "unshare", "--mount", "--propagation", "private", "sh", "-ec",
            f"mount --bind {self.names} /etc/hosts; exec {self.command()} > /dev/null 2>&1")
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

    def printed(self, process):
        return "\n".join(e["line"] for e in process.seen if isinstance(e, dict) and "line" in e)


class ProxyTest(ByProxy):
    proxy = f"socks5://wanderer:{SECRET}@{PROXY}:{PORT}"

    def command(self):
        return f"microsocks -i {PROXY} -p {PORT} -u wanderer -P 'correct horse'"

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
        # Datagrams it does not know: said once, and with the reason.
        self.assertFalse([e for e in process.seen if e["event"] == "datagrams"])
        told = [e["message"] for e in process.seen if e["event"] == "no-datagrams"]
        self.assertEqual(len(told), 1)
        self.assertIn("TCP alone", told[0])

    def test_web_seeds_are_reached_by_it_alone(self):
        torrent = self.pack("--web-seed", "http://web.test/")
        origin = self.origin()
        _, seen = self.run_captured("fetch", torrent, "--output", self.folder / "out", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        asked = origin.until("asked")
        self.assertEqual((asked["by"], asked["host"]), (OUTSIDE, "web.test"))
        # So is a torrent that is named by its address.
        _, seen = self.run_captured(
            "fetch", "http://web.test/work.torrent", "--output", self.folder / "again", "--proxy", self.proxy)
        self.assert_moved(self.folder / "again")
        self.assert_only_proxy(seen)

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
        # What cannot go by it does not go at all, and says so: this one, when asked, passes no datagrams.
        for command in (["dht", "stat"], ["dht", "ping", f"{FAR}:6881"],
                        ["fetch", torrent, "--output", self.folder / "out", "--dht-node", f"{FAR}:1"],
                        ["fetch", torrent, "--output", self.folder / "out", "--no-tcp"]):
            process, seen = self.run_captured(*command, status=1)
            self.assertIn("proxy", process.errors[-1])
            self.assert_only_proxy(seen)
        for option in (["--listen", f"{US}:0"], ["--local-discovery"], ["--peer", "peer.test:1"]):
            process, seen = self.run_captured("fetch", torrent, "--output", self.folder / "out", *option, status=1)
            self.assertIn("proxy", process.errors[-1])
            self.assertEqual(seen, set())
        # This shows too that a packet that went around it would be seen.
        _, seen = self.run_captured("dht", "ping", f"{FAR}:6881", "--proxy", "none", status=1)
        self.assertIn(("udp", FAR, 6881), {(f[0], f[3], f[4]) for f in seen})

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


class DatagramTest(ByProxy):
    proxy = f"socks5://{PROXY}:{PORT}"

    def command(self):
        settings = self.folder / "danted.conf"
        settings.write_text(f"""
            internal: {PROXY} port = {PORT}
            external: {OUTSIDE}
            clientmethod: none
            socksmethod: none
            user.privileged: root
            user.unprivileged: nobody
            client pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}
            socks pass {{
                from: 0.0.0.0/0 to: 0.0.0.0/0
                command: connect udpassociate udpreply
            }}
            """)
        return f"danted -f {settings} -p {self.folder}/danted.pid"

    def assert_only_proxy(self, seen):
        """And that datagrams went by it."""
        self.assertIn("udp", {f[0] for f in seen})
        self.assertLessEqual({f[1] for f in seen} | {f[3] for f in seen}, {US, PROXY})
        self.assertLessEqual({f[0] for f in seen}, {"tcp", "udp"})
        self.assertEqual({f[4] if f[3] == PROXY else f[2] for f in seen if f[0] == "tcp"}, {PORT})

    def wait_for_seed(self, info_hash):
        """Until the tracker has heard of it."""
        name = urllib.parse.quote_from_bytes(bytes.fromhex(info_hash), safe="")
        probe = (
            "import time, urllib.request\n"
            "while b'8:completei1e' not in urllib.request.urlopen('http://%s:6969/scrape?info_hash=%s').read():\n"
            "    time.sleep(0.05)\n" % (FAR, name))
        self.far.run("timeout", "60", "python3", "-c", probe)

    def nodes(self):
        """Two that know each other, the second to be told what to do; the port of the first."""
        first = self.far.process(
            sys.executable, HERE / "swarm/libtorrent_dht.py", f"{FAR}:0", stdin=subprocess.PIPE)
        port = first.until("listening")["address"].rsplit(":", 1)[1]
        second = self.far.process(
            sys.executable, HERE / "swarm/libtorrent_dht.py", f"{FARTHER}:0", "--node", f"{FAR}:{port}",
            stdin=subprocess.PIPE)
        second.until("listening")
        return second, port

    def test_peers_who_speak_utp_alone_are_reached_by_it(self):
        torrent = self.pack()
        seed = self.far.libtorrent("seed", torrent, self.work.parent, "--listen", f"{FAR}:6881", *UTP_ONLY)
        seed.until("listening")
        process, seen = self.run_captured(
            "fetch", torrent, "--output", self.folder / "out", "--peer", f"{FAR}:6881", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        self.assertEqual([e["address"] for e in process.seen if e["event"] == "datagrams"], [f"{PROXY}:{PORT}"])
        self.assertFalse([e for e in process.seen if e["event"] == "no-datagrams"])

    def test_no_peer_is_reached_over_tcp_where_that_is_not_wanted(self):
        torrent = self.pack()
        # It speaks both.
        seed = self.far.libtorrent(
            "seed", torrent, self.work.parent, "--listen", f"{FAR}:6881", "--set", "enable_incoming_utp=1")
        seed.until("listening")
        outside = self.far.capture()
        _, seen = self.run_captured(
            "fetch", torrent, "--output", self.folder / "out", "--peer", f"{FAR}:6881", "--proxy", self.proxy, "--no-tcp")
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        self.assertEqual({f[0] for f in flows(outside) if FAR in (f[1], f[3])}, {"udp"})

    def test_a_udp_tracker_is_asked_by_it_and_its_name_is_looked_up_there(self):
        url = "udp://tracker.test:6969/announce"
        report = self.pack_tree("--tracker", url)
        chroot = self.folder / "tracker"
        chroot.mkdir(mode=0o755)
        self.folder.chmod(0o755)  # so that the user it becomes can see its own folder
        (chroot / "whitelist").write_text("".join(
            h[:40] + "\n" for h in (report.get("infoHashV1"), report.get("infoHashV2")) if h))
        self.far.process(
            "opentracker", "-i", FAR, "-p", 6969, "-P", 6969, "-d", chroot, "-u", "nobody", "-w", "/whitelist",
            stderr=subprocess.STDOUT)
        seed = self.far.libtorrent(
            "seed", self.torrent, self.work.parent, "--listen", f"{FAR}:6881", "--tracker", f"udp://{FAR}:6969/announce")
        seed.until("listening")
        self.wait_for_seed(report["infoHashV1"])
        process, seen = self.run_captured(
            "fetch", self.torrent, "--output", self.folder / "out", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)
        told = [e for e in process.seen if e["event"] == "tracker" and e["url"] == url]
        self.assertTrue(any(not e.get("message") for e in told), process.describe())
        process, seen = self.run_captured("inspect", "--scrape", self.torrent, "--proxy", self.proxy)
        self.assertIn('"seeds" : 1', self.printed(process))
        self.assert_only_proxy(seen)

    def test_the_dht_is_asked_by_it(self):
        nodes, port = self.nodes()
        put = nodes.ask("put", "words of a value")
        self.assertGreater(put["stored"], 0)
        # By a name, which the proxy looks up, and by an address.
        for host in ("node.test", FAR):
            process, seen = self.run_captured(
                "dht", "get", put["target"], "--bootstrap", f"{host}:{port}", "--proxy", self.proxy)
            self.assertIn("words of a value", self.printed(process))
            self.assert_only_proxy(seen)
        process, seen = self.run_captured("dht", "ping", f"{FAR}:{port}", "--proxy", self.proxy)
        self.assert_only_proxy(seen)

    def test_peers_are_found_in_the_dht_by_it(self):
        torrent = self.pack()
        _, port = self.nodes()
        seed = self.far.libtorrent(
            "seed", torrent, self.work.parent, "--listen", f"{FAR}:6881", "--dht-node", f"{FAR}:{port}")
        seed.until("listening")
        _, seen = self.run_captured(
            "fetch", torrent, "--output", self.folder / "out", "--dht-node", f"node.test:{port}", "--proxy", self.proxy)
        self.assert_moved(self.folder / "out")
        self.assert_only_proxy(seen)

    def test_when_it_begins_anew_all_goes_on(self):
        torrent = self.pack()
        seed = self.far.libtorrent("seed", torrent, self.work.parent, "--listen", f"{FAR}:6881", *UTP_ONLY)
        seed.until("listening")
        self.router.run("sh", "-c", f"kill $(cat {self.folder}/danted.pid)")
        process = self.us.sward(
            "fetch", torrent, "--output", self.folder / "out", "--peer", f"{FAR}:6881", "--proxy", self.proxy)
        self.assertIn("reached", process.until("no-datagrams")["message"])
        self.start_proxy()
        process.until("datagrams")
        self.assertEqual(process.wait(), 0, process.describe())
        self.assert_moved(self.folder / "out")


if __name__ == "__main__":
    unittest.main()
