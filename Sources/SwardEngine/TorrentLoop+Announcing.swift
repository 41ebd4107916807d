// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardTracker

/// Telling others that we are there.
extension TorrentLoop {
    /// Whether we may be named as someone to ask: while the metadata is sought, while we fetch, and once admitted.
    ///
    /// Nothing but an admitted work is announced as a source; a quarantined one is announced as if we had nothing.
    var mayAnnounce: Bool {
        guard !isStopped, !isFailed else { return false }
        guard let permissions = judgement?.permissions else { return true }
        return permissions.upload || (permissions.download && !isDone)
    }

    /// Makes what is announced follow from judgement and progress; called when either changes.
    func updateAnnouncing() {
        let isWanted = mayAnnounce
        if isWanted { makeAnnouncer() }
        if isWanted, let announcer { announcer.start() }
        if !isWanted, let announcer, announcer.isRunning {
            self.announcer = nil
            // Held by its own answers until the trackers know.
            announcer.stop { withExtendedLifetime(announcer) {} }
        }
        let isPrivate = info?.isPrivate ?? rest?.isPrivate ?? false
        let hashes = info?.infoHashes ?? core.infoHashes
        environment.announceLocally(hashes, isWanted && !isPrivate)
    }

    /// Called twice a second: who fetches and has nobody to fetch from asks sooner than the tracker proposes.
    func askTrackersWhenAlone() {
        let isAlone = dialling.isEmpty && webLinks.isEmpty && !links.contains { $0 != nil }
        guard !isDone, isAlone else { return }
        announcer?.wantPeers()
    }

    private func makeAnnouncer() {
        let hashes = info?.infoHashes ?? core.infoHashes
        guard let transport = environment.transport, !trackers.isEmpty else { return }
        // A magnet may know one name of a hybrid; when the other is learnt, both swarms are announced to.
        if announcer != nil, announcedHashes == hashes { return }
        announcer?.stop {}
        // Who does not listen has no port to tell, but trackers refuse 0; nobody runs the service of port 1.
        let identity = AnnounceSchedule.Identity(
            peerID: core.configuration.peerID, port: core.configuration.listenPort ?? 1,
            key: environment.trackerKey)
        let schedule = AnnounceSchedule(
            tiers: trackers, infoHashes: hashes, identity: identity,
            seed: UInt64(environment.trackerKey) &+ UInt64(hashes.swarms[0].bytes[0]))
        guard schedule.hasTrackers else { return }
        announcedHashes = hashes
        announcer = Announcer(
            schedule: schedule, loop: loop, transport: transport, datagrams: environment.datagrams,
            progress: { [unowned self] in announceProgress },
            found: { [weak self] peers in
                self?.found(peers, source: .tracker)
                self?.endOfTick()
            },
            report: { [weak self] report in
                self?.environment.counters.count {
                    if report.failure == nil { $0.trackers.answers += 1 } else { $0.trackers.failures += 1 }
                }
                self?.emit(.tracker(report))
            })
        announcer?.learnedOurAddress = { [weak self] in self?.core.learnedOurAddress($0) }
    }

    private var announceProgress: AnnounceProgress {
        let snapshot = snapshot
        var left = snapshot.hasMetadata ? snapshot.bytesTotal - snapshot.bytesComplete : 1
        // As if we had nothing: what may not be served is not offered.
        if judgement?.permissions.upload == false { left = max(1, snapshot.bytesTotal) }
        var progress = AnnounceProgress(
            uploaded: snapshot.uploaded, downloaded: snapshot.downloaded, left: left)
        progress.isPartialSeed = snapshot.isComplete && !snapshot.isWhole
        return progress
    }
}
