// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Boxes of MP4, MOV, 3GP, M4A, CMAF, HEIF, AVIF and JPEG 2000.
///
/// Sources: ISO 14496-12 (boxes, `cprt`, `pssh`, `sinf`), 23001-7 (common encryption), 23008-12 (HEIF items), 15444-1 (JPEG 2000);
/// QuickTime File Format, "user data" and "metadata atoms"; ISO 16684-3 (XMP).
enum ISOMediaReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var walk = Walk(source: source)
        walk.run(into: &contents)
        walk.judge(into: &contents)
    }

    static let maximumText = 4 << 20
}

private struct Walk {
    /// A box whose children are still to be read.
    struct Open {
        var offset: Int
        var end: Int
        var kind: String
        /// Tells one list of keys, or one set of items, from another.
        var parent: String
    }

    let source: ByteSource
    private var open: [Open] = []
    private var keys: [String] = []
    private var items: [Int: HEIFItem] = [:]
    private var itemData: Int?
    private var systems: [(name: String, isClear: Bool, place: Range<Int>)] = []
    private var schemes: [(name: String, place: Range<Int>)] = []
    private var encrypted: [(kind: String, place: Range<Int>)] = []

    struct HEIFItem {
        var kind = ""
        var content = ""
        var extents: [(offset: Int, length: Int)] = []
        var isInItemData = false
    }

    init(source: ByteSource) { self.source = source }

    /// Boxes whose body is nothing but boxes.
    private static let containers: Set<String> = [
        "moov", "trak", "mdia", "minf", "stbl", "udta", "ilst", "moof", "traf", "sinf", "schi", "mvex",
        "edts", "tref",
        "jp2h", "iprp", "strk", "strd", "rinf", "uinf",
    ]
    /// Sample entries that stand for others that are locked, and the same of Apple, Adobe and Audible.
    private static let locked: Set<String> = [
        "encv", "enca", "encs", "enct", "encm", "drms", "drmi", "drmt", "p608", "aavd", "resv-drm",
    ]

    mutating func run(into contents: inout MediaContents) {
        open = [Open(offset: 0, end: source.length, kind: "", parent: "")]
        var boxes = 0
        while let top = open.last, boxes < 40_000 {
            guard top.offset <= top.end - 8, let head = source.exactly(top.offset, 8),
                var length = head.be32(0)
            else {
                open.removeLast()
                continue
            }
            boxes += 1
            var headLength = 8
            if length == 1 {
                length = source.read(top.offset + 8, 8).be64(0) ?? 0
                headLength = 16
            } else if length == 0 {
                length = top.end - top.offset
            }
            // User data of QuickTime ends with four zeros.
            guard length >= headLength else {
                open.removeLast()
                continue
            }
            let end = min(top.end, top.offset.addingSaturated(length))
            open[open.count - 1].offset = end
            let kind = FieldText.latin1(head.part(4, 4).map { $0 == 0 ? 0x20 : $0 })
            take(
                kind, (top.offset + headLength)..<max(end, top.offset + headLength), in: top, into: &contents)
        }
        readItems(into: &contents)
    }

    private mutating func enter(_ body: Range<Int>, _ kind: String, skipping: Int = 0, in parent: Open) {
        guard open.count < 24, body.count >= skipping else { return }
        open.append(
            Open(offset: body.lowerBound + skipping, end: body.upperBound, kind: kind, parent: parent.kind))
    }

    private func data(_ body: Range<Int>) -> [UInt8] {
        source.read(body.lowerBound, min(body.count, ISOMediaReader.maximumText))
    }

    private mutating func take(
        _ kind: String, _ body: Range<Int>, in parent: Open, into contents: inout MediaContents
    ) {
        switch kind {
        case "meta":
            // A full box in MP4, a plain one in QuickTime, where its first child follows at once.
            let isPlain = source.read(body.lowerBound + 4, 4).has("hdlr")
            enter(body, kind, skipping: isPlain ? 0 : 4, in: parent)
        case "stsd": enter(body, kind, skipping: 8, in: parent)
        case _ where parent.kind == "stsd": sampleEntry(kind, body, in: parent)
        case _ where parent.kind == "ilst": itemList(kind, body, into: &contents)
        case _ where Self.containers.contains(kind): enter(body, kind, in: parent)
        case "pssh": system(body)
        case "schm":
            let scheme = FieldText.latin1(source.read(body.lowerBound + 4, 4))
            if schemes.count < 16 { schemes.append((scheme, body)) }
        case "uuid": extended(body, into: &contents)
        case "keys": readKeys(data(body))
        case "iinf": enter(body, kind, skipping: source.read(body.lowerBound, 1) == [0] ? 6 : 8, in: parent)
        case "infe": itemInfo(data(body))
        case "iloc": itemLocations(data(body))
        case "idat": itemData = body.lowerBound
        case "XMP_": XMPPacket.read(data(body), at: body, into: &contents)
        case "xml": XMPPacket.read(data(body), at: body, into: &contents)
        case "Exif":
            // As JPEG XL has it: behind an offset, as in HEIF.
            let bytes = data(body)
            if let skip = bytes.be32(0), skip < bytes.count {
                TIFFReader.read(
                    ByteSource(bytes.from(4 + skip)), base: body.lowerBound + 4 + skip, into: &contents)
            }
        case "brob":
            let bytes = data(body)
            if bytes.has("xml ") {
                let text = Inflate.brotli(bytes.from(4), limit: ISOMediaReader.maximumText)
                XMPPacket.read(text, at: body, into: &contents)
            }
        case _ where parent.kind == "udta": userData(kind, body, into: &contents)
        default: break
        }
    }

    // MARK: Words

    private static let roles: [String: FieldRole] = [
        "\u{A9}cpy": .copyright, "cprt": .copyright, "\u{A9}ART": .creator, "aART": .creator,
        "\u{A9}aut": .creator,
        "auth": .creator, "\u{A9}nam": .title, "titl": .title, "\u{A9}cmt": .comment, "desc": .comment,
        "ldes": .comment, "dscp": .comment, "\u{A9}des": .comment, "\u{A9}inf": .comment,
        "\u{A9}lic": .license,
        "\u{A9}url": .attribution, "\u{A9}dis": .rights, "\u{A9}src": .comment, "perf": .creator,
        "\u{A9}wrt": .creator,
        "\u{A9}prd": .comment,
    ]

    /// User data: `cprt` and its like as full boxes with a language, `©cpy` and its like as lengths and strings.
    private func userData(_ kind: String, _ body: Range<Int>, into contents: inout MediaContents) {
        guard let role = Self.roles[kind] else { return }
        let bytes = data(body)
        var text: String
        if kind.hasPrefix("\u{A9}") {
            let length = bytes.be16(0) ?? 0
            text = FieldText.guessed(bytes.part(4, length))
        } else {
            let value = bytes.from(6)
            text = FieldText.guessed(value)
            if !value.has([0xFE, 0xFF]) && !value.has([0xFF, 0xFE]) {
                text = FieldText.guessed(value.terminated())
            }
        }
        contents.add(role, "mp4:" + kind, text, at: body)
    }

    /// One item of an iTunes or QuickTime list: boxes `data`, and for `----` also `mean` and `name`.
    private func itemList(_ kind: String, _ body: Range<Int>, into contents: inout MediaContents) {
        let bytes = data(body)
        var name = kind
        var texts: [String] = []
        var offset = 0
        for _ in 0..<32 {
            guard let length = bytes.be32(offset), length >= 12, length <= bytes.count - offset else { break }
            if bytes.has("name", at: offset + 4) {
                name = FieldText.utf8(bytes.part(offset + 12, length - 12))
            } else if bytes.has("data", at: offset + 4), length >= 16, let type = bytes.be32(offset + 8) {
                let value = bytes.part(offset + 16, length - 16)
                if type == 2 { texts.append(FieldText.utf16(value, .big)) }
                if type == 1 || type == 0 || type == 4 || type == 8 { texts.append(FieldText.guessed(value)) }
            }
            offset += length
        }
        if let role = Self.roles[kind] {
            for text in texts { contents.add(role, "mp4:" + kind, text, at: body) }
            return
        }
        if kind != "----" {
            // QuickTime: the kind is a number into the list of keys.
            let number = source.read(body.lowerBound - 4, 4).be32(0) ?? 0
            guard number >= 1, number <= keys.count else { return }
            name = keys[number - 1]
            if name.hasPrefix("com.apple.quicktime.") { name = String(name.dropFirst(20)) }
        }
        for text in texts { contents.add(key: name, prefix: "mp4:", text, at: body) }
    }

    private mutating func readKeys(_ bytes: [UInt8]) {
        keys = []
        var offset = 8
        while keys.count < 1024, let length = bytes.be32(offset), length >= 8 {
            keys.append(FieldText.utf8(bytes.part(offset + 8, length - 8)))
            offset += length
        }
    }

    private mutating func extended(_ body: Range<Int>, into contents: inout MediaContents) {
        let identifier = source.read(body.lowerBound, 16)
        let rest = min(body.lowerBound + 16, body.upperBound)..<body.upperBound
        if identifier == Self.xmp {
            XMPPacket.read(data(rest), at: body, into: &contents)
        } else if identifier == Self.exif {
            TIFFReader.read(ByteSource(data(rest)), base: rest.lowerBound, into: &contents)
        } else if identifier == Self.iptc {
            IPTCReader.read(data(rest), at: body, into: &contents)
        } else if identifier == Self.playReady || identifier == Self.sampleEncryption {
            // Smooth Streaming keeps its protection in boxes of its own.
            if identifier == Self.playReady { system(rest) }
        }
    }

    private static let xmp: [UInt8] = [
        0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ]
    private static let exif: [UInt8] = Array("JpgTiffExif->JP2".utf8)
    private static let iptc: [UInt8] = [
        0x33, 0xC7, 0xA4, 0xD2, 0xB8, 0x1D, 0x47, 0x23, 0xA0, 0xBA, 0xF1, 0xA3, 0xE0, 0x97, 0xAD, 0x38,
    ]
    private static let playReady: [UInt8] = [
        0xD0, 0x8A, 0x4F, 0x18, 0x10, 0xF3, 0x4A, 0x82, 0xB6, 0xC8, 0x32, 0xD8, 0xAB, 0xA1, 0x83, 0xD3,
    ]
    private static let sampleEncryption: [UInt8] = [
        0xA2, 0x39, 0x4F, 0x52, 0x5A, 0x9B, 0x4F, 0x14, 0xA2, 0x44, 0x6C, 0x42, 0x7C, 0x64, 0x8D, 0xF4,
    ]

    // MARK: Items of HEIF

    private mutating func itemInfo(_ bytes: [UInt8]) {
        guard let version = bytes.first, version >= 2, items.count < 10_000 else { return }
        let width = version == 2 ? 2 : 4
        guard let identifier = bytes.number(4, width, .big) else { return }
        let kind = 4 + width + 2
        let name = bytes.terminated(at: kind + 4)
        items[identifier, default: HEIFItem()].kind = FieldText.latin1(bytes.part(kind, 4))
        items[identifier]?.content = FieldText.utf8(bytes.terminated(at: kind + 5 + name.count))
    }

    private mutating func itemLocations(_ bytes: [UInt8]) {
        guard let version = bytes.first, let sizes = bytes.be16(4) else { return }
        let offsetWidth = sizes >> 12, lengthWidth = sizes >> 8 & 15, baseWidth = sizes >> 4 & 15
        let indexWidth = version == 0 ? 0 : sizes & 15
        guard [offsetWidth, lengthWidth, baseWidth, indexWidth].allSatisfy({ $0 <= 8 }) else { return }
        let identifierWidth = version < 2 ? 2 : 4
        guard let count = bytes.number(6, identifierWidth, .big) else { return }
        var offset = 6 + identifierWidth
        for _ in 0..<min(count, 10_000) {
            guard let identifier = bytes.number(offset, identifierWidth, .big) else { return }
            offset += identifierWidth
            var method = 0
            if version > 0 {
                method = (bytes.be16(offset) ?? 0) & 15
                offset += 2
            }
            guard let base = bytes.number(offset + 2, baseWidth, .big),
                let extents = bytes.be16(offset + 2 + baseWidth)
            else { return }
            offset += 4 + baseWidth
            var item = items[identifier] ?? HEIFItem()
            item.isInItemData = method == 1
            for _ in 0..<extents {
                guard let start = bytes.number(offset + indexWidth, offsetWidth, .big),
                    let length = bytes.number(offset + indexWidth + offsetWidth, lengthWidth, .big)
                else { return }
                if item.extents.count < 16 { item.extents.append((base.addingSaturated(start), length)) }
                offset += indexWidth + offsetWidth + lengthWidth
            }
            items[identifier] = item
        }
    }

    private func readItems(into contents: inout MediaContents) {
        var count = 0
        for (_, item) in items.sorted(by: { $0.key < $1.key }) {
            let isXMP = item.kind == "mime" && item.content.contains("rdf+xml")
            guard isXMP || item.kind == "Exif", let first = item.extents.first, count < 16 else { continue }
            count += 1
            let base = item.isInItemData ? itemData ?? 0 : 0
            var bytes: [UInt8] = []
            for extent in item.extents where bytes.count < ISOMediaReader.maximumText {
                let length = extent.length == 0 ? source.length : extent.length
                bytes += source.read(
                    base.addingSaturated(extent.offset), min(length, ISOMediaReader.maximumText))
            }
            let start = base.addingSaturated(first.offset)
            guard start < source.length else { continue }
            let place = start..<min(source.length, start + bytes.count)
            if isXMP {
                XMPPacket.read(bytes, at: place, into: &contents)
            } else if let skip = bytes.be32(0), skip < bytes.count {
                TIFFReader.read(ByteSource(bytes.from(4 + skip)), base: start + 4 + skip, into: &contents)
            }
        }
    }

    // MARK: Locks

    private mutating func sampleEntry(_ kind: String, _ body: Range<Int>, in parent: Open) {
        if Self.locked.contains(kind), encrypted.count < 16 { encrypted.append((kind, body)) }
        // The boxes of an entry follow fields whose length depends on what it is for.
        var skip = 78
        if kind == "enca" || kind == "drms" || kind == "mp4a" || kind == "p608" {
            let version = source.read(body.lowerBound + 8, 2).be16(0) ?? 0
            skip = 28 + (version == 1 ? 16 : version == 2 ? 36 : 0)
        } else if kind == "encs" || kind == "enct" || kind == "encm" {
            skip = 8
        }
        if Self.locked.contains(kind) { enter(body, "entry", skipping: skip, in: parent) }
    }

    /// Systems by the identifiers that dashif.org lists. Clear Key is a key in the open: a test, or mere transport.
    private static let names: [String: String] = [
        "edef8ba979d64acea3c827dcd51d21ed": "Widevine", "9a04f07998404286ab92e65be0885f95": "PlayReady",
        "94ce86fb07ff4f43adb893d2fa968ca2": "FairPlay", "5e629af538da4063897797ffbd9902d4": "Marlin",
        "f239e769efa348509c16a903c6932efb": "Adobe Primetime",
        "3ea8778f77424bf9b18be834b2acbd47": "Clear Key AES-128",
        "be58615b19c4468488b3c8c57e99e957": "Clear Key SAMPLE-AES",
        "e2719d58a985b3c9781ab030af78d30e": "Clear Key",
        "1077efecc0b24d02ace33c1e52e2fb4b": "W3C common", "3d5e6d359b9a41e8b843dd3c6e72c42c": "ChinaDRM",
    ]

    private mutating func system(_ body: Range<Int>) {
        guard systems.count < 64, let identifier = source.exactly(body.lowerBound + 4, 16) else { return }
        let hex = identifier.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let name = Self.names[hex] ?? hex
        systems.append((name, name.hasPrefix("Clear Key") || name == "W3C common", body))
    }

    /// What the boxes found together mean.
    func judge(into contents: inout MediaContents) {
        for system in systems where !system.isClear {
            contents.lock(.drmMP4, "pssh: \(system.name)", at: system.place)
        }
        // Entries whose only key systems are open ones can be played by anyone.
        let isClear = !systems.isEmpty && systems.allSatisfy(\.isClear)
        for entry in encrypted {
            let isOwn = !entry.kind.hasPrefix("enc")
            let schemes = schemes.filter { entry.place.overlaps($0.place) }
            let known = ["cenc", "cens", "cbc1", "cbcs", "itun", "piff", "odkm", "adkm"]
            let isKnown = schemes.isEmpty || schemes.contains { known.contains($0.name) }
            guard isOwn || (isKnown && !isClear) else { continue }
            let scheme = schemes.first.map { ", scheme \($0.name)" } ?? ""
            contents.lock(.drmMP4, "sample entry \(entry.kind)\(scheme)", at: entry.place)
        }
    }
}
