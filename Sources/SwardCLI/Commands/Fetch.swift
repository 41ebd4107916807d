// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPrimitives
import SwardSwarm

/// `sward fetch`: judges, then downloads, then verifies.
struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fetch a work from peers, after judging its terms.",
        discussion: """
            The terms come first: from the torrent file, or, for a magnet link, from peers, as part of what the link's hash \
            covers. If they do not let the work be passed on, not a byte of it is requested, and you are told which \
            clause decides. A torrent that declares no terms is quarantined: fetched without serving any of it. With \
            --metadata-only the terms are shown, as by `sward inspect`, and nothing of the work is requested.

            What is verified is written and recorded at once. After a kill or a power cut the same command goes on where it \
            was. When all is there, the payload is checked against its declared terms, and the torrent file is put beside it. A file \
            that lies where one of the work goes, and has nothing of it in it, is left alone, and nothing is fetched (--overwrite).

            Peers come from the link, from the trackers and web seeds it names, and from those asked for here: --peer, --dht-node, \
            --local-discovery.

              sward fetch 'magnet:?xt=urn:btmh:1220…' --peer 192.0.2.7:6881 --output ~/commons
              sward fetch my-work.torrent --local-discovery --keep-seeding
              sward fetch https://example.org/my-work.torrent --select 'docs/**'
              sward fetch 'magnet:?xt=urn:btmh:1220…' --dht-node 192.0.2.9:6881 --metadata-only
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var swarm: SwarmOptions
    @OptionGroup(title: "Limits") var transfer: TransferOptions
    @OptionGroup(title: "Files") var selection: FileOptions
    @OptionGroup(title: "Watching") var watch: WatchOptions
    @OptionGroup(title: "Policy") var policy: OperatorOptions
    @Argument(
        help: "A torrent file, its address on the web, a magnet link (in quotes), or an info-hash.",
        completion: .file(extensions: ["torrent"]))
    var source: String
    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("The folder to put the work into.", valueName: "folder"), completion: .directory)
    var folder = "."
    @Flag(help: "Show what the work says of itself, and end; 2 where it would be held.") var metadataOnly =
        false
    @Flag(help: "Go on serving when complete, until told to stop.") var keepSeeding = false
    @Option(
        help: ArgumentHelp(
            "When complete, move the work and its torrent to this folder; serving goes on from there.",
            valueName: "folder"), completion: .directory)
    var moveWhenDone: String?
    @Option(
        help: ArgumentHelp(
            "Let a held work pass. The reason is kept and shown, and lets the work pass from then on, until `sward release withdraw`.",
            valueName: "reason"))
    var release: String?
    @Option(
        help: ArgumentHelp(
            "End with 1 when nothing has come for so long, and keep what has; else it is waited for.",
            valueName: "seconds"))
    var giveUpAfter: Int?
    @Flag(help: "Check every byte that is here already, even where a record vouches for it.") var recheck =
        false

    func validate() throws {
        if let giveUpAfter, !(1...31_536_000).contains(giveUpAfter) {
            throw ValidationError("--give-up-after takes 1 to 31536000 seconds")
        }
        if metadataOnly, keepSeeding || moveWhenDone != nil || recheck {
            throw ValidationError(
                "--metadata-only fetches nothing; leave out --keep-seeding, --move-when-done and --recheck")
        }
    }

    func run() async throws {
        let configuration = try Configuration.load()
        // What is asked amiss is said before anybody is spoken to.
        _ = try swarm.peers(configuration)
        let origin = try await Origin(source, by: try swarm.proxy(configuration))
        let judging = try Judging(
            try policy.appraiser(configuration), release: try Releases.given(release), for: origin.infoHashes)
        try selection.check(origin)
        var reporting = output
        // Then what it says of itself is all the output.
        if metadataOnly, output.format == .json { (reporting.format, reporting.quiet) = (.text, true) }
        let report = SwarmReport(reporting, verb: "fetching", watch: watch)
        if case .file(let metainfo) = origin, metadataOnly {
            let inspection = try InspectionResult.inspecting(metainfo.info, for: judging.appraiser)
            let mayPass = judging.judge(metainfo.info).permissions.download
            return try show(InspectionResult(inspection, of: metainfo), mayPass)
        }
        if case .file(let metainfo) = origin, !judging.judge(metainfo.info).permissions.download {
            // Nothing is contacted and nothing is written for a work that may not pass.
            report.judged(metainfo.info, judging.report)
            throw ExitCode.findings
        }
        let patience = Patience(limit: giveUpAfter.map { .seconds($0) })
        let (outcome, wasInterrupted) = try await Interruption.guarding {
            let peers = try swarm.peers(configuration, and: origin.peerHints)
            let (session, addresses) = try await SwarmSession.open(swarm, transfer, configuration, report)
            report.listening(addresses)
            var options = TorrentOptions(folder: folder)
            options.resumePath = SwarmSession.resumePath(origin.infoHashes, payload: folder)
            options.peers = peers
            options.rechecks = recheck
            try transfer.apply(to: &options, configuration)
            selection.apply(to: &options, magnet: origin.magnet)
            let hasWays =
                !peers.isEmpty || session.configuration.dht != nil || session.configuration.localDiscovery
                || !swarm.noTrackers && origin.hasTrackers || selection.webSeeds && origin.hasWebSeeds
            return try await FetchRun(
                origin: origin, folder: folder, finalFolder: moveWhenDone, isMetadataOnly: metadataOnly,
                keepsSeeding: keepSeeding, hasWays: hasWays, selection: selection,
                judging: judging, session: session, watch: watch, patience: patience, report: report
            ).run(options)
        }
        switch outcome {
        case .complete: break
        case .described(let result, let mayPass): try show(result, mayPass)
        case .heldBack: throw ExitCode.findings
        case .failed: throw ExitCode.failure
        case .stopped:
            if wasInterrupted {
                throw Misfortune(
                    "stopped before the end; run the same command again to go on, nothing verified is lost")
            }
            if patience.isLost, let giveUpAfter {
                throw Misfortune(
                    "nothing has come for \(Amounts.count(giveUpAfter, "second")); run the same command again to go on, nothing verified is lost"
                )
            }
            throw ExitCode.failure
        }
    }

    /// - Throws: `ExitCode.findings` for a work that would be held.
    private func show(_ result: InspectionResult, _ mayPass: Bool) throws {
        try output.show(result) { result.write(to: $0, withFiles: false) }
        if !mayPass { throw ExitCode.findings }
    }

    enum Origin: Sendable {
        case file(Metainfo)
        case magnet(MagnetLink)

        init(_ source: String, by proxy: SOCKSProxy?) async throws {
            if let link = NamedTorrent.magnet(source) {
                self = .magnet(try MagnetLink.parse(link))
            } else {
                self = .file(try await NamedTorrent.read(source, by: proxy))
            }
        }

        var infoHashes: InfoHashes {
            switch self {
            case .file(let metainfo): metainfo.info.infoHashes
            case .magnet(let link): link.infoHashes
            }
        }

        var peerHints: [String] {
            if case .magnet(let link) = self { link.peers } else { [] }
        }

        var magnet: MagnetLink? {
            if case .magnet(let link) = self { link } else { nil }
        }

        var hasTrackers: Bool {
            switch self {
            case .file(let metainfo): !metainfo.announceTiers.isEmpty
            case .magnet(let link): !link.trackers.isEmpty
            }
        }

        var hasWebSeeds: Bool {
            switch self {
            case .file(let metainfo): !metainfo.webSeeds.isEmpty || !metainfo.httpSeeds.isEmpty
            case .magnet(let link): !link.webSeeds.isEmpty
            }
        }

        var torrentSource: TorrentSource {
            switch self {
            case .file(let metainfo): .metainfo(metainfo)
            case .magnet(let link): .magnet(link)
            }
        }
    }
}
