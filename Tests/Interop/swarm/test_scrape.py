# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`sward inspect --scrape` (BEP 48): opentracker asked over HTTP and over UDP how many have a work, and how many want it."""

import json
import subprocess
import unittest

from finders import poll
from support import InteropTest, Process, free_port, write_tree

HOST = "10.99.0.1"
OURS = "10.99.0.2"


class ScrapeTest(InteropTest):
    def pack(self, *kind):
        self.work = write_tree(self.folder / "origin/work")
        port, silent = free_port(OURS), free_port(OURS)
        self.urls = [f"{scheme}://{OURS}:{port}/announce" for scheme in ("http", "udp")]
        self.dead = f"http://{OURS}:{silent}/announce"
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", *kind, "--format", "json",
            *(word for url in (*self.urls, self.dead) for word in ("--tracker", url))))
        chroot = self.folder / "tracker"
        chroot.mkdir(mode=0o755)
        self.folder.chmod(0o755)
        hashes = [report.get("infoHashV1"), (report.get("infoHashV2") or "")[:40]]
        (chroot / "whitelist").write_text("".join(h + "\n" for h in hashes if h))
        self.tracker = Process(self, [
            "opentracker", "-i", OURS, "-p", port, "-P", port, "-d", chroot, "-u", "nobody", "-w", "/whitelist"],
            stderr=subprocess.STDOUT)
        return report["torrent"]

    def scrape(self, torrent):
        """What each tracker says, by its URL."""
        result = json.loads(self.sward("inspect", torrent, "--scrape", "--format", "json"))
        self.assertEqual([t["url"] for t in result["scraped"]], [*self.urls, self.dead])
        return {t["url"]: t for t in result["scraped"]}

    def counts(self, torrent):
        answers = self.scrape(torrent)
        self.assertTrue(answers[self.dead]["failure"])
        return [(answers[u].get("seeds"), answers[u].get("leeches")) for u in self.urls]

    def test_seeds_and_leeches_are_told_by_both(self):
        for kind in (["--v1"], ["--v2"], []):
            with self.subTest(kind):
                self.doCleanups()
                self.setUp()
                torrent = self.pack(*kind)
                seed, _ = self.seed(torrent, self.work.parent, f"{OURS}:0")
                # Announced over either; one tracker keeps them all.
                poll(seed.describe, lambda: self.counts(torrent) == [(1, 0), (1, 0)])
                # A client that wants it and gets nothing, as it is let have no bytes at all.
                leech = self.libtorrent(
                    "2.1", "leech", torrent, self.folder / "out", "--listen", f"{HOST}:0", "--idle")
                poll(leech.describe, lambda: self.counts(torrent) in ([(1, 1), (1, 1)], [(2, 0), (2, 0)]))

    def test_what_a_tracker_does_not_know(self):
        torrent = self.pack("--v2")
        other = write_tree(self.folder / "other/work", seed=2)
        report = json.loads(self.sward(
            "pack", other, "--license", "CC0-1.0", "--creator", "A. Name", "--v2", "--format", "json", "--tracker",
            self.urls[0], "--tracker", self.urls[1]))
        self.assertNotEqual(report["torrent"], torrent)
        poll(self.tracker.describe, lambda: not self.scrape(torrent)[self.urls[0]].get("failure"))
        result = json.loads(self.sward("inspect", report["torrent"], "--scrape", "--format", "json"))
        for answer in result["scraped"]:
            self.assertFalse(answer.get("seeds"))
        text = self.sward("inspect", torrent, "--scrape")
        for url in self.urls:
            self.assertIn(url, text)


if __name__ == "__main__":
    unittest.main()
