// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardEngine
import SwardPrimitives
import SwardSwarm

/// What is shown of a transfer while it runs.
struct WatchOptions: ParsableArguments {
    @Flag(help: "Show every peer: address, client, flags, how far it is, and rates.") var peers = false
    @Flag(help: "Show every tracker: its state, and whom it knows of.") var trackers = false
    @Flag(help: "Show how far every file is, and again what has changed.") var files = false
    @Flag(help: "Show totals of everything that is counted.") var stats = false
    @Option(
        help: ArgumentHelp(
            "Seconds from one showing to the next; of totals in JSON too.", valueName: "seconds"))
    var every = 5

    var showsAnything: Bool { peers || trackers || files || stats }

    func validate() throws {
        if !(1...86_400).contains(every) { throw ValidationError("--every takes 1 to 86400 seconds") }
    }
}

/// Shows it, again and again, until the task is cancelled.
struct Watching: Sendable {
    let options: WatchOptions
    let session: Session
    let report: SwarmReport

    func run() async {
        guard options.showsAnything || report.isJSON else { return }
        var last: SessionStatistics?
        var shown: [InfoHashes: [FileProgress]] = [:]
        while (try? await Task.sleep(for: .seconds(options.every))) != nil {
            let statistics = await session.statistics()
            // Where nothing moves there is nothing new to say.
            let isNews = statistics != last
            last = statistics
            if report.isJSON {
                if isNews { report.stats(statistics) }
                if options.files { await showFiles(&shown) }
                continue
            }
            if options.peers { report.showPeers() }
            if options.trackers { report.showTrackers() }
            if options.files { await showFiles(&shown) }
            if options.stats, isNews { report.stats(statistics) }
        }
    }

    /// As lines for people, only what has changed: a work may have thousands of files.
    private func showFiles(_ shown: inout [InfoHashes: [FileProgress]]) async {
        for handle in session.torrents {
            guard let files = await handle.files() else { continue }
            let known = Set(shown[handle.infoHashes] ?? [])
            report.showFiles(
                report.isJSON ? files : files.filter { !known.contains($0) }, of: handle.infoHashes)
            shown[handle.infoHashes] = files
        }
    }
}

extension SwarmReport {
    func stats(_ statistics: SessionStatistics) {
        if isJSON {
            var event = SwarmEvent("stats")
            event.stats = statistics
            return emit(event)
        }
        let (swarm, connections) = (statistics.swarm, statistics.connections)
        func traffic(_ bytes: SwarmCounters.Traffic) -> String {
            "payload \(Amounts.bytes(bytes.payload)), messages \(Amounts.bytes(bytes.protocol)), hashes \(Amounts.bytes(bytes.hashes)), metadata \(Amounts.bytes(bytes.metadata))"
        }
        remark("received  \(traffic(swarm.receivedBytes)); wasted \(Amounts.bytes(swarm.wastedBytes))")
        remark("sent      \(traffic(swarm.sentBytes))")
        remark(
            "peers     \(connections.open) open, \(connections.halfOpen) dialled, \(connections.pending) pending; \(connections.unchoked) unchoked, \(connections.interested) interested"
        )
        remark(
            "requests  \(swarm.requestsSent) sent, \(swarm.requestsReceived) received, \(swarm.rejectsSent + swarm.rejectsReceived) rejected, \(swarm.gateRefusals) refused by the gate"
        )
        remark(
            "pieces    \(swarm.piecesVerified) verified, \(swarm.hashFailures) failed; \(Amounts.count(swarm.bans, "ban"))"
        )
        remark(
            "disk      \(Amounts.bytes(Int64(statistics.disk.unwritten))) to write, \(Amounts.count(statistics.disk.openFiles, "file")) open"
        )
        if let reciprocity = statistics.reciprocity {
            remark(
                "commons   \(Amounts.bytes(reciprocity.given)) given by \(Amounts.count(reciprocity.peers, "peer")), \(Amounts.bytes(reciprocity.taken)) taken"
            )
        }
        if let dht = statistics.dht {
            remark(
                "dht       \(dht.goodNodes) of \(Amounts.count(dht.nodes, "node")) good; queries \(dht.queriesSent) sent, \(dht.queriesReceived) received, \(dht.timeouts) unanswered"
            )
        }
    }

    func showPeers() {
        for (name, snapshot) in lastSnapshots where !snapshot.peers.isEmpty {
            remark("\(Words.shown(name))  availability \(Amounts.decimal(snapshot.availability))")
            for peer in snapshot.peers.map({ SwarmEvent.Peer($0, pieceCount: snapshot.pieceCount) }) {
                let progress = Amounts.percent(Int64(peer.progress * 1000), of: 1000)
                var line =
                    "  \(peer.address)  \(Words.shown(peer.client))  \(peer.flags)  \(progress)  \(Amounts.rate(peer.downloadRate)) down  \(Amounts.rate(peer.uploadRate)) up"
                if let given = peer.givenBytes, let taken = peer.takenBytes {
                    line += "  in all \(Amounts.bytes(given)) given, \(Amounts.bytes(taken)) taken"
                }
                remark(line)
            }
        }
    }

    func showTrackers() {
        for report in lastTrackerReports {
            let state =
                report.failure
                ?? [
                    Amounts.count(report.peerCount, "peer"), report.seeds.map { Amounts.count($0, "seed") },
                    report.leeches.map { Amounts.count($0, "leech", plural: "leeches") },
                ].compactMap(\.self).joined(separator: ", ")
            remark("tracker \(Words.shown(report.url)): \(Words.shown(state))")
        }
    }

    func showFiles(_ files: [FileProgress], of hashes: InfoHashes) {
        if isJSON {
            var event = SwarmEvent("files")
            (event.infoHashV1, event.infoHashV2) = (hashes.v1?.hex, hashes.v2?.hex)
            event.files = files.map {
                SwarmEvent.File(
                    path: $0.path.joined(separator: "/"), length: $0.length, verifiedBytes: $0.verified)
            }
            return emit(event)
        }
        for file in files {
            remark(
                "  \(Amounts.percent(file.verified, of: file.length))  \(Amounts.bytes(file.length))  \(Words.shown(file.path.joined(separator: "/")))"
            )
        }
    }
}
