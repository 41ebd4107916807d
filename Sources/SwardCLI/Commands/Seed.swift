// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardSwarm
import Synchronization

/// `sward seed`: serves what may be served.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve works to peers, those that may be served.",
        discussion: """
            Each work is judged by the terms inside its torrent before a byte of it is served. What is held back is named, with \
            the clause that decides and what would cure it. Serves until it is told to stop (Ctrl-C, SIGTERM).

            The files are looked for where the torrent lies, or in --data. They are checked against the torrent once; \
            after that only what has changed is checked again.
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var swarm: SwarmOptions
    @OptionGroup(title: "Limits") var transfer: TransferOptions
    @OptionGroup(title: "Policy") var policy: OperatorOptions
    @Argument(help: "Torrent files.", completion: .file(extensions: ["torrent"])) var torrents: [String]
    @Option(
        help: ArgumentHelp("The folder that holds the works.", valueName: "folder"), completion: .directory)
    var data: String?
    @Option(help: ArgumentHelp("Serve held works all the same, and keep this reason.", valueName: "reason"))
    var release: String?
    @Flag(
        help: "As the first seed, show each peer a few pieces at a time, so that none is sent often (BEP 16)."
    )
    var superSeed = false
    @Flag(help: "Check every byte before serving, even where a record vouches for it.") var recheck = false

    func validate() throws {
        if torrents.isEmpty { throw ValidationError("name at least one torrent file") }
    }

    func run() async throws {
        let configuration = try Configuration.load()
        let appraiser = try policy.appraiser(configuration)
        let works = try torrents.map { path in
            let metainfo = try TorrentFile.read(path)
            return Work(
                path: path, metainfo: metainfo,
                judging: Judging(
                    appraiser, release: try Releases.decide(release, for: metainfo.info.infoHashes)))
        }
        let served = try await Interruption.guarding { try await serve(works, configuration) }.value
        if served < works.count { throw ExitCode.findings }
    }

    private struct Work: Sendable {
        let path: String
        let metainfo: Metainfo
        let judging: Judging

        var name: String { metainfo.info.name }
    }

    /// - Returns: How many works were served.
    private func serve(_ works: [Work], _ configuration: Configuration) async throws -> Int {
        let report = SwarmReport(output, verb: "serving")
        let admitted = works.filter { work in
            let judgement = work.judging.judge(work.metainfo.info)
            report.judged(work.metainfo.info, work.judging.report)
            if !judgement.permissions.upload, judgement.permissions.download {
                return examine(work, report)
            }
            return judgement.permissions.upload
        }
        guard !admitted.isEmpty else { return 0 }
        let (session, addresses) = try await SwarmSession.open(swarm, transfer, configuration)
        let peers = try swarm.peers()
        let handles = admitted.map { work in
            var options = TorrentOptions(folder: data ?? SmallFile.split(work.path).folder)
            options.resumePath = SwarmSession.resumePath(
                work.metainfo.info.infoHashes, payload: options.folder)
            options.peers = peers
            options.rechecks = recheck
            options.writes = false
            options.isSuperSeed = superSeed
            transfer.apply(to: &options)
            return session.add(.metainfo(work.metainfo), options: options, judge: work.judging.judge)
        }
        return try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                let gathering = Gathering(count: handles.count) { report.listening(addresses) }
                for (work, handle) in zip(admitted, handles) {
                    group.addTask { try await follow(handle, of: work, report, gathering) }
                }
                var served = 0
                for try await isServed in group where isServed { served += 1 }
                await SwarmSession.close(session)
                report.stopped()
                return served
            }
        } onCancel: {
            Task { for handle in handles { await handle.stop() } }
        }
    }

    /// Judges a work that declares nothing, or not enough, by its files, if they are all here.
    ///
    /// - Returns: Whether it may be served. Its bytes are checked before they count as evidence.
    private func examine(_ work: Work, _ report: SwarmReport) -> Bool {
        let verifier = Verifier(operatorProfile: work.judging.appraiser.operator)
        guard let found = try? verifier.verify(torrent: work.path, folder: data) else { return false }
        let result = VerificationResult(
            found, gate: work.judging.appraiser.gate, release: work.judging.release)
        report.examined(result)
        guard result.isWhole, result.isAdmitted else { return false }
        work.judging.settle(result)
        return true
    }

    /// Shows what happens to one torrent until it is stopped.
    private func follow(_ handle: TorrentHandle, of work: Work, _ report: SwarmReport, _ gathering: Gathering)
        async throws
        -> Bool
    {
        for await event in handle.events {
            switch event {
            case .checked(let snapshot):
                if !snapshot.isComplete {
                    report.incomplete(work.name, snapshot, torrent: work.path)
                }
                report.resumed(snapshot)
                gathering.arrive()
            case .failed(let problem):
                gathering.arrive()
                report.failed(work.name, problem)
                return false
            default: report.show(event, of: work.name)
            }
        }
        return true
    }
}

/// Does something once when all have come.
final class Gathering: Sendable {
    private let missing: Mutex<Int>
    private let action: @Sendable () -> Void

    init(count: Int, then action: @escaping @Sendable () -> Void) {
        missing = Mutex(count)
        self.action = action
    }

    func arrive() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { action() }
    }
}
