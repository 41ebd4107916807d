// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// ASF: WMA and WMV. Source: Advanced Systems Format specification 1.20.
enum ASFReader {
    private static let maximumHeader = 8 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 30), let length = head.le64(16) else { return }
        walk(source, from: 30, to: min(length, source.length, maximumHeader), depth: 0, into: &contents)
    }

    private static func walk(
        _ source: ByteSource, from start: Int, to end: Int, depth: Int, into contents: inout MediaContents
    ) {
        var offset = start
        for _ in 0..<1000 {
            guard offset <= end - 24, let head = source.exactly(offset, 24), let length = head.le64(16),
                length >= 24
            else { return }
            let place = offset..<offset.addingSaturated(length)
            func body() -> [UInt8] { source.read(offset + 24, min(length - 24, 1 << 20)) }
            switch Array(head.prefix(16)) {
            case contentDescription: describe(body(), at: place, into: &contents)
            case extendedDescription: extended(body(), at: place, into: &contents)
            case metadata, metadataLibrary: library(body(), at: place, into: &contents)
            case branding: brand(body(), at: place, into: &contents)
            case encryption:
                contents.lock(.drmASF, "Content Encryption Object: \(keyID(body()))", at: place)
            case extendedEncryption: contents.lock(.drmASF, "Extended Content Encryption Object", at: place)
            case advancedEncryption: contents.lock(.drmASF, "Advanced Content Encryption Object", at: place)
            case headerExtension where depth == 0:
                walk(source, from: offset + 46, to: min(end, place.upperBound), depth: 1, into: &contents)
            default: break
            }
            offset = place.upperBound
        }
    }

    private static func describe(_ body: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        let roles: [FieldRole] = [.title, .creator, .copyright, .comment, .comment]
        let names = ["Title", "Author", "Copyright", "Description", "Rating"]
        var offset = 10
        for index in 0..<5 {
            guard let length = body.le16(index * 2) else { return }
            let text = FieldText.utf16(body.part(offset, length), .little)
            contents.add(roles[index], "asf:" + names[index], text, at: place)
            offset += length
        }
    }

    private static func extended(_ body: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        guard let count = body.le16(0) else { return }
        var offset = 2
        for _ in 0..<min(count, 2000) {
            guard let nameLength = body.le16(offset), let type = body.le16(offset + 2 + nameLength),
                let length = body.le16(offset + 4 + nameLength)
            else { return }
            let name = FieldText.utf16(body.part(offset + 2, nameLength), .little)
            let value = body.part(offset + 6 + nameLength, length)
            if type == 0 { named(name, FieldText.utf16(value, .little), at: place, into: &contents) }
            offset += 6 + nameLength + length
        }
    }

    private static func library(_ body: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        guard let count = body.le16(0) else { return }
        var offset = 2
        for _ in 0..<min(count, 2000) {
            guard let nameLength = body.le16(offset + 4), let type = body.le16(offset + 6),
                let length = body.le32(offset + 8)
            else { return }
            let name = FieldText.utf16(body.part(offset + 12, nameLength), .little)
            let value = body.part(offset + 12 + nameLength, min(length, 65536))
            if type == 0 { named(name, FieldText.utf16(value, .little), at: place, into: &contents) }
            offset = (offset + 12 + nameLength).addingSaturated(length)
        }
    }

    private static func named(
        _ name: String, _ text: String, at place: Range<Int>, into contents: inout MediaContents
    ) {
        let key = name.hasPrefix("WM/") ? String(name.dropFirst(3)) : name
        contents.add(key: key, prefix: name.hasPrefix("WM/") ? "WM/" : "asf:", text, at: place)
    }

    /// The address of a banner's copyright is one of terms.
    private static func brand(_ body: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
        guard let image = body.le32(4) else { return }
        let banner = 8.addingSaturated(image)
        guard let bannerLength = body.le32(banner) else { return }
        let copyright = (banner + 4).addingSaturated(bannerLength)
        guard let length = body.le32(copyright) else { return }
        contents.add(
            .address, "asf:CopyrightURL",
            FieldText.guessed(body.part(copyright + 4, min(length, 65536)).terminated()),
            at: place)
    }

    private static func keyID(_ body: [UInt8]) -> String {
        guard let secret = body.le32(0), let kind = body.le32(4.addingSaturated(secret)) else { return "" }
        return FieldText.guessed(body.part(8 + secret, min(kind, 64)).terminated())
    }

    private static let contentDescription: [UInt8] = [
        0x33, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
    ]
    private static let extendedDescription: [UInt8] = [
        0x40, 0xA4, 0xD0, 0xD2, 0x07, 0xE3, 0xD2, 0x11, 0x97, 0xF0, 0x00, 0xA0, 0xC9, 0x5E, 0xA8, 0x50,
    ]
    private static let metadata: [UInt8] = [
        0xEA, 0xCB, 0xF8, 0xC5, 0xAF, 0x5B, 0x77, 0x48, 0x84, 0x67, 0xAA, 0x8C, 0x44, 0xFA, 0x4C, 0xCA,
    ]
    private static let metadataLibrary: [UInt8] = [
        0x94, 0x1C, 0x23, 0x44, 0x98, 0x94, 0xD1, 0x49, 0xA1, 0x41, 0x1D, 0x13, 0x4E, 0x45, 0x70, 0x54,
    ]
    private static let branding: [UInt8] = [
        0xFA, 0xB3, 0x11, 0x22, 0x23, 0xBD, 0xD2, 0x11, 0xB4, 0xB7, 0x00, 0xA0, 0xC9, 0x55, 0xFC, 0x6E,
    ]
    private static let encryption: [UInt8] = [
        0xFB, 0xB3, 0x11, 0x22, 0x23, 0xBD, 0xD2, 0x11, 0xB4, 0xB7, 0x00, 0xA0, 0xC9, 0x55, 0xFC, 0x6E,
    ]
    private static let extendedEncryption: [UInt8] = [
        0x14, 0xE6, 0x8A, 0x29, 0x22, 0x26, 0x17, 0x4C, 0xB9, 0x35, 0xDA, 0xE0, 0x7E, 0xE9, 0x28, 0x9C,
    ]
    private static let advancedEncryption: [UInt8] = [
        0x33, 0x85, 0x05, 0x43, 0x81, 0x69, 0xE6, 0x49, 0x9B, 0x74, 0xAD, 0x12, 0xCB, 0x86, 0xD5, 0x8C,
    ]
    private static let headerExtension: [UInt8] = [
        0xB5, 0x03, 0xBF, 0x5F, 0x2E, 0xA9, 0xCF, 0x11, 0x8E, 0xE3, 0x00, 0xC0, 0x0C, 0x20, 0x53, 0x65,
    ]
}
