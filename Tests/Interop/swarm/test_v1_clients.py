# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The v1 swarm, both ways, with aria2, rtorrent and Transmission, which find each other by opentracker."""

import json
import os
import pathlib
import subprocess
import unittest

from clients import HOST, OURS, Bell, Tracker
from support import InteropTest, Process, digests, free_port


class V1ClientsTest(InteropTest):
    def setUp(self):
        super().setUp()
        tracker = Tracker(self, "http")
        report = self.pack_tree("--also-v1", "--tracker", tracker.url)
        self.hybrid, self.v1 = self.torrent, report["companion"]["torrent"]
        tracker.start([report["infoHashV1"], report["infoHashV2"], report["companion"]["infoHashV1"]])

    def assert_complete(self, folder, empty_files=True):
        """Transmission never creates files of length zero."""
        expected = {k: v for k, v in self.expected.items() if empty_files or (self.work / k).stat().st_size}
        found = {k: v for k, v in digests(folder).items() if not k.startswith(".pad/")}
        self.assertEqual(found, expected)

    def seeding(self, torrent, *more):
        """sward seeding, once the tracker knows of it: clients ask the tracker once and then not for half an hour."""
        process, _ = self.seed(torrent, self.work.parent, f"{OURS}:0", *more)
        report = process.until("tracker")
        self.assertIsNone(report.get("message"), process.describe())

    # aria2

    # A seeding client is met by its address: it asks the tracker when it has checked its files, and nobody can tell when
    # that is.

    def aria2(self, torrent, folder, *more, port=None):
        return Process(self, [
            "aria2c", f"--interface={HOST}", f"--listen-port={port or free_port(HOST)}", "--enable-dht=false",
            "--bt-enable-lpd=false", "--enable-peer-exchange=false", "--follow-torrent=mem", "-d", folder, *more,
            torrent], stderr=subprocess.STDOUT, env=dict(os.environ, HOME=str(self.home)))

    def test_aria2_leeches(self):
        self.seeding(self.v1)
        leech = self.aria2(self.v1, self.folder / "out", "--seed-time=0")
        self.assertEqual(leech.wait(), 0, leech.describe())
        self.assert_complete(self.folder / "out/work")

    def test_aria2_seeds(self):
        port = free_port(HOST)
        self.aria2(self.v1, self.work.parent, "--check-integrity=true", "--seed-ratio=0.0", port=port)
        self.fetch(self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}")
        self.assert_complete(self.folder / "out/work")

    ARIA2_RC4 = ["--bt-require-crypto=true", "--bt-min-crypto-level=arc4"]

    def test_aria2_leeches_encrypted(self):
        self.seeding(self.v1, "--encryption", "require")
        leech = self.aria2(self.v1, self.folder / "out", "--seed-time=0", *self.ARIA2_RC4)
        self.assertEqual(leech.wait(), 0, leech.describe())
        self.assert_complete(self.folder / "out/work")

    def test_aria2_seeds_encrypted(self):
        port = free_port(HOST)
        self.aria2(
            self.v1, self.work.parent, "--check-integrity=true", "--seed-ratio=0.0", *self.ARIA2_RC4, port=port)
        # It hangs up on a handshake in clear, whereupon the other is tried.
        self.fetch(self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}")
        self.assert_complete(self.folder / "out/work")

    # rtorrent

    RTORRENT_RC4 = ["protocol.encryption.set = allow_incoming,try_outgoing,require,require_RC4"]

    def rtorrent(self, torrent, folder, finished=None, port=None, more=()):
        session = self.folder / "rtorrent"
        session.mkdir()
        pathlib.Path(folder).mkdir(exist_ok=True)
        port = port or free_port(HOST)
        rc = [
            f'log.open_file = "log", {session}/log', 'log.add_output = "info", "log"',
            f"network.bind_address.set = {HOST}", f"network.local_address.set = {HOST}",
            f"network.port_range.set = {port}-{port}", "network.port_random.set = no", "dht.mode.set = disable",
            "protocol.pex.set = no", f"session.path.set = {session}", f"directory.default.set = {folder}",
            "trackers.use_udp.set = no", *more,
        ]
        if finished:
            rc.append(f'method.set_key = event.download.finished, bell, "execute2 = sh, -c, \\"echo done > {finished.path}\\""')
        rc.append(f"load.start = {torrent}")
        (session / "rc").write_text("\n".join(rc) + "\n")
        return Process(
            self, ["script", "-qefc", f"rtorrent -n -o import={session}/rc", "/dev/null"], stderr=subprocess.STDOUT,
            env=dict(os.environ, HOME=str(self.home), TERM="xterm"))

    def test_rtorrent_leeches_v1_and_hybrid(self):
        def check(kind):
            torrent = self.v1 if kind == "v1" else self.hybrid
            self.seeding(torrent)
            bell = Bell(self.folder / "bell")
            leech = self.rtorrent(torrent, self.folder / "out", bell)
            bell.wait(lambda: leech.describe() + "\n" + (self.folder / "rtorrent/log").read_text())
            self.assert_complete(self.folder / "out/work")

        self.each(check, kind=("v1", "hybrid"))

    def test_rtorrent_seeds(self):
        port = free_port(HOST)
        self.rtorrent(self.v1, self.work.parent, port=port)
        self.fetch(self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}")
        self.assert_complete(self.folder / "out/work")

    def test_rtorrent_leeches_encrypted(self):
        self.seeding(self.v1, "--encryption", "require")
        bell = Bell(self.folder / "bell")
        leech = self.rtorrent(self.v1, self.folder / "out", bell, more=self.RTORRENT_RC4)
        bell.wait(leech.describe)
        self.assert_complete(self.folder / "out/work")

    def test_rtorrent_seeds_encrypted(self):
        port = free_port(HOST)
        self.rtorrent(self.v1, self.work.parent, port=port, more=self.RTORRENT_RC4)
        self.fetch(
            self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}", "--encryption", "require")
        self.assert_complete(self.folder / "out/work")

    # Transmission

    def transmission(self, torrent, folder, finished=None, port=None, encryption=1):
        configuration = self.folder / "transmission"
        configuration.mkdir()
        rpc = free_port(HOST)
        settings = {
            "bind-address-ipv4": HOST, "bind-address-ipv6": "::1", "dht-enabled": False, "lpd-enabled": False,
            "pex-enabled": False, "utp-enabled": False, "port-forwarding-enabled": False, "peer-port": port or free_port(HOST),
            "rpc-bind-address": HOST, "rpc-port": rpc, "rpc-whitelist-enabled": False,
            "rpc-host-whitelist-enabled": False, "download-dir": str(folder), "encryption": encryption,
        }
        if finished:
            script = configuration / "done"
            script.write_text(f"#!/bin/sh\necho done > {finished.path}\n")
            script.chmod(0o755)
            settings |= {"script-torrent-done-enabled": True, "script-torrent-done-filename": str(script)}
        (configuration / "settings.json").write_text(json.dumps(settings))
        daemon = Process(
            self, ["transmission-daemon", "-f", "-g", configuration, "-c", configuration / "watch"],
            stderr=subprocess.STDOUT, env=dict(os.environ, HOME=str(self.home), TRANSMISSION_HOME=str(configuration)))
        subprocess.run(
            ["curl", "--silent", "--retry", "30", "--retry-delay", "1", "--retry-connrefused", "--output", "/dev/null",
             f"http://{HOST}:{rpc}/"], check=True)
        subprocess.run(
            ["transmission-remote", f"{HOST}:{rpc}", "-a", torrent, "-w", folder], check=True, capture_output=True)
        return daemon

    def test_transmission_leeches(self):
        self.seeding(self.v1)
        bell = Bell(self.folder / "bell")
        leech = self.transmission(self.v1, self.folder / "out", bell)
        bell.wait(leech.describe)
        self.assert_complete(self.folder / "out/work", empty_files=False)

    def test_transmission_seeds(self):
        port = free_port(HOST)
        self.transmission(self.v1, self.work.parent, port=port)
        self.fetch(self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}")
        self.assert_complete(self.folder / "out/work")

    def test_transmission_seeds_encrypted(self):
        port = free_port(HOST)
        self.transmission(self.v1, self.work.parent, port=port, encryption=2)
        self.fetch(
            self.v1, self.folder / "out", "--listen", f"{OURS}:0", "--peer", f"{HOST}:{port}", "--encryption", "require")
        self.assert_complete(self.folder / "out/work")


if __name__ == "__main__":
    unittest.main()
