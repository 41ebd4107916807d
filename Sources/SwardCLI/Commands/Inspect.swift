// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardBundle
import SwardCrypto
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPrimitives

/// `sward inspect`: what a torrent says, without its payload.
struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a torrent says: terms, files, signers, hashes.",
        discussion: """
            Nothing but the torrent file is read, unless --scrape asks its trackers. Ends with 2 where the terms hold the work back \
            or refuse it, by the policy and for the operator that are given. Of a magnet link \
            `sward fetch --metadata-only` shows the same. With the two files that --signed-bytes and --minisig write, the minisign program \
            checks a signature without sward:

              sward inspect my-work.torrent --signed-bytes work.info --minisig work.info.minisig
              minisign -V -m work.info -P RWQ…
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup(title: "Policy") var policy: OperatorOptions
    @Argument(
        help: "The torrent file, or its address on the web.", completion: .file(extensions: ["torrent"]))
    var torrent: String
    @Flag(name: .shortAndLong, help: "List every file with its license.") var files = false
    @Flag(help: "Ask its trackers how many have it, and how many want it (BEP 48).") var scrape = false
    @OptionGroup var route: ProxyOptions
    @Option(
        help: ArgumentHelp("Write the bytes that the signatures are over.", valueName: "file"),
        completion: .file())
    var signedBytes: String?
    @Option(
        help: ArgumentHelp("Write a signature over them in minisign's format.", valueName: "file"),
        completion: .file())
    var minisig: String?
    @Option(
        help: ArgumentHelp(
            "Whose signature: a name or a public key; the first if not given.", valueName: "key"))
    var key: String?

    func run() async throws {
        let configuration = try Configuration.load()
        let appraiser = try policy.appraiser(configuration)
        let proxy = try route.proxy(configuration)
        let metainfo = try await NamedTorrent.read(torrent, by: proxy)
        let inspection = try InFile.reading(torrent) {
            try InspectionResult.inspecting(metainfo.info, for: appraiser)
        }
        if let signedBytes { try SmallFile.writeOutput(inspection.signedBytes, to: signedBytes) }
        if let minisig { try SmallFile.writeOutput(Array(signature(inspection).utf8), to: minisig) }
        var result = InspectionResult(inspection, of: metainfo)
        if scrape {
            result.scraped = await TrackerScrape(
                transport: TrackerFetch.transport(by: proxy), by: proxy
            ).ask(
                metainfo.announceTiers.flatMap(\.self), for: metainfo.info.infoHashes.swarms
            ).map(InspectionResult.Tracker.init)
        }
        let shown = result
        try output.show(shown) { shown.write(to: $0, withFiles: files) }
        if shown.appraisal.isHeldBack { throw ExitCode.findings }
    }

    private func signature(_ inspection: Inspection) throws -> String {
        let signer = inspection.signers.first { signer in
            key == nil || signer.trustedName == key || signer.key.base64 == key
                || signer.key.id.description == key
        }
        guard let signer, let text = try inspection.minisig(of: signer.key) else {
            throw Misfortune(
                inspection.signers.isEmpty
                    ? "\(Words.shown(torrent)): nobody signed it, so there is no signature to write"
                    : "\(Words.shown(torrent)): not signed by \(Words.quoted(key ?? ""))")
        }
        return text
    }
}
