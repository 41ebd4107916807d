// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Synchronization

/// Shows what a session does: lines of JSON, or words and a line of progress.
final class SwarmReport: Sendable {
    private let output: OutputOptions
    private let line: ProgressLine
    private let started = ContinuousClock.now
    private struct State {
        /// Of each torrent that is not at rest.
        var snapshots: [String: TorrentSnapshot] = [:]
        var trackers: [String: TrackerReport] = [:]
        var drawnAt: ContinuousClock.Instant?
        var isPassageClosed = false
    }

    private let state = Mutex(State())
    private let isServing: Bool
    /// Whether snapshots are needed beyond the moment.
    private let keepsSnapshots: Bool

    /// - Parameter verb: `serving` or `fetching`.
    init(_ output: OutputOptions, verb: String, watch: WatchOptions) {
        self.output = output
        keepsSnapshots = watch.peers || (output.console.errorIsTerminal && !output.quiet)
        line = ProgressLine(verb, isQuiet: output.quiet || output.format == .json)
        isServing = verb == "serving"
    }

    var isJSON: Bool { output.format == .json }

    var lastSnapshots: [(key: String, value: TorrentSnapshot)] {
        state.withLock { $0.snapshots.sorted { $0.key < $1.key } }
    }

    var lastTrackerReports: [TrackerReport] {
        state.withLock { $0.trackers.values.sorted { $0.url < $1.url } }
    }

    func emit(_ event: SwarmEvent) { try? OutputOptions.printJSON(event, isPretty: false) }

    func remark(_ text: String) {
        if !output.quiet { output.console.remark(text) }
    }

    func listening(_ addresses: [PeerAddress]) {
        for address in addresses {
            if isJSON {
                var event = SwarmEvent("listening")
                event.address = "\(address)"
                emit(event)
            } else {
                remark("listening on \(address)")
            }
        }
    }

    func proxied(by proxy: SOCKSProxy) {
        if isJSON {
            var event = SwarmEvent("proxied")
            event.address = "\(proxy)"
            return emit(event)
        }
        remark(
            "all goes by the proxy \(Words.shown("\(proxy)")); off are local discovery and whatever would come in"
        )
    }

    /// Whether it passes datagrams; without a word all goes as it should.
    func passed(by proxy: SOCKSProxy, _ passage: PassageReport) {
        let wasClosed = state.withLock { state in
            defer { state.isPassageClosed = passage != .open }
            return state.isPassageClosed
        }
        switch passage {
        case .open:
            guard isJSON else {
                if wasClosed { remark("the proxy \(Words.shown("\(proxy)")) passes datagrams now") }
                return
            }
            var event = SwarmEvent("datagrams")
            event.address = "\(proxy)"
            emit(event)
        case .closed(let failure):
            let reason = Words.text(ofDatagrams: failure)
            guard isJSON else {
                // Which reason there is now is no news.
                if !wasClosed {
                    remark(
                        "the proxy \(Words.shown("\(proxy)")) passes no datagrams: \(reason); off are uTP, UDP trackers and the DHT"
                    )
                }
                return
            }
            var event = SwarmEvent("no-datagrams")
            (event.address, event.message) = ("\(proxy)", reason)
            emit(event)
        }
    }

    /// The proxy does not do what it is for.
    func failed(_ proxy: SOCKSProxy, _ failure: ProxyFailure) {
        let reason = Words.text(failure)
        if isJSON {
            var event = SwarmEvent("proxy-failed")
            (event.address, event.message) = ("\(proxy)", reason)
            emit(event)
        } else {
            remark("proxy \(Words.shown("\(proxy)")): \(reason)")
        }
    }

    /// What the gateway said.
    func mapped(_ mapping: PortMappingReport) {
        switch mapping {
        case .mapped(let port, let address, let method):
            guard isJSON else {
                return remark(
                    "peers are let in by the gateway at \(address.map { "\($0)" } ?? "port \(port)"), by \(method)"
                )
            }
            var event = SwarmEvent("mapped")
            (event.address, event.message) = (address.map { "\($0)" } ?? ":\(port)", method)
            emit(event)
        case .failed(let reason):
            guard isJSON else { return remark("the gateway lets no peers in: \(reason)") }
            var event = SwarmEvent("not-mapped")
            event.message = reason
            emit(event)
        }
    }

    func metadata(_ info: InfoDictionary) {
        guard isJSON else { return }
        var event = SwarmEvent("metadata", info)
        event.seconds = (ContinuousClock.now - started) / .seconds(1)
        emit(event)
    }

    /// The verdict, with what stands in the way of a work that may not pass.
    func judged(_ info: InfoDictionary, _ appraisal: AppraisalReport?, torrent: String? = nil) {
        guard let appraisal else { return }
        // Whoever serves has the files already, and may load thousands of bundles.
        let warnings =
            isServing ? [] : info.pathWarnings(limit: Self.maximumWarnings).map { Words.text($0, of: info) }
        if isJSON {
            var event = SwarmEvent("judged", info)
            event.appraisal = appraisal
            event.torrent = torrent
            if !warnings.isEmpty { event.warnings = warnings }
            return emit(event)
        }
        let console = output.console
        let passes = appraisal.state == "admitted"
        let terms = appraisal.expression.map(Words.shown) ?? "no declared terms"
        let mark =
            passes ? console.styled("admitted", Style.green) : console.styled(appraisal.state, Style.red)
        console.print("\(Words.shown(info.name))  \(terms)  \(mark)")
        if !passes || appraisal.release != nil {
            console.print("  \(appraisal.line)")
            for line in appraisal.furtherLines { console.print("  \(line)") }
        }
        for warning in warnings { console.warn(warning) }
    }

    private static let maximumWarnings = 5

    /// - Parameter name: The work's, where there may be several.
    func resumed(_ snapshot: TorrentSnapshot, of name: String? = nil) {
        if isJSON {
            var event = SwarmEvent("resumed", snapshot)
            event.name = name
            return emit(event)
        }
        if !isServing, snapshot.bytesComplete > 0, !snapshot.isComplete {
            remark(
                "\(Amounts.bytes(snapshot.bytesComplete)) of \(Amounts.bytes(snapshot.bytesTotal)) are here already"
            )
        }
    }

    /// A seeder does not have all it should.
    ///
    /// - Parameter folder: The one that holds the works; `nil` where it is the torrent's.
    func incomplete(_ name: String, _ snapshot: TorrentSnapshot, torrent: String, folder: String?) {
        let place = folder.map { " --data \(Words.shown($0))" } ?? ""
        let found =
            snapshot.bytesComplete == 0
            ? "nothing is there of its \(Amounts.bytes(snapshot.bytesTotal)), or nothing as the torrent says"
            : "only \(Amounts.bytes(snapshot.bytesComplete)) of \(Amounts.bytes(snapshot.bytesTotal)) are as the torrent says"
        output.console.warn(
            "\(Words.shown(name)): \(found); `sward check \(Words.shown(torrent))\(place)` names what is not")
    }

    /// What was missing of a work has come.
    func nowWhole(_ name: String) {
        if !isJSON { remark("\(Words.shown(name)): all of it is here now") }
    }

    /// A work is served no more, as its torrent is there no more.
    func letGo(_ name: String) {
        state.withLock { $0.snapshots[name] = nil }
        if isJSON {
            var event = SwarmEvent("let-go")
            event.name = name
            emit(event)
        } else {
            remark("\(Words.shown(name)): let go")
        }
    }

    /// A torrent that is not served, and why; the others are.
    func passedOver(_ error: any Error) { warn("passed-over", Words.sentence(for: error)) }

    private func warn(_ name: String, _ text: String) {
        guard isJSON else { return output.console.warn(text) }
        var event = SwarmEvent(name)
        event.message = text
        emit(event)
    }

    func show(_ event: TorrentEvent, of name: String) {
        switch event {
        case .progress(let snapshot): progress(snapshot, of: name)
        case .banned(let address, let piece):
            if isJSON {
                var event = SwarmEvent("banned")
                event.address = "\(address)"
                event.piece = piece.rawValue
                emit(event)
            } else {
                remark("\(address) sent bytes that are not those of piece \(piece.rawValue), and was dropped")
            }
        case .keptOut(let address, let reason, let time):
            if isJSON {
                var event = SwarmEvent("kept-out")
                (event.address, event.message) = ("\(address)", reason.name)
                event.keptOutSeconds = Int(time.components.seconds)
                emit(event)
            } else {
                remark(
                    "\(address) was dropped (\(reason.name)), and is kept out for \(time.components.seconds) s"
                )
            }
        case .unreached(let address, let failure):
            if isJSON {
                var event = SwarmEvent("unreached")
                (event.address, event.message) = ("\(address)", Words.text(failure))
                emit(event)
            } else {
                remark("\(address): \(Words.text(failure)); it is tried again")
            }
        case .tracker(let report):
            let former = state.withLock { $0.trackers.updateValue(report, forKey: report.url) }
            if isJSON {
                var event = SwarmEvent("tracker")
                (event.url, event.peerCount, event.message) = (report.url, report.peerCount, report.failure)
                (event.seeds, event.leeches) = (report.seeds, report.leeches)
                emit(event)
            } else if let failure = report.failure, failure != former?.failure {
                // The same again, of the other half of a hybrid or at the next try, is no news.
                remark("tracker \(Words.shown(report.url)): \(Words.shown(failure))")
            }
        case .heldUp(let error):
            if isJSON {
                var event = SwarmEvent("held-up")
                event.message = Words.text(error, isWaiting: true)
                emit(event)
            } else {
                remark("waiting for room: \(Words.text(error, isWaiting: true))")
            }
        case .reused(let bytes):
            if isJSON {
                var event = SwarmEvent("reused")
                event.verifiedBytes = bytes
                emit(event)
            } else {
                remark("\(Amounts.bytes(bytes)) were found in other folders")
            }
        case .resumed: if isJSON { emit(SwarmEvent("going-on")) } else { remark("there is room again") }
        case .webSeed(let url, let failure):
            if isJSON {
                var event = SwarmEvent("web-seed")
                (event.url, event.message) = (url, failure.reason)
                emit(event)
            } else {
                remark("web seed \(Words.shown(url)): \(Words.shown(failure.reason))")
            }
        default: break
        }
    }

    private func progress(_ snapshot: TorrentSnapshot, of name: String) {
        if isJSON {
            var event = SwarmEvent("progress", snapshot)
            event.name = name
            return emit(event)
        }
        guard keepsSnapshots else { return }
        let now = ContinuousClock.now
        let all: [TorrentSnapshot]? = state.withLock { state in
            state.snapshots[name] = snapshot
            // Of thousands of works each tells in its turn.
            if let last = state.drawnAt, now - last < .milliseconds(200) { return nil }
            state.drawnAt = now
            return Array(state.snapshots.values)
        }
        guard let all else { return }
        let peers = Amounts.count(all.reduce(0) { $0 + $1.peers.count }, "peer")
        let up = all.reduce(0) { $0 + $1.uploadRate }
        if isServing {
            let sent = all.reduce(Int64(0)) { $0 + $1.uploaded }
            line.say(
                "serving \(Amounts.count(all.count, "work"))  \(peers)  \(Amounts.rate(up)) up  \(Amounts.bytes(sent)) sent"
            )
        } else if !snapshot.hasMetadata {
            line.say("asking for metadata  \(peers)")
        } else {
            var progress = ProgressLine.Progress(done: snapshot.bytesComplete, total: snapshot.bytesTotal)
            progress.rate = snapshot.downloadRate
            progress.remark = peers
            line.show(progress)
        }
    }

    /// Nobody is known who could be asked.
    func nobodyToAsk() {
        warn(
            "nobody-to-ask",
            "no peer, tracker or DHT node is known, so nobody can be asked, and only who connects here can bring it; name one with --peer or --dht-node, or look around with --local-discovery"
        )
    }

    /// - Parameters:
    ///   - files: Those that were asked for; `nil` for all.
    ///   - isMoving: Whether both will be elsewhere in a moment.
    func complete(
        _ snapshot: TorrentSnapshot, _ info: InfoDictionary, files: Set<Int>?, folder: String,
        torrent: String,
        isMoving: Bool
    ) {
        line.finish()
        let wanted = files?.reduce(Int64(0)) { $0 + info.layout.length(ofFile: $1) } ?? snapshot.bytesTotal
        if isJSON {
            var event = SwarmEvent("complete", snapshot)
            (event.folder, event.torrent) = (folder, torrent)
            (event.fileCount, event.selectedFileCount, event.selectedBytes) = (
                info.files.count, files?.count ?? info.files.count, wanted
            )
            event.seconds = (ContinuousClock.now - started) / .seconds(1)
            return emit(event)
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let rate = seconds > 0 ? Double(snapshot.downloaded) / seconds : 0
        let part =
            files.flatMap { files in
                files.count == info.files.count
                    ? nil : "\(files.count) of \(Amounts.count(info.files.count, "file")), "
            } ?? ""
        let pace =
            snapshot.downloaded == 0
            ? ", all of it was here already"
            : " in \(Amounts.duration(seconds: seconds)), \(Amounts.rate(rate))"
        output.console.print(
            "complete  \(Words.shown(folder))  \(part)\(Amounts.bytes(wanted))\(pace)")
        if !isMoving { output.console.print("torrent   \(Words.shown(torrent))") }
    }

    func moved(_ info: InfoDictionary, to folder: String, torrent: String) {
        if isJSON {
            var event = SwarmEvent("moved", info)
            (event.folder, event.torrent) = (folder, torrent)
            return emit(event)
        }
        output.console.print("moved     \(Words.shown("\(folder)/\(info.name)"))")
        output.console.print("torrent   \(Words.shown(torrent))")
    }

    /// The complete payload against its declared terms, and who signed it.
    ///
    /// - Parameters:
    ///   - isOneOfMany: Then lines name the work.
    ///   - isDoubted: Whether what it declares did not settle whether it may pass.
    func examined(_ result: VerificationResult, isOneOfMany: Bool = false, isDoubted: Bool) {
        if isJSON {
            var event = SwarmEvent("examined")
            event.verification = result
            return emit(event)
        }
        let console = output.console
        let place = isOneOfMany ? "\(Words.shown(result.name))  " : ""
        for signer in result.signers where signer.subject == "bundle" {
            console.print("\(place)signed    \(signer.line)")
        }
        if !result.isDeclared {
            let terms = [result.expression, result.redistribution, result.commons].compactMap { $0 }
            console.print("\(place)found     \(terms.map { Words.shown($0) }.joined(separator: "  "))")
        }
        // Of a declared work that was in no doubt that has been told.
        if isDoubted || !result.isDeclared, let line = result.gateLine {
            console.print("\(place)gate      \(line)")
        }
        for finding in result.findings { console.print("\(place)held      \(finding.line)") }
    }

    func failed(_ name: String, _ problem: TorrentProblem) {
        line.finish()
        if isJSON {
            var event = SwarmEvent("failed")
            (event.name, event.message) = (name, Words.text(problem))
            emit(event)
        }
        output.console.fail("\(Words.shown(name)): \(Words.text(problem))")
    }

    func stopped() {
        line.finish()
        if isJSON { emit(SwarmEvent("stopped")) }
    }
}
