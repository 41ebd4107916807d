// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardMetainfo
import SwardPackaging

/// `sward release`: what the operator decided about works that the terms hold back.
struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the held works that you let pass, and hold them again.",
        discussion: """
            `sward seed WORK.torrent --release REASON` and `sward fetch … --release REASON` let a work pass that its terms, or the \
            policy, hold back. That is kept in $XDG_STATE_HOME/sward/releases/, a file for each work, with the reason: from then on \
            seed and fetch admit the work and say why, and inspect and verify show it. A refused work cannot be released.

              sward release list
              sward release withdraw album.torrent
            """,
        subcommands: [List.self, Withdraw.self], defaultSubcommand: List.self)
}

extension Release {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the works that you let pass, and why.")

        @OptionGroup var output: OutputOptions

        func run() throws {
            let entries = try Releases.store.all().map(Entry.init)
            try output.show(entries) { console in
                for entry in entries {
                    console.print(
                        "\(Words.shown(entry.name ?? "a work"))  \(entry.infoHash)\n  \(Words.shown(entry.reason))"
                    )
                }
                if entries.isEmpty, !output.quiet { console.remark("no work is released") }
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a release back: the work is held again.",
            discussion: "What runs meanwhile goes on as it was judged.")

        @OptionGroup var output: OutputOptions
        @Argument(
            help: "A torrent file, or an info-hash as `sward release list` shows it.",
            completion: .file(extensions: ["torrent"]))
        var works: [String]

        func run() throws {
            for work in works {
                let isHash = [40, 64].contains(work.utf8.count) && work.allSatisfy(\.isHexDigit)
                let hash =
                    isHash
                    ? work.lowercased()
                    : ReleaseStore.name(of: try TorrentFile.read(NamedTorrent.path(work)).info.infoHashes)
                guard try Releases.store.withdraw(hash) else {
                    throw Misfortune("\(Words.shown(work)): not released; `sward release list` shows what is")
                }
                if !output.quiet { output.console.remark("\(Words.shown(work)): held again") }
            }
        }
    }

    private struct Entry: Encodable {
        let infoHash: String
        let name: String?
        let reason: String

        init(_ entry: ReleaseStore.Entry) {
            (infoHash, name, reason) = (entry.infoHash, entry.name, entry.reason)
        }
    }
}
