// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Glibc
import SwardEngine
import SwardPackaging

/// `sward seed`: serves what may be served.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve works to peers, those that may be served.",
        discussion: """
            Each work is judged by the terms inside its torrent before a byte of it is served. What is held back is named, with \
            the clause that decides and what would cure it, as is a torrent that cannot be read; the others are served. Serves until it is \
            told to stop (Ctrl-C, SIGTERM, or SIGHUP when the terminal is closed).

            The files are looked for where the torrent lies, or in --data. They are checked against the torrent once; \
            after that only what has changed is checked again. What was not packed or fetched here is looked into, once, too: \
            a work whose files say other terms than it declares is held back. The torrent files are read again when peers come, so leave them \
            where they are. With --follow a folder is looked into again and again: a torrent that is put there is served, and a work that was \
            not all there is checked again when its files have come or changed. Folders within a folder are not looked into.

              sward seed my-work.torrent
              sward seed my-work.torrent --listen 0.0.0.0:6881 --upload-limit 500K
              sward seed --follow bundles/ --data /srv/commons --local-discovery --max-peers 20
              sward seed album.torrent --release 'its author agreed, by letter of May 4'
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var swarm: SwarmOptions
    @OptionGroup(title: "Limits") var transfer: TransferOptions
    @OptionGroup(title: "Watching") var watch: WatchOptions
    @OptionGroup(title: "Policy") var policy: OperatorOptions
    @Argument(help: "Torrent files, or folders of them.", completion: .file(extensions: ["torrent"]))
    var torrents: [String]
    @Option(
        help: ArgumentHelp("The folder that holds the works.", valueName: "folder"), completion: .directory)
    var data: String?
    @Option(
        help: ArgumentHelp(
            "Serve a held work all the same; name its torrent alone. The reason is kept and shown, and lets the work pass from then on, until `sward release withdraw`.",
            valueName: "reason"))
    var release: String?
    @Flag(
        help: "As the first seed, show each peer a few pieces at a time, so that none is sent often (BEP 16)."
    )
    var superSeed = false
    @Flag(
        help:
            "Go on looking into the folders named: serve what is put there, and let go of what is taken away."
    )
    var follow = false
    @Flag(help: "Check every byte before serving, even where a record vouches for it.") var recheck = false

    func validate() throws {
        if torrents.isEmpty { throw ValidationError("name at least one torrent file") }
        if release != nil, torrents.count > 1 || FollowedFolders.torrents(in: torrents[0]) != nil {
            throw ValidationError(
                "--release is about one work: name its torrent alone; what it says is kept, and holds when the folder is served"
            )
        }
    }

    func run() async throws {
        let configuration = try Configuration.load()
        let appraiser = try policy.appraiser(configuration)
        let paths = Self.distinct(try torrents.flatMap { try torrentFiles($0) })
        let folders = follow ? torrents.filter { FollowedFolders.torrents(in: $0) != nil } : []
        if follow, folders.isEmpty { throw Misfortune("--follow wants a folder that torrents are put into") }
        let (data, release) = (data, try Releases.given(release))
        let report = SwarmReport(output, verb: "serving", watch: watch)
        let run = SeedRun(
            appraiser: appraiser, release: release, data: data,
            following: FollowedFolders(folders, knowing: paths), watch: watch, report: report,
            open: { try await SwarmSession.open(swarm, transfer, configuration, report) })
        let peers = try swarm.peers(configuration)
        var limited = TorrentOptions(folder: "")
        try transfer.apply(to: &limited, configuration)
        let limits = limited
        let missed = try await Interruption.guarding {
            try await run.serve(paths) { options in
                options.peers = peers
                options.rechecks = recheck
                options.writes = false
                options.isSuperSeed = superSeed
                (options.maximumConnections, options.limits) = (limits.maximumConnections, limits.limits)
            }
        }.value
        if !follow, missed > 0 {
            throw run.unreadCount == paths.count ? ExitCode.failure : ExitCode.findings
        }
    }

    /// What a folder and a name of its own both lead to is one.
    private static func distinct(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { path in
            guard let real = realpath(path, nil) else { return true }
            defer { free(real) }
            return seen.insert(String(cString: real)).inserted
        }
    }

    /// What an argument names: itself, or the torrent files in a folder.
    private func torrentFiles(_ argument: String) throws -> [String] {
        guard let found = FollowedFolders.torrents(in: argument) else { return [argument] }
        if found.isEmpty, !follow {
            throw Misfortune("\(Words.shown(argument)): no torrent file in this folder")
        }
        return found
    }
}
