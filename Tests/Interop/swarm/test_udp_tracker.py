# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that know nothing of each other meet by a UDP tracker (BEP 15): opentracker, with libtorrent and sward."""

import unittest

from finders import HOST, OURS, Tracker
from support import InteropTest


class UDPTrackerTest(InteropTest):
    def pack(self, *kind):
        tracker = Tracker(self, "udp")
        report = self.pack_tree("--tracker", tracker.url, *kind)
        tracker.start([h for h in (report.get("infoHashV1"), report.get("infoHashV2")) if h])

    def announced(self, process):
        report = process.until("tracker")
        self.assertTrue(report["url"].startswith("udp://"))
        self.assertIsNone(report.get("message"), process.describe())
        return report

    def test_sward_meets_sward_in_each_kind(self):
        def check(kind):
            self.pack(*kind)
            seed, _ = self.seed(self.torrent, self.work.parent, f"{OURS}:0")
            self.announced(seed)
            process = self.fetch(self.torrent, self.folder / "out", "--listen", f"{OURS}:0")
            self.assert_moved(self.folder / "out")
            told = [e for e in process.seen if e["event"] == "tracker" and not e.get("message")]
            self.assertTrue(any(e["peerCount"] >= 1 and e["seeds"] >= 1 for e in told), process.describe())

        self.each(check, kind=(["--v1"], ["--v2"], []))

    def test_a_hybrid_is_announced_to_both_swarms(self):
        self.pack()
        seed, _ = self.seed(self.torrent, self.work.parent, f"{OURS}:0")
        self.announced(seed)
        self.announced(seed)

    def test_libtorrent_meets_sward(self):
        self.pack()
        seed, _ = self.seed(self.torrent, self.work.parent, f"{OURS}:0")
        self.announced(seed)
        self.announced(seed)
        leech = self.libtorrent("2.1", "leech", self.torrent, self.folder / "out", "--listen", f"{HOST}:0")
        leech.until("complete")
        self.assert_moved(self.folder / "out")


if __name__ == "__main__":
    unittest.main()
