// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPrimitives
import SwardSwarm

/// One fetch from the first peer to the last byte, and serving after it.
struct FetchRun: Sendable {
    enum Outcome: Sendable {
        case complete, heldBack, failed, stopped
        /// What it says of itself came, and nothing else was asked for.
        case described(InspectionResult, mayPass: Bool)

        var isComplete: Bool { if case .complete = self { true } else { false } }
    }

    let origin: Fetch.Origin
    let folder: String
    /// Where the work goes when it is complete; `nil` leaves it where it is.
    let finalFolder: String?
    let isMetadataOnly: Bool
    let keepsSeeding: Bool
    /// Whether there is anybody to ask.
    let hasWays: Bool
    let selection: FileOptions
    let judging: Judging
    let session: Session
    let watch: WatchOptions
    let patience: Patience
    let report: SwarmReport

    func run(_ options: TorrentOptions) async throws -> Outcome {
        // Both end with this run.
        async let _: Void = Watching(options: watch, session: session, report: report).run()
        async let _: Void = SwarmSession.keepLearning(from: session)
        let judge: Judge = isMetadataOnly ? Self.shut : judgeWhatIsWanted
        let handle = session.add(origin.torrentSource, options: options, judge: judge)
        async let _: Void = patience.watch(handle)
        let outcome = try await withTaskCancellationHandler {
            do {
                let outcome = try await follow(handle, options)
                await SwarmSession.close(session)
                return outcome
            } catch {
                await SwarmSession.close(session)
                throw error
            }
        } onCancel: {
            Task { await handle.stop() }
        }
        report.stopped()
        return outcome
    }

    /// Whoever only reads the terms gets no more, whatever they are.
    private static let shut: Judge = { _ in Judgement(permissions: .shut, state: "read") }

    /// Of a work in which nothing is that was asked for nothing is fetched either.
    private func judgeWhatIsWanted(_ info: InfoDictionary) -> Judgement {
        do { try selection.check(info, link: origin.magnet) } catch {
            return Judgement(permissions: .shut, state: "read")
        }
        return judging.judge(info)
    }

    private func follow(_ handle: TorrentHandle, _ options: TorrentOptions) async throws -> Outcome {
        if !hasWays, origin.magnet != nil { report.nobodyToAsk() }
        var info: InfoDictionary?
        var layers: [Digest256: [UInt8]] = [:]
        var outcome = Outcome.stopped
        for await event in handle.events {
            switch event {
            case .metadataReceived(let received):
                info = received
                report.metadata(received)
                if !isMetadataOnly {
                    do { try selection.check(received, link: origin.magnet) } catch {
                        await handle.stop()
                        throw error
                    }
                }
                guard isMetadataOnly, let link = origin.magnet else { break }
                let inspection = try InspectionResult.inspecting(received, for: judging.appraiser)
                outcome = .described(
                    InspectionResult(inspection, of: link),
                    mayPass: judging.judge(received).permissions.download)
                await handle.stop()
            case .judged(let judgement):
                if isMetadataOnly { break }
                if let info { report.judged(info, judging.report) }
                if !judgement.permissions.download {
                    outcome = .heldBack
                    await handle.stop()
                }
            case .checking:
                patience.sawWork()
                report.show(event, of: info?.name ?? "")
            case .checked(let snapshot):
                patience.sawWork()
                report.resumed(snapshot)
                if !hasWays, origin.magnet == nil, !snapshot.isComplete { report.nobodyToAsk() }
            case .layerReceived(let root, let bytes): layers[root] = bytes
            case .complete(let snapshot):
                patience.end()
                guard let info, case .stopped = outcome else { break }
                let torrent = try writeTorrent(info, layers)
                outcome = .complete
                report.complete(
                    snapshot, info, files: Self.fetchedFiles(info, options), folder: payloadPath(info),
                    torrent: torrent, isMoving: finalFolder != nil)
                outcome = try await examine(info, torrent, handle, options)
                if outcome.isComplete { try await move(info, torrent, handle) }
                if !keepsSeeding || !outcome.isComplete { await handle.stop() }
            case .failed(let problem):
                // A work that may not pass has been told of already, with its reasons.
                if case .notAdmitted = problem {
                    if !isMetadataOnly { outcome = .heldBack }
                } else {
                    outcome = .failed
                    report.failed(info?.name ?? "", problem)
                }
                await handle.stop()
            default: report.show(event, of: info?.name ?? "")
            }
        }
        return outcome
    }

    /// `nil` for all.
    private static func fetchedFiles(_ info: InfoDictionary, _ options: TorrentOptions) -> Set<Int>? {
        guard let priorities = options.priorities?(info) else { return nil }
        return Set(priorities.indices.filter { priorities[$0] != .skip })
    }

    /// Puts the work where the user wants it in the end; what may not be passed on stays where it is.
    private func move(_ info: InfoDictionary, _ torrent: String, _ handle: TorrentHandle) async throws {
        guard let finalFolder else { return }
        try await handle.move(
            to: finalFolder, resumePath: SwarmSession.resumePath(info.infoHashes, payload: finalFolder))
        let path = "\(finalFolder)/\(info.name).torrent"
        if let bytes = try SmallFile.read(torrent, limit: TorrentFile.maximumBytes) {
            try SmallFile.write(bytes, to: path)
            if !SmallFile.isSame(torrent, path) { unlink(torrent) }
        }
        report.moved(info, to: finalFolder, torrent: path)
    }

    private func payloadPath(_ info: InfoDictionary) -> String {
        folder == "." ? info.name : "\(folder)/\(info.name)"
    }

    /// Puts the torrent beside the work, so that it can be verified and served from there.
    private func writeTorrent(_ info: InfoDictionary, _ layers: [Digest256: [UInt8]]) throws -> String {
        let path = payloadPath(info) + ".torrent"
        let bytes: [UInt8]
        switch origin {
        case .file(let metainfo): bytes = metainfo.encoded()
        case .magnet(let link):
            bytes = try Metainfo(
                info: info, pieceLayers: layers, announceTiers: link.trackers.map { [$0] },
                webSeeds: link.webSeeds
            ).encoded()
        }
        let place =
            Self.isFree(path, for: info) ? path : payloadPath(info) + "." + Self.number(info) + ".torrent"
        try SmallFile.write(bytes, to: place)
        return place
    }

    /// Whether nothing is there, or a torrent of this very work.
    private static func isFree(_ path: String, for info: InfoDictionary) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return true }
        return (try? TorrentFile.read(path).info.infoHashes) == info.infoHashes
    }

    private static func number(_ info: InfoDictionary) -> String {
        String(ReleaseStore.name(of: info.infoHashes).prefix(8))
    }

    /// Holds the complete payload against its declared terms, or judges it by what is found where none are declared; a
    /// contradiction shuts the gate.
    private func examine(
        _ info: InfoDictionary, _ torrent: String, _ handle: TorrentHandle, _ options: TorrentOptions
    ) async throws -> Outcome {
        var verifier = Verifier(
            trusted: try Key.store.trustedKeys(), operatorProfile: judging.appraiser.operator)
        let files = Self.fetchedFiles(info, options)
        // Every byte was checked as it came.
        verifier.comparesDocumentDigests = false
        let result = VerificationResult(
            verifier.checkTerms(
                of: info, torrent: torrent, payload: payloadPath(info), files: files),
            gate: judging.appraiser.gate, release: judging.release)
        report.examined(result, isDoubted: judging.report?.state == "quarantined")
        if result.release != nil { judging.keep(for: info) }
        if result.isSound, result.isDeclared || result.isAdmitted {
            // What came in quarantine may be passed on from now on: its files say that it may.
            if files == nil { ExaminedWorks.record(info.infoHashes) }
            if !result.isDeclared { await handle.setJudgement(result.judgement) }
            return .complete
        }
        await handle.setJudgement(result.judgement)
        return .heldBack
    }
}
