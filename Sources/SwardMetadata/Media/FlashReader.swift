// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Flash: films (SWF) and streams (FLV).
enum FlashReader {
    private static let maximumBody = 1 << 20

    // MARK: SWF

    /// The RDF of the tag Metadata. Source: SWF File Format Specification 19, "Metadata".
    static func readSWF(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 8)
        guard head.count == 8, head.has("WS", at: 1) else { return }
        let packed = source.read(8, maximumBody)
        let body: [UInt8]
        switch head[0] {
        case UInt8(ascii: "F"): body = packed
        case UInt8(ascii: "C"): body = Inflate.unpack(packed, limit: maximumBody)
        default: return
        }
        guard let first = body.first else { return }
        // A rectangle of four numbers, each of so many bits; then the rate and the number of frames.
        var offset = (5 + 4 * Int(first >> 3) + 7) / 8 + 4
        for _ in 0..<1_000 {
            guard let code = body.le16(offset) else { return }
            offset += 2
            var length = code & 0x3F
            if length == 0x3F {
                guard let long = body.le32(offset) else { return }
                length = long
                offset += 4
            }
            switch code >> 6 {
            case 0: return
            case 77:
                let place =
                    head[0] == UInt8(ascii: "F") ? (8 + offset)..<(8 + offset + length) : 0..<source.length
                XMPPacket.read(body.part(offset, length).terminated(), at: place, into: &contents)
                return
            default: offset += length
            }
        }
    }

    // MARK: FLV

    /// Fields of `onMetaData`. Source: Video File Format Specification 10.1, E.5 and E.4.4.
    static func readFLV(_ source: ByteSource, into contents: inout MediaContents) {
        guard let start = source.read(0, 9).be32(5), start >= 9 else { return }
        var offset = start + 4
        for _ in 0..<32 {
            guard let head = source.exactly(offset, 11), let length = head.be24(1) else { return }
            if head[0] & 0x1F == 18 {
                let body = source.read(offset + 11, min(length, maximumBody))
                var script = ActionValues(body, at: offset + 11)
                script.read(into: &contents)
            }
            offset += 11 + length + 4
        }
    }

    /// Values of ActionScript as far as fields need them. Source: Action Message Format 0.
    private struct ActionValues {
        private let bytes: [UInt8]
        private let base: Int
        private var offset = 0
        private var left = 4096

        init(_ bytes: [UInt8], at base: Int) {
            self.bytes = bytes
            self.base = base
        }

        mutating func read(into contents: inout MediaContents) {
            guard bytes.has([2]) else { return }
            offset = 1
            guard text(width: 2) == "onMetaData" else { return }
            _ = value(depth: 0, key: "", into: &contents)
        }

        private mutating func text(width: Int) -> String? {
            guard let length = bytes.number(offset, width, .big),
                let part = bytes.exact(offset + width, length)
            else { return nil }
            offset += width + length
            return FieldText.guessed(part)
        }

        /// - Returns: Whether there was one that is known.
        private mutating func value(depth: Int, key: String, into contents: inout MediaContents) -> Bool {
            guard offset < bytes.count, left > 0, depth < 8 else { return false }
            left -= 1
            let kind = bytes[offset]
            offset += 1
            switch kind {
            case 0: offset += 8
            case 1: offset += 1
            case 2, 12:
                let start = offset
                guard let text = text(width: kind == 2 ? 2 : 4) else { return false }
                contents.add(key: key, prefix: "flv:", text, at: (base + start)..<(base + offset))
            case 5, 6: break
            case 11: offset += 10
            case 10:
                guard let count = bytes.be32(offset) else { return false }
                offset += 4
                for _ in 0..<count {
                    guard value(depth: depth + 1, key: "", into: &contents) else { return false }
                }
            case 3, 8:
                offset += kind == 8 ? 4 : 0
                while let key = text(width: 2) {
                    if key.isEmpty, bytes.has([9], at: offset) {
                        offset += 1
                        return true
                    }
                    guard value(depth: depth + 1, key: key, into: &contents) else { return false }
                }
                return false
            default: return false
            }
            return true
        }
    }
}
