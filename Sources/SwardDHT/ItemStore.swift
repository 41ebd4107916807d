// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The data that others keep with us: two hours from the last write. Source: BEP 44, "Expiration".
package struct ItemStore: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Entry: Sendable {
        var item: DHTItem
        var written: Instant
    }

    package static let lifetime = Duration.seconds(7200)
    static let limit = 1000

    private var entries: [NodeID: Entry] = [:]

    package init() {}

    package var count: Int { entries.count }

    package subscript(target: NodeID) -> DHTItem? { entries[target]?.item }

    /// - Throws: What the writer is told. Source: BEP 44, "Errors".
    package mutating func put(_ item: DHTItem, compareAndSwap: Int64?, near own: NodeID, at now: Instant)
        throws(KRPCError)
    {
        let target = item.target
        if case .mutable(let new) = item, case .mutable(let old)? = entries[target]?.item {
            if let compareAndSwap, compareAndSwap != old.sequence { throw .compareAndSwapFailed }
            guard new.sequence >= old.sequence else { throw .sequenceTooLow }
            // The same number with another value is not a newer one.
            guard new.sequence > old.sequence || new.value == old.value else { throw .sequenceTooLow }
        }
        if entries[target] == nil, entries.count >= Self.limit {
            // What is farthest from us is the first that others have too.
            guard let farthest = entries.keys.max(by: { own.isNearer($0, than: $1) }),
                own.isNearer(target, than: farthest)
            else { throw .generic }
            entries[farthest] = nil
        }
        entries[target] = Entry(item: item, written: now)
    }

    package mutating func expire(at now: Instant) {
        entries = entries.filter { now - $0.value.written < Self.lifetime }
    }
}
