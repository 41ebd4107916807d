// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Tags behind the sound: ID3v1, APEv2, and an ID3v2 tag with its footer.
enum TrailingTags {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var end = source.length
        if let tag = source.exactly(end - 128, 128), tag.has("TAG") {
            let place = (end - 128)..<end
            contents.add(.title, "id3v1:title", FieldText.guessed(tag.part(3, 30).terminated()), at: place)
            contents.add(
                .creator, "id3v1:artist", FieldText.guessed(tag.part(33, 30).terminated()), at: place)
            contents.add(
                .comment, "id3v1:comment", FieldText.guessed(tag.part(97, 30).terminated()), at: place)
            end -= 128
        }
        if let foot = source.exactly(end - 10, 10), foot.has("3DI") {
            let size = foot.part(6, 4).reduce(0) { $0 << 7 | Int($1 & 0x7F) }
            _ = ID3Reader.readTag(source, at: end - size - 20, into: &contents)
            return
        }
        guard let foot = source.exactly(end - 32, 32), foot.has("APETAGEX"), let size = foot.le32(12),
            let count = foot.le32(16), size >= 32, size <= 4 << 20
        else { return }
        readItems(source.read(end - size, size - 32), count: count, at: end - size, into: &contents)
    }

    /// A tag of that kind before the sound, as Monkey's Audio allows.
    static func readLeadingAPE(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 32), head.has("APETAGEX"), let size = head.le32(12),
            let count = head.le32(16)
        else { return }
        readItems(source.read(32, min(size, 4 << 20)), count: count, at: 32, into: &contents)
    }

    private static func readItems(
        _ bytes: [UInt8], count: Int, at base: Int, into contents: inout MediaContents
    ) {
        var offset = 0
        for _ in 0..<min(count, 1000) {
            guard let length = bytes.le32(offset), let flags = bytes.le32(offset + 4) else { return }
            let key = bytes.terminated(at: offset + 8)
            let start = offset + 9 + key.count
            // Bits 1 and 2: binary and address.
            if flags & 6 != 2, length <= 65536 {
                let place = (base + offset)..<(base + start + length)
                let text = FieldText.utf8(bytes.part(start, length).map { $0 == 0 ? 0x3B : $0 })
                contents.add(key: FieldText.utf8(key), prefix: "ape:", text, at: place)
            }
            offset = start.addingSaturated(length)
        }
    }
}
