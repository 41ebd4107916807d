# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of files: checked, preallocated, marked, moved, on full disks and on such as take no writes."""

import json
import os
import random
import shutil
import subprocess
import threading
import time
import unittest

from support import SWARD, InteropTest, Process, environment

LARGE = "data/large.bin"


def spoil(path, offset):
    with open(path, "r+b") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 1]))


class StorageTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.pack_tree("--piece-length", "64KiB", large=12 * 1024 * 1024 + 77)
        self.output = self.folder / "out"
        self.output.mkdir()

    def mounted(self, setup, *arguments):
        """sward in a mount namespace of its own, after the shell commands of `setup`."""
        script = f"{setup} && exec \"$@\""
        return Process(
            self, ["unshare", "--mount", "--propagation", "private", "sh", "-ec", script, "sh", SWARD, *arguments,
                   "--format", "json"], env=environment(self.home))

    def test_check_names_what_is_bad_and_records_it(self):
        sound = json.loads(self.sward("check", self.torrent, "--format", "json"))
        self.assertTrue(sound["isSound"])
        spoil(self.work / LARGE, 1_000_000)
        (self.work / "README.md").write_bytes(b"short")
        (self.work / "code/main.c").unlink()
        found = json.loads(self.sward("check", self.torrent, "--format", "json", status=2))
        self.assertEqual({f["path"]: (f["state"], f["badPieces"]) for f in found["files"]}, {
            LARGE: ("damaged", 1), "README.md": ("wrong length", 1), "code/main.c": ("missing", 1)})
        self.assertEqual(found["goodPieces"], sound["pieceCount"] - 3)
        seeder = self.sward_process("seed", self.torrent, "--listen", "127.0.0.1:0")
        self.assertEqual(seeder.until("resumed")["verifiedBytes"], found["goodBytes"])
        text = self.sward("check", self.torrent, status=2)
        self.assertIn("code/main.c: missing", text)

    def test_a_full_disk_is_waited_for(self):
        _, address = self.seed(self.torrent, self.work.parent)
        for allocate in ("sparse", "full"):
            with self.subTest(allocate=allocate):
                process = self.mounted(
                    f"mount -t tmpfs -o size=6m none {self.output}", "fetch", self.torrent, "--output", self.output,
                    "--peer", address, "--allocate", allocate)
                self.addCleanup(process.end)
                held = process.until("held-up")
                self.assertIn("no space left", held["message"])
                inside = ["nsenter", f"--mount=/proc/{process.child.pid}/ns/mnt"]
                subprocess.run([*inside, "mount", "-o", "remount,size=64m", self.output], check=True)
                process.until("going-on")
                process.until("complete")
                self.assertEqual(process.wait(), 0, process.describe())
                shutil.rmtree(self.home / ".local/state/sward")
                self.assertEqual([e["event"] for e in process.seen].count("held-up"), 1)

    def test_what_does_not_come_is_waited_for_as_long_as_was_said(self):
        refusing = ["fetch", self.torrent, "--output", self.output, "--peer", "127.0.0.1:9", "--listen", "127.0.0.1:0"]
        self.sward(*refusing, "--give-up-after", "1", status=1)
        self.assertIn("nothing has come for 1 second", self.last_errors)
        self.sward(*refusing, "--give-up-after", "0", status=64)
        # What is here already is not waited for.
        self.sward("fetch", self.torrent, "--output", self.work.parent, "--listen", "127.0.0.1:0", "--give-up-after", "1")

    def test_media_that_take_no_writes_are_served(self):
        data = self.work.parent
        state = self.home / ".local/state"
        state.mkdir(parents=True, exist_ok=True)
        before = {str(p): p.stat().st_mtime_ns for p in data.rglob("*")}
        seeder = self.mounted(
            f"mount --bind {data} {data} && mount -o remount,ro,bind {data}"
            f" && mount --bind {state} {state} && mount -o remount,ro,bind {state}",
            "seed", self.torrent, "--listen", "127.0.0.1:0")
        address = seeder.until("listening")["address"]
        other = self.folder / "other-home"
        other.mkdir()
        self.fetch(self.torrent, self.output, "--peer", address, home=other)
        self.assert_moved(self.output)
        seeder.child.terminate()
        self.assertEqual(seeder.wait(), 0, seeder.describe())
        self.assertEqual({str(p): p.stat().st_mtime_ns for p in data.rglob("*")}, before)

    def test_preallocated_files_have_their_room_before_their_bytes(self):
        origin = self.folder / "spoilt"
        shutil.copytree(self.work, origin / "work")
        for offset in range(0, 8 * 1024 * 1024, 65536):
            spoil(origin / "work" / LARGE, offset)
        _, address = self.seed(self.torrent, origin)
        for allocate, has_room in (("sparse", False), ("full", True)):
            output = self.folder / allocate
            process = self.sward_process(
                "fetch", self.torrent, "--output", output, "--peer", address, "--allocate", allocate)
            while process.until("progress")["verifiedBytes"] == 0:
                pass
            status = (output / "work" / LARGE).stat()
            self.assertEqual(status.st_size, (self.work / LARGE).stat().st_size)
            self.assertEqual(status.st_blocks * 512 >= status.st_size, has_room)
            process.end()

    def test_marks_of_partial_files_survive_any_kill(self):
        _, address = self.seed(self.torrent, self.work.parent)
        generator = random.Random(4)
        kills = 0
        for _ in range(40):
            process = self.sward_process(
                "fetch", self.torrent, "--output", self.output, "--peer", address, "--mark-partial",
                "--download-limit", "24MiB")
            timer = threading.Timer(generator.uniform(0.02, 0.5), process.child.kill)
            timer.start()
            status = process.wait()
            timer.cancel()
            for path in self.expected:
                file = self.output / "work" / path
                marked = file.with_name(file.name + ".part")
                self.assertFalse(file.exists() and marked.exists(), path)
                if file.exists():
                    # Under its own name it is whole.
                    self.assertEqual(file.stat().st_size, (self.work / path).stat().st_size)
                    self.assertEqual(file.read_bytes(), (self.work / path).read_bytes(), path)
            kills += status == -9
            if status == 0:
                shutil.rmtree(self.output)
                shutil.rmtree(self.home / ".local/state/sward", ignore_errors=True)
        self.assertGreater(kills, 5)
        self.fetch(self.torrent, self.output, "--peer", address)
        self.assert_moved(self.output)

    def test_what_is_complete_is_written_though_it_be_killed_in_that_moment(self):
        _, address = self.seed(self.torrent, self.work.parent)
        for _ in range(20):
            process = self.sward_process("fetch", self.torrent, "--output", self.output, "--peer", address)
            process.until("complete")
            process.child.kill()
            process.wait()
            self.assert_moved(self.output)
            shutil.rmtree(self.output)
            shutil.rmtree(self.home / ".local/state/sward", ignore_errors=True)

    def test_an_idle_bundle_holds_no_file_open_and_wakes_for_a_peer(self):
        seeder, address = self.seed(self.torrent, self.work.parent)
        folder = str(self.folder)

        def held():
            links, targets = f"/proc/{seeder.child.pid}/fd", []
            for name in os.listdir(links):
                try:
                    targets.append(os.readlink(f"{links}/{name}"))
                except FileNotFoundError:
                    pass  # closed since it was listed
            return [t for t in targets if t.startswith(folder)]

        # The files are let go of by another thread than the one that says so.
        deadline = time.monotonic() + 30
        while held() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(held(), [])
        self.fetch(self.torrent, self.output, "--peer", address)
        self.assert_moved(self.output)

    def test_a_complete_work_moves_to_where_it_is_wanted(self):
        _, address = self.seed(self.torrent, self.work.parent)
        library = self.folder / "library"
        fetcher = self.sward_process(
            "fetch", self.torrent, "--output", self.output, "--peer", address, "--move-when-done", library,
            "--keep-seeding", "--listen", "127.0.0.1:0")
        listening = fetcher.until("listening")["address"]
        fetcher.until("moved")
        self.assert_moved(library)
        self.assertEqual(list(self.output.iterdir()), [])
        other = self.folder / "other"
        self.fetch(library / "work.torrent", other, "--peer", listening)
        self.assert_moved(other)


if __name__ == "__main__":
    unittest.main()
