// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What a resume record says it is a record of. Foreign or damaged bytes do not parse.
///
/// Layout: magic 8, version 1, kinds 1 (bit 0 v1, bit 1 v2), settled 1, zero 1, v1 hash 20, v2 hash 32,
/// piece count 4, location length 2, boot id length 1, location, boot id, FNV-1a of all before it but the
/// settled byte 8; then one bit per piece, the first piece the highest bit of the first byte.
package struct ResumeHeader: Hashable, Sendable {
    package let infoHashes: InfoHashes
    package let pieceCount: Int
    /// The absolute path under which the payload lies.
    package let location: String
    /// The system's run in which the record was written. After a power cut, bytes that the record counts on may
    /// never have reached the disk; a kill of the process alone loses none.
    package let bootIdentifier: String
    /// Whether everything recorded was flushed to the disk before the record was closed.
    package var isSettled: Bool

    static let settledOffset = 10
    private static let magic = Array("SWARDRES".utf8)
    private static let fixedLength = 8 + 4 + 20 + 32 + 4 + 2 + 1
    private static let version: UInt8 = 1

    package init(
        infoHashes: InfoHashes, pieceCount: Int, location: String, bootIdentifier: String,
        isSettled: Bool = false
    ) {
        self.infoHashes = infoHashes
        self.pieceCount = pieceCount
        self.location = location
        self.bootIdentifier = bootIdentifier
        self.isSettled = isSettled
    }

    /// Whether this record is of the same torrent at the same place as `other`.
    func describesSamePayload(as other: ResumeHeader) -> Bool {
        infoHashes == other.infoHashes && pieceCount == other.pieceCount && location == other.location
    }

    package func encoded() -> [UInt8] {
        let location = Array(location.utf8.prefix(Int(UInt16.max)))
        let boot = Array(bootIdentifier.utf8.prefix(Int(UInt8.max)))
        var bytes = Self.magic
        bytes.append(Self.version)
        bytes.append((infoHashes.v1 == nil ? 0 : 1) | (infoHashes.v2 == nil ? 0 : 2))
        bytes += [isSettled ? 1 : 0, 0]
        bytes += infoHashes.v1?.bytes ?? [UInt8](repeating: 0, count: 20)
        bytes += infoHashes.v2?.bytes ?? [UInt8](repeating: 0, count: 32)
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: pieceCount >> shift))
        }
        bytes += [UInt8(location.count >> 8), UInt8(location.count & 255), UInt8(boot.count)]
        bytes += location
        bytes += boot
        let sum = Self.checksum(bytes)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift)))
        }
        return bytes
    }

    /// Reads a whole record.
    ///
    /// - Returns: The header and the bytes of the bits; `nil` if anything at all is not as we write it.
    package static func parse(_ bytes: [UInt8]) -> (header: ResumeHeader, bits: ArraySlice<UInt8>)? {
        guard bytes.count >= fixedLength, bytes.starts(with: magic), bytes[8] == version else { return nil }
        let kinds = bytes[9]
        guard kinds <= 3, bytes[settledOffset] <= 1, bytes[11] == 0 else { return nil }
        guard
            let hashes = InfoHashes(
                v1: kinds & 1 == 0 ? nil : Digest160(bytes[12..<32]),
                v2: kinds & 2 == 0 ? nil : Digest256(bytes[32..<64]))
        else { return nil }
        let pieceCount = bytes[64..<68].reduce(0) { $0 << 8 | Int($1) }
        let locationLength = Int(bytes[68]) << 8 | Int(bytes[69])
        let bootStart = fixedLength + locationLength
        let sumStart = bootStart + Int(bytes[70])
        let bitsStart = sumStart + 8
        guard bytes.count == bitsStart + (pieceCount + 7) / 8 else { return nil }
        let sum = bytes[sumStart..<bitsStart].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard sum == checksum(bytes[..<sumStart]) else { return nil }
        let bits = bytes[bitsStart...]
        if pieceCount % 8 != 0, let last = bits.last, last << UInt8(pieceCount % 8) != 0 { return nil }
        let header = ResumeHeader(
            infoHashes: hashes, pieceCount: pieceCount,
            location: String(decoding: bytes[fixedLength..<bootStart], as: UTF8.self),
            bootIdentifier: String(decoding: bytes[bootStart..<sumStart], as: UTF8.self),
            isSettled: bytes[settledOffset] == 1)
        // Text that is no UTF-8, a hash of a kind that there is none of.
        guard bytes.starts(with: header.encoded()) else { return nil }
        return (header, bits)
    }

    /// FNV-1a over all but the settled byte, which changes in place. It meets accidents; nobody else writes there.
    private static func checksum(_ bytes: some Collection<UInt8>) -> UInt64 {
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325
        for (offset, byte) in bytes.enumerated() where offset != settledOffset {
            sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return sum
    }
}
