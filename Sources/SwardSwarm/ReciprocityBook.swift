// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What peers have given us and taken from us of works that may be shared, pair by pair: ours with each of them.
///
/// Only what this node saw itself is counted, so nobody can praise himself or a friend, and nothing of it goes over
/// the wire: a name in the handshake would tie a person to an address. A peer is known by where it comes from, an
/// IPv4 address or an IPv6 /64; who moves is a stranger again, and strangers lose nothing by it.
///
/// - Memory: 4096 peers at most, some 400 KiB. Above that those give way who stand lowest, the longest unseen first, so that
///   no crowd of takers displaces a giver.
package struct ReciprocityBook: Hashable, Sendable {
    /// In bytes of payload.
    package struct Entry: Hashable, Sendable {
        /// To us, verified.
        package var given: Int64 = 0
        /// From us.
        package var taken: Int64 = 0
        /// Days since 1970.
        fileprivate(set) var lastDay: Int32 = 0

        /// Never below zero: who has given nothing stands as a stranger does, so that a new address gains nothing.
        package var standing: Int64 { max(0, given - taken) }
    }

    package static let capacity = 4096
    /// Half a year unseen, and one is a stranger again.
    package static let daysKept: Int32 = 183

    private var entries: [PeerAddress: Entry] = [:]

    package init() {}

    // MARK: Queries

    package var count: Int { entries.count }

    package subscript(_ address: PeerAddress) -> Entry? { entries[address.subscriber] }

    /// Of all peers in it.
    package var totals: Entry {
        entries.values.reduce(into: Entry()) { sum, entry in
            sum.given = Self.sum(sum.given, entry.given)
            sum.taken = Self.sum(sum.taken, entry.taken)
        }
    }

    // MARK: Events

    package mutating func record(_ address: PeerAddress, given: Int = 0, taken: Int = 0, day: Int32) {
        add(
            Entry(given: Int64(max(0, given)), taken: Int64(max(0, taken)), lastDay: day),
            of: address.subscriber)
    }

    /// It sent wrong bytes: what it gave before counts no more.
    package mutating func strike(_ address: PeerAddress) { entries[address.subscriber]?.given = 0 }

    /// Adds what another book has counted.
    package mutating func merge(_ other: ReciprocityBook) {
        for (peer, entry) in other.entries.sorted(by: { $0.key < $1.key }) { add(entry, of: peer) }
    }

    private mutating func add(_ more: Entry, of peer: PeerAddress) {
        if let known = entries[peer] {
            entries[peer] = Entry(
                given: Self.sum(known.given, more.given), taken: Self.sum(known.taken, more.taken),
                lastDay: max(known.lastDay, more.lastDay))
        } else {
            entries[peer] = more
            if entries.count > Self.capacity { makeRoom() }
        }
    }

    private mutating func makeRoom() {
        let least = entries.min { a, b in
            (a.value.standing, a.value.lastDay, a.key) < (b.value.standing, b.value.lastDay, b.key)
        }
        if let least { entries[least.key] = nil }
    }

    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, isOverflow) = a.addingReportingOverflow(b)
        return isOverflow ? .max : sum
    }

    // MARK: On disk

    private static let magic = [UInt8]("sward reciprocity 1\n".utf8)
    /// Sixteen bytes of address, then given, taken and last day, most significant byte first.
    private static let recordLength = 16 + 8 + 8 + 4
    package static let maximumByteCount = magic.count + capacity * recordLength

    /// - Parameter day: today; who has not been seen for ``daysKept`` before it is left out.
    /// - Returns: `nil` for bytes that are not such a book; then one begins anew.
    package init?(_ bytes: [UInt8], day: Int32) {
        guard bytes.count <= Self.maximumByteCount, bytes.starts(with: Self.magic),
            (bytes.count - Self.magic.count) % Self.recordLength == 0
        else { return nil }
        func integer(_ bytes: some Collection<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
        var rest = bytes[Self.magic.count...]
        while !rest.isEmpty {
            let record = rest.prefix(Self.recordLength)
            rest = rest.dropFirst(Self.recordLength)
            let numbers = Array(record.dropFirst(16))
            guard let address = PeerAddress(ip: record.prefix(16), port: 0), address == address.subscriber,
                entries[address] == nil, let given = Int64(exactly: integer(numbers[..<8])),
                let taken = Int64(exactly: integer(numbers[8..<16])),
                let lastDay = Int32(exactly: integer(numbers[16...]))
            else { return nil }
            // A clock that was wrong once keeps nobody for ever.
            let seen = min(lastDay, day)
            if day - seen <= Self.daysKept {
                entries[address] = Entry(given: given, taken: taken, lastDay: seen)
            }
        }
    }

    /// The same book gives the same bytes.
    package func encoded() -> [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(bytes.count + entries.count * Self.recordLength)
        func append(_ value: some FixedWidthInteger) {
            for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        for (peer, entry) in entries.sorted(by: { $0.key < $1.key }) {
            bytes += peer.ip16
            append(entry.given)
            append(entry.taken)
            append(entry.lastDay)
        }
        return bytes
    }
}
