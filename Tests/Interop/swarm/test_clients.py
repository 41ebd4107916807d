# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The swarm with every client, both ways: each kind of torrent it can read, each way to find peers, alone, by file and by magnet.

SWARD_ROWS, a regular expression, picks rows by their names."""

import concurrent.futures
import contextlib
import json
import os
import re
import unittest

from clients import ALL, BOTH, LEECHES, Transmission
from finders import OURS, OURS6, THIRD, DHTNodes, Introduction, Tracker, set_up_addresses, with_fields
from support import InteropTest, digests, write_tree


# Ways on which no other finds peers: who begins is told one address.
INTRODUCED = ("ipv6", "pex", "utp", "mse", "mse-theirs")


class Row:
    """One meeting: a client that seeds, leeches or tells, how it and sward find each other, and what both are given."""

    def __init__(self, client, role, way, kind, source="file"):
        self.client, self.role, self.way, self.kind, self.source = client, role, way, kind, source

    def __str__(self):
        return f"{self.client.__name__} {self.role} {self.kind} by {self.way}, {self.source}"


def rows():
    for client in ALL:
        for way, roles in client.ways.items():
            for role in roles:
                left_out = {"web": client.unwebbed}.get(way, ()) + {"seeds": client.unseeded}.get(role, ())
                kinds = [kind for kind in client.kinds if kind not in left_out]
                # Every kind by one way and from the web; by the others the one that asks most of both.
                for kind in kinds if way in ("http", "web") else kinds[-1:]:
                    yield Row(client, role, way, kind)
        yield Row(client, "leeches", "http", "v1", "magnet")
        yield Row(client, "seeds", "http", "hybrid" if "v2" in client.kinds else "v1", "magnet")
        # Hybrids joined from one side only: by the v1 name, and by the v2 name.
        for side in client.sides:
            for role in BOTH if "hybrid" not in client.unseeded else LEECHES:
                yield Row(client, role, "http", "hybrid", side)


class Meeting(InteropTest):
    """One row's folder, home and processes."""

    def meet(self, row, number):
        self.work = write_tree(self.folder / "origin/work", seed=1000 + number, large=400_000)
        tracker = Tracker(self, row.way) if row.way in ("http", "udp") else None
        more = ["--tracker", tracker.url] if tracker else []
        if row.way == "web":
            port, _ = self.nginx(self.folder / "origin", OURS)
            more += ["--web-seed", f"http://{OURS}:{port}/"]
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json",
            *({"v1": ["--v1"], "v2": ["--v2"], "hybrid": [], "companion": ["--also-v1"]}[row.kind]), *more))
        if row.kind == "companion":
            report = report["companion"]
        self.hashes = [h for h in (report.get("infoHashV1"), report.get("infoHashV2")) if h]
        # Transmission looks for peers only where it knows more nodes than eight.
        self.finder = tracker or (DHTNodes(self, DHTNodes.most if row.client is Transmission else 3) if row.way == "dht" else None)
        if self.finder:
            self.finder.start(self.hashes)
        self.torrent = report["torrent"]
        self.source = self.torrent if row.source == "file" else self.one_sided(report["magnet"], row.source)
        self.expected = digests(self.work)
        self.client = row.client(
            self, row.way, self.finder if row.way == "dht" else None, slow=row.role == "tells")
        self.ours = {
            "lsd": ["--local-discovery"], "dht": ["--dht-node", getattr(self.finder, "address", "")], "utp": ["--no-tcp"],
            "mse": ["--encryption", "require"],
        }.get(row.way, [])
        getattr(self, f"client_{row.role}")(row)

    def one_sided(self, magnet, side):
        """The link with one of its two names only."""
        if side == "magnet":
            return magnet
        head, *fields = magnet.replace("?", "?&").split("&")
        other = "btmh" if side == "btih" else "btih"
        return head + "&".join(f for f in fields if f"urn:{other}" not in f)

    def introduced(self, named=None):
        """The torrent with a tracker of ours, which names that peer or nobody: for rtorrent takes none that names no tracker."""
        return with_fields(self.torrent, announce=Introduction(self, named, self.client.tracker_host).url)

    @property
    def listen(self):
        return ["--listen", f"[{OURS6}]:0" if self.client.way == "ipv6" else f"{OURS}:0"]

    def slow_sward(self, *peer):
        """A sward that has nothing to give: the process, and its address."""
        home = self.folder / "third"
        home.mkdir()
        process = self.sward_process(
            "fetch", self.torrent, "--output", home / "out", *peer, "--listen", f"{THIRD}:0", "--download-limit", "1K",
            home=home)
        return process, process.until("listening")["address"]

    def met(self, process):
        """Waits until a sward has a peer."""
        while not process.until("progress")["peers"]:
            pass

    def client_leeches(self, row):
        source = self.source
        if row.way != "web":
            _, address = self.seed(self.torrent, self.work.parent, self.listen[1], *self.ours)
        if self.finder:
            for info_hash in self.hashes:
                self.finder.wait_for(info_hash)
        if row.way == "pex":
            third, address = self.slow_sward("--peer", address)
            self.met(third)
        if row.way in INTRODUCED:
            source = self.introduced(address)
        output = self.folder / "out"
        self.client.leech(source, output)
        self.client.wait()
        expected = {
            k: v for k, v in self.expected.items() if self.client.makes_empty_files or (self.work / k).stat().st_size}
        found = {k: v for k, v in digests(output / "work").items() if not k.startswith(".pad/")}
        self.assertEqual(found, expected)

    def client_seeds(self, row):
        torrent, peer = self.torrent, self.client.address
        if row.way == "pex":
            third, peer = self.slow_sward()
        if row.way in INTRODUCED:
            torrent = self.introduced(peer if row.way == "pex" else None)
        self.client.seed(torrent, self.work.parent)
        if self.finder:
            self.finder.wait_for(self.hashes[-1] if "v2" in row.kind else self.hashes[0])
        if row.way == "pex":
            self.met(third)
        self.fetch_alone(row, peer)

    def client_tells(self, row):
        holder, address = self.seed(self.torrent, self.work.parent, f"{THIRD}:0")
        self.client.leech(self.introduced(address), self.folder / "theirs")
        self.met(holder)
        self.home = self.folder / "other"
        self.home.mkdir()
        self.fetch_alone(row, self.client.address)

    def fetch_alone(self, row, peer):
        peers = ["--peer", peer] if row.way in INTRODUCED else []
        self.fetch(self.source, self.folder / "out", *self.listen, *peers, *self.ours)
        self.assertEqual(digests(self.folder / "out/work"), self.expected)


class ClientsTest(unittest.TestCase):
    def test_every_meeting_moves_the_work_unchanged(self):
        def run(numbered):
            number, row = numbered
            meeting = Meeting()
            try:
                meeting.setUp()
                meeting.meet(row, number)
                return row, None
            except BaseException as error:
                with contextlib.suppress(AttributeError, OSError):  # it had not begun
                    error.add_note(f"{row.client.__name__} said: {meeting.client.says()}")
                return row, error
            finally:
                meeting.doCleanups()

        set_up_addresses()
        wanted = re.compile(os.environ.get("SWARD_ROWS", ""))
        table = [row for row in rows() if wanted.search(str(row))]
        # The slow ones first, and of those the slowest; most of the time is spent waiting for somebody's timer.
        table.sort(key=lambda row: (row.client is not Transmission, row.way != "dht"))
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for row, error in pool.map(run, enumerate(table)):
                with self.subTest(str(row)):
                    if error:
                        raise error


if __name__ == "__main__":
    unittest.main()
