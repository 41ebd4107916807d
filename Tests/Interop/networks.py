# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks of a test's own: hosts in namespaces, links between them, routers, and what passes by a host's interfaces."""

import subprocess
import sys
import time

from support import HERE, SWARD, Process, environment


class Host:
    """A machine with a network stack of its own. It is gone, with its links, when the test ends."""

    def __init__(self, test, forwards=False):
        self.test = test
        # Not `Process`: it prints nothing.
        self.holder = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.holder.stdin.write(b"begun\n")
        self.holder.stdin.flush()
        self.holder.stdout.readline()
        test.addCleanup(self.holder.communicate)
        self.inside = ["nsenter", f"--net=/proc/{self.holder.pid}/ns/net"]
        self.names = iter(f"eth{number}" for number in range(100))
        self.run("ip", "link", "set", "lo", "up")
        if forwards:
            self.set("net.ipv4.ip_forward", 1)
            self.set("net.ipv6.conf.all.forwarding", 1)

    def run(self, *command, **options):
        return subprocess.run([*self.inside, *map(str, command)], check=True, **options)

    def set(self, name, value):
        self.run("sh", "-c", f"echo {value} > /proc/sys/{name.replace('.', '/')}")

    def process(self, *arguments, **options):
        return Process(self.test, [*self.inside, *arguments], **options)

    def sward(self, *arguments, home=None):
        return self.process(
            SWARD, *arguments, "--format", "json", env=environment(home or self.test.home))

    def libtorrent(self, role, source, folder, *more):
        return self.process(sys.executable, HERE / "swarm/libtorrent_peer.py", role, source, folder, *more)

    def link(self, other, mine, theirs):
        """A cable to another host; each end gets an address, or several, as ADDRESS/BITS.

        Gives the names of both ends."""
        near, far = next(self.names), next(other.names)
        self.run("ip", "link", "add", near, "type", "veth", "peer", "name", far, "netns", other.holder.pid)
        for host, name, addresses in ((self, near, mine), (other, far, theirs)):
            for address in [addresses] if isinstance(addresses, str) else addresses:
                # Without asking first whether another has it, which would take a second.
                more = ["nodad"] if ":" in address else []
                host.run("ip", "address", "add", address, "dev", name, *more)
            host.run("ip", "link", "set", name, "up", "multicast", "on")
        for host, name in ((self, near), (other, far)):
            host.wait_until_ready(name)
        return near, far

    def wait_until_ready(self, name):
        """The system takes a moment to send by a link that was made."""
        for _ in range(600):
            if "multicast ff00::/8 dev " + name in self.run(
                    "ip", "-6", "route", "show", "table", "all", capture_output=True, text=True).stdout:
                return
            time.sleep(0.05)
        self.test.fail(f"{name} does not come up")

    def route(self, destination, via):
        self.run("ip", *(["-6"] if ":" in via else []), "route", "add", destination, "via", via)

    def masquerades(self, outside):
        """From now on whoever is behind this router goes out under its address of that interface, and nobody comes in.

        What is not let in is not answered either; a refusal would take the port that a later way out needs."""
        self.run("nft", "-f", "-", text=True, input=f"""
            table inet nat {{
                chain leaving {{ type nat hook postrouting priority srcnat; oifname "{outside}" masquerade; }}
                chain passing {{
                    type filter hook forward priority filter;
                    iifname "{outside}" ct state != {{ established, related }} drop;
                }}
                chain entering {{
                    type filter hook input priority filter;
                    iifname "{outside}" ct state != {{ established, related }} drop;
                }}
            }}""")

    def capture(self):
        """Begins to note who speaks to whom here: a process to hand to ``flows``."""
        process = self.process(sys.executable, HERE / "capture.py")
        process.until("ready")
        return process


def flows(capture):
    """What was seen until now: (protocol, source, source port, destination, destination port) of every packet."""
    capture.child.terminate()
    return {tuple(flow) for flow in capture.until("flows")["flows"]}
