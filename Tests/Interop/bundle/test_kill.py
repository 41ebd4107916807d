# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of fetch and pack at random instants, and of fetch at the very event that says complete."""

import json
import random
import shutil
import threading
import unittest

from support import InteropTest, digests, write_tree

ROUNDS = 100


class KillTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.work = write_tree(self.folder / "origin/work", large=24 * 1024 * 1024 + 77)
        self.random = random.Random(20)

    def packed(self):
        report = json.loads(self.sward(
            "pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name", "--piece-length", "64KiB", "--format", "json"))
        return report["torrent"], report["magnet"], digests(self.work)

    def killed_after(self, process, seconds):
        """Kills the process at that instant, unless it was done before; what it had said by then."""
        timer = threading.Timer(seconds, process.child.kill)
        timer.start()
        process.wait()
        timer.cancel()
        return process.seen

    def test_fetch_killed_at_random_instants(self):
        torrent, magnet, expected = self.packed()
        _, address = self.seed(torrent, self.work.parent)
        output = self.folder / "out"

        def fetch(source):
            return self.sward_process("fetch", source, "--output", output, "--peer", address)

        whole = fetch(torrent)
        self.assertEqual(whole.wait(), 0, whole.describe())
        total = next(e for e in whole.seen if e["event"] == "complete")["totalBytes"]
        interrupted = 0
        verified = None
        for round in range(ROUNDS):
            if verified is None:
                shutil.rmtree(output)
                shutil.rmtree(self.home / ".local/state/sward", ignore_errors=True)
                verified = 0
            source = torrent if round % 2 else magnet
            seen = self.killed_after(fetch(source), self.random.uniform(0.002, 0.25))
            resumed = next((e["verifiedBytes"] for e in seen if e["event"] == "resumed"), None)
            if resumed is not None:
                # Whatever an earlier run had reported as verified is verified still.
                self.assertGreaterEqual(resumed, verified, f"round {round}")
            for event in seen:
                if event["event"] in ("progress", "resumed"):
                    verified = max(verified, event["verifiedBytes"])
            if any(e["event"] == "complete" for e in seen):
                self.assertEqual(digests(output / "work"), expected, f"round {round}: complete, but not written")
                verified = None
                continue
            interrupted += 1
            if round % 5 == 4:
                last = fetch(source)
                self.assertEqual(last.wait(), 0, last.describe())
                resumed = next(e for e in last.seen if e["event"] == "resumed")["verifiedBytes"]
                complete = next(e for e in last.seen if e["event"] == "complete")
                self.assertGreaterEqual(resumed, verified)
                self.assertLessEqual(
                    complete["downloadedBytes"], total - resumed, "something verified was downloaded again")
                self.assertEqual(digests(output / "work"), expected)
                verified = None
        self.assertGreater(interrupted, ROUNDS // 4, "too few runs were interrupted to prove anything")

    def test_fetch_killed_when_it_says_complete(self):
        torrent, _, expected = self.packed()
        _, address = self.seed(torrent, self.work.parent)
        for round in range(20):
            output = self.folder / f"out{round}"
            process = self.sward_process("fetch", torrent, "--output", output, "--peer", address)
            process.until("complete")
            process.child.kill()
            process.wait()
            self.assertEqual(digests(output / "work"), expected, f"round {round}")
            again = self.sward_process("fetch", torrent, "--output", output, "--peer", address)
            self.assertEqual(again.wait(), 0, again.describe())
            complete = next(e for e in again.seen if e["event"] == "complete")
            self.assertEqual(complete["downloadedBytes"], 0)
            shutil.rmtree(output)

    def test_pack_killed_at_random_instants(self):
        pristine = self.folder / "pristine"
        shutil.copytree(self.work, pristine)
        arguments = ["pack", self.work, "--license", "CC0-1.0", "--creator", "A. Name"]
        torrent = self.work.parent / "work.torrent"
        self.sward(*arguments)
        wanted, payload = torrent.read_bytes(), digests(self.work)
        interrupted = 0
        for round in range(ROUNDS):
            if round % 10 == 0:
                # Every tenth starts from the work as its author left it; the others from what a killed run left.
                shutil.rmtree(self.work)
                shutil.copytree(pristine, self.work)
                torrent.unlink(missing_ok=True)
            process = self.sward_process(*arguments)
            self.killed_after(process, self.random.uniform(0.001, 0.12))
            interrupted += process.child.returncode != 0
            if torrent.exists():
                self.assertEqual(torrent.read_bytes(), wanted, f"round {round}: a torrent half written")
            for name, digest in digests(pristine).items():
                self.assertEqual(digests(self.work)[name], digest, f"round {round}: the work itself was changed")
        self.assertGreater(interrupted, ROUNDS // 4, "too few runs were interrupted to prove anything")
        self.sward(*arguments)
        self.assertEqual(torrent.read_bytes(), wanted)
        self.assertEqual(digests(self.work), payload, "a killed run left something behind")


if __name__ == "__main__":
    unittest.main()
