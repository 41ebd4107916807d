# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The swarm with every client, both ways: each kind of torrent it can read, each way to find peers, alone, by file and by magnet.

SWARD_ROWS, a regular expression, picks rows by their names."""

import concurrent.futures
import json
import os
import re
import unittest

from clients import ALL, OURS, SIX, DHTNode, Libtorrent, OldLibtorrent, QBittorrent, Rtorrent, Tracker, Transmission
from support import InteropTest, digests, write_tree


class Row:
    """One meeting: a client that seeds or leeches, how it and sward find each other, and what both are given."""

    def __init__(self, client, role, way, kind, source="file"):
        self.client, self.role, self.way, self.kind, self.source = client, role, way, kind, source

    def __str__(self):
        return f"{self.client.__name__} {self.role} {self.kind} by {self.way}, {self.source}"


def rows():
    for client in ALL:
        best = client.kinds[-1]
        for way in client.ways:
            # Every kind it reads by one way; by the others the one that asks most of both.
            for kind in client.kinds if way == "http" else [best]:
                for role in ("leeches", "seeds"):
                    yield Row(client, role, way, kind)
        yield Row(client, "leeches", "http", client.kinds[0], "magnet")
        yield Row(client, "seeds", "http", best, "magnet")
    # Hybrids joined from one side only: by the v1 name, and by the v2 name.
    for client in (Libtorrent, OldLibtorrent, QBittorrent):
        for side in ("btih", "btmh"):
            yield Row(client, "leeches", "http", "hybrid", side)
    for side in ("btih", "btmh"):
        yield Row(Libtorrent, "seeds", "http", "hybrid", side)


# Clients that tell trackers of their files when they have checked them, which may be after the half hour that opentracker
# asks all to wait: they seed by local discovery here, and by their address in test_v1_clients.py.
LATE = (Transmission, Rtorrent)


class Meeting(InteropTest):
    """One row's folder, home and processes."""

    def meet(self, row, number):
        work = write_tree(self.folder / "origin/work", seed=1000 + number, large=400_000)
        tracker = Tracker(self, row.way) if row.way in ("http", "udp") else None
        report = json.loads(self.sward(
            "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--format", "json",
            *({"v1": ["--v1"], "v2": ["--v2"], "hybrid": []}[row.kind]),
            *(["--tracker", tracker.url] if tracker else [])))
        self.hashes = [h for h in (report.get("infoHashV1"), report.get("infoHashV2")) if h]
        finder = tracker or (DHTNode(self) if row.way == "dht" else None)
        if finder:
            finder.start(self.hashes)
        self.torrent = report["torrent"]
        self.source = self.torrent if row.source == "file" else self.one_sided(report["magnet"], row.source)
        self.expected = digests(work)
        client = row.client(self, row.way, finder if row.way == "dht" else None)
        more = ["--local-discovery"] if row.way == "lsd" else []
        if row.way == "dht":
            more += ["--dht-node", finder.address]
        if row.role == "leeches":
            self.client_leeches(client, work, finder, more)
        else:
            self.client_seeds(client, work, finder, more, row)

    def one_sided(self, magnet, side):
        """The link with one of its two names only."""
        if side == "magnet":
            return magnet
        head, *fields = magnet.replace("?", "?&").split("&")
        other = "btmh" if side == "btih" else "btih"
        return head + "&".join(f for f in fields if f"urn:{other}" not in f)

    def client_leeches(self, client, work, finder, more):
        process, address = self.seed(self.torrent, work.parent, f"{SIX if client.way == 'ipv6' else OURS}:0", *more)
        if finder:
            for info_hash in self.hashes:
                finder.wait_for(info_hash)
        output = self.folder / "out"
        client.leech(self.source, output, address if client.way in ("peer", "ipv6") else None)
        client.wait()
        expected = {k: v for k, v in self.expected.items() if client.makes_empty_files or (work / k).stat().st_size}
        found = {k: v for k, v in digests(output / "work").items() if not k.startswith(".pad/")}
        self.assertEqual(found, expected)

    def client_seeds(self, client, work, finder, more, row):
        client.seed(self.torrent, work.parent)
        if finder:
            finder.wait_for(self.hashes[-1] if "v2" in row.kind else self.hashes[0])
        if client.way in ("peer", "ipv6"):
            more += ["--peer", client.address]
        self.fetch(self.source, self.folder / "out", "--listen", f"{SIX if client.way == 'ipv6' else OURS}:0", *more)
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
                return row, error
            finally:
                meeting.doCleanups()

        wanted = re.compile(os.environ.get("SWARD_ROWS", ""))
        table = [
            r for r in rows()
            if wanted.search(str(r)) and not (r.client in LATE and r.role == "seeds" and r.way != "lsd")]
        # The slow ones first; most of the time is spent waiting for somebody's timer.
        table.sort(key=lambda r: r.client is not Transmission)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            for row, error in pool.map(run, enumerate(table)):
                with self.subTest(str(row)):
                    if error:
                        raise error


if __name__ == "__main__":
    unittest.main()
