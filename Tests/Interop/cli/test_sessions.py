# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person types and sees: the sessions in Fixtures/cli, line by line.

`$ command` is run by sh in a folder of its own; what follows is all it prints, standard error with it; `[N]` after that is
its exit status where that is not 0. `FOLDER` stands for the folder. To record what is printed now: SWARD_RECORD=1.
"""

import os
import pathlib
import shutil
import subprocess
import unittest

from support import HERE, SWARD, InteropTest, environment

SESSIONS = sorted((HERE.parent.parent / "Fixtures/cli").glob("*.session"))
BUNDLES = HERE.parent.parent / "Fixtures/bundles"


def commands(text):
    """(comment lines, command, expected output) of each step."""
    steps, before = [], []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append([before, line[2:], []])
            before = []
        elif steps and not line.startswith("#"):
            steps[-1][2].append(line)
        else:
            before.append(line)
    return steps


class SessionTest(InteropTest):
    def test_sessions(self):
        self.assertTrue(SESSIONS, "no sessions found")
        for session in SESSIONS:
            with self.subTest(session.name):
                self.doCleanups()
                self.setUp()
                self.play(session)

    def play(self, session):
        folder = self.folder / "play"
        shutil.copytree(BUNDLES, folder)
        binaries = self.folder / "bin"
        binaries.mkdir()
        (binaries / "sward").symlink_to(SWARD)
        env = environment(self.home)
        env["PATH"] = f"{binaries}:{env['PATH']}"
        recorded = []
        for before, command, expected in commands(session.read_text()):
            done = subprocess.run(
                ["sh", "-c", command], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=60)
            found = done.stdout.replace(str(self.home), "HOME").replace(str(folder), "FOLDER").splitlines()
            if done.returncode:
                found.append(f"[{done.returncode}]")
            recorded += [*before, f"$ {command}", *found]
            if not os.environ.get("SWARD_RECORD"):
                self.assertEqual(found, expected, command)
        if os.environ.get("SWARD_RECORD"):
            pathlib.Path(session).write_text("\n".join(recorded) + "\n")


if __name__ == "__main__":
    unittest.main()
