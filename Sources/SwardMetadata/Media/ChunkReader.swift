// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Chunks of RIFF (WAVE, BWF, RF64, AVI, WebP) and of IFF (AIFF, 8SVX, ILBM).
///
/// Sources: Multimedia Programming Interface 1.0 (LIST INFO); EBU Tech 3285 (bext), 3306 (RF64); ITU-R BS.2088 (axml); WebP
/// container; AIFF 1.3; ISO 16684-3 (`_PMX`).
enum ChunkReader {
    private static let maximumText = 4 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 12) else { return }
        let order: ByteOrder = head.has("FORM") || head.has("RIFX") ? .big : .little
        // Lists hold chunks of their own: offset and end of each that still has some.
        var open = [(offset: 12, end: source.length)]
        var chunks = 0
        while let (offset, end) = open.last {
            guard chunks < 20_000, offset <= end - 8, let chunk = source.exactly(offset, 8),
                let length = chunk.number(4, 4, order)
            else {
                open.removeLast()
                continue
            }
            chunks += 1
            let body = (offset + 8)..<(offset + 8 + length)
            open[open.count - 1].offset = body.upperBound + length % 2
            if chunk.has("LIST") || chunk.has("RIFF") {
                // Frames of a film: many, and without words.
                if source.read(body.lowerBound, 4).has("movi") { continue }
                if open.count < 8 { open.append((body.lowerBound + 4, min(end, body.upperBound))) }
                continue
            }
            take(FieldText.latin1(chunk.part(0, 4)), body, source, into: &contents)
            // The sound of RF64 says its length elsewhere; what comes behind it is found only through that.
            if chunk.has("data"), length == 0xFFFF_FFFF {
                guard let long = source.read(12, 36).le64(16) else { return }
                open[open.count - 1].offset = body.lowerBound.addingSaturated(long.addingSaturated(long % 2))
            }
        }
    }

    private static func take(
        _ kind: String, _ body: Range<Int>, _ source: ByteSource, into contents: inout MediaContents
    ) {
        func data() -> [UInt8] { source.read(body.lowerBound, min(body.count, maximumText)) }
        if let role = roles[kind] {
            contents.add(role, "riff:" + kind, FieldText.guessed(data().terminated()), at: body)
            return
        }
        switch kind {
        case "EXIF":
            let bytes = data()
            let start = bytes.has("Exif\0") ? 6 : 0
            TIFFReader.read(ByteSource(bytes.from(start)), base: body.lowerBound + start, into: &contents)
        case "XMP", "_PMX": XMPPacket.read(data(), at: body, into: &contents)
        case "id3", "ID3": ID3Reader.read(ByteSource(data()), base: body.lowerBound, into: &contents)
        case "bext":
            let bytes = data()
            contents.add(
                .comment, "bext:Description", FieldText.guessed(bytes.part(0, 256).terminated()), at: body)
            contents.add(
                .creator, "bext:Originator", FieldText.guessed(bytes.part(256, 32).terminated()), at: body)
            contents.add(
                .comment, "bext:CodingHistory", FieldText.guessed(bytes.from(602).terminated()), at: body)
        case "iXML", "axml":
            let tree = XMLTree(data())
            XMPPacket.read(tree, at: body, into: &contents)
            for (index, node) in tree.nodes.enumerated() where node.children.isEmpty {
                contents.add(key: node.name, prefix: "\(kind):", tree.text(of: index), at: body)
            }
        default: break
        }
    }

    private static let roles: [String: FieldRole] = [
        "ICOP": .copyright, "IART": .creator, "INAM": .title, "ICMT": .comment, "ILIC": .license,
        "ISBJ": .comment,
        "IURL": .attribution, "ICMS": .comment, "(c)": .copyright, "AUTH": .creator, "NAME": .title,
        "ANNO": .comment,
        "LCNS": .license,
    ]
}
