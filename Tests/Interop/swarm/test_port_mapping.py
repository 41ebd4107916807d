# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a gateway to let peers in: by PCP, by NAT-PMP, by UPnP, and what a stranger on the network cannot do about it."""

import subprocess
import sys
import unittest

from networks import Host
from support import HERE, InteropTest, Process

# Of a link between the tests' own namespace and another, where the gateway and a stranger live.
HERE_ADDRESS, GATEWAY, STRANGER = "192.0.2.2", "192.0.2.1", "192.0.2.66"


def ip(command, inside=()):
    subprocess.run([*inside, "ip", *command.split()], check=True)


class PortMappingTest(InteropTest):
    def setUp(self):
        super().setUp()
        # Not `Process`: it prints nothing, and the link dies with it.
        holder = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        holder.stdin.write(b"begun\n")
        holder.stdin.flush()
        holder.stdout.readline()

        def end():
            holder.communicate()

        self.addCleanup(end)
        self.inside = ["nsenter", f"--net=/proc/{holder.pid}/ns/net"]
        ip(f"link add inner type veth peer name outer netns {holder.pid}")
        self.addCleanup(lambda: ip("link del inner"))
        ip(f"address add {HERE_ADDRESS}/24 dev inner")
        ip("link set inner up")
        for command in (f"address add {GATEWAY}/24 dev outer", f"address add {STRANGER}/24 dev outer",
                        "link set lo up", "link set outer up multicast on"):
            ip(command, self.inside)
        ip(f"route add default via {GATEWAY}")
        # The tests' namespace sends multicast to itself; here it is to reach the link.
        ip("route replace 239.255.255.250/32 dev inner")
        self.pack_tree(large=20000)

    def gateway(self, *arguments):
        process = Process(
            self, [*self.inside, sys.executable, HERE / "swarm/gateway.py", GATEWAY, "--listener", GATEWAY, *arguments])
        process.until("ready")
        return process

    def seeder(self):
        return self.sward_process("seed", self.torrent, "--listen", "0.0.0.0:0", "--map-ports")

    def stop(self, seeder):
        seeder.child.terminate()
        self.assertEqual(seeder.wait(), 0, seeder.describe())

    def told(self, gateway, event):
        found = [gateway.until(event) for _ in range(2)]
        self.assertEqual({f["protocol"] for f in found}, {"TCP", "UDP"})
        return found

    def test_nat_pmp_maps_for_an_hour_at_most_and_gives_back(self):
        gateway = self.gateway("--nat-pmp", "yes")
        seeder = self.seeder()
        mapped = seeder.until("mapped")
        port = int(mapped["address"].rsplit(":", 1)[1])
        self.assertEqual(mapped["message"], "NAT-PMP")
        asked = self.told(gateway, "mapped")
        # This gateway grants the port after the one that is asked for.
        self.assertEqual({f["port"] for f in asked}, {port - 1})
        self.assertTrue(all(0 < f["lifetime"] <= 3600 for f in asked), asked)
        self.assertTrue(mapped["address"].startswith("11.22.33.44:"))
        self.stop(seeder)
        self.assertEqual({f["port"] for f in self.told(gateway, "unmapped")}, {asked[0]["port"]})

    def test_upnp_maps_where_nat_pmp_is_not_spoken(self):
        gateway = self.gateway("--upnp", GATEWAY)
        seeder = self.seeder()
        self.assertEqual(seeder.until("mapped")["message"], "UPnP")
        self.assertTrue(all(0 < f["lifetime"] <= 3600 for f in self.told(gateway, "mapped")))
        self.stop(seeder)
        self.told(gateway, "unmapped")

    def test_a_stranger_is_not_taken_for_the_gateway(self):
        gateway = self.gateway("--nat-pmp", "stranger", "--stranger", STRANGER, "--upnp", STRANGER)
        seeder = self.seeder()
        self.assertIn("does not", seeder.until("not-mapped")["message"])
        # Its description was not even asked for.
        self.assertNotIn("described", [e["event"] for e in self.drain(gateway)])
        self.stop(seeder)

    def test_nothing_is_asked_unless_wanted(self):
        gateway = self.gateway("--nat-pmp", "yes", "--upnp", GATEWAY)
        seeder = self.sward_process("seed", self.torrent, "--listen", "0.0.0.0:0")
        seeder.until("listening")
        self.stop(seeder)
        self.assertEqual(self.drain(gateway), [])

    def drain(self, process):
        process.child.terminate()
        process.wait()
        return [e for e in process.seen if e["event"] != "ready"]


class PCPTest(InteropTest):
    """Debian's miniupnpd as the router: by PCP it maps a port of its own address, and opens pinholes for IPv6."""

    def setUp(self):
        super().setUp()
        self.pack_tree(large=20000)
        self.home_host, self.router, self.world = Host(self), Host(self, forwards=True), Host(self)
        lan, _ = self.router.link(
            self.home_host, ["192.0.2.1/24", "2001:db8:2::1/64"], ["192.0.2.2/24", "2001:db8:2::2/64"])
        wan, _ = self.router.link(self.world, ["11.22.33.44/24", "2001:db8:1::1/64"], ["11.22.33.1/24", "2001:db8:1::2/64"])
        self.home_host.route("default", "192.0.2.1")
        self.home_host.route("default", "2001:db8:2::1")
        self.world.route("default", "2001:db8:1::1")
        chains = "\n".join(
            f"chain {name} {{ type {kind} policy {policy}; jump {target}; }}" for name, kind, policy, target in (
                ("forward", "filter hook forward priority 0;", "drop", "miniupnpd"),
                ("prerouting", "nat hook prerouting priority -100;", "accept", "prerouting_miniupnpd"),
                ("postrouting", "nat hook postrouting priority 100;", "accept", "postrouting_miniupnpd")))
        self.router.run("nft", "-f", "-", text=True, input=f"""
            table inet filter {{
                chain miniupnpd {{ }}
                chain prerouting_miniupnpd {{ }}
                chain postrouting_miniupnpd {{ }}
                {chains.replace("jump miniupnpd;", "ct state established,related accept; jump miniupnpd;")}
            }}""")
        configuration = self.folder / "miniupnpd.conf"
        configuration.write_text(
            f"ext_ifname={wan}\nlistening_ip={lan}\next_ip=11.22.33.44\nenable_natpmp=yes\nenable_upnp=no\n"
            "uuid=00000000-0000-0000-0000-000000000001\nsystem_uptime=yes\n"
            "allow 1024-65535 192.0.2.0/24 1024-65535\ndeny 0-65535 0.0.0.0/0 0-65535\n")
        self.configuration = configuration
        self.begin_daemon()

    def begin_daemon(self):
        self.daemon = self.router.process(
            "/usr/sbin/miniupnpd", "-d", "-f", self.configuration, "-P", self.folder / "pid", stderr=subprocess.STDOUT)
        while "Listening for NAT-PMP/PCP" not in self.daemon.until("text")["line"]:
            pass

    def rules(self):
        return self.router.run("nft", "list", "ruleset", capture_output=True, text=True).stdout

    def test_pcp_opens_the_way_from_outside_in_both_families_and_gives_it_back(self):
        seeder = self.home_host.sward("seed", self.torrent, "--listen", "[::]:6881", "--map-ports")
        mapped = [seeder.until("mapped") for _ in range(2)]
        self.assertEqual([m["message"] for m in mapped], ["PCP", "PCP"])
        self.assertEqual(mapped[0]["address"], "11.22.33.44:6881")
        self.assertEqual(mapped[1]["address"], "[2001:db8:2::2]:6881")
        for number, mapping in enumerate(mapped):
            for transport in ("--no-utp", "--no-tcp"):
                home = self.folder / f"home{number}{transport}"
                home.mkdir()
                output = self.folder / f"out{number}{transport}"
                listen = "[2001:db8:1::2]:0" if number else "11.22.33.1:0"
                leech = self.world.sward(
                    "fetch", self.torrent, "--output", output, "--listen", listen, "--peer", mapping["address"], transport,
                    home=home)
                self.assertEqual(leech.wait(), 0, leech.describe())
                self.assert_moved(output)
        seeder.child.terminate()
        self.assertEqual(seeder.wait(), 0, seeder.describe())
        self.assertNotIn("6881", self.rules())

    def test_a_gateway_that_begins_anew_is_asked_again_at_once(self):
        seeder = self.home_host.sward("seed", self.torrent, "--listen", "0.0.0.0:6881", "--map-ports")
        seeder.until("mapped")
        self.daemon.child.kill()
        self.daemon.wait()
        for chain in ("miniupnpd", "prerouting_miniupnpd", "postrouting_miniupnpd"):
            self.router.run("nft", "flush", "chain", "inet", "filter", chain)
        self.assertNotIn("6881", self.rules())
        # It had known its mappings since the system began; now since this moment.
        self.configuration.write_text(self.configuration.read_text().replace("system_uptime=yes", "system_uptime=no"))
        self.begin_daemon()
        # Half an hour without the announcement. The daemon says what it does.
        while self.rules().count("6881") < 2:
            self.daemon.until("text")
        seeder.child.terminate()
        self.assertEqual(seeder.wait(), 0, seeder.describe())


if __name__ == "__main__":
    unittest.main()
