// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Text, XMP and Exif chunks of PNG, APNG and MNG. Source: W3C PNG, third edition.
enum PNGReader {
    private static let maximumText = 4 << 20
    /// Of all packed texts together, unpacked.
    private static let maximumUnpacked = 8 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 8
        var chunks = 0
        var room = maximumUnpacked
        while chunks < 20_000, let head = source.exactly(offset, 8), let length = head.be32(0),
            length < 1 << 31
        {
            chunks += 1
            let body = (offset + 8)..<(offset + 8 + length)
            if head.has("tEXt", at: 4) || head.has("zTXt", at: 4) || head.has("iTXt", at: 4) {
                if length <= maximumText {
                    let data = source.read(body.lowerBound, length)
                    text(data, kind: head[4], at: body, &room, into: &contents)
                }
            } else if head.has("eXIf", at: 4) {
                TIFFReader.read(
                    ByteSource(source.read(body.lowerBound, min(length, maximumText))), base: body.lowerBound,
                    into: &contents)
            } else if head.has("IEND", at: 4) {
                return
            }
            offset = body.upperBound + 4
        }
    }

    /// - Parameter kind: The chunk's first letter: `t`, `z` or `i`.
    private static func text(
        _ data: [UInt8], kind: UInt8, at place: Range<Int>, _ room: inout Int,
        into contents: inout MediaContents
    ) {
        func unpacked(_ packed: [UInt8]) -> [UInt8] {
            let body = Inflate.unpack(packed, limit: min(maximumText, room))
            room -= body.count
            return body
        }
        let keyword = data.terminated()
        var body = data.from(keyword.count + 1)
        let key = FieldText.latin1(keyword)
        switch kind {
        case UInt8(ascii: "z"): body = unpacked(body.from(1))
        case UInt8(ascii: "i"):
            guard body.count >= 2 else { return }
            let isPacked = body[0] == 1
            let language = body.from(2).terminated()
            let translated = body.from(3 + language.count).terminated()
            body = body.from(4 + language.count + translated.count)
            if isPacked { body = unpacked(body) }
        default: break
        }
        if key == "XML:com.adobe.xmp" {
            XMPPacket.read(body, at: place, into: &contents)
        } else if key.hasPrefix("Raw profile type ") {
            rawProfile(key, body, at: place, into: &contents)
        } else {
            let text = kind == UInt8(ascii: "i") ? FieldText.utf8(body) : FieldText.guessed(body)
            contents.add(key: key, prefix: "png:", text, at: place)
        }
    }

    /// ImageMagick's way: name, length and the bytes as hexadecimal digits.
    private static func rawProfile(
        _ key: String, _ body: [UInt8], at place: Range<Int>, into contents: inout MediaContents
    ) {
        let lines = body.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        guard lines.count == 4 else { return }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in lines[3] {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x61...0x66: value = digit - 0x57
            case 0x41...0x46: value = digit - 0x37
            default: continue
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        switch key.dropFirst("Raw profile type ".count).lowercased() {
        case "xmp": XMPPacket.read(bytes, at: place, into: &contents)
        case "iptc", "8bim": PhotoshopResources.read(bytes, at: place, into: &contents)
        case "exif", "app1":
            if bytes.has("Exif\0") {
                TIFFReader.read(ByteSource(bytes.from(6)), base: place.lowerBound, into: &contents)
            } else if bytes.has("http://ns.adobe.com/xap/1.0/\0") {
                XMPPacket.read(bytes.from(29), at: place, into: &contents)
            } else {
                TIFFReader.read(ByteSource(bytes), base: place.lowerBound, into: &contents)
            }
        default: break
        }
    }
}
