# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other people's clients, one class each.

Transmission throws peers of 127/8 away, and takes two peers of one address for one: so clients live on one address of the
namespace and sward on others."""

import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request

import bencode
from finders import HOST, HOST6, OURS, OURS6, Bell, compact, poll
from support import Process, free_port

BOTH = ("leeches", "seeds")
ALL_THREE = (*BOTH, "tells")  # of peers, while it has nothing to give
LEECHES = ("leeches",)


class Client:
    """One client, with what it can do: the kinds of torrent it reads; and the ways that it meets others by, alone, each with
    the parts it can play there.

    http and udp are opentracker's, pex peers that tell of others, web a server with the files; in mse both insist on
    encryption, in mse-theirs the client alone. Of ipv6, utp and mse a tracker of ours tells it one address."""

    kinds = ("v1",)
    unseeded = ()  # kinds that it takes and cannot give
    unwebbed = ()  # kinds that it reads and does not take from the web
    sides = ()  # names under which it joins a hybrid by magnet
    ways = {}
    makes_empty_files = True

    def __init__(self, test, way, dht=None, slow=False):
        """`slow`: to come to nothing while the test lasts."""
        self.test, self.way, self.dht, self.slow = test, way, dht, slow
        self.folder = test.folder / "client"
        self.folder.mkdir()
        self.host, self.tracker_host = (HOST6, OURS6) if way == "ipv6" else (HOST, OURS)
        self.port = free_port(self.host)
        self.environment = dict(os.environ, HOME=str(self.folder))

    @property
    def address(self):
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def insists(self):
        """On encryption."""
        return self.way.startswith("mse")

    def says(self):
        return self.process.describe()


class Libtorrent(Client):
    # uTP and encryption have files of their own, test_utp.py and test_encryption.py.
    kinds = ("v1", "v2", "hybrid")
    sides = ("btih", "btmh")
    ways = {"http": BOTH, "udp": BOTH, "dht": BOTH, "lsd": BOTH, "ipv6": BOTH, "pex": ALL_THREE, "web": LEECHES}
    # 2.1.1 finds fault with what it takes from the web even of a v2 torrent that it made.
    unwebbed = ("v2",)
    version = "2.1"

    def run(self, role, source, folder):
        more = ["--listen", self.address]
        if self.way == "lsd":
            more.append("--lsd")
        if self.way == "dht":
            more += ["--dht-node", self.dht.address]
        if self.slow:
            more.append("--idle")
        self.process = self.test.libtorrent(self.version, role, source, folder, *more)

    def leech(self, source, folder):
        self.run("leech", source, folder)

    def seed(self, torrent, folder):
        self.run("seed", torrent, folder)
        self.process.until("listening")

    def wait(self):
        self.process.until("complete")


class OldLibtorrent(Libtorrent):
    unwebbed = ()
    version = "2.0"


class QBittorrent(Client):
    kinds = ("v1", "v2", "hybrid")
    sides = ("btih", "btmh")
    ways = {
        "http": BOTH, "udp": BOTH, "dht": BOTH, "lsd": BOTH, "ipv6": BOTH, "pex": ALL_THREE, "web": LEECHES, "utp": BOTH,
        "mse": BOTH, "mse-theirs": BOTH,
    }

    def run(self):
        self.web = free_port(HOST)
        configuration = self.folder / "qBittorrent/config"
        configuration.mkdir(parents=True)
        (configuration / "qBittorrent.conf").write_text("\n".join([
            "[LegalNotice]", "Accepted=true", "[BitTorrent]", f"Session\\InterfaceAddress={self.host}",
            f"Session\\Port={self.port}", f"Session\\DHTEnabled={str(self.way == 'dht').lower()}",
            f"Session\\PeXEnabled={str(self.way == 'pex').lower()}",
            f"Session\\LSDEnabled={str(self.way == 'lsd').lower()}",
            f"Session\\BTProtocol={'UTP' if self.way == 'utp' else 'TCP'}",
            f"Session\\Encryption={int(self.insists)}", f"Session\\GlobalDLSpeedLimit={int(self.slow)}",
            "Session\\MultiConnectionsPerIp=true",
            "[Preferences]", f"WebUI\\Address={HOST}", f"WebUI\\Port={self.web}", "WebUI\\LocalHostAuth=false",
            "WebUI\\AuthSubnetWhitelistEnabled=true", "WebUI\\AuthSubnetWhitelist=10.99.0.0/24",
            "WebUI\\CSRFProtection=false", "WebUI\\HostHeaderValidation=false", "WebUI\\UseUPnP=false", ""]))
        self.process = Process(
            self.test, ["qbittorrent-nox", f"--profile={self.folder}"], stderr=subprocess.STDOUT, env=self.environment)
        poll(self.says, lambda: self.api("app/version"))
        if self.dht:
            poll(self.says, self.has_met_a_node)

    def has_met_a_node(self):
        """It begins at nodes that are written into it, so it must be spoken to, and looks for peers when a torrent is added."""
        self.dht.meet(self.address)
        return json.loads(self.api("transfer/info") or "{}").get("dht_nodes")

    def api(self, path, *form):
        """The answer to a request, or nothing."""
        arguments = ["curl", "--silent", "--fail", f"http://{HOST}:{self.web}/api/v2/{path}"]
        for field in form:
            arguments += ["--form", field]
        return subprocess.run(arguments, capture_output=True, text=True).stdout

    def leech(self, source, folder):
        self.run()
        what = f"urls={source}" if str(source).startswith("magnet:") else f"torrents=@{source}"
        pathlib.Path(folder).mkdir(exist_ok=True)
        added = self.api("torrents/add", what, f"savepath={folder}", "autoTMM=false")
        if added != "Ok.":
            raise AssertionError(f"not taken: {added!r} {self.says()}")

    def seed(self, torrent, folder):
        self.leech(torrent, folder)
        self.wait()

    def wait(self):
        def is_done():
            torrents = json.loads(self.api("torrents/info") or "[]")
            return torrents and all(t["state"] in ("uploading", "stalledUP", "forcedUP") for t in torrents)
        poll(lambda: self.api("torrents/info"), is_done)


class Aria2(Client):
    # Of a hybrid it makes another info-hash than all others do, so it is given the v1 torrent beside it.
    kinds = ("v1", "companion")
    ways = {
        "http": BOTH, "udp": BOTH, "dht": BOTH, "lsd": BOTH, "ipv6": BOTH, "pex": ALL_THREE, "web": LEECHES, "mse": BOTH,
        "mse-theirs": BOTH,
    }

    def run(self, source, folder, *more):
        def switch(is_on):
            return str(is_on).lower()

        if self.way == "dht":
            more += (f"--dht-entry-point={self.dht.address}",)
        if self.insists:
            more += ("--bt-require-crypto=true", "--bt-min-crypto-level=arc4")
        if self.slow:
            more += ("--max-download-limit=1K",)
        self.process = Process(self.test, [
            "aria2c", f"--interface={self.host}", f"--listen-port={self.port}",
            # It speaks to UDP trackers through the socket of its DHT.
            f"--enable-dht={switch(self.way in ('dht', 'udp'))}", f"--dht-listen-port={free_port(HOST)}",
            f"--dht-file-path={self.folder}/dht.dat", f"--bt-enable-lpd={switch(self.way == 'lsd')}",
            f"--enable-peer-exchange={switch(self.way == 'pex')}", "--follow-torrent=mem", "-d", folder, *more, source],
            stderr=subprocess.STDOUT, env=self.environment)

    def leech(self, source, folder):
        self.run(source, folder, "--seed-time=0")

    def seed(self, torrent, folder):
        bell = Bell(self.folder / "bell")
        self.run(
            torrent, folder, "--check-integrity=true", "--seed-ratio=0.0", f"--on-bt-download-complete={bell.script()}")
        bell.wait(self.says)

    def wait(self):
        if self.process.wait() != 0:
            raise AssertionError(self.says())


class Rtorrent(Client):
    # It knows no local discovery, web seeds or uTP. Of a hybrid it misses the padding when it checks files to seed, and a
    # magnet link with two names it does not take. That it tells of peers takes it two to four minutes, too long for a test.
    kinds = ("v1", "hybrid")
    unseeded = ("hybrid",)
    sides = ("btih",)
    ways = {
        "http": BOTH, "udp": BOTH, "dht": BOTH, "ipv6": BOTH, "pex": BOTH, "mse": BOTH, "mse-theirs": BOTH,
    }

    def run(self, source, folder, event):
        self.bell = Bell(self.folder / "bell")
        pathlib.Path(folder).mkdir(exist_ok=True)
        rc = [
            f'log.open_file = "log", {self.folder}/log', 'log.add_output = "info", "log"',
            *([f"network.bind_address.set = {HOST}", f"network.local_address.set = {HOST}"] if self.host == HOST else []),
            f"network.port_range.set = {self.port}-{self.port}", "network.port_random.set = no",
            f"protocol.pex.set = {'yes' if self.way == 'pex' else 'no'}", f"session.path.set = {self.folder}",
            f"directory.default.set = {folder}", f"trackers.use_udp.set = {'yes' if self.way == 'udp' else 'no'}",
            f'method.set_key = event.download.{event}, bell, "execute2 = {self.bell.script()}"',
        ]
        if self.way == "dht":
            rc += ["dht.mode.set = on", f"dht.port.set = {free_port(HOST)}",
                   f'schedule2 = node, 1, 0, ((dht.add_node, "{self.dht.address}"))']
        else:
            rc.append("dht.mode.set = disable")
        if self.insists:
            rc.append("protocol.encryption.set = allow_incoming,try_outgoing,require,require_RC4")
        if self.slow:
            rc.append("throttle.global_down.max_rate.set_kb = 1")
        rc.append(f'load.start = "{source}"')
        (self.folder / "rc").write_text("\n".join(rc) + "\n")
        self.process = Process(
            self.test, ["script", "-qefc", f"rtorrent -n -o import={self.folder}/rc", "/dev/null"],
            stderr=subprocess.STDOUT, env=dict(self.environment, TERM="xterm"))

    def says(self):
        return self.process.describe() + "\n" + (self.folder / "log").read_text()

    def leech(self, source, folder):
        self.run(source, folder, "finished")

    def seed(self, torrent, folder):
        self.run(torrent, folder, "hash_done")
        self.wait()

    def wait(self):
        self.bell.wait(self.says)


class Transmission(Client):
    # It refuses hybrids.
    kinds = ("v1", "companion")
    ways = {
        "http": BOTH, "udp": BOTH, "dht": BOTH, "lsd": BOTH, "ipv6": BOTH, "pex": ALL_THREE, "web": LEECHES, "utp": BOTH,
        "mse": BOTH, "mse-theirs": BOTH,
    }
    makes_empty_files = False

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.tracker_host = OURS  # it reads no address of IPv6 in a URL, but those that a tracker names

    def run(self, source, folder):
        self.rpc_port, self.rpc_session = free_port(HOST), ""
        (self.folder / "settings.json").write_text(json.dumps({
            "bind-address-ipv4": HOST, "bind-address-ipv6": HOST6, "dht-enabled": self.way == "dht",
            "lpd-enabled": self.way == "lsd", "pex-enabled": self.way == "pex", "utp-enabled": self.way == "utp",
            "encryption": 2 if self.insists else 1, "speed-limit-down": 1, "speed-limit-down-enabled": self.slow,
            "port-forwarding-enabled": False, "peer-port": self.port, "rpc-bind-address": HOST,
            "rpc-port": self.rpc_port, "rpc-whitelist-enabled": False, "rpc-host-whitelist-enabled": False,
            "download-dir": str(folder)}))
        if self.dht:
            # Its nodes of last time, to whom it speaks two seconds apart.
            (self.folder / "dht.dat").write_bytes(bencode.encode(
                {"id": os.urandom(20), "nodes": b"".join(map(compact, self.dht.addresses))}))
        self.process = Process(
            self.test, ["transmission-daemon", "-f", "-g", self.folder, "-c", self.folder / "watch"],
            stderr=subprocess.STDOUT, env=dict(self.environment, TRANSMISSION_HOME=str(self.folder)))
        poll(self.says, lambda: self.rpc("session-get"))
        if self.dht:
            self.dht.meet(self.address)
        added = self.rpc("torrent-add", filename=str(source))
        if not added:
            raise AssertionError(f"not taken: {self.says()}")

    def rpc(self, method, **arguments):
        """What a request gives, or nothing."""
        request = urllib.request.Request(
            f"http://{HOST}:{self.rpc_port}/transmission/rpc", json.dumps({"method": method, "arguments": arguments}).encode(),
            {"X-Transmission-Session-Id": self.rpc_session})
        try:
            with urllib.request.urlopen(request) as answer:
                answer = json.load(answer)
                return answer["result"] == "success" and answer["arguments"]
        except urllib.error.HTTPError as refusal:
            self.rpc_session = refusal.headers.get("X-Transmission-Session-Id", "")
            refusal.close()
        except OSError:
            pass
        return None

    def leech(self, source, folder):
        self.run(source, folder)

    def seed(self, torrent, folder):
        self.run(torrent, folder)
        self.wait()

    def wait(self):
        def is_done():
            torrents = self.rpc("torrent-get", fields=["status", "percentDone"])["torrents"]
            return torrents and all(t["status"] == 6 and t["percentDone"] == 1 for t in torrents)  # 6: seeding
        poll(self.says, is_done)


ALL = (Libtorrent, OldLibtorrent, QBittorrent, Aria2, Rtorrent, Transmission)
