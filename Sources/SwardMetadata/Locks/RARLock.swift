// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Encryption of RAR archives, versions 4 and 5. Source: RAR 5.0 archive format; technote.txt of RAR 4.
enum RARLock {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 8)
        if head.has([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]) {
            readFive(source, into: &contents)
        } else {
            readFour(source, into: &contents)
        }
    }

    private static func readFour(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 7
        for _ in 0..<10_000 {
            guard let head = source.exactly(offset, 7), let flags = head.le16(3), let size = head.le16(5),
                size >= 7
            else { return }
            let place = offset..<(offset + size)
            if head[2] == 0x73, flags & 0x80 != 0 {
                contents.lock(.encryptedRAR, "RAR 4: encrypted headers", at: place)
                return
            }
            if head[2] == 0x74, flags & 0x04 != 0 {
                contents.lock(.encryptedRAR, "RAR 4: encrypted member", at: place)
                return
            }
            guard head[2] != 0x7B else { return }
            var length = size
            if flags & 0x8000 != 0 || head[2] == 0x74 {
                let more = source.read(offset + 7, 4).le32(0) ?? 0
                let high = flags & 0x100 != 0 ? source.read(offset + 32, 4).le32(0) ?? 0 : 0
                length = size.addingSaturated(more | high << 32)
            }
            offset = offset.addingSaturated(length)
        }
    }

    private static func readFive(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 8
        for _ in 0..<10_000 {
            let head = source.read(offset, 64)
            var cursor = 4
            guard let size = number(head, &cursor), size <= 1 << 21 else { return }
            let body = offset + cursor
            guard let kind = number(head, &cursor), let flags = number(head, &cursor) else { return }
            let extra = flags & 1 != 0 ? number(head, &cursor) ?? 0 : 0
            let data = flags & 2 != 0 ? number(head, &cursor) ?? 0 : 0
            let place = offset..<(body + size)
            if kind == 4 {
                contents.lock(.encryptedRAR, "RAR 5: encrypted headers", at: place)
                return
            }
            if kind == 2 || kind == 3, extra > 0, extra <= size {
                // Records at the header's end; number 1 is the encryption of the file.
                let records = source.read(body + size - extra, extra)
                var next = 0
                while next < records.count {
                    guard let length = number(records, &next), length > 0 else { break }
                    var inner = next
                    if number(records, &inner) == 1 {
                        contents.lock(.encryptedRAR, "RAR 5: encrypted member", at: place)
                        return
                    }
                    next = next.addingSaturated(length)
                }
            }
            if kind == 5 { return }
            offset = (body + size).addingSaturated(data)
        }
    }

    private static func number(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
        var value = 0
        for shift in stride(from: 0, to: 56, by: 7) {
            guard offset >= 0, offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
