// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// TIFF, BigTIFF and the Exif of other formats. Sources: TIFF 6.0; Exif 2.32; BigTIFF; XMP in tag 700.
enum TIFFReader {
    /// - Parameter base: Where the source begins in the file that findings are about.
    static func read(_ source: ByteSource, base: Int = 0, into contents: inout MediaContents) {
        var reader = Reader(source: source, base: base)
        reader.read(into: &contents)
    }

    private struct Reader {
        let source: ByteSource
        let base: Int
        private var order = ByteOrder.little
        private var isBig = false

        init(source: ByteSource, base: Int) {
            self.source = source
            self.base = base
        }

        mutating func read(into contents: inout MediaContents) {
            let head = source.read(0, 16)
            if head.has("MM") {
                order = .big
            } else if !head.has("II") {
                return
            }
            let version = head.number(2, 2, order)
            isBig = version == 43
            guard isBig || version == 42 || version == 0x55 || version == 0x4F52 || version == 0x5352 else {
                return
            }
            var waiting = [head.number(isBig ? 8 : 4, isBig ? 8 : 4, order) ?? 0]
            var seen: Set<Int> = []
            while let directory = waiting.popLast(), seen.count < 32 {
                guard directory > 0, seen.insert(directory).inserted else { continue }
                read(directory, &waiting, into: &contents)
            }
        }

        private func read(_ directory: Int, _ waiting: inout [Int], into contents: inout MediaContents) {
            let countWidth = isBig ? 8 : 2
            let entryLength = isBig ? 20 : 12
            guard let count = source.read(directory, countWidth).number(0, countWidth, order), count <= 4096
            else {
                return
            }
            let entries = source.read(directory + countWidth, count * entryLength + (isBig ? 8 : 4))
            for index in 0..<count {
                let entry = index * entryLength
                guard let tag = entries.number(entry, 2, order),
                    let type = entries.number(entry + 2, 2, order),
                    let units = entries.number(entry + 4, isBig ? 8 : 4, order)
                else { return }
                guard Self.wanted.contains(tag), units <= 1 << 24 else { continue }
                let width = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 13: 4, 16: 8, 18: 8][type] ?? 1
                let length = units * width
                let inline = isBig ? 8 : 4
                let valueField = entry + (isBig ? 12 : 8)
                let place =
                    length <= inline
                    ? directory + countWidth + valueField : entries.number(valueField, inline, order) ?? -1
                take(tag, width, source.read(place, length), at: place, &waiting, into: &contents)
            }
            if let next = entries.number(count * entryLength, isBig ? 8 : 4, order) { waiting.append(next) }
        }

        private static let wanted: Set<Int> = [
            270, 315, 330, 700, 33432, 33723, 34377, 34665, 37510, 40091, 40092, 40093, 42112,
        ]

        private func take(
            _ tag: Int, _ width: Int, _ value: [UInt8], at offset: Int, _ waiting: inout [Int],
            into contents: inout MediaContents
        ) {
            guard !value.isEmpty, offset >= 0 else { return }
            let place = (base + offset)..<(base + offset + value.count)
            switch tag {
            case 33432:
                // The photographer's and the editor's, with a zero between them.
                for part in value.split(separator: 0).prefix(4) {
                    contents.add(.copyright, "exif:Copyright", FieldText.guessed(Array(part)), at: place)
                }
            case 315: contents.add(.creator, "exif:Artist", FieldText.guessed(value.terminated()), at: place)
            case 270:
                contents.add(
                    .comment, "exif:ImageDescription", FieldText.guessed(value.terminated()), at: place)
            case 37510: contents.add(.comment, "exif:UserComment", userComment(value), at: place)
            case 40091: contents.add(.title, "exif:XPTitle", FieldText.utf16(value, .little), at: place)
            case 40092: contents.add(.comment, "exif:XPComment", FieldText.utf16(value, .little), at: place)
            case 40093: contents.add(.creator, "exif:XPAuthor", FieldText.utf16(value, .little), at: place)
            case 700: XMPPacket.read(value, at: place, into: &contents)
            case 33723: IPTCReader.read(value, at: place, into: &contents)
            case 34377: PhotoshopResources.read(value, at: place, into: &contents)
            case 42112: gdal(value, at: place, into: &contents)
            case 34665, 330:
                // Sub-directories: Exif's, and those of further images.
                for index in 0..<min(8, value.count / width) {
                    if let directory = value.number(index * width, width, order) { waiting.append(directory) }
                }
            default: break
            }
        }

        private func userComment(_ value: [UInt8]) -> String {
            let body = value.from(8)
            if value.has("UNICODE\0") { return FieldText.utf16(body, order) }
            if value.has("ASCII\0\0\0") || value.has([0, 0, 0, 0, 0, 0, 0, 0]) {
                return FieldText.guessed(body.terminated())
            }
            return FieldText.guessed(value.terminated())
        }

        /// GDAL's own items, such as `<Item name="LICENSE">`.
        private func gdal(_ value: [UInt8], at place: Range<Int>, into contents: inout MediaContents) {
            let tree = XMLTree(value.terminated())
            for (index, node) in tree.nodes.enumerated() where node.name == "Item" {
                if let name = node.attribute("name") {
                    contents.add(key: name, prefix: "gdal:", tree.text(of: index), at: place)
                }
            }
        }
    }
}
