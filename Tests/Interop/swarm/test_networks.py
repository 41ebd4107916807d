# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks people have: behind routers that let nobody in, cut off from everywhere, slow, narrow, lossy, IPv6 alone."""

import sys
import unittest

from networks import Host, flows
from support import HERE, InteropTest


class NetworkTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack_tree()
        self.homes = iter(range(100))

    def home_of_its_own(self):
        home = self.folder / f"home{next(self.homes)}"
        home.mkdir()
        return home

    def serve(self, host, listen, *more):
        process = host.sward(
            "seed", self.torrent, "--data", self.work.parent, "--listen", listen, *more, home=self.home_of_its_own())
        process.until("listening")
        return process

    def fetch_on(self, host, listen, *more, source=None, output="out"):
        return host.sward(
            "fetch", source or self.torrent, "--output", self.folder / output, "--listen", listen, *more,
            home=self.home_of_its_own())

    def assert_complete(self, process, output="out"):
        self.assertEqual(process.wait(), 0, process.describe())
        self.assert_moved(self.folder / output)

    def peers_of(self, process):
        """The address of every peer that was seen."""
        return {p["address"] for e in process.seen if e["event"] == "progress" for p in e["peers"]}


class RoutersTest(NetworkTest):
    """Two homes behind routers of their own, and somebody whom both can reach."""

    RELAY, ONE, TWO = "192.0.2.2", "198.51.100.2", "203.0.113.2"

    def setUp(self):
        super().setUp()
        self.internet, self.relay = Host(self, forwards=True), Host(self)
        self.relay.link(self.internet, f"{self.RELAY}/24", "192.0.2.1/24")
        self.relay.route("default", "192.0.2.1")
        self.one = self.household("10.0.1", self.ONE, "198.51.100.1")
        self.two = self.household("10.0.2", self.TWO, "203.0.113.1")

    def household(self, network, outside, internet):
        router, host = Host(self, forwards=True), Host(self)
        name, _ = router.link(self.internet, f"{outside}/24", f"{internet}/24")
        host.link(router, f"{network}.2/24", f"{network}.1/24")
        host.route("default", f"{network}.1")
        router.route("default", internet)
        router.masquerades(name)
        return host

    def libtorrent(self, host, role, folder, listen, *more):
        return host.libtorrent(
            role, self.torrent, folder, "--listen", listen, "--set", "enable_incoming_utp=1", "--set",
            "enable_outgoing_utp=1", *more)

    def sward_relay(self):
        """It has next to nothing, and gets next to nothing: whoever completes has met somebody else."""
        process = self.fetch_on(
            self.relay, f"{self.RELAY}:6881", "--download-limit", "2K", "--keep-seeding", output="relay")
        process.until("listening")
        return process

    def meets(self, leech, capture):
        """The leech to its end, over datagrams from router to router: whoever is in between has next to nothing to give."""
        self.assert_complete(leech)
        seen = {(f[0], f[1], f[3]) for f in flows(capture)}
        self.assertLessEqual({("udp", self.ONE, self.TWO), ("udp", self.TWO, self.ONE)}, seen)

    def test_two_behind_routers_meet_by_a_third(self):
        self.sward_relay()
        self.serve(self.one, "10.0.1.2:6881", "--peer", f"{self.RELAY}:6881")
        capture = self.internet.capture()
        self.meets(self.fetch_on(self.two, "10.0.2.2:6881", "--peer", f"{self.RELAY}:6881"), capture)

    def test_libtorrent_brings_two_together(self):
        relay = self.libtorrent(self.relay, "leech", self.folder / "relay", f"{self.RELAY}:6881", "--idle")
        relay.until("listening")
        self.serve(self.one, "10.0.1.2:6881", "--peer", f"{self.RELAY}:6881")
        capture = self.internet.capture()
        self.meets(self.fetch_on(self.two, "10.0.2.2:6881", "--peer", f"{self.RELAY}:6881"), capture)

    def test_libtorrent_behind_a_router_is_met(self):
        self.sward_relay()
        seed = self.libtorrent(
            self.one, "seed", self.work.parent, "10.0.1.2:6881", "--peer", f"{self.RELAY}:6881")
        seed.until("listening")
        capture = self.internet.capture()
        self.meets(self.fetch_on(self.two, "10.0.2.2:6881", "--peer", f"{self.RELAY}:6881"), capture)

    def test_who_is_behind_a_router_reaches_who_is_not_and_is_served(self):
        self.serve(self.relay, f"{self.RELAY}:6881")
        for transport in ("--no-utp", "--no-tcp"):
            with self.subTest(transport):
                leech = self.fetch_on(
                    self.one, "10.0.1.2:6881", "--peer", f"{self.RELAY}:6881", transport, output=transport)
                self.assert_complete(leech, transport)

    def test_a_seed_behind_a_router_serves_whom_it_reaches(self):
        leech = self.fetch_on(self.relay, f"{self.RELAY}:6881")
        leech.until("listening")
        self.serve(self.one, "10.0.1.2:6881", "--peer", f"{self.RELAY}:6881")
        self.assert_complete(leech)


class CutOffTest(NetworkTest):
    def test_a_network_without_a_way_out_needs_no_address(self):
        one, two = Host(self), Host(self)
        near, far = one.link(two, "10.0.0.1/24", "10.0.0.2/24")
        for host, name in ((one, near), (two, far)):
            host.run("ip", "route", "add", "224.0.0.0/4", "dev", name)
        self.serve(one, "10.0.0.1:0", "--local-discovery")
        leech = self.fetch_on(two, "10.0.0.2:0", "--local-discovery", source=self.magnet)
        self.assert_complete(leech)
        self.assertTrue(all(a.startswith("10.0.0.1:") for a in self.peers_of(leech)))

    def test_a_peer_that_no_way_leads_to_takes_nobody_away(self):
        """NIO closes a datagram socket when the system refuses one datagram."""
        one, two = Host(self), Host(self)
        one.link(two, "10.0.0.1/24", "10.0.0.2/24")
        seed = self.serve(one, "10.0.0.1:6881", "--no-tcp", "--peer", "203.0.113.9:6881", "--stats", "--every", "1")
        while seed.until("stats")["stats"]["dialFailures"] < 2:
            pass
        self.assert_complete(self.fetch_on(two, "10.0.0.2:0", "--no-tcp", "--peer", "10.0.0.1:6881"))

    def test_ipv6_alone_is_enough(self):
        one, two = Host(self), Host(self)
        near, far = one.link(two, "2001:db8::1/64", "2001:db8::2/64")
        for host, name in ((one, near), (two, far)):
            self.assertNotIn("inet ", host.run("ip", "address", "show", "dev", name, capture_output=True, text=True).stdout)
        for way in ("--no-tcp", "--no-utp"):
            with self.subTest(way):
                seed = self.serve(one, "[2001:db8::1]:6881", way)
                leech = self.fetch_on(
                    two, "[2001:db8::2]:6881", way, "--peer", "[2001:db8::1]:6881", source=self.magnet, output=way)
                self.assert_complete(leech, way)
                seed.end()

    def test_ipv6_alone_needs_no_address_on_a_network_of_its_own(self):
        one, two = Host(self), Host(self)
        one.link(two, "fd00::1/64", "fd00::2/64")
        self.serve(one, "[fd00::1]:0", "--local-discovery")
        self.assert_complete(self.fetch_on(two, "[fd00::2]:0", "--local-discovery", source=self.magnet))


class LinesTest(NetworkTest):
    """One line between seed and leech, over each transport."""

    def setUp(self):
        super().setUp()
        self.near, self.middle, self.far = Host(self), Host(self), Host(self)
        self.near.link(self.middle, "192.0.2.2/24", "192.0.2.1/24")
        self.far_name, _ = self.far.link(self.middle, "198.51.100.2/24", "198.51.100.1/24")

    def cross(self, *line):
        for way in ("--no-utp", "--no-tcp"):
            with self.subTest(way):
                seed = self.serve(self.far, "198.51.100.2:6881", way)
                relay = self.middle.process(
                    sys.executable, HERE / "relay.py", "192.0.2.1:6881", "198.51.100.2:6881", *line)
                relay.until("listening")
                leech = self.fetch_on(
                    self.near, "192.0.2.2:0", way, "--peer", "192.0.2.1:6881", source=self.magnet, output=way)
                self.assert_complete(leech, way)
                for process in (seed, relay):
                    process.end()

    def test_a_line_across_the_world(self):
        self.cross("--delay", "150")

    def test_a_line_that_loses(self):
        self.cross("--delay", "20", "--loss", "0.03")

    def test_a_narrow_line(self):
        self.cross("--delay", "20", "--rate", "1000000")

    def test_a_line_that_the_kernel_makes_narrow(self):
        self.far.run(
            "tc", "qdisc", "add", "dev", self.far_name, "root", "tbf", "rate", "8mbit", "burst", "32kbit", "latency", "100ms")
        self.cross()


if __name__ == "__main__":
    unittest.main()
