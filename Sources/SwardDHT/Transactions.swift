// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import DequeModule
internal import SwardPrimitives

/// Queries of ours that are under way, by the number that an answer repeats.
///
/// All wait for the same two spans, so that they fall due in the order they were sent: to know the next costs no search.
struct Transactions: Sendable {
    typealias Instant = ContinuousClock.Instant

    struct Transaction: Sendable {
        enum Purpose: Sendable {
            case ping
            /// The first question to an address whose name we do not know.
            case bootstrap
            case lookup(DHTOperationID)
            case write(DHTOperationID)
            /// One question to one node, for its own sake.
            case probe(DHTOperationID)
        }

        var address: PeerAddress
        /// `nil` when its name is not known yet.
        var id: NodeID?
        var purpose: Purpose
        var sent: Instant
        fileprivate(set) var isSlow = false
        fileprivate var serial = 0

        init(address: PeerAddress, id: NodeID?, purpose: Purpose, sent: Instant) {
            self.address = address
            self.id = id
            self.purpose = purpose
            self.sent = sent
        }

        var deadline: Instant { sent + (isSlow ? Transactions.patience : Transactions.slowness) }
    }

    private struct Entry: Sendable {
        let number: UInt32
        let serial: Int
    }

    /// After the first a lookup goes on without the node, after the second the node has failed.
    static let slowness = Duration.seconds(1), patience = Duration.seconds(6)

    private var byNumber: [UInt32: Transaction] = [:]
    private var countByAddress: [PeerAddress: Int] = [:]
    // In the order they fall due; those that were answered meanwhile leave it at its head.
    private var fresh: Deque<Entry> = []
    private var slow: Deque<Entry> = []
    private var lastSerial = 0

    var count: Int { byNumber.count }

    subscript(number: UInt32) -> Transaction? { byNumber[number] }

    func contains(_ address: PeerAddress) -> Bool { countByAddress[address] != nil }

    /// When one is slow, or has failed, next.
    var deadline: Instant? {
        let heads = [fresh.first, slow.first].compactMap { $0 }
        return heads.compactMap { byNumber[$0.number]?.deadline }.min()
    }

    mutating func insert(_ transaction: Transaction, as number: UInt32) {
        lastSerial += 1
        byNumber[number] = transaction
        byNumber[number]?.serial = lastSerial
        countByAddress[transaction.address, default: 0] += 1
        fresh.append(Entry(number: number, serial: lastSerial))
    }

    mutating func remove(_ number: UInt32) -> Transaction? {
        guard let transaction = byNumber.removeValue(forKey: number) else { return nil }
        let others = countByAddress[transaction.address, default: 1] - 1
        countByAddress[transaction.address] = others > 0 ? others : nil
        trim()
        return transaction
    }

    /// One whose time is up, the first first: it has failed and is gone, or waits on as a slow one.
    mutating func takeLate(at now: Instant) -> (transaction: Transaction, hasFailed: Bool)? {
        for head in [slow.first, fresh.first] {
            guard let head, let transaction = byNumber[head.number], transaction.deadline <= now else {
                continue
            }
            if transaction.isSlow || transaction.sent + Self.patience <= now {
                return remove(head.number).map { ($0, true) }
            }
            byNumber[head.number]?.isSlow = true
            slow.append(head)
            trim()
            return (transaction, false)
        }
        return nil
    }

    /// So that at the heads are those that still wait there.
    private mutating func trim() {
        func waits(_ entry: Entry, _ isSlow: Bool) -> Bool {
            guard let transaction = byNumber[entry.number] else { return false }
            return transaction.serial == entry.serial && transaction.isSlow == isSlow
        }
        while let head = fresh.first, !waits(head, false) { fresh.removeFirst() }
        while let head = slow.first, !waits(head, true) { slow.removeFirst() }
    }
}
