// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives
import Synchronization

/// Who has misbehaved, and how long it is kept out; one for all torrents of a session, from whatever threads they run on.
///
/// Counted are floods, lies and, three to a lie, breaches of the protocol: none happens by accident. Who is slow, silent
/// or of no use is not counted, as many may stand behind one address.
///
/// - Shape: by subscriber (an IPv4 address, an IPv6 /64); on loopback, where many peers share one, by peer id.
/// - Memory: bounded by ``capacity``; the one whose time is up first gives way.
package final class PenaltyBox: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private enum Key: Hashable { case subscriber(PeerAddress), peer(PeerID) }

    private struct Entry {
        var points = 0
        /// How often it was kept out, which doubles the time.
        var sentences = 0
        var until: Instant?
        var lastOffence: Instant

        func isForgotten(at now: Instant) -> Bool {
            now - max(lastOffence, until ?? lastOffence) >= PenaltyBox.memory
        }
    }

    static let capacity = 1024
    static let limit = 3
    private static let first = Duration.seconds(60), longest = Duration.seconds(3600)
    /// Without an offence, before what was is forgotten.
    private static let memory = Duration.seconds(3600)

    private let entries = Mutex<[Key: Entry]>([:])

    package init() {}

    var count: Int { entries.withLock { $0.count } }

    /// How long a peer is still kept out; `nil` when it is not.
    ///
    /// - Parameter peerID: `nil` where it is not known yet; on loopback nobody is kept out then.
    package func remaining(of address: PeerAddress, _ peerID: PeerID?, at now: Instant) -> Duration? {
        guard let key = Self.key(address, peerID) else { return nil }
        guard let until = entries.withLock({ $0[key]?.until }), until > now else { return nil }
        return until - now
    }

    /// - Returns: how long the peer is kept out for it; `nil` when it is not.
    func record(_ reason: CloseReason, by address: PeerAddress, _ peerID: PeerID, at now: Instant)
        -> Duration?
    {
        // Web seeds are peers without an address of their own.
        guard reason.weight > 0, address.scope != .none, let key = Self.key(address, peerID) else {
            return nil
        }
        return entries.withLock { entries in
            if entries[key] == nil, entries.count >= Self.capacity { Self.makeRoom(in: &entries, at: now) }
            var entry = entries[key] ?? Entry(lastOffence: now)
            if entry.isForgotten(at: now) { entry = Entry(lastOffence: now) }
            entry.points += reason.weight
            entry.lastOffence = now
            var sentence: Duration?
            if entry.points >= Self.limit {
                sentence = min(Self.longest, Self.first * (1 << min(entry.sentences, 6)))
                entry.points = 0
                entry.sentences += 1
                entry.until = now + (sentence ?? .zero)
            }
            entries[key] = entry
            return sentence
        }
    }

    private static func key(_ address: PeerAddress, _ peerID: PeerID?) -> Key? {
        address.isLoopback ? peerID.map { .peer($0) } : .subscriber(address.subscriber)
    }

    private static func makeRoom(in entries: inout [Key: Entry], at now: Instant) {
        entries = entries.filter { !$0.value.isForgotten(at: now) }
        guard entries.count >= capacity else { return }
        let first = entries.min {
            ($0.value.until ?? $0.value.lastOffence) < ($1.value.until ?? $1.value.lastOffence)
        }
        if let first { entries[first.key] = nil }
    }
}

extension CloseReason {
    /// Points towards being kept out; 0 for what may happen to anybody.
    var weight: Int {
        switch self {
        case .flood, .lied, .banned: PenaltyBox.limit
        case .wire: 1
        default: 0
        }
    }
}
