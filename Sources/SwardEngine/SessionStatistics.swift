// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardDHT
public import SwardSwarm
import Synchronization

/// Everything there is to graph of a session: states as they are now, all else as totals since its start.
public struct SessionStatistics: Hashable, Sendable, Encodable {
    public struct Torrents: Hashable, Sendable, Encodable {
        public var count = 0
        /// Complete, with nobody at them.
        public var resting = 0
        /// By the gate's state: admitted, quarantined, held, refused; those not judged yet under `unknown`.
        public var byGate: [String: Int] = [:]
        public var complete = 0
    }

    public struct Connections: Hashable, Sendable, Encodable {
        public var open = 0
        public var halfOpen = 0
        /// Incoming, without their handshake yet.
        public var pending = 0
        /// Peers that we send to, and those that want us to.
        public var unchoked = 0
        public var interested = 0
        /// Peers that send to us, and those that have something for us.
        public var unchokingUs = 0
        public var interesting = 0
        public var seeds = 0
    }

    public struct Disk: Hashable, Sendable, Encodable {
        /// In bytes: received and not yet written.
        public var unwritten = 0
        public var jobs = 0
        public var openFiles = 0
        /// Torrents that wait for room.
        public var heldUp = 0
    }

    public struct Trackers: Hashable, Sendable, Encodable {
        public var answers = 0
        public var failures = 0
    }

    /// What peers have given to us and taken from us, over all runs.
    public struct Reciprocity: Hashable, Sendable, Encodable {
        public var peers = 0
        /// In bytes of payload.
        public var given: Int64 = 0
        public var taken: Int64 = 0
    }

    public struct DHT: Hashable, Sendable, Encodable {
        public var nodes = 0
        public var goodNodes = 0
        public var queriesSent = 0, queriesReceived = 0
        public var responsesSent = 0, responsesReceived = 0
        public var errorsReceived = 0, timeouts = 0, queriesDropped = 0, malformed = 0
        public var bytesSent = 0, bytesReceived = 0
    }

    public var torrents = Torrents()
    public var connections = Connections()
    public var swarm = SwarmCounters()
    /// By reason: connections that never became one of a torrent.
    public var handshakeFailures: [String: Int] = [:]
    public var dialFailures = 0
    public var trackers = Trackers()
    public var disk = Disk()
    /// `nil` out of the DHT.
    public var dht: DHT?
    /// `nil` where that is not counted.
    public var reciprocity: Reciprocity?
    /// In bytes per second of payload.
    public var downloadRate = 0.0
    public var uploadRate = 0.0
}

/// What is counted where no torrent is known yet, from whatever thread.
final class SessionCounters: Sendable {
    struct Counts {
        var handshakeFailures: [String: Int] = [:]
        var dialFailures = 0
        var trackers = SessionStatistics.Trackers()
    }

    private let counts = Mutex(Counts())

    var value: Counts { counts.withLock { $0 } }

    func count(_ change: (inout Counts) -> Void) { counts.withLock { change(&$0) } }

    func handshakeFailed(_ reason: String) {
        counts.withLock { $0.handshakeFailures[reason, default: 0] += 1 }
    }
}

extension TorrentLoop {
    func add(to statistics: inout SessionStatistics) {
        statistics.swarm += core.counters
        statistics.torrents.count += 1
        statistics.torrents.byGate[judgement?.state ?? "unknown", default: 0] += 1
        guard rest == nil else {
            statistics.torrents.resting += 1
            statistics.torrents.complete += 1
            return
        }
        if core.isDone { statistics.torrents.complete += 1 }
        if isHeldUp { statistics.disk.heldUp += 1 }
        if let disk {
            statistics.disk.unwritten += disk.unwritten
            statistics.disk.jobs += disk.jobs
        }
        let snapshot = core.snapshot(at: .now)
        statistics.downloadRate += snapshot.downloadRate
        statistics.uploadRate += snapshot.uploadRate
        statistics.connections.halfOpen += snapshot.halfOpen
        statistics.connections.open += snapshot.peers.count
        for peer in snapshot.peers {
            if !peer.weChoke { statistics.connections.unchoked += 1 }
            if peer.theyWant { statistics.connections.interested += 1 }
            if !peer.theyChoke { statistics.connections.unchokingUs += 1 }
            if peer.weWant { statistics.connections.interesting += 1 }
            if snapshot.pieceCount > 0, peer.pieceCount == snapshot.pieceCount {
                statistics.connections.seeds += 1
            }
        }
    }
}

extension Session {
    /// Everything there is to graph, as of now.
    public func statistics() async -> SessionStatistics {
        var statistics = SessionStatistics()
        // One visit to each loop, however many torrents live there.
        for handles in Dictionary(grouping: torrents, by: { ObjectIdentifier($0.loop) }).values {
            let start = statistics
            let sum = try? await handles[0].loop.submit {
                var sum = start
                for handle in handles { handle.attached?.add(to: &sum) }
                return sum
            }.get()
            if let sum { statistics = sum }
        }
        let counts = counters.value
        statistics.handshakeFailures = counts.handshakeFailures
        statistics.dialFailures = counts.dialFailures
        statistics.trackers = counts.trackers
        statistics.connections.pending = pendingHandshakes
        statistics.disk.openFiles = openFiles
        if let book = configuration.reciprocity?.book {
            statistics.reciprocity = SessionStatistics.Reciprocity(
                peers: book.count, given: book.totals.given, taken: book.totals.taken)
        }
        if let found = await dht?.snapshot() {
            var dht = SessionStatistics.DHT()
            dht.nodes = found.nodeCounts.values.reduce(0, +)
            dht.goodNodes = found.goodNodeCounts.values.reduce(0, +)
            let counters = found.counters
            (dht.queriesSent, dht.queriesReceived) = (counters.queriesSent, counters.queriesReceived)
            (dht.responsesSent, dht.responsesReceived) = (counters.responsesSent, counters.responsesReceived)
            (dht.errorsReceived, dht.timeouts) = (counters.errorsReceived, counters.timeouts)
            (dht.queriesDropped, dht.malformed) = (counters.queriesDropped, counters.malformed)
            (dht.bytesSent, dht.bytesReceived) = (counters.bytesSent, counters.bytesReceived)
            statistics.dht = dht
        }
        return statistics
    }
}
