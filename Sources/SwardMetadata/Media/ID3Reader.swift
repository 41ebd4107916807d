// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// ID3v2.2 to 2.4 at the beginning of a file or inside a chunk, and ID3v1 and APEv2 at its end.
///
/// TagLib is not used: the C binding that Debian 12 has tells title, artist and comment but neither `TCOP` nor `WCOP` nor any
/// user-defined frame, and opens files by name only. Sources: id3.org, ID3v2.2.0, 2.3.0 and 2.4.0; APEv2.
enum ID3Reader {
    private static let maximumTag = 16 << 20
    private static let maximumFrame = 1 << 20

    /// What stands before the sound.
    static func read(_ source: ByteSource, base: Int = 0, into contents: inout MediaContents) {
        _ = readTag(source, at: 0, base: base, into: &contents)
    }

    /// - Returns: Just past the tag.
    static func readTag(
        _ source: ByteSource, at start: Int, base: Int = 0, into contents: inout MediaContents
    ) -> Int {
        guard let head = source.exactly(start, 10), head.has("ID3"), let size = syncsafe(head, 6) else {
            return start
        }
        let version = head[3]
        let flags = head[5]
        guard (2...4).contains(version) else { return start }
        let end = start + 10 + size
        var body = source.read(start + 10, min(size, maximumTag))
        let isUnsynced = flags & 0x80 != 0
        // Before 2.4 the whole tag is unsynchronised, from 2.4 each frame for itself.
        if isUnsynced, version < 4 { body = resynced(body) }
        var offset = 0
        if flags & 0x40 != 0, version > 2 {
            offset = version == 3 ? (body.be32(0) ?? 0) + 4 : syncsafe(body, 0) ?? 0
        }
        let place = { (offset: Int, length: Int) -> Range<Int> in
            let lower = min(base + start + 10 + offset, base + end)
            return lower..<max(lower, min(lower + length, base + end))
        }
        var frames = 0
        let headLength = version == 2 ? 6 : 10
        while frames < 4096, offset <= body.count - headLength, body[offset] != 0 {
            frames += 1
            let name = FieldText.latin1(body.part(offset, version == 2 ? 3 : 4))
            guard let plain = version == 2 ? body.be24(offset + 3) : body.be32(offset + 4) else { break }
            let length = version == 4 ? syncsafe(body, offset + 4) ?? plain : plain
            guard length <= body.count - offset - headLength else { break }
            if length <= maximumFrame {
                let format = version == 2 ? 0 : body.be16(offset + 8) ?? 0
                let data = body.part(offset + headLength, length)
                if let value = frameBody(data, version: version, format: format, isUnsynced: isUnsynced) {
                    take(name, value, at: place(offset, headLength + length), into: &contents)
                }
            }
            offset += headLength + length
        }
        return end
    }

    /// `nil` for what is encrypted.
    private static func frameBody(_ data: [UInt8], version: UInt8, format: Int, isUnsynced: Bool) -> [UInt8]?
    {
        var data = data
        switch version {
        case 3:
            if format & 0x40 != 0 { return nil }
            let extra = (format & 0x80 != 0 ? 4 : 0) + (format & 0x20 != 0 ? 1 : 0)
            data = data.from(extra)
            if format & 0x80 != 0 { data = Inflate.unpack(data, limit: maximumFrame) }
        case 4:
            if format & 0x04 != 0 { return nil }
            let extra = (format & 0x40 != 0 ? 1 : 0) + (format & 0x01 != 0 ? 4 : 0)
            data = data.from(extra)
            if format & 0x02 != 0 || isUnsynced { data = resynced(data) }
            if format & 0x08 != 0 { data = Inflate.unpack(data, limit: maximumFrame) }
        default: break
        }
        return data
    }

    private static func take(
        _ name: String, _ data: [UInt8], at place: Range<Int>, into contents: inout MediaContents
    ) {
        let field = "id3:" + name
        switch name {
        case "TCOP", "TCR": contents.add(.copyright, field, texts(data).joined(separator: "; "), at: place)
        case "WCOP", "WCP": contents.add(.license, field, FieldText.guessed(data.terminated()), at: place)
        case "USER":
            // An encoding, a language, and the terms.
            guard let encoding = data.first, let words = split(data.from(4), encoding).first else { return }
            contents.add(.license, field, decoded(words, encoding), at: place)
        case "TXXX", "TXX":
            let (key, text) = described(data, skipping: 1, last: true)
            if contents.fields.count < 400 { contents.add(key: key, prefix: field + ":", text, at: place) }
        case "WXXX", "WXX":
            let (key, text) = described(data, skipping: 1, last: false)
            let role = FieldRole.role(forKey: key) ?? .attribution
            let isRight = role == .license || role == .copyright || role == .rights
            contents.add(isRight ? .license : .address, field + ":" + key, text, at: place)
        case "COMM", "COM":
            let (key, text) = described(data, skipping: 4, last: true)
            // iTunes keeps numbers there.
            guard !key.hasPrefix("iTun") else { return }
            let role = FieldRole.role(forKey: key)
            contents.add(role == .license ? .license : .comment, field + ":" + key, text, at: place)
        case "USLT", "ULT":
            // Licenses of the words of a song stand below them.
            contents.add(.comment, field, described(data, skipping: 4, last: true).text, at: place)
        case "TPE1", "TP1":
            for text in texts(data).prefix(16) { contents.add(.creator, field, text, at: place) }
        case "TIT2", "TT2": contents.add(.title, field, texts(data).first ?? "", at: place)
        case "TOWN", "TPUB": contents.add(.comment, field, texts(data).first ?? "", at: place)
        case "WOAF", "WOAR", "WOAS", "WAF", "WAR", "WAS":
            // The Creative Commons once had writers put the license there; a page of the author's is for attribution.
            contents.add(.address, field, FieldText.guessed(data.terminated()), at: place)
            contents.add(.attribution, field, FieldText.guessed(data.terminated()), at: place)
        case "PRIV":
            let owner = data.terminated()
            if owner == Array("XMP".utf8) { XMPPacket.read(data.from(4), at: place, into: &contents) }
        default: break
        }
    }

    /// A text frame's values: version 2.4 puts a zero between them.
    private static func texts(_ data: [UInt8]) -> [String] {
        guard let encoding = data.first else { return [] }
        return split(data.from(1), encoding).map { decoded($0, encoding) }.filter { !$0.isEmpty }
    }

    /// A frame with a description before its text.
    /// - Parameter last: Whether the text is in the frame's encoding; addresses are in Latin 1.
    private static func described(_ data: [UInt8], skipping: Int, last: Bool) -> (key: String, text: String) {
        guard let encoding = data.first else { return ("", "") }
        let body = data.from(skipping)
        if skipping == 4, body.isEmpty { return ("", "") }
        let parts = split(body, encoding, limit: 1)
        guard parts.count > 1 else { return ("", decoded(parts.first ?? [], encoding)) }
        let text = last ? decoded(parts[1], encoding) : FieldText.guessed(parts[1].terminated())
        return (decoded(parts[0], encoding), text)
    }

    private static func decoded(_ bytes: [UInt8], _ encoding: UInt8) -> String {
        switch encoding {
        case 1: FieldText.utf16(bytes, .little)
        case 2: FieldText.utf16(bytes, .big)
        case 3: FieldText.utf8(bytes)
        // Latin 1 is declared and UTF-8 written by many a tagger.
        default: FieldText.guessed(bytes)
        }
    }

    private static func split(_ bytes: [UInt8], _ encoding: UInt8, limit: Int = 64) -> [[UInt8]] {
        let width = encoding == 1 || encoding == 2 ? 2 : 1
        var parts: [[UInt8]] = []
        var start = 0
        var i = 0
        while i <= bytes.count - width, parts.count < limit {
            if bytes[i] == 0, width == 1 || bytes[i + 1] == 0 {
                parts.append(bytes.part(start, i - start))
                start = i + width
            }
            i += width
        }
        parts.append(bytes.from(start))
        return parts
    }

    private static func syncsafe(_ bytes: [UInt8], _ offset: Int) -> Int? {
        guard let four = bytes.exact(offset, 4), four.allSatisfy({ $0 < 0x80 }) else { return nil }
        return four.reduce(0) { $0 << 7 | Int($1) }
    }

    private static func resynced(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            if previous != 0xFF || byte != 0 { result.append(byte) }
            previous = byte
        }
        return result
    }
}
