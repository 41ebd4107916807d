// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Says which torrents to announce on the local network, and when. Source: BEP 14, "Usage".
///
/// Each torrent is announced as soon as it is there, then every five minutes, and never twice within a minute;
/// those that are due share their datagrams. Private torrents do not belong here (BEP 27).
package struct LocalDiscovery: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Entry: Sendable {
        var due: Instant
        var last: Instant?
    }

    package static let interval = Duration.seconds(300), leastInterval = Duration.seconds(60)

    private let port: UInt16
    private let cookie: String
    private var entries: [Digest160: Entry] = [:]
    /// When a torrent that is gone was announced last, so that adding and removing in turn cannot break the rate.
    private var removed: [Digest160: Instant] = [:]

    /// - Parameter cookie: Random letters and digits of this session.
    package init(port: UInt16, cookie: String) {
        self.port = port
        self.cookie = cookie
    }

    /// When the shell must next call ``timerFired(at:)``.
    package var deadline: Instant? { entries.values.map(\.due).min() }

    /// Begins to announce a torrent, or announces it anew as soon as the rate allows.
    package mutating func add(_ infoHashes: InfoHashes, at now: Instant) {
        removed = removed.filter { $0.value + Self.leastInterval > now }
        for hash in infoHashes.swarms {
            let last = entries[hash]?.last ?? removed[hash]
            let soonest = max(now, last.map { $0 + Self.leastInterval } ?? now)
            entries[hash] = Entry(due: min(entries[hash]?.due ?? soonest, soonest), last: last)
        }
    }

    /// What was announced last was not heard: it is announced anew as soon as the rate allows.
    package mutating func announcementFailed() {
        for (hash, entry) in entries {
            guard let last = entry.last else { continue }
            entries[hash]?.due = min(entry.due, last + Self.leastInterval)
        }
    }

    package mutating func remove(_ infoHashes: InfoHashes) {
        for hash in infoHashes.swarms {
            if let last = entries.removeValue(forKey: hash)?.last { removed[hash] = last }
        }
    }

    /// - Returns: What to multicast to each group, or `nil`.
    package mutating func timerFired(at now: Instant) -> LocalAnnouncement? {
        let due = entries.filter { $0.value.due <= now }.keys.sorted()
        guard !due.isEmpty else { return nil }
        for hash in due { entries[hash] = Entry(due: now + Self.interval, last: now) }
        return LocalAnnouncement(port: port, infoHashes: due, cookie: cookie)
    }

    /// - Returns: Which of our torrents the sender shares, and where it listens; `nil` for our own words.
    package func received(
        _ announcement: LocalAnnouncement, from sender: PeerAddress
    ) -> (infoHashes: [Digest160], peer: PeerAddress)? {
        guard announcement.cookie != cookie else { return nil }
        let shared = announcement.infoHashes.filter { entries[$0] != nil }
        return shared.isEmpty ? nil : (shared, sender.with(port: announcement.port))
    }
}
