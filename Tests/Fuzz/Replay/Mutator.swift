// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode

/// Spoils inputs in ways that depend on nothing but a seed.
struct Mutator {
    var random: SplitMix64
    let seeds: [[UInt8]]

    mutating func next() -> [UInt8] {
        var bytes = random.element(of: seeds)
        // Bytes alone seldom get past the first parser; values do.
        if random.oneIn(2), let document = try? BencodeDocument(bytes, limits: .message) {
            var value = Bencode(document.root)
            for _ in 0...random.below(3) { spoil(&value) }
            bytes = value.encoded()
            if random.oneIn(2) { return bytes }
        }
        for _ in 0...random.below(3) { spoil(&bytes) }
        return bytes
    }

    private static let numbers: [Int64] = [
        0, 1, -1, 2, 3, 16384, 16385, 32768, 1 << 31, 1 << 32, 1 << 53, .max, .min, .max - 1,
    ]

    private mutating func spoil(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        let length = min(bytes.count - place, 1 + random.below(8))
        switch random.below(8) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.removeSubrange(place..<(place + length))
        case 3: bytes.insert(contentsOf: random.bytes(length), at: place)
        case 4: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
        case 5: bytes.removeSubrange(place...)
        case 6:
            bytes.replaceSubrange(
                place..<(place + length), with: String(random.element(of: Self.numbers)).utf8)
        default:
            let other = random.element(of: seeds)
            guard !other.isEmpty else { return }
            bytes.replaceSubrange(place..., with: other[random.below(other.count)...])
        }
    }

    private mutating func spoil(_ value: inout Bencode) {
        switch value {
        case .integer(let number):
            value = .integer(
                random.oneIn(2) ? random.element(of: Self.numbers) : number &+ (Int64(random.below(3)) - 1))
        case .string(var bytes):
            if random.oneIn(4) {
                bytes = Array(
                    random.element(of: ["..", ".", "", "a/b", "/", "a\0", "A", "é", "e\u{301}"]).utf8)
            } else {
                spoil(&bytes)
            }
            value = .string(bytes)
        case .list(var elements):
            switch elements.isEmpty ? 3 : random.below(6) {
            case 0: elements.remove(at: random.below(elements.count))
            case 1: elements.append(random.element(of: elements))
            case 2: elements.swapAt(0, random.below(elements.count))
            case 3: elements.append(random.element(of: [0, "", [], [:]]))
            default:
                let place = random.below(elements.count)
                spoil(&elements[place])
            }
            value = .list(elements)
        case .dictionary(var entries):
            let keys = entries.keys.sorted { $0.lexicographicallyPrecedes($1) }
            guard !keys.isEmpty else {
                value = ["a": 1]
                return
            }
            let key = random.element(of: keys)
            switch random.below(8) {
            case 0: entries[key] = nil
            case 1: entries[random.element(of: keys)] = entries[key]
            case 2:
                var renamed = key
                spoil(&renamed)
                entries[renamed] = entries.removeValue(forKey: key)
            case 3: entries[key] = random.element(of: [0, "", [], [:]])
            default:
                if var inner = entries[key] {
                    spoil(&inner)
                    entries[key] = inner
                }
            }
            value = .dictionary(entries)
        case .raw: return
        }
    }
}
