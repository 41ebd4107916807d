# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other people's clients, one class each, and what brings peers together: trackers and nodes of the DHT.

Transmission throws peers of 127/8 away, and takes two peers of one address for one: so clients live on one address of the
namespace and sward on another. opentracker takes a peer's address from its connection, which for sward is that of the tracker.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

from support import HERE as INTEROP, TIMEOUT, Process, free_port

HOST = "10.99.0.1"  # of the other clients
OURS = "10.99.0.2"  # of sward, the tracker and the nodes of the DHT
SIX = "[::1]"  # of both, where they meet over IPv6


def poll(described, check, interval=0.1):
    """Until `check` gives something; there is nothing to wait for but the other program's own clock."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(interval)
    raise AssertionError(f"not within {TIMEOUT} s: {described()}")


class Bell:
    """A FIFO that another program rings by writing a line into it."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        os.mkfifo(self.path)
        self.rung = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with open(self.path) as pipe:
            pipe.readline()
        self.rung.set()

    def wait(self, described):
        if not self.rung.wait(TIMEOUT):
            raise AssertionError(f"not finished within {TIMEOUT} s: {described()}")


class Tracker:
    """opentracker; Debian's serves only the info-hashes of its list, which lies inside its chroot."""

    def __init__(self, test, scheme):
        self.test = test
        self.port = free_port(OURS)
        self.url = f"{scheme}://{OURS}:{self.port}/announce"

    def start(self, hashes):
        chroot = self.test.folder / "tracker"
        chroot.mkdir(mode=0o755)
        self.test.folder.chmod(0o755)  # so that the user it becomes can see its own folder
        (chroot / "whitelist").write_text("".join(h[:40] + "\n" for h in hashes))
        self.process = Process(self.test, [
            "opentracker", "-i", OURS, "-p", self.port, "-P", self.port, "-d", chroot, "-u", "nobody", "-w",
            "/whitelist"], stderr=subprocess.STDOUT)

    def knows(self, info_hash):
        """Whether it has a peer of that torrent."""
        name = urllib.parse.quote_from_bytes(bytes.fromhex(info_hash[:40]), safe="")
        try:
            with urllib.request.urlopen(f"http://{OURS}:{self.port}/scrape?info_hash={name}", timeout=5) as answer:
                return b"8:completei0e" not in (body := answer.read()) and b"8:completei" in body
        except OSError:
            return False

    def wait_for(self, info_hash):
        poll(self.process.describe, lambda: self.knows(info_hash))


class DHTNode:
    """A few nodes of libtorrent's DHT; others begin at the first, and the last is asked what they know."""

    def __init__(self, test):
        self.process = Process(
            test, [sys.executable, INTEROP / "swarm/libtorrent_dht.py", f"{OURS}:0", "--nodes", 3],
            stdin=subprocess.PIPE)
        self.address = self.process.until("listening")["address"]

    def start(self, hashes):
        self.hashes = hashes

    def wait_for(self, info_hash):
        poll(self.process.describe, lambda: self.process.ask("peers", info_hash[:40])["peers"], interval=0.3)


class Client:
    """One client; `way` is how it finds peers: peer, ipv6 (by that address), http, udp, dht or lsd."""

    kinds = ("v1",)
    ways = ("http", "udp")
    makes_empty_files = True

    def __init__(self, test, way, dht=None):
        self.test, self.way, self.dht = test, way, dht
        self.folder = test.folder / "client"
        self.folder.mkdir()
        self.port = free_port(HOST)
        self.environment = dict(os.environ, HOME=str(self.folder))

    @property
    def address(self):
        return f"{SIX if self.way == 'ipv6' else HOST}:{self.port}"


class Libtorrent(Client):
    kinds = ("v1", "v2", "hybrid")
    ways = ("http", "udp", "dht", "lsd", "ipv6")
    version = "2.1"

    def run(self, role, source, folder, peer):
        more = ["--listen", self.address]
        if peer:
            more += ["--peer", peer]
        if self.way == "lsd":
            more.append("--lsd")
        if self.way == "dht":
            more += ["--dht-node", self.dht.address]
        self.process = self.test.libtorrent(self.version, role, source, folder, *more)

    def leech(self, source, folder, peer=None):
        self.run("leech", source, folder, peer)

    def seed(self, torrent, folder):
        self.run("seed", torrent, folder, None)
        self.process.until("listening")

    def wait(self):
        self.process.until("complete")


class OldLibtorrent(Libtorrent):
    version = "2.0"


class QBittorrent(Client):
    kinds = ("v1", "v2", "hybrid")
    ways = ("peer", "http", "udp", "lsd")

    def run(self):
        self.web = free_port(HOST)
        configuration = self.folder / "qBittorrent/config"
        configuration.mkdir(parents=True)
        (configuration / "qBittorrent.conf").write_text("\n".join([
            "[LegalNotice]", "Accepted=true", "[BitTorrent]", f"Session\\InterfaceAddress={HOST}",
            f"Session\\Port={self.port}", "Session\\DHTEnabled=false", "Session\\PeXEnabled=false",
            f"Session\\LSDEnabled={str(self.way == 'lsd').lower()}", "Session\\BTProtocol=TCP",
            "Session\\MultiConnectionsPerIp=true",
            "[Preferences]", f"WebUI\\Address={HOST}", f"WebUI\\Port={self.web}", "WebUI\\LocalHostAuth=false",
            "WebUI\\AuthSubnetWhitelistEnabled=true", "WebUI\\AuthSubnetWhitelist=10.99.0.0/24",
            "WebUI\\CSRFProtection=false", "WebUI\\HostHeaderValidation=false", "WebUI\\UseUPnP=false", ""]))
        self.process = Process(
            self.test, ["qbittorrent-nox", f"--profile={self.folder}"], stderr=subprocess.STDOUT, env=self.environment)
        poll(self.process.describe, lambda: self.api("app/version"))

    def api(self, path, *form):
        """The answer to a request, or nothing."""
        arguments = ["curl", "--silent", "--fail", f"http://{HOST}:{self.web}/api/v2/{path}"]
        for field in form:
            arguments += ["--form", field]
        return subprocess.run(arguments, capture_output=True, text=True).stdout

    def add(self, source, folder, peer):
        self.run()
        what = f"urls={source}" if source.startswith("magnet:") else f"torrents=@{source}"
        pathlib.Path(folder).mkdir(exist_ok=True)
        added = self.api("torrents/add", what, f"savepath={folder}", "autoTMM=false")
        if added != "Ok.":
            raise AssertionError(f"not taken: {added!r} {self.process.describe()}")
        if peer:
            name = poll(self.process.describe, lambda: json.loads(self.api("torrents/info") or "[]"))[0]["hash"]
            subprocess.run(
                ["curl", "--silent", "--fail", "--output", "/dev/null", "--data-urlencode", f"hashes={name}",
                 "--data-urlencode", f"peers={peer}", f"http://{HOST}:{self.web}/api/v2/torrents/addPeers"], check=True)

    def leech(self, source, folder, peer=None):
        self.add(source, folder, peer)

    def seed(self, torrent, folder):
        self.add(torrent, folder, None)
        self.wait()

    def wait(self):
        def is_done():
            torrents = json.loads(self.api("torrents/info") or "[]")
            return torrents and all(t["state"] in ("uploading", "stalledUP", "forcedUP") for t in torrents)
        poll(lambda: self.api("torrents/info"), is_done)


class Aria2(Client):
    ways = ("http", "udp", "dht", "lsd")

    def run(self, source, folder, *more):
        if self.way == "dht":
            port = free_port(HOST)
            more += ("--enable-dht=true", f"--dht-entry-point={self.dht.address}", f"--dht-listen-port={port}",
                     f"--dht-file-path={self.folder}/dht.dat")
        else:
            # It speaks to UDP trackers through the socket of its DHT.
            more += (f"--enable-dht={str(self.way == 'udp').lower()}", f"--dht-listen-port={free_port(HOST)}",
                     f"--dht-file-path={self.folder}/dht.dat")
        self.process = Process(self.test, [
            "aria2c", f"--interface={HOST}", f"--listen-port={self.port}",
            f"--bt-enable-lpd={str(self.way == 'lsd').lower()}", "--enable-peer-exchange=false", "--follow-torrent=mem",
            "-d", folder, *more, source], stderr=subprocess.STDOUT, env=self.environment)

    def leech(self, source, folder, peer=None):
        self.run(source, folder, "--seed-time=0")

    def seed(self, torrent, folder):
        self.run(torrent, folder, "--check-integrity=true", "--seed-ratio=0.0")

    def wait(self):
        status = self.process.wait()
        if status != 0:
            raise AssertionError(self.process.describe())


class Rtorrent(Client):
    kinds = ("v1", "hybrid")
    ways = ("http", "udp", "dht")

    def run(self, source, folder):
        self.bell = Bell(self.folder / "bell")
        pathlib.Path(folder).mkdir(exist_ok=True)
        rc = [
            f'log.open_file = "log", {self.folder}/log', 'log.add_output = "info", "log"',
            f"network.bind_address.set = {HOST}", f"network.local_address.set = {HOST}",
            f"network.port_range.set = {self.port}-{self.port}", "network.port_random.set = no",
            "protocol.pex.set = no", f"session.path.set = {self.folder}", f"directory.default.set = {folder}",
            f"trackers.use_udp.set = {'yes' if self.way == 'udp' else 'no'}",
            f'method.set_key = event.download.finished, bell, "execute2 = sh, -c, \\"echo done > {self.bell.path}\\""',
        ]
        if self.way == "dht":
            rc += ["dht.mode.set = on", f"dht.port.set = {free_port(HOST)}",
                   f'schedule2 = node, 1, 0, ((dht.add_node, "{self.dht.address}"))']
        else:
            rc.append("dht.mode.set = disable")
        rc.append(f'load.start = "{source}"')
        (self.folder / "rc").write_text("\n".join(rc) + "\n")
        self.process = Process(
            self.test, ["script", "-qefc", f"rtorrent -n -o import={self.folder}/rc", "/dev/null"],
            stderr=subprocess.STDOUT, env=dict(self.environment, TERM="xterm"))

    def leech(self, source, folder, peer=None):
        self.run(source, folder)

    def seed(self, torrent, folder):
        self.run(torrent, folder)

    def wait(self):
        self.bell.wait(lambda: self.process.describe() + "\n" + (self.folder / "log").read_text())


class Transmission(Client):
    ways = ("http", "udp", "lsd")
    makes_empty_files = False

    def run(self, source, folder):
        self.bell = Bell(self.folder / "bell")
        script = self.folder / "done"
        script.write_text(f"#!/bin/sh\necho done > {self.bell.path}\n")
        script.chmod(0o755)
        rpc = free_port(HOST)
        (self.folder / "settings.json").write_text(json.dumps({
            "bind-address-ipv4": HOST, "bind-address-ipv6": "::1", "dht-enabled": self.way == "dht",
            "lpd-enabled": self.way == "lsd", "pex-enabled": False, "utp-enabled": False,
            "port-forwarding-enabled": False, "peer-port": self.port, "rpc-bind-address": HOST, "rpc-port": rpc,
            "rpc-whitelist-enabled": False, "rpc-host-whitelist-enabled": False, "download-dir": str(folder),
            "script-torrent-done-enabled": True, "script-torrent-done-filename": str(script)}))
        if self.dht:
            (self.folder / "dht.bootstrap").write_text(self.dht.address.replace(":", " ") + "\n")
        self.process = Process(
            self.test, ["transmission-daemon", "-f", "-g", self.folder, "-c", self.folder / "watch"],
            stderr=subprocess.STDOUT, env=dict(self.environment, TRANSMISSION_HOME=str(self.folder)))
        subprocess.run(
            ["curl", "--silent", "--retry", "30", "--retry-delay", "1", "--retry-connrefused", "--output", "/dev/null",
             f"http://{HOST}:{rpc}/"], check=True)
        subprocess.run(
            ["transmission-remote", f"{HOST}:{rpc}", "-a", source, "-w", folder], check=True, capture_output=True)

    def leech(self, source, folder, peer=None):
        self.run(source, folder)

    def seed(self, torrent, folder):
        self.run(torrent, folder)

    def wait(self):
        self.bell.wait(self.process.describe)


ALL = (Libtorrent, OldLibtorrent, QBittorrent, Aria2, Rtorrent, Transmission)


def is_here(client):
    """Whether the program of a client is installed: Debian has all of them."""
    program = {QBittorrent: "qbittorrent-nox", Aria2: "aria2c", Rtorrent: "rtorrent", Transmission: "transmission-daemon"}
    return client not in program or shutil.which(program[client]) is not None
