// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Image resources of Photoshop, in JPEG, TIFF and PSD. Source: Adobe Photoshop File Formats, "Image Resources".
enum PhotoshopResources {
    static func read(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        var offset = 0
        var count = 0
        while count < 1000, bytes.has("8BIM", at: offset), let kind = bytes.be16(offset + 4),
            offset + 6 < bytes.count
        {
            count += 1
            let nameLength = Int(bytes[offset + 6])
            // The name with its length, and the data, are padded to even.
            let sizeOffset = offset + 6 + (nameLength + 2) / 2 * 2
            guard let size = bytes.be32(sizeOffset) else { return }
            let data = sizeOffset + 4
            switch kind {
            case 0x0404: IPTCReader.read(bytes.part(data, size), at: place, into: &contents)
            case 0x0424: XMPPacket.read(bytes.part(data, size), at: place, into: &contents)
            case 0x040B:
                contents.add(.address, "photoshop:URL", FieldText.guessed(bytes.part(data, size)), at: place)
            case 0x0422:
                TIFFReader.read(ByteSource(bytes.part(data, size)), base: place.lowerBound, into: &contents)
            default: break
            }
            offset = data + size + size % 2
        }
    }

    /// A PSD or PSB file.
    static func readDocument(_ source: ByteSource, into contents: inout MediaContents) {
        guard let colors = source.read(26, 4).be32(0), let size = source.read(30 + colors, 4).be32(0) else {
            return
        }
        let place = (34 + colors)..<(34 + colors + size)
        read(source.read(place.lowerBound, min(size, 16 << 20)), at: place, into: &contents)
    }
}

/// IPTC-IIM records. Source: IPTC Information Interchange Model 4.2.
enum IPTCReader {
    static func read(_ bytes: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        var offset = 0
        var isUTF8 = false
        while bytes.has([0x1C], at: offset), let record = bytes.number(offset + 1, 1, .big),
            let set = bytes.number(offset + 2, 1, .big), var length = bytes.be16(offset + 3)
        {
            var data = offset + 5
            if length & 0x8000 != 0 {
                let width = length & 0x7FFF
                guard width <= 4, let long = bytes.number(data, width, .big) else { return }
                data += width
                length = long
            }
            let value = bytes.part(data, length)
            func text() -> String { isUTF8 ? FieldText.utf8(value) : FieldText.guessed(value) }
            switch (record, set) {
            case (1, 90): isUTF8 = value == [0x1B, 0x25, 0x47]
            case (2, 116): contents.add(.copyright, "iptc:2:116", text(), at: place)
            case (2, 80): contents.add(.creator, "iptc:2:80", text(), at: place)
            case (2, 5): contents.add(.title, "iptc:2:5", text(), at: place)
            case (2, 40): contents.add(.rights, "iptc:2:40", text(), at: place)
            case (2, 110), (2, 120): contents.add(.comment, "iptc:2:\(set)", text(), at: place)
            default: break
            }
            offset = data + length
        }
    }
}
