// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import SwardMetainfo
public import SwardPrimitives
public import SwardStorage
public import SwardSwarm
import Synchronization

/// A torrent of a session, for whoever started it. Every method may be called from anywhere; once the torrent was stopped,
/// its last state is told, and what is asked of it is not done.
public final class TorrentHandle: Sendable {
    private struct State {
        var torrent: NIOLoopBound<TorrentLoop>?
        /// When it was stopped: the session, and with it the loop, may be gone.
        var last: TorrentSnapshot?
    }

    /// As known when it was added; a magnet of a hybrid may know one of two.
    public let infoHashes: InfoHashes
    /// For one reader; ends after `stopped`.
    public let events: TorrentEvents
    let loop: any EventLoop
    private let state = Mutex(State())

    init(infoHashes: InfoHashes, events: TorrentEvents, loop: any EventLoop) {
        self.infoHashes = infoHashes
        self.events = events
        self.loop = loop
    }

    func attach(_ torrent: NIOLoopBound<TorrentLoop>) { state.withLock { $0.torrent = torrent } }

    /// The torrent; only to be touched on its loop.
    var attached: TorrentLoop? { state.withLock { $0.torrent }?.value }

    /// Runs `body` with the torrent on its loop; it was attached there by a task queued before this one.
    ///
    /// - Returns: `nil` once the torrent was stopped.
    @discardableResult
    private func withTorrent<Value: Sendable>(
        _ body: @escaping @Sendable (TorrentLoop, EventLoopPromise<Value>) -> Void
    ) async -> Value? {
        // Queued under the lock: a session ends its loops after its torrents, and what was queued before is done.
        let promise = state.withLock { state -> EventLoopPromise<Value>? in
            guard state.last == nil else { return nil }
            let promise = loop.makePromise(of: Value.self)
            loop.execute {
                // `attach` ran on this loop before anything that a handle's user could have queued.
                body(self.state.withLock { $0.torrent }!.value, promise)
            }
            return promise
        }
        // No body here fails its promise.
        return try? await promise?.futureResult.get()
    }

    /// More peers to try.
    public func addPeers(_ addresses: [PeerAddress], source: PeerSource = .user) async {
        await withTorrent { torrent, promise in
            torrent.found(addresses, source: source)
            torrent.endOfTick()
            promise.succeed(())
        }
    }

    /// Opens or shuts the gate anew, after a scan of the payload or a decision of the operator.
    public func setJudgement(_ judgement: Judgement) async {
        await withTorrent { torrent, promise in
            torrent.setJudgement(judgement)
            promise.succeed(())
        }
    }

    /// Pieces that someone waits for, each by when it is wanted, before all others: for reading while it comes. Those of an
    /// earlier call that are not named again are forgotten.
    public func setDeadlines(_ deadlines: [PieceIndex: Duration]) async {
        await withTorrent { torrent, promise in
            let wanted = deadlines.map {
                (piece: $0.key.rawValue, milliseconds: Int($0.value / .milliseconds(1)))
            }
            torrent.core.setDeadlines(wanted, at: .now, into: &torrent.actions)
            torrent.perform()
            torrent.endOfTick()
            promise.succeed(())
        }
    }

    /// Moves the files of a complete torrent to another folder and goes on serving them from there. A kill at any instant
    /// leaves all of them in the one or the other.
    ///
    /// - Parameter resumePath: of the record for the new place; `nil` keeps none.
    public func move(to folder: String, resumePath: String?) async throws(StorageError) {
        let result: Result<Void, StorageError>? = await withTorrent { torrent, promise in
            torrent.wake { torrent.move(to: folder, resumePath: resumePath) { promise.succeed($0) } }
        }
        guard let result else { throw StorageError(.system(.rename, code: ECANCELED), at: folder) }
        try result.get()
    }

    public func snapshot() async -> TorrentSnapshot {
        let now = await withTorrent { torrent, promise in promise.succeed(torrent.snapshot) }
        // One of the two there is.
        return now ?? state.withLock { $0.last! }
    }

    /// Every file and how much of it is verified; `nil` without metadata, and while the torrent rests, complete.
    public func files() async -> [FileProgress]? {
        await withTorrent { torrent, promise in
            guard let info = torrent.info, let verified = torrent.core.verifiedBytes(of: info.layout) else {
                return promise.succeed(nil)
            }
            promise.succeed(
                info.files.indices.map {
                    FileProgress(
                        path: info.files.path(of: $0), length: info.layout.length(ofFile: $0),
                        verified: verified[$0])
                })
        } ?? nil
    }

    /// Every name under which peers may ask for it.
    func names() async -> [Digest160] {
        await withTorrent { torrent, promise in
            promise.succeed(torrent.info?.infoHashes.swarms ?? torrent.core.infoHashes.swarms)
        } ?? infoHashes.swarms
    }

    /// Closes its connections, finishes what is at the disk and flushes it. May be called again.
    public func stop() async {
        let last = await withTorrent { torrent, promise in
            torrent.stop { promise.succeed(torrent.snapshot) }
        }
        if let last { state.withLock { $0.last = last } }
    }
}

/// How far one file is.
public struct FileProgress: Hashable, Sendable {
    public let path: [String]
    /// Both in bytes.
    public let length: Int64
    public let verified: Int64
}
