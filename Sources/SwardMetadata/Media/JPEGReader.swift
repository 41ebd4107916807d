// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Segments of JPEG before the first scan. Sources: ITU-T T.81; ISO 16684-3 for XMP; Exif 2.32.
enum JPEGReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 2
        var photoshop: [UInt8] = []
        var photoshopPlace = 0..<0
        var extended = ExtendedXMP()
        var segments = 0
        while segments < 2000, let head = source.exactly(offset, 4), head[0] == 0xFF {
            if head[1] == 0xFF {
                offset += 1
                continue
            }
            segments += 1
            // From the start of scan on there is no metadata.
            guard head[1] != 0xDA, head[1] != 0xD9, let length = head.be16(2), length >= 2 else { break }
            let body = (offset + 4)..<(offset + 2 + length)
            switch head[1] {
            case 0xE1:
                let data = source.read(body.lowerBound, body.count)
                if data.has("Exif\0") {
                    TIFFReader.read(ByteSource(data.from(6)), base: body.lowerBound + 6, into: &contents)
                } else if data.has("http://ns.adobe.com/xap/1.0/\0") {
                    XMPPacket.read(data.from(29), at: body, into: &contents)
                } else if data.has("http://ns.adobe.com/xmp/extension/\0") {
                    extended.add(data.from(35), at: body)
                } else if data.firstIndex(of: Array("<x:xmpmeta".utf8)) != nil {
                    XMPPacket.read(data, at: body, into: &contents)
                }
            case 0xED:
                let data = source.read(body.lowerBound, body.count)
                if data.has("Photoshop 3.0\0") {
                    photoshop += data.from(14)
                    photoshopPlace = body
                }
            case 0xFE:
                contents.add(
                    .comment, "COM", FieldText.guessed(source.read(body.lowerBound, body.count)), at: body)
            default: break
            }
            offset = body.upperBound
        }
        if !photoshop.isEmpty {
            PhotoshopResources.read(photoshop, at: photoshopPlace, into: &contents)
        }
        extended.read(into: &contents)
    }

    /// XMP of more than one segment. Its pieces carry a digest of the whole, its length and their place in it.
    private struct ExtendedXMP {
        private var bytes: [UInt8] = []
        private var place = 0..<0
        private static let maximumLength = 4 << 20

        mutating func add(_ data: [UInt8], at segment: Range<Int>) {
            guard let whole = data.be32(32), let offset = data.be32(36) else { return }
            let piece = data.from(40)
            guard whole <= Self.maximumLength, offset <= whole - piece.count else { return }
            if bytes.isEmpty {
                bytes = [UInt8](repeating: 0x20, count: whole)
                place = segment
            }
            guard bytes.count == whole else { return }
            bytes.replaceSubrange(offset..<(offset + piece.count), with: piece)
            place = min(place.lowerBound, segment.lowerBound)..<max(place.upperBound, segment.upperBound)
        }

        func read(into contents: inout MediaContents) {
            if !bytes.isEmpty { XMPPacket.read(bytes, at: place, into: &contents) }
        }
    }
}
