# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random trees of files, the same ones that Tests/SwardMetainfoTests/RandomTree.swift makes from the same seed."""

MASK = (1 << 64) - 1
STEMS = ["a", "b", "Z", "data", "é", "ü", "日本", "_x", "0", "~"]
SUFFIXES = ["", ".txt", "-1", " 2", ".d", "!", "0"]
UNIT = 251


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound

    def bytes(self, count):
        out = b""
        while len(out) < count:
            out += self.next().to_bytes(8, "little")
        return out[:count]


class File:
    """`path` is a list of names; `content` repeats 251 bytes drawn from `word`; a symlink has a target instead."""

    def __init__(self, path, length, word, attributes="", target=None):
        self.path, self.length, self.word, self.attributes, self.target = path, length, word, attributes, target

    @property
    def content(self):
        unit = SplitMix64(self.word).bytes(UNIT)
        return (unit * (self.length // UNIT + 1))[: self.length]


class Tree:
    """`attributes`: whether some files are executable, and some are links to others."""

    def __init__(self, seed, attributes=False):
        self.random = SplitMix64(seed)
        self.attributes = attributes
        self.piece_length = 16384 << self.random.below(3)
        self.name = f"tree {seed}"
        self.files = []
        self.is_single_file = self.random.below(10) == 0
        if self.is_single_file:
            self.files.append(File([self.name], 1 + self.size(), self.random.next()))
        else:
            self.directory([])
            if sum(file.length for file in self.files) == 0:
                self.files.append(File(["payload"], 1, self.random.next()))
        if attributes:
            self.decorate()
        self.files.sort(key=lambda file: [name.encode() for name in file.path])

    def directory(self, path):
        names = set()
        for _ in range(1 + self.random.below(5)):
            name = STEMS[self.random.below(len(STEMS))] + SUFFIXES[self.random.below(len(SUFFIXES))]
            if name in names:
                continue
            names.add(name)
            if len(path) < 3 and self.random.below(3) == 0:
                self.directory(path + [name])
            else:
                length = self.size()
                self.files.append(File(path + [name], length, self.random.next()))

    def size(self):
        kind = self.random.below(8)
        if kind == 0:
            return 0
        if kind == 1:
            return self.random.below(1000)
        if kind == 2:
            return 16384 * self.random.below(10)
        if kind == 3:
            return self.piece_length * (1 + self.random.below(3))
        if kind == 4:
            return self.piece_length + self.random.below(100)
        return self.random.below(100000)

    def decorate(self):
        links = []
        for file in self.files:
            if self.random.below(3) == 0:
                file.attributes = "x"
            if not self.is_single_file and self.random.below(6) == 0:
                links.append(File(file.path[:-1] + [f"link{len(links)}"], 0, 0, "l", file.path))
        self.files += links

    @property
    def kind(self):
        """By the last bit of the seed, so that half of the trees are of either kind."""
        return "hybrid" if int(self.name.split()[1]) % 2 == 0 else "v2"
