// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Text and copyright events of Standard MIDI Files. Source: RP-001, "meta events".
enum MIDIReader {
    private static let maximumTrack = 1 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 8), let length = head.be32(4) else { return }
        var offset = 8 + length
        for _ in 0..<256 {
            guard let track = source.exactly(offset, 8), let size = track.be32(4) else { return }
            if track.has("MTrk") {
                events(source.read(offset + 8, min(size, maximumTrack)), at: offset + 8, into: &contents)
            }
            offset += 8 + size
        }
    }

    private static func events(_ bytes: [UInt8], at base: Int, into contents: inout MediaContents) {
        var offset = 0
        var status: UInt8 = 0
        var texts = 0
        while offset < bytes.count {
            guard variableLength(bytes, &offset) != nil, offset < bytes.count else { return }
            let byte = bytes[offset]
            if byte >= 0x80 {
                status = byte
                offset += 1
            }
            switch status {
            case 0xFF:
                guard offset < bytes.count else { return }
                let kind = bytes[offset]
                let start = offset - 1
                offset += 1
                guard let length = variableLength(bytes, &offset), length <= bytes.count - offset else {
                    return
                }
                let place = (base + start)..<(base + offset + length)
                let roles: [UInt8: FieldRole] = [1: .comment, 2: .copyright, 3: .title]
                if let role = roles[kind], texts < 64 {
                    texts += 1
                    let name = role == .copyright ? "midi:copyright" : "midi:text"
                    contents.add(role, name, FieldText.guessed(bytes.part(offset, length)), at: place)
                }
                offset += length
                if kind == 0x2F { return }
            case 0xF0, 0xF7:
                guard let length = variableLength(bytes, &offset) else { return }
                offset = offset.addingSaturated(length)
            case 0xC0...0xDF: offset += 1
            case 0x80...0xEF: offset += 2
            default: return
            }
        }
    }

    private static func variableLength(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value = value << 7 | Int(byte & 0x7F)
            if byte < 0x80 { return value }
        }
        return nil
    }
}
