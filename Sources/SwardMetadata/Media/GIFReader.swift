// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Comments and XMP of GIF. Sources: GIF89a; ISO 16684-3 for its application extension.
enum GIFReader {
    private static let maximumText = 4 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 13) else { return }
        var offset = 13 + colorTable(head[10])
        var blocks = 0
        while blocks < 5000, let mark = source.exactly(offset, 2) {
            blocks += 1
            switch mark[0] {
            case 0x2C:
                guard let image = source.exactly(offset, 10) else { return }
                offset = skip(source, offset + 11 + colorTable(image[9]))
            case 0x21 where mark[1] == 0xFE:
                let end = skip(source, offset + 2)
                let text = joined(source.read(offset + 2, min(end - offset - 2, maximumText)))
                contents.add(.comment, "gif:comment", FieldText.guessed(text), at: offset..<end)
                offset = end
            case 0x21 where mark[1] == 0xFF:
                if source.read(offset + 3, 11).has("XMP DataXMP") {
                    // The packet is not cut into blocks; 258 bytes behind it lead any reader of blocks to their end.
                    let start = offset + 14
                    let end = source.find(Array("<?xpacket end".utf8), from: start, limit: maximumText)
                    if let end {
                        XMPPacket.read(source.read(start, end - start), at: start..<end, into: &contents)
                    }
                }
                offset = skip(source, offset + 2)
            case 0x21: offset = skip(source, offset + 2)
            default: return
            }
        }
    }

    private static func colorTable(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
    }

    /// Just past the empty block that ends a chain of blocks.
    private static func skip(_ source: ByteSource, _ start: Int) -> Int {
        var offset = start
        var buffer: [UInt8] = []
        var bufferStart = start
        while true {
            if offset < bufferStart || offset - bufferStart >= buffer.count {
                buffer = source.read(offset, 1 << 14)
                bufferStart = offset
                if buffer.isEmpty { return source.length }
            }
            let length = Int(buffer[offset - bufferStart])
            offset += 1 + length
            if length == 0 { return offset }
        }
    }

    private static func joined(_ blocks: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 0
        while offset < blocks.count, blocks[offset] != 0 {
            result += blocks.part(offset + 1, Int(blocks[offset]))
            offset += 1 + Int(blocks[offset])
        }
        return result
    }
}
