// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardBencode

/// What a peer says of itself after the handshake: extended message 0. Source: BEP 10; BEP 9, 11, 21, 54, 55 for keys.
package struct ExtensionHandshake: Hashable, Sendable {
    /// In bytes; a handshake above this is refused.
    private static let maximumLength = 1 << 16
    static let maximumValues = 1024

    /// The number under which its sender takes `ut_metadata` messages; 0 switches the extension off.
    package var metadataID: UInt8?
    /// As `metadataID`, for `ut_pex`, `ut_holepunch`, `lt_donthave` and `upload_only`. Source: BEP 11, 55, 54, 21.
    package var exchangeID: UInt8?
    package var holepunchID: UInt8?
    package var dontHaveID: UInt8?
    package var uploadOnlyID: UInt8?
    package var clientName: String?
    package var port: UInt16?
    /// How many requests its sender keeps; the rest it may drop.
    package var requestQueue: Int?
    /// In bytes.
    package var metadataSize: Int?
    /// Its sender wants nothing. Source: BEP 21.
    package var isUploadOnly: Bool?
    /// The receiver's address as its sender sees it: four bytes or sixteen.
    package var yourIP: [UInt8]?
    package var ipv4: [UInt8]?
    package var ipv6: [UInt8]?

    package init() {}

    /// - Throws: `badExtension` when there is no dictionary; keys of the wrong type count as absent.
    package init(reading payload: ByteBuffer) throws(WireError) {
        guard payload.readableBytes <= Self.maximumLength,
            let (entries, _) = try? LooseBencode.read(
                Array(payload.readableBytesView)[...], maximumValues: Self.maximumValues),
            case .dictionary = entries
        else { throw .badExtension(id: 0) }
        let numbers = entries["m"]
        func number(_ key: String) -> UInt8? { numbers?[key]?.integer.flatMap(UInt8.init(exactly:)) }
        metadataID = number("ut_metadata")
        exchangeID = number("ut_pex")
        holepunchID = number("ut_holepunch")
        dontHaveID = number("lt_donthave")
        uploadOnlyID = number("upload_only")
        clientName = entries["v"]?.string.map { String(decoding: $0.prefix(256), as: UTF8.self) }
        port = entries["p"]?.integer.flatMap(UInt16.init(exactly:))
        requestQueue = entries["reqq"]?.integer.flatMap { $0 > 0 ? Int(exactly: min($0, 1 << 20)) : nil }
        metadataSize = entries["metadata_size"]?.integer.flatMap(Int.init(exactly:))
        isUploadOnly = entries["upload_only"]?.integer.map { $0 != 0 }
        yourIP = entries["yourip"]?.string.flatMap { [4, 16].contains($0.count) ? $0 : nil }
        ipv4 = entries["ipv4"]?.string.flatMap { $0.count == 4 ? $0 : nil }
        ipv6 = entries["ipv6"]?.string.flatMap { $0.count == 16 ? $0 : nil }
    }

    package func payload() -> ByteBuffer {
        var entries: [[UInt8]: Bencode] = [:]
        func set(_ key: String, _ value: Bencode?) { entries[Array(key.utf8)] = value }
        var numbers: [[UInt8]: Bencode] = [:]
        for (key, number) in [
            ("ut_metadata", metadataID), ("ut_pex", exchangeID), ("ut_holepunch", holepunchID),
            ("lt_donthave", dontHaveID), ("upload_only", uploadOnlyID),
        ] {
            if let number { numbers[Array(key.utf8)] = .integer(Int64(number)) }
        }
        set("m", .dictionary(numbers))
        set("v", clientName.map(Bencode.text))
        set("p", port.map { .integer(Int64($0)) })
        set("reqq", requestQueue.map { .integer(Int64($0)) })
        set("metadata_size", metadataSize.map { .integer(Int64($0)) })
        set("upload_only", isUploadOnly.map { .integer($0 ? 1 : 0) })
        set("yourip", yourIP.map(Bencode.string))
        set("ipv4", ipv4.map(Bencode.string))
        set("ipv6", ipv6.map(Bencode.string))
        return ByteBuffer(bytes: Bencode.dictionary(entries).encoded())
    }
}
