// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Encryption of 7z archives, of their members or of their list of names. Source: 7zFormat.txt of the 7-Zip sources.
enum SevenZipLock {
    private static let aes: [UInt8] = [0x06, 0xF1, 0x07, 0x01]
    private static let maximumHeader = 4 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 32), let offset = head.le64(12), let size = head.le64(20),
            size <= maximumHeader
        else { return }
        let start = 32.addingSaturated(offset)
        var header = source.read(start, size)
        let place = start..<start.addingSaturated(size)
        // The header may itself be packed, several times over at most in theory.
        for _ in 0..<4 {
            let isPacked = header.first == 0x17
            if hasAES(header) {
                contents.lock(
                    .encrypted7z,
                    isPacked ? "coder 06F10701 on the list of names" : "coder 06F10701 on members", at: place)
                return
            }
            guard isPacked, let unpacked = unpacked(header, source) else { return }
            header = unpacked
        }
    }

    /// The coder with its flags: four bytes of identifier, and with attributes as AES always has.
    private static func hasAES(_ header: [UInt8]) -> Bool {
        header.firstIndex(of: [0x24] + aes) != nil || header.firstIndex(of: [0x34] + aes) != nil
    }

    private static func unpacked(_ header: [UInt8], _ source: ByteSource) -> [UInt8]? {
        var cursor = Cursor(bytes: header, offset: 1)
        guard cursor.byte() == 0x06, let position = cursor.number(), let streams = cursor.number(),
            streams == 1,
            cursor.byte() == 0x09, let packedSize = cursor.number(), packedSize <= maximumHeader
        else { return nil }
        while let id = cursor.byte(), id != 0x07 {
            if id == 0x0A { cursor.offset += 5 }
        }
        guard cursor.byte() == 0x0B, cursor.number() == 1, cursor.byte() == 0, cursor.number() == 1,
            let coder = LZMACoder.allCases.first(where: { header.has($0.identifier, at: cursor.offset) })
        else { return nil }
        cursor.offset += coder.identifier.count
        guard let count = cursor.number(), let properties = header.exact(cursor.offset, count) else {
            return nil
        }
        cursor.offset += count
        guard cursor.byte() == 0x0C, let size = cursor.number(), size <= maximumHeader else { return nil }
        let packed = source.read(32.addingSaturated(position), packedSize)
        return Inflate.lzma(packed, coder, properties: properties, length: size)
    }

    /// The coders that pack a list of names.
    enum LZMACoder: CaseIterable {
        case lzma1, lzma2

        /// Flags (length of the identifier, and that properties follow) and identifier.
        fileprivate var identifier: [UInt8] { self == .lzma1 ? [0x23, 0x03, 0x01, 0x01] : [0x21, 0x21] }
    }

    private struct Cursor {
        let bytes: [UInt8]
        var offset: Int

        mutating func byte() -> UInt8? {
            guard offset < bytes.count else { return nil }
            offset += 1
            return bytes[offset - 1]
        }

        /// The leading ones of the first byte tell how many follow.
        mutating func number() -> Int? {
            guard let first = byte() else { return nil }
            let extra = (~first).leadingZeroBitCount
            guard extra < 7, let low = bytes.number(offset, extra, .little) else { return nil }
            offset += extra
            let high = Int(first) & (0x7F >> extra)
            return high << (8 * extra) | low
        }
    }
}
