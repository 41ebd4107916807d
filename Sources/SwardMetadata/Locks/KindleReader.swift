// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Books for Kindle: MOBI, AZW, KFX and Topaz. Source: MobileRead wiki, "MOBI", "PDB", "KFX".
enum KindleReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 86)
        if head.has([0xEA]) && head.has("DRMION", at: 1) {
            contents.lock(.drmKindle, "KFX: DRMION", at: 0..<min(8, source.length))
            return
        }
        if head.has("TPZ") {
            contents.lock(.drmKindle, "Topaz", at: 0..<3)
            return
        }
        guard let first = head.be32(78), let record = source.exactly(first, 132) else { return }
        if let kind = record.be16(12), kind == 1 || kind == 2 {
            contents.lock(.drmKindle, "MOBI: encryption \(kind)", at: (first + 12)..<(first + 14))
        }
        guard record.has("MOBI", at: 16), let length = record.be32(20), let flags = record.be32(128),
            flags & 0x40 != 0
        else { return }
        let start = first + 16 + length
        guard let exth = source.exactly(start, 12), exth.has("EXTH"), let size = exth.be32(4),
            let count = exth.be32(8)
        else { return }
        let bytes = source.read(start, min(size, 1 << 20))
        let isUTF8 = record.be32(28) == 65001
        var offset = 12
        for _ in 0..<min(count, 1000) {
            guard let kind = bytes.be32(offset), let length = bytes.be32(offset + 4), length >= 8 else {
                return
            }
            let value = bytes.part(offset + 8, length - 8)
            let text = isUTF8 ? FieldText.utf8(value) : FieldText.guessed(value)
            let place = (start + offset)..<(start + offset + length)
            let roles: [Int: FieldRole] = [100: .creator, 109: .rights, 103: .comment, 503: .title]
            if let role = roles[kind] { contents.add(role, "exth:\(kind)", text, at: place) }
            offset += length
        }
    }
}
