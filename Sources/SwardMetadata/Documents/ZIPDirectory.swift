// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The central directory of a ZIP file, and single members out of it.
///
/// Whole archives are libarchive's business; this is for documents that are ZIP files inside and of which three members matter.
/// Source: APPNOTE.TXT 6.3.10.
struct ZIPDirectory {
    struct Member {
        var name: String
        var flags: Int
        var method: Int
        var packedLength: Int
        var length: Int
        /// Of its local header.
        var offset: Int
        var extra: [UInt8]

        /// Bit 0, or the strong encryption that hides the directory's values (bit 13), or the field of AE-x.
        var isEncrypted: Bool { flags & 1 != 0 || flags & 0x2000 != 0 || method == 99 }
    }

    let source: ByteSource
    private(set) var members: [Member] = []
    /// The directory itself is encrypted.
    private(set) var isHidden = false
    private var indices: [String: Int] = [:]

    private static let maximumMembers = 65_536
    private static let maximumDirectory = 16 << 20
    static let maximumMember = 4 << 20

    init?(_ source: ByteSource) {
        self.source = source
        let tail = min(source.length, 22 + 65535)
        var end = source.read(source.length - min(tail, 1024), min(tail, 1024))
        var place = end.lastIndex(of: [0x50, 0x4B, 5, 6])
        if place == nil, tail > 1024 {
            end = source.read(source.length - tail, tail)
            place = end.lastIndex(of: [0x50, 0x4B, 5, 6])
        }
        guard let place, var size = end.le32(place + 12), var offset = end.le32(place + 16) else {
            return nil
        }
        let recordPlace = source.length - end.count + place
        if offset == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
            let locator = source.read(recordPlace - 20, 20)
            guard locator.has([0x50, 0x4B, 6, 7]), let record = locator.le64(8) else { return nil }
            let long = source.read(record, 56)
            guard long.has([0x50, 0x4B, 6, 6]), let longSize = long.le64(40), let longOffset = long.le64(48)
            else {
                return nil
            }
            size = longSize
            offset = longOffset
        } else if offset + size != recordPlace, recordPlace >= size,
            source.read(recordPlace - size, 4).has([0x50, 0x4B, 1, 2])
        {
            // Something stands before the archive, such as a program that unpacks it.
            offset = recordPlace - size
        }
        readEntries(source.read(offset, min(size, Self.maximumDirectory)))
    }

    private mutating func readEntries(_ bytes: [UInt8]) {
        var offset = 0
        if bytes.count > 4, !bytes.has([0x50, 0x4B, 1, 2]) { isHidden = bytes.has([0x50, 0x4B, 6, 8]) }
        while members.count < Self.maximumMembers, bytes.has([0x50, 0x4B, 1, 2], at: offset),
            let flags = bytes.le16(offset + 8), let method = bytes.le16(offset + 10),
            let packed = bytes.le32(offset + 20), let length = bytes.le32(offset + 24),
            let nameLength = bytes.le16(offset + 28), let extraLength = bytes.le16(offset + 30),
            let commentLength = bytes.le16(offset + 32), let start = bytes.le32(offset + 42)
        {
            let name = FieldText.guessed(bytes.part(offset + 46, nameLength))
            indices[name] = members.count
            members.append(
                Member(
                    name: name, flags: flags, method: method, packedLength: packed, length: length,
                    offset: start,
                    extra: bytes.part(offset + 46 + nameLength, min(extraLength, 64))))
            offset += 46 + nameLength + extraLength + commentLength
        }
    }

    subscript(name: String) -> Member? { indices[name].map { members[$0] } }

    /// A member's bytes, and where they lie packed.
    func read(_ name: String, limit: Int = maximumMember) -> (bytes: [UInt8], place: Range<Int>)? {
        guard let member = self[name], !member.isEncrypted, member.method == 0 || member.method == 8,
            let head = source.exactly(member.offset, 30), head.has([0x50, 0x4B, 3, 4]),
            let nameLength = head.le16(26), let extraLength = head.le16(28)
        else { return nil }
        let start = member.offset + 30 + nameLength + extraLength
        let packed = source.read(start, min(member.packedLength, limit))
        let place = start..<(start + packed.count)
        return (member.method == 8 ? Inflate.unpack(packed, .none, limit: limit) : packed, place)
    }

    func tree(_ name: String, limit: Int = maximumMember) -> (tree: XMLTree, place: Range<Int>)? {
        read(name, limit: limit).map { (XMLTree($0.bytes), $0.place) }
    }
}
