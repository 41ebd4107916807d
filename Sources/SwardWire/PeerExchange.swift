// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardBencode
package import SwardPrimitives

/// Who else its sender is connected to, and no longer: the `ut_pex` message. Source: BEP 11.
package struct PeerExchange: Hashable, Sendable {
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let prefersEncryption = Flags(rawValue: 1)
        package static let isSeed = Flags(rawValue: 2)
        package static let speaksUTP = Flags(rawValue: 4)
        package static let holepunches = Flags(rawValue: 8)
        /// The sender has dialled it.
        package static let isReachable = Flags(rawValue: 16)
    }

    package struct Contact: Hashable, Sendable {
        package var address: PeerAddress
        package var flags: Flags
        package init(_ address: PeerAddress, flags: Flags = []) {
            self.address = address
            self.flags = flags
        }
    }

    /// Of each kind in one message; a first message may be longer than the fifty of later ones.
    package static let maximumContacts = 200
    /// "The combined amount of added v4/v6 contacts should not exceed 50 entries."
    package static let maximumSent = 50
    private static let maximumLength = 16 << 10

    package var added: [Contact] = []
    package var dropped: [PeerAddress] = []

    package init(added: [Contact] = [], dropped: [PeerAddress] = []) {
        self.added = added
        self.dropped = dropped
    }

    /// Contacts with port 0 and second mentions are left out; those above ``maximumContacts`` are not read.
    ///
    /// - Throws: `badExtension` when there is no dictionary, or a list is no whole number of entries.
    package init(reading payload: ByteBuffer, id: UInt8) throws(WireError) {
        guard payload.readableBytes <= Self.maximumLength,
            let (entries, _) = try? LooseBencode.read(
                Array(payload.readableBytesView)[...], maximumValues: ExtensionHandshake.maximumValues),
            case .dictionary = entries
        else { throw .badExtension(id: id) }
        var seen: Set<PeerAddress> = []
        for (key, width) in [("added", 4), ("added6", 16)] {
            let flags = entries["\(key).f"]?.string ?? []
            let addresses = try Self.addresses(entries[key]?.string ?? [], width: width, id: id)
            for (index, address) in addresses.enumerated()
            where added.count < Self.maximumContacts && address.port != 0 && seen.insert(address).inserted {
                let bits = index < flags.count ? flags[flags.startIndex + index] : 0
                added.append(Contact(address, flags: Flags(rawValue: bits)))
            }
        }
        for (key, width) in [("dropped", 4), ("dropped6", 16)] {
            for address in try Self.addresses(entries[key]?.string ?? [], width: width, id: id)
            where dropped.count < Self.maximumContacts && seen.insert(address).inserted {
                dropped.append(address)
            }
        }
    }

    private static func addresses(_ bytes: [UInt8], width: Int, id: UInt8) throws(WireError) -> [PeerAddress]
    {
        let entry = width + 2
        guard bytes.count.isMultiple(of: entry) else { throw .badExtension(id: id) }
        return stride(from: 0, to: bytes.count, by: entry).compactMap { start in
            let port = UInt16(bytes[start + width]) << 8 | UInt16(bytes[start + width + 1])
            return PeerAddress(ip: bytes[start..<(start + width)], port: port)
        }
    }

    package func payload() -> ByteBuffer {
        var entries: [[UInt8]: Bencode] = [:]
        func set(_ key: String, _ bytes: [UInt8]) {
            if !bytes.isEmpty { entries[Array(key.utf8)] = .string(bytes) }
        }
        let four = added.filter(\.address.isIPv4)
        let six = added.filter { !$0.address.isIPv4 }
        set("added", four.flatMap(\.address.compact))
        set("added.f", four.map(\.flags.rawValue))
        set("added6", six.flatMap(\.address.compact))
        set("added6.f", six.map(\.flags.rawValue))
        set("dropped", dropped.filter(\.isIPv4).flatMap(\.compact))
        set("dropped6", dropped.filter { !$0.isIPv4 }.flatMap(\.compact))
        return ByteBuffer(bytes: Bencode.dictionary(entries).encoded())
    }
}

extension PeerAddress {
    /// Six bytes or eighteen. Source: BEP 7, 23.
    package var compact: [UInt8] { ip + [UInt8(port >> 8), UInt8(port & 255)] }
}
