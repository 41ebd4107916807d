# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers that know nothing of each other meet by a UDP tracker (BEP 15): opentracker, with libtorrent and sward."""

import json
import subprocess
import unittest

from support import InteropTest, Process, digests, free_port, write_tree

HOST = "10.99.0.1"
OURS = "10.99.0.2"


class UDPTrackerTest(InteropTest):
    def pack(self, *kind):
        work = write_tree(self.folder / "origin/work")
        port = free_port(OURS)
        url = f"udp://{OURS}:{port}/announce"
        report = json.loads(self.sward(
            "pack", work, "--license", "CC0-1.0", "--creator", "A. Name", "--tracker", url, "--format", "json", *kind))
        chroot = self.folder / "tracker"
        chroot.mkdir(mode=0o755)
        self.folder.chmod(0o755)
        hashes = [report.get("infoHashV1"), (report.get("infoHashV2") or "")[:40]]
        (chroot / "whitelist").write_text("".join(h + "\n" for h in hashes if h))
        Process(self, [
            "opentracker", "-i", OURS, "-p", port, "-P", port, "-d", chroot, "-u", "nobody", "-w", "/whitelist"],
            stderr=subprocess.STDOUT)
        return report["torrent"], work, digests(work)

    def announced(self, process):
        report = process.until("tracker")
        self.assertTrue(report["url"].startswith("udp://"))
        self.assertIsNone(report.get("message"), process.describe())
        return report

    def test_sward_meets_sward_in_each_kind(self):
        for kind in (["--v1"], ["--v2"], []):
            with self.subTest(kind):
                self.doCleanups()
                self.setUp()
                torrent, work, expected = self.pack(*kind)
                seed, _ = self.seed(torrent, work.parent, f"{OURS}:0")
                self.announced(seed)
                process = self.fetch(torrent, self.folder / "out", "--listen", f"{OURS}:0")
                self.assertEqual(digests(self.folder / "out/work"), expected)
                told = [e for e in process.seen if e["event"] == "tracker" and not e.get("message")]
                self.assertTrue(any(e["peerCount"] >= 1 and e["seeds"] >= 1 for e in told), process.describe())

    def test_a_hybrid_is_announced_to_both_swarms(self):
        torrent, work, _ = self.pack()
        seed, _ = self.seed(torrent, work.parent, f"{OURS}:0")
        self.announced(seed)
        self.announced(seed)

    def test_libtorrent_meets_sward(self):
        torrent, work, expected = self.pack()
        seed, _ = self.seed(torrent, work.parent, f"{OURS}:0")
        self.announced(seed)
        self.announced(seed)
        leech = self.libtorrent("2.1", "leech", torrent, self.folder / "out", "--listen", f"{HOST}:0")
        leech.until("complete")
        self.assertEqual(digests(self.folder / "out/work"), expected)


if __name__ == "__main__":
    unittest.main()
