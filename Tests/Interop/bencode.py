# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bencode for the tests, so that what they forge does not pass through the code under test."""


def encode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    if isinstance(value, bytes):
        return b"%d:" % len(value) + value
    if isinstance(value, list):
        return b"l" + b"".join(map(encode, value)) + b"e"
    entries = sorted((k.encode("utf-8", "surrogateescape") if isinstance(k, str) else k, v) for k, v in value.items())
    return b"d" + b"".join(encode(k) + encode(v) for k, v in entries) + b"e"


def decode(data):
    value, end = _decode(data, 0)
    assert end == len(data), "trailing bytes"
    return value


def _decode(data, offset):
    kind = data[offset:offset + 1]
    if kind == b"i":
        end = data.index(b"e", offset)
        return int(data[offset + 1:end]), end + 1
    if kind in (b"l", b"d"):
        items, offset = [], offset + 1
        while data[offset:offset + 1] != b"e":
            item, offset = _decode(data, offset)
            items.append(item)
        return (items if kind == b"l" else dict(zip(items[::2], items[1::2]))), offset + 1
    colon = data.index(b":", offset)
    length = int(data[offset:colon])
    return data[colon + 1:colon + 1 + length], colon + 1 + length
