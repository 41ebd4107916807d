// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardEngine
import SwardMetainfo
import SwardPackaging

/// `sward check`: reads every byte of a payload and puts the record of what is verified right.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read every byte of works again, and record what is right.",
        discussion: """
            What a later seed or fetch takes for verified is what this found. Says per file what is wrong, and ends with 2 if \
            anything is; fetching the work into the same folder brings what is missing. Files are only read. Terms and \
            signatures are for `sward verify`.

              sward check my-work.torrent
              sward check bundles/ --data /srv/commons
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "Torrent files, or folders of them.", completion: .file(extensions: ["torrent"]))
    var torrents: [String]
    @Option(
        help: ArgumentHelp("The folder that holds the works.", valueName: "folder"), completion: .directory)
    var data: String?

    func validate() throws {
        if torrents.isEmpty { throw ValidationError("name at least one torrent file") }
    }

    func run() throws {
        var isSound = true
        let isOne = torrents.count == 1 && FollowedFolders.torrents(in: torrents[0]) == nil
        for argument in torrents {
            guard let found = FollowedFolders.torrents(in: argument) else {
                isSound = try show(check(argument), isOne) && isSound
                continue
            }
            if found.isEmpty { throw Misfortune("\(Words.shown(argument)): no torrent file in this folder") }
            for torrent in found {
                // Of a folder all is checked that can be.
                do { isSound = try show(check(torrent), isOne) && isSound } catch {
                    output.console.fail(Words.sentence(for: error))
                    isSound = false
                }
            }
        }
        if !isSound { throw ExitCode.findings }
    }

    /// - Returns: Whether the work is sound.
    private func show(_ result: CheckResult, _ isOne: Bool) throws -> Bool {
        switch output.format {
        case .text: result.write(to: output.console)
        // One line a work: there may be thousands.
        case .json: try OutputOptions.printJSON(result, isPretty: isOne)
        }
        return result.isSound
    }

    private func check(_ torrent: String) throws -> CheckResult {
        let metainfo = try TorrentFile.read(NamedTorrent.path(torrent))
        let folder = data ?? SmallFile.split(torrent).folder
        let line = ProgressLine("checking", isQuiet: output.quiet || output.format == .json)
        defer { line.finish() }
        let total = metainfo.info.layout.totalLength
        let condition = try PayloadCondition(
            checking: metainfo, in: folder,
            resumePath: SwarmSession.resumePath(metainfo.info.infoHashes, payload: folder)
        ) { done in
            line.show(.init(done: min(done, total), total: total, remark: Words.shown(metainfo.info.name)))
            return true
        }
        return CheckResult(torrent, metainfo.info, condition)
    }
}
