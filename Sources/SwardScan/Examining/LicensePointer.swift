// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// "See the file COPYING": a file that names another one where its terms stand.
struct LicensePointer: Hashable, Sendable {
    /// Such as `COPYING` or `../LICENSE.txt`.
    var name: String
    var bytes: Range<Int>
    /// From 1.
    var line: Int

    /// Where notices stand.
    private static let reach = 6 << 10
    /// Of names.
    private static let most = 4
    private static let words = [
        "LICENSE", "LICENCE", "COPYING", "License.txt", "license.txt", "Copying", "COPYRIGHT",
    ].map {
        Array($0.utf8)
    }
    /// Words of which one must stand near a name, in the same sentence or so.
    private static let hints = [
        "see ", "found in", "in the", "file", "terms", "accompanying", "details", "governed", "under the",
        "consult",
        "refer", "distributed", "at the root", "described in", "conditions",
    ].map { Array($0.utf8) }

    /// What the first lines of `bytes` point to, in order, each name once; names may have folders before them.
    static func all(in bytes: UnsafeRawBufferPointer) -> [LicensePointer] {
        let text = UnsafeRawBufferPointer(rebasing: bytes.prefix(reach))
        var found: [LicensePointer] = []
        var offset = 0
        while offset < text.count, found.count < most {
            let byte = text[offset]
            guard byte == 0x4C || byte == 0x43 || byte == 0x6C,
                let word = words.first(where: { starts($0, text, offset) })
            else {
                offset += 1
                continue
            }
            let (name, range) = self.name(around: offset, word.count, text)
            offset = max(offset + word.count, range.upperBound)
            guard !name.isEmpty, !found.contains(where: { $0.name == name }), isHinted(range, text) else {
                continue
            }
            let line = text[..<range.lowerBound].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            found.append(LicensePointer(name: name, bytes: range, line: line))
        }
        return found
    }

    private static func starts(_ word: [UInt8], _ text: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        text.count - offset >= word.count && text[offset..<(offset + word.count)].elementsEqual(word)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2F, 0x2D, 0x5F: true
        default: false
        }
    }

    private static func name(around offset: Int, _ count: Int, _ text: UnsafeRawBufferPointer) -> (
        String, Range<Int>
    ) {
        var low = offset
        while low > 0, offset - low < 64, isNamePart(text[low - 1]) { low -= 1 }
        var high = offset + count
        while high < text.count, high - offset < 64, isNamePart(text[high]) { high += 1 }
        var name = String(decoding: text[low..<high], as: UTF8.self)
        while let last = name.last, ".-/_".contains(last) { name.removeLast() }
        // An address on the web is no file here; nor is a word such as `LICENSED` or `GL_COPYING_MODE`.
        if low > 0, text[low - 1] == UInt8(ascii: ":") { return ("", low..<high) }
        let base = name.split(separator: "/").last ?? ""
        let isName = words.contains { word in
            let word = String(decoding: word, as: UTF8.self)
            guard let rest = base.hasPrefix(word) ? base.dropFirst(word.count) : nil else {
                return base.hasSuffix("-" + word) || base.hasSuffix("." + word)
            }
            return rest.isEmpty || ".-_".contains(rest.first!)
        }
        return (isName ? name : "", low..<high)
    }

    private static func isHinted(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> Bool {
        let part = text[max(0, range.lowerBound - 120)..<min(text.count, range.upperBound + 60)]
        let lowered = part.map {
            (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 == 0x0A || $0 == 0x09 ? 0x20 : $0
        }
        return hints.contains { hint in
            lowered.indices.contains { place in
                lowered.count - place >= hint.count
                    && lowered[place..<(place + hint.count)].elementsEqual(hint)
            }
        }
    }
}
