// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// What a torrent tells, in order, for one reader.
///
/// The reader may be slow, or wait for someone who has stopped reading our output; the swarm does not wait for either. Of
/// what waits beyond ``limit``, events that later ones overtake are left out, so that what waits stays bounded.
public struct TorrentEvents: AsyncSequence, Sendable {
    public static let limit = 4096

    /// Where someone else is told: nothing, and for any number of torrents at once.
    static let none = {
        let events = TorrentEvents()
        events.finish()
        return events
    }()

    private let stream: AsyncStream<TorrentEvent>
    private let continuation: AsyncStream<TorrentEvent>.Continuation
    private let waiting = Waiting()

    fileprivate final class Waiting: Sendable {
        let count = Atomic<Int>(0)
    }

    public init() { (stream, continuation) = AsyncStream.makeStream(of: TorrentEvent.self) }

    /// From any thread.
    public func tell(_ event: TorrentEvent) {
        if event.isPassing, waiting.count.load(ordering: .relaxed) >= Self.limit { return }
        waiting.count.add(1, ordering: .relaxed)
        continuation.yield(event)
    }

    /// The reader ends after what was told.
    public func finish() { continuation.finish() }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator(), waiting: waiting)
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncStream<TorrentEvent>.Iterator
        fileprivate let waiting: Waiting

        public mutating func next() async -> TorrentEvent? {
            let event = await base.next()
            if event != nil { waiting.count.subtract(1, ordering: .relaxed) }
            return event
        }
    }
}

extension TorrentEvent {
    /// Whether it may be left out where too many wait: later events, or a snapshot, say what matters of it.
    public var isPassing: Bool {
        switch self {
        case .progress, .checking, .peerConnected, .peerClosed, .tracker, .webSeed, .banned,
            .keptOut, .unreached:
            true
        default: false
        }
    }
}
