# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash offers when Tab is pressed, by the script that `make install` puts in place."""

import subprocess
import unittest

from support import HERE, SWARD, InteropTest, environment

SCRIPT = HERE.parent.parent / "completions/sward.bash"

# What readline sets before it asks, and what it takes from the answer.
ASK = """
set -euo pipefail
source "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
set +eu
_sward sward "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


class CompletionTest(InteropTest):
    def setUp(self):
        super().setUp()
        binaries = self.folder / "bin"
        binaries.mkdir()
        (binaries / "sward").symlink_to(SWARD)
        self.env = environment(self.home)
        self.env["PATH"] = f"{binaries}:{self.env['PATH']}"

    def offered(self, *words):
        """What is offered where the last of `words` is being typed."""
        done = subprocess.run(
            ["bash", "-c", ASK, "bash", SCRIPT, "sward", *words], cwd=self.folder, env=self.env,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return [word.rstrip() for word in done.stdout.splitlines() if word.strip()]

    def test_commands_and_options(self):
        self.assertEqual(self.offered("se"), ["seed"])
        self.assertEqual(self.offered("key", "n"), ["new"])
        self.assertIn("--license", self.offered("pack", "--li"))

    def test_licenses(self):
        self.assertEqual(self.offered("pack", "--license", "CC-BY-SA-4"), ["CC-BY-SA-4.0"])
        shown = self.offered("license", "show", "GPL-3")
        self.assertIn("GPL-3.0-or-later", shown)
        # Deprecated spellings are read and not offered.
        self.assertNotIn("GPL-3.0+", shown)
        self.assertIn("Classpath-exception-2.0", self.offered("license", "text", "Classpath"))

    def test_keys(self):
        for name in ("mine", "other"):
            subprocess.run(
                [SWARD, "key", "new", name, "--no-passphrase"], env=self.env, check=True, capture_output=True)
        self.assertEqual(self.offered("pack", "--key", "mi"), ["mine"])
        self.assertEqual(sorted(self.offered("pack", "--key", "")), ["mine", "other"])

    def test_policies(self):
        (self.folder / "redo.toml").write_text("")
        self.assertEqual(sorted(self.offered("scan", "--policy", "red")), ["redistributable", "redo.toml"])


if __name__ == "__main__":
    unittest.main()
