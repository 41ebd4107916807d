# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""expect.py COUNT: what libtorrent's creator makes of COUNT random trees, as JSON on standard output.

The trees have executable files and symlinks, which the reference creator of BEP 52 does not know. LibtorrentTests.swift
runs this with each Python that has libtorrent, builds the same trees and compares.
"""
import json
import os
import shutil
import stat
import sys
import tempfile

import libtorrent

from trees import Tree

V2_ONLY, SYMLINKS = 32, 8


def create(tree, folder):
    """The info dictionary libtorrent makes of `tree` when it lies in `folder`."""
    storage = libtorrent.file_storage()
    for file in tree.files:
        path = tree.name if tree.is_single_file else "/".join([tree.name] + file.path)
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if file.target:
            os.symlink(os.path.relpath(os.path.join(folder, tree.name, *file.target), os.path.dirname(place)), place)
            storage.add_file(path, 0, libtorrent.file_storage.flag_symlink, 0, "/".join(file.target))
            continue
        with open(place, "wb") as out:
            out.write(file.content)
        flags = 0
        if "x" in file.attributes:
            os.chmod(place, stat.S_IRWXU)
            flags = libtorrent.file_storage.flag_executable
        storage.add_file(path, file.length, flags)
    flags = SYMLINKS | (V2_ONLY if tree.kind == "v2" else 0)
    creator = libtorrent.create_torrent(storage, tree.piece_length, flags)
    libtorrent.set_piece_hashes(creator, folder)
    return libtorrent.bencode(creator.generate()[b"info"])


def expectation(seed):
    tree = Tree(seed, attributes=True)
    folder = tempfile.mkdtemp(prefix="sward-expect-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        info = create(tree, folder)
    finally:
        shutil.rmtree(folder)
    paths = ["/".join(file.path) for file in tree.files]
    return {
        "name": tree.name,
        "kind": tree.kind,
        "pieceLength": tree.piece_length,
        "isSingleFile": tree.is_single_file,
        "files": [
            {
                "path": file.path,
                "length": file.length,
                "word": str(file.word),
                "attributes": file.attributes,
                "target": file.target,
            }
            for file in tree.files
        ],
        "info": info.hex(),
        # libtorrent 2.1 sorts paths as whole strings, where "a b/c" comes before "a/c": with such names the list of a hybrid
        # is in another order than its file tree.
        "isAmbiguous": sorted(paths) != paths,
    }


if __name__ == "__main__":
    json.dump(
        {"version": libtorrent.__version__, "trees": [expectation(seed) for seed in range(int(sys.argv[1]))]},
        sys.stdout,
    )
