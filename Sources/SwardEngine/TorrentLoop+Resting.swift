// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm

/// A complete torrent that nobody is at keeps next to nothing: its names, where it lies, and when its trackers are due.
/// Hashes and all else that the torrent file says are read again when a peer comes or is heard of.
extension TorrentLoop {
    /// What a torrent is while it rests.
    final class Rest {
        let snapshot: TorrentSnapshot
        let isPrivate: Bool
        /// Who needs it, and who may come to need it no more.
        var waiters: [(owner: ObjectIdentifier?, body: () -> Void)] = []
        var isWaking = false
        var search: Scheduled<Void>?
        /// Whether the resume file has been let go of.
        var isSettled = false

        init(_ snapshot: TorrentSnapshot, isPrivate: Bool) {
            self.snapshot = snapshot
            self.isPrivate = isPrivate
        }
    }

    /// In ticks: a peer that left may be back soon.
    private static let patience = 60

    var snapshot: TorrentSnapshot { rest?.snapshot ?? core.snapshot(at: .now) }

    /// All that is wanted is here.
    var isDone: Bool { rest != nil || core.isDone }

    private var mayRest: Bool {
        guard options.torrentPath != nil, rest == nil, !isStopped, !isMoving, !isFinishing, core.isComplete,
            let disk, disk.isIdle
        else { return false }
        return dialling.isEmpty && !core.isDialling && webLinks.isEmpty && links.allSatisfy { $0 == nil }
    }

    /// Called twice a second.
    func restWhenQuiet() {
        quietTicks = mayRest ? quietTicks + 1 : 0
        if quietTicks >= Self.patience { goToRest() }
    }

    /// At the start, where no peer is known yet.
    func restAtOnce() {
        if mayRest, options.peers.isEmpty { goToRest() }
    }

    private func goToRest() {
        guard let disk, let info else { return }
        let snapshot = core.snapshot(at: .now)
        emit(.progress(snapshot))
        rest = Rest(snapshot, isPrivate: info.isPrivate)
        quietTicks = 0
        stopTicking()
        let (payload, resume, writes) = (disk.payload, disk.resume, options.writes)
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        environment.pool.submit {
            if let resume, resume.isAtWork {
                if !writes || (try? payload.synchronize()) != nil { try? resume.settle() }
                resume.rest()
            }
            payload.releaseDescriptors()
            loop.execute { me.value.settled() }
        }
        self.disk = nil
        self.info = nil
        knownLayers = []
        links = []
        actions = ActionQueue()
        core.rest(at: .now)
        scheduleSearch()
        armTimer()
    }

    /// The DHT forgets; a torrent at rest sees to it by itself.
    private func scheduleSearch() {
        // Another judgement wakes it.
        guard let rest, environment.dht != nil, dhtRole != nil else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        rest.search = loop.scheduleTask(deadline: max(dhtDueAt, .now() + .seconds(1))) {
            me.value.askDHT()
            me.value.scheduleSearch()
        }
    }

    // MARK: Waking

    /// Calls `body` at once, or as soon as the torrent is awake or has failed to wake.
    func wake(for owner: ObjectIdentifier? = nil, _ body: @escaping () -> Void) {
        guard let rest else { return body() }
        rest.waiters.append((owner, body))
        if rest.isSettled { readAgain() }
    }

    /// It does not need the torrent any more; what has begun to wake wakes all the same.
    func forget(waiter owner: ObjectIdentifier) { rest?.waiters.removeAll { $0.owner == owner } }

    /// The resume file is let go of; until then reading it again would find it in use.
    private func settled() {
        guard let rest, !rest.isSettled else { return }
        rest.isSettled = true
        if !rest.waiters.isEmpty { readAgain() }
    }

    private func readAgain() {
        guard let path = options.torrentPath, let rest, !rest.isWaking else { return }
        rest.isWaking = true
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        let hashes = core.infoHashes
        let options = options
        let descriptors = environment.descriptors
        let cancellation = cancellation
        environment.pool.submit {
            let result = Self.read(path, hashes, options, descriptors) { _ in !cancellation.isCancelled }
            loop.execute { me.value.woke(result) }
        }
    }

    /// In bytes.
    private static let maximumTorrentLength = 256 << 20

    private static func read(
        _ path: String, _ hashes: InfoHashes, _ options: TorrentOptions, _ descriptors: DescriptorCache,
        shouldContinue: (Int64) -> Bool
    ) -> Result<(Metainfo, OpenedPayload), TorrentProblem> {
        let bytes: [UInt8]
        do { bytes = try WholeFile.read(path, limit: maximumTorrentLength) } catch {
            return .failure(.storage(error))
        }
        let metainfo: Metainfo
        do { metainfo = try Metainfo.parse(bytes) } catch { return .failure(.metadata(error)) }
        guard metainfo.info.infoHashes == hashes else { return .failure(.otherTorrent(path)) }
        do {
            let opened = try OpenedPayload(
                metainfo.info, layers: metainfo.pieceLayers.mapValues(\.bytes), options: options,
                descriptors: descriptors, shouldContinue: shouldContinue)
            return .success((metainfo, opened))
        } catch { return .failure(.storage(error)) }
    }

    private func woke(_ result: Result<(Metainfo, OpenedPayload), TorrentProblem>) {
        guard let rest else { return }
        rest.search?.cancel()
        self.rest = nil
        // Each of those who wait finds out by itself that the torrent has stopped or failed.
        defer { for waiter in rest.waiters { waiter.body() } }
        guard !isStopped else { return }
        switch result {
        case .failure(let problem): fail(problem)
        case .success((let metainfo, let opened)):
            info = metainfo.info
            let layers = metainfo.pieceLayers.mapValues(\.bytes)
            knownLayers = Set(layers.keys)
            attach(opened)
            core.wake(Content(metainfo.info, layers: layers), have: opened.have, at: .now, into: &actions)
            // Files have gone or changed since it was whole.
            if !core.isComplete { emit(.checked(core.snapshot(at: .now))) }
            startTicking()
            perform()
            endOfTick()
        }
    }
}
