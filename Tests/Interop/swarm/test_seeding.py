# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a seeder believes of files that it served before."""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import time
import unittest

from support import SWARD, InteropTest, digests, environment, write_tree


class SeedingTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack_tree()

    def verified(self):
        process = self.sward_process("seed", self.torrent, "--listen", "127.0.0.1:0")
        found = process.until("resumed")
        process.until("listening")
        process.child.terminate()
        self.assertEqual(process.wait(), 0, process.describe())
        return found["verifiedBytes"], found["totalBytes"]

    def test_a_file_changed_in_place_is_not_served_as_it_was(self):
        verified, total = self.verified()
        self.assertEqual(verified, total)
        with open(self.work / "data/large.bin", "r+b") as file:
            file.seek(100_000)
            byte = file.read(1)
            file.seek(100_000)
            file.write(bytes([byte[0] ^ 1]))
        verified, _ = self.verified()
        self.assertGreater(verified, 0)
        self.assertLess(verified, total)

    def test_what_comes_while_it_is_served_is_checked_at_the_next_start(self):
        large, aside = self.work / "data/large.bin", self.folder / "aside"
        large.rename(aside)
        process = self.sward_process("seed", self.torrent, "--listen", "127.0.0.1:0")
        process.until("listening")
        shutil.copyfile(aside, large)
        process.child.terminate()
        self.assertEqual(process.wait(), 0, process.describe())
        verified, total = self.verified()
        self.assertEqual(verified, total)

    def test_files_that_go_while_it_is_served_are_missed_when_a_peer_comes(self):
        seed, address = self.seed(self.torrent, self.work.parent)
        shutil.rmtree(self.work)
        self.sward_process("fetch", self.torrent, "--output", self.folder / "out", "--peer", address)
        missed = seed.until("resumed")
        while missed["verifiedBytes"]:
            missed = seed.until("resumed")
        seed.child.terminate()
        self.assertEqual(seed.wait(), 0, seed.describe())
        self.assertTrue(any("nothing is there" in line for line in seed.errors), seed.errors)

    def test_one_bad_torrent_keeps_no_other_from_being_served(self):
        folder = self.folder / "torrents"
        folder.mkdir()
        shutil.copy(self.torrent, folder)
        (folder / "junk.torrent").write_text("junk\n")
        (folder / "cut.torrent").write_bytes(pathlib.Path(self.torrent).read_bytes()[:300])
        for more in ([], ["--follow"]):
            with self.subTest(more):
                # A name of its own for what the folder holds already is the same torrent.
                names = [folder, folder / "work.torrent", self.folder / "nowhere.torrent"]
                seed = self.sward_process(
                    "seed", *names, *more, "--data", self.work.parent, "--listen", "127.0.0.1:0")
                address = seed.until("listening")["address"]
                said = [e["message"] for e in seed.seen if e["event"] == "passed-over"]
                self.assertEqual(len(said), 3, said)
                for name in ("junk.torrent", "cut.torrent", "nowhere.torrent"):
                    self.assertTrue(any(name in line for line in said), said)
                judged = [e for e in seed.seen if e["event"] == "judged"]
                self.assertEqual([e["torrent"] for e in judged], [str(folder / "work.torrent")])
                self.fetch(self.magnet, self.folder / f"out{len(more)}", "--peer", address)
                self.assert_moved(self.folder / f"out{len(more)}")
                # A terminal that is closed ends it in good order, as Ctrl-C does.
                seed.child.send_signal(signal.SIGHUP)
                self.assertEqual(seed.wait(), 0 if more else 2, seed.describe())
                self.assertEqual(seed.seen[-1]["event"], "stopped")

    def test_limits_come_from_the_configuration(self):
        configuration = self.home / ".config/sward/config.toml"
        configuration.parent.mkdir(parents=True)
        configuration.write_text('[network]\nupload-limit = "fast"\n')
        self.sward("seed", self.torrent, "--listen", "127.0.0.1:0", status=1)
        self.assertIn('network.upload-limit: "fast"', self.last_errors)
        configuration.write_text('[network]\nwork-upload-limit = "1MiB"\nmax-peers = 4\n')
        _, address = self.seed(self.torrent, self.work.parent)
        began = time.monotonic()
        self.fetch(self.magnet, self.folder / "out", "--peer", address)
        # 3 MiB and more; what is saved up for a burst is less than one.
        self.assertGreater(time.monotonic() - began, 1)

    def test_a_folder_is_followed(self):
        folder = self.folder / "torrents"
        folder.mkdir()
        data = self.work.parent
        seed = self.sward_process("seed", folder, "--follow", "--data", data, "--listen", "127.0.0.1:0")
        address = seed.until("listening")["address"]
        other = write_tree(data / "other", seed=2)
        self.sward("pack", other, "--license", "CC0-1.0", "--creator", "A. Name")
        held = write_tree(data / "held", seed=3, large=10)
        self.sward("pack", held, "--license", "CC-BY-NC-4.0", "--creator", "A. Name")
        shutil.copy(data / "held.torrent", folder)
        self.assertEqual(seed.until("judged")["name"], "held")
        (folder / "broken.torrent").write_bytes(b"d4:info")
        self.assertIn("broken.torrent", seed.until("passed-over")["message"])
        shutil.copy(self.torrent, folder)
        self.assertEqual(seed.until("judged")["name"], "work")
        shutil.copy(self.torrent, folder / "again.torrent")
        self.assertIn("again.torrent", seed.until("passed-over")["message"])
        (folder / "work.torrent").unlink()
        self.assertEqual(seed.until("let-go")["name"], "work")
        # Served by its other torrent now.
        again = seed.until("resumed")
        self.assertEqual((again["name"], again["verifiedBytes"]), ("work", again["totalBytes"]))
        shutil.copy(self.torrent, folder)
        self.assertIn("work.torrent", seed.until("passed-over")["message"])
        (folder / "again.torrent").unlink()
        seed.until("resumed")
        self.fetch(self.magnet, self.folder / "out", "--peer", address)
        self.assert_moved(self.folder / "out")
        # One in place of another, under its name.
        os.replace(data / "other.torrent", folder / "work.torrent")
        self.assertEqual(seed.until("let-go")["name"], "work")
        self.assertEqual(seed.until("judged")["name"], "other")
        self.fetch(folder / "work.torrent", self.folder / "out", "--peer", address)
        self.assertEqual(digests(self.folder / "out/other"), digests(other))
        seed.child.terminate()
        self.assertEqual(seed.wait(), 0, seed.describe())

    def test_what_comes_after_its_torrent_is_served_when_it_is_all_there(self):
        folder = self.folder / "commons"
        folder.mkdir()
        bare = write_tree(self.folder / "bare", seed=4, large=70_000)
        (bare / "COPYING").write_text("SPDX-License-" "Identifier: CC0-1.0\n")
        subprocess.run(["mktorrent", "-o", folder / "bare.torrent", bare], check=True, stdout=subprocess.DEVNULL)
        shutil.copy(self.torrent, folder)
        seed = self.sward_process("seed", folder, "--follow", "--listen", "127.0.0.1:0")
        # Judged by its files, which are not here.
        self.assertIn("bare", seed.until("passed-over")["message"])
        self.assertEqual(seed.until("resumed")["verifiedBytes"], 0)
        address = seed.until("listening")["address"]
        shutil.copytree(self.work, folder / "work")
        found = seed.until("resumed")
        self.assertEqual((found["name"], found["verifiedBytes"]), ("work", found["totalBytes"]))
        self.fetch(self.torrent, self.folder / "out", "--peer", address)
        self.assert_moved(self.folder / "out")
        shutil.copytree(bare, folder / "bare")
        self.assertEqual(seed.until("examined")["verification"]["findings"], [])
        self.assertEqual(seed.until("resumed")["name"], "bare")

    def test_what_another_fetches_into_a_followed_folder_is_served_when_it_is_done(self):
        folder = self.folder / "commons"
        _, address = self.seed(self.torrent, self.work.parent)
        fetch = self.sward_process(
            "fetch", self.torrent, "--output", folder, "--peer", address, "--listen", "127.0.0.1:0", "--keep-seeding")
        fetch.until("examined")
        seed = self.sward_process("seed", folder, "--follow", "--listen", "127.0.0.1:0")
        self.assertIn("another sward", seed.until("failed")["message"])
        fetch.child.terminate()
        fetch.wait()
        again = seed.until("resumed")
        self.assertEqual(again["verifiedBytes"], again["totalBytes"])
        self.assertEqual([e["event"] for e in seed.seen].count("judged"), 1)

    def test_who_reads_no_output_holds_up_no_peer(self):
        read, write = os.pipe()
        self.addCleanup(os.close, read)
        child = subprocess.Popen(
            # Slow enough that there is much to tell before the end.
            [SWARD, "seed", self.torrent, "--listen", "127.0.0.1:0", "--upload-limit", "1M", "--format", "json"], stdout=write,
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(self.folder / "home"))
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        # One more opening of the pipe, as this one must not wait and sward's own must.
        filler = os.open(f"/proc/self/fd/{write}", os.O_WRONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, filler)
        os.close(write)
        said = b""
        while b'"listening"' not in said or not said.endswith(b"\n"):
            said += os.read(read, 1 << 16)
        event = next(e for e in map(json.loads, said.splitlines()) if e["event"] == "listening")
        with self.assertRaises(BlockingIOError):
            while True:
                os.write(filler, b"\n" * 4096)
        leech = self.libtorrent(
            "2.1", "leech", self.torrent, self.folder / "leech", "--peer", event["address"])
        leech.until("complete")
        self.assert_moved(self.folder / "leech")

    def test_it_takes_the_files_and_connections_that_the_system_allows(self):
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, before)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, before[1]), before[1]))
        process = self.sward_process("seed", self.torrent, "--listen", "127.0.0.1:0")
        process.until("listening")
        allowed, most = resource.prlimit(process.child.pid, resource.RLIMIT_NOFILE)
        self.assertEqual((allowed, most), (min(65_536, before[1]), before[1]))

    def test_a_missing_file_is_not_offered(self):
        (self.work / "data/large.bin").unlink()
        verified, total = self.verified()
        self.assertLess(verified, total)


if __name__ == "__main__":
    unittest.main()
