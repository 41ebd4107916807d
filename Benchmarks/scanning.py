# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scanning a tree for its licenses, beside the programs people use for that."""

import os
import pathlib
import shutil
import sys

from common import SWARD, environment, in_turn, run

ROOTS = ("/usr/include", "/usr/lib/python3", "/usr/share/perl")
PEERS = {
    "licensecheck": ["--recursive", "--check", "."],
    "scancode": ["--license", "--quiet", "--json", "scancode.json"],
}
# One file of so many: whole, the tree would take them minutes and hours.
SHARES = {"licensecheck": 10, "scancode": 400}


def mixed_tree(folder, count, size):
    """Copies of the system's own files, of each root by turns, as far as count and size go."""
    lists = [sorted(p for p in pathlib.Path(root).rglob("*") if p.is_file() and not p.is_symlink()) for root in ROOTS]
    tree, total, taken = folder / "tree", 0, 0
    while any(lists) and taken < count and total < size:
        for files in lists:
            if not files or taken >= count or total >= size:
                continue
            source = files.pop(0)
            target = tree / str(source).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            total, taken = total + target.stat().st_size, taken + 1
    return tree, taken, total


def part(tree, folder, share):
    """Every so many files of a tree."""
    chosen = sorted(p for p in tree.rglob("*") if p.is_file())[::share]
    for path in chosen:
        target = folder / path.relative_to(tree)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
    return folder, len(chosen)


def unpacked(source, folder):
    """A copy of a tree that was given, such as the unpacked source of a package."""
    tree = folder / "tree"
    shutil.copytree(source, tree, symlinks=True)
    files = [p for p in tree.rglob("*") if p.is_file() and not p.is_symlink()]
    return tree, len(files), sum(p.stat().st_size for p in files)


def scanning(folder, source, count, rounds):
    """Files per CPU second and peak memory, one thread, warm page cache, no cache of ours."""
    tree, taken, size = unpacked(source, folder) if source else mixed_tree(folder, count, 300 << 20)
    home = environment(folder)
    print(f"\nscan of {taken} files, {size / 2**20:.0f} MiB, of {source or ', '.join(ROOTS)}")

    def command(*arguments, found=1):
        # The status that says that something was found, as it will be.
        return lambda: run(arguments, codes=(0, found), env=home, cwd=folder)

    def sward(threads):
        return command(SWARD, "scan", tree, "--no-cache", "--threads", threads, "--format", "json", found=2)

    contenders = {"sward": (sward(1), taken), f"sward, {os.cpu_count()} threads": (sward(os.cpu_count()), taken)}
    # Tags only, where sward reads texts and notices too.
    reuse = pathlib.Path(sys.executable).with_name("reuse")
    contenders["reuse lint"] = command(reuse, "--root", tree, "lint", "--json"), taken
    for name, arguments in PEERS.items():
        program = shutil.which(name)
        if program is None:
            print(f"  {name} is not installed, and not measured")
            continue
        some, number = part(tree, folder / name, SHARES[name])
        contenders[name] = command(program, *arguments, some), number
    costs = in_turn(rounds, {name: run_it for name, (run_it, _) in contenders.items()})
    ours = taken / costs["sward"].cpu
    for name, cost in costs.items():
        number = contenders[name][1]
        print(f"  {name:<18} {number:5} files {cost.wall:8.2f} s {cost.cpu:8.2f} CPU s {number / cost.cpu:8.1f} files/CPU s"
              f" {cost.peak / 2**20:7.1f} MiB   sward reads {ours * cost.cpu / number:.1f} x as many", flush=True)
