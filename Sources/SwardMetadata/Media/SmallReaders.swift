// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The strings of Core Audio files. Source: Apple, "Core Audio Format Specification 1.0", information chunk.
enum CoreAudioReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 8
        for _ in 0..<256 {
            guard let head = source.exactly(offset, 12), let length = head.be64(4) else { return }
            if head.has("info") {
                let place = (offset + 12)..<(offset + 12).addingSaturated(length)
                let body = source.read(place.lowerBound, min(length, 1 << 18))
                let words = body.from(4).split(
                    separator: 0, maxSplits: 1024, omittingEmptySubsequences: false)
                for index in stride(from: 0, to: words.count - 1, by: 2) {
                    contents.add(
                        key: FieldText.utf8(Array(words[index])), prefix: "caf:",
                        FieldText.utf8(Array(words[index + 1])), at: place)
                }
            }
            offset = (offset + 12).addingSaturated(length)
        }
    }
}

/// Who holds the rights in a color profile. Source: ICC.1:2022, 9.2.22, 10.15 and 10.24.
enum ColorProfileReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let count = source.read(128, 4).be32(0) else { return }
        let table = source.read(132, min(count, 128) * 12)
        for index in 0..<min(count, 128) where table.has("cprt", at: index * 12) {
            guard let offset = table.be32(index * 12 + 4), let length = table.be32(index * 12 + 8) else {
                return
            }
            let body = source.read(offset, min(length, 1 << 16))
            let text: String
            if body.has("mluc"), let size = body.be32(20), let start = body.be32(24) {
                text = FieldText.utf16(body.part(start, size), .big)
            } else if body.has("text") {
                text = FieldText.guessed(body.from(8).terminated())
            } else {
                continue
            }
            contents.add(.copyright, "icc:cprt", text, at: offset..<offset.addingSaturated(body.count))
        }
    }
}

/// Comments in the title block of KiCad's schematics and boards, which are made of symbolic expressions.
///
/// Source: dev-docs.kicad.org, "S-Expression Format", title block.
enum TitleBlockReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, 1 << 16)
        guard let start = bytes.firstIndex(of: Array("(title_block".utf8)) else { return }
        var offset = start
        var depth = 0
        var text: [UInt8] = []
        var isQuoted = false
        var textStart = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if isQuoted {
                switch byte {
                case UInt8(ascii: "\\"):
                    offset += 1
                    if offset < bytes.count { text.append(bytes[offset]) }
                case UInt8(ascii: "\""):
                    isQuoted = false
                    contents.add(.comment, "kicad:title_block", FieldText.utf8(text), at: textStart..<offset)
                default: text.append(byte)
                }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
                text = []
                textStart = offset + 1
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return }
            }
            offset += 1
        }
    }
}

/// Attributes of HDF5, and of NetCDF 4, whose texts lie in heaps apart from their names.
///
/// Source: HDF5 File Format Specification 3.0, III.E, "Global Heap".
enum HeapReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        StringScan.read(source, prefix: "hdf5", into: &contents)
        let head = source.read(0, 1 << 21)
        // A heap says nothing of what its texts are for: names of licenses count where an attribute is called so.
        guard StringScan.hasKey(head) else { return }
        var from = 0
        var looks = 0
        for _ in 0..<32 {
            guard let heap = head.firstIndex(of: Array("GCOL".utf8), from: from),
                let size = head.le64(heap + 8)
            else { return }
            var offset = heap + 16
            let end = min(heap.addingSaturated(size), head.count)
            for _ in 0..<1_000 {
                guard offset <= end - 16, let index = head.le16(offset), index > 0,
                    let length = head.le64(offset + 8)
                else { break }
                let body = (offset + 16)..<(offset + 16).addingSaturated(length)
                if looks < 256, 3...240 ~= length, body.upperBound <= end,
                    let text = String(validating: head[body], as: UTF8.self),
                    let name = StringScan.named(text)
                {
                    contents.add(.license, "hdf5:license", name, at: body)
                }
                looks += 1
                offset = body.lowerBound.addingSaturated(length.addingSaturated(7) / 8 * 8)
            }
            from = heap + 4
        }
    }
}
