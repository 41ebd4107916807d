// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import FoundationEssentials
import SwardBundle
import SwardCrypto
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardSPDX
import SwardScan

/// `sward pack`: a work and its license, as a torrent.
struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Pack a work with its license, as a torrent any client can load.",
        discussion: """
            The work is a folder, a single file, or an archive (tar in any compression, zip, 7z, iso). Each file's terms come from \
            REUSE.toml, from a .license file beside it, or from its SPDX-License-Identifier tag; else from --license. Files for \
            which nothing is found are listed, and nothing is made.

            Into the folder go LICENSES/ with the texts, and an SPDX document with every file's hashes and terms; beside it goes \
            NAME.torrent. With --output the bundle is built there, and the work stays as it is; the bundle's files are the same \
            files by another name where the file system knows no other way to share bytes (--copy makes them apart). A torrent that \
            is there already and names another work is not written over without --replace: what it names could no longer be served \
            from here. What --replace writes has the title, creators, year, homepage, sources, kind, trackers and web servers of the \
            torrent that was there, unless others are given; its signature does not hold for other files, and is made with --sign.

            The verdict is the one that peers come to. A work that nobody may pass on is packed, and ends with 2.

            The same work and the same options give the same bytes on every machine.

              sward pack my-work/ --license CC-BY-SA-4.0 --creator 'A. Name' --title 'My Work' --sign
              sward pack src/ --dry-run
              sward pack film.mkv --license CC-BY-4.0 --creator 'A. Name' --output out/
            """)

    enum Kind: String, EnumerableFlag {
        case hybrid, v2, v1

        var kind: InfoDictionary.Kind {
            switch self {
            case .hybrid: .hybrid
            case .v2: .v2
            case .v1: .v1
            }
        }

        static func help(for value: Kind) -> ArgumentHelp? {
            switch value {
            case .hybrid: "A torrent for clients of both kinds; the default."
            case .v2: "A torrent of BitTorrent v2 only."
            case .v1: "A torrent of BitTorrent v1 only; license terms per file are kept, hashes are SHA-1."
            }
        }
    }

    @OptionGroup var output: OutputOptions
    @Argument(help: "The folder, file or archive to pack.", completion: .file()) var work: String

    @OptionGroup(title: "Terms") var terms: TermsOptions
    @OptionGroup(title: "Signing") var signing: SigningOptions

    @Flag(exclusivity: .exclusive) var kind: Kind?
    @Flag(help: "Also write NAME.v1.torrent over the same files, for clients that cannot read hybrids.")
    var alsoV1 = false
    @Option(
        help: ArgumentHelp(
            "Length of a piece, as 256KiB or 1MiB; chosen from the size of the work if not given.",
            valueName: "size"
        ))
    var pieceLength: ByteSize?
    @Option(
        help: ArgumentHelp("A tracker to announce to; each one given is a tier of its own.", valueName: "url")
    )
    var tracker: [String] = []
    @Option(help: ArgumentHelp("A web server that has the files (BEP 19).", valueName: "url")) var webSeed:
        [String] = []
    @Option(
        help: ArgumentHelp("A script on a web server that has the pieces (BEP 17).", valueName: "url"))
    var httpSeed: [String] = []
    @Flag(help: "Peers from the named trackers only (BEP 27).") var `private` = false
    @Option(help: "A remark in the torrent file, neither hashed nor signed.") var comment: String?

    @Option(help: "What to call the bundle; the name of the folder or file if not given.") var name: String?
    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp(
            "Build the bundle in this folder and leave the work untouched.", valueName: "folder"),
        completion: .directory)
    var outputFolder: String?
    @Flag(name: [.customShort("n"), .long], help: "Show what would be written, and write nothing.")
    var dryRun = false
    @Flag(
        help:
            "Write over a torrent of another work that has this one's name. That one can then no longer be served from here."
    )
    var replace = false
    @Flag(
        help:
            "With --output, give the bundle's files bytes of their own; else they are other names of the work's files where the file system cannot share bytes otherwise, and who writes to one changes both."
    )
    var copy = false
    @Flag(help: "Pack hidden files too; files of version control stay out.") var hidden = false
    @Flag(help: "Pack an archive as the one file it is.") var keepArchive = false
    @Flag(
        help:
            "Write no SPDX document: packing reads every file once less, and only BitTorrent's hashes vouch for them."
    )
    var noDocument = false
    @Option(
        help: ArgumentHelp(
            "The date in the SPDX document, in seconds since 1970.",
            discussion: "SOURCE_DATE_EPOCH if not given, else 0: no clock is read.", valueName: "seconds"))
    var date: Int64?

    func run() async throws {
        let configuration = try Configuration.load()
        let former = replace ? former() : nil
        let options = try options(configuration, former)
        let line = ProgressLine("hashing", isQuiet: output.quiet || output.format == .json)
        // A run that is killed at any instant leaves the old bundle or the new one; one that is asked to stop cleans up too.
        let cancellation = ScanCancellation()
        let (report, _) = try await Interruption.guarding { [work] in
            try await withTaskCancellationHandler {
                defer { line.finish() }
                let packer = Packer(
                    options: options, cancellation: cancellation, progress: { line.show($0) },
                    findText: LicenseTexts().source)
                return try packer.pack(work)
            } onCancel: {
                cancellation.cancel()
            }
        }
        // What its files say has been held against its terms, and where they differ, its packer has said why.
        if !dryRun {
            for torrent in report.torrents { torrent.info.map { ExaminedWorks.record($0.infoHashes) } }
        }
        if let former, options.keys.isEmpty, !options.wouldSign,
            let before = try? Inspection(former.info), !before.signers.isEmpty
        {
            output.console.warn(
                "what was packed before was signed, and what takes its place is not: nobody can tell that it is from you; --sign signs it"
            )
        }
        for warning in report.warnings where !output.quiet { output.console.warn(Words.text(warning)) }
        let result = PackResult(report, isDryRun: dryRun, for: try OperatorOptions.configured(configuration))
        try output.show(result, text: result.write)
        if let state = result.appraisal?.state, state != GateState.admitted.name {
            output.console.warn(
                state == "refused"
                    ? "nobody may pass this work on as it is declared; peers refuse it"
                    : "peers hold this work back unless they say otherwise")
            if state == "refused" { throw ExitCode.findings }
        }
    }

    /// What is to be replaced.
    private func former() -> Metainfo? {
        var options = PackOptions()
        (options.name, options.output, options.keepsArchive) = (name, outputFolder, keepArchive)
        return Packer.former(of: work, options: options)
    }

    private func options(_ configuration: Configuration, _ former: Metainfo?) throws -> PackOptions {
        var options = PackOptions()
        try terms.apply(
            to: &options, configuration, former: former.flatMap { try? BundleManifest.read($0.info) })
        options.kind = kind?.kind ?? former?.info.kind ?? .hybrid
        if alsoV1, options.kind == .v1 {
            throw ValidationError("--v1 makes such a torrent already; leave out --also-v1")
        }
        options.alsoV1 = alsoV1
        options.pieceLength = pieceLength?.bytes
        options.trackers = tracker.map { [$0] }
        if tracker.isEmpty {
            options.trackers =
                former?.announceTiers.nonempty ?? configuration.pack?.trackers?.map { [$0] } ?? []
        }
        options.webSeeds = webSeed.isEmpty ? former?.webSeeds ?? [] : webSeed
        options.httpSeeds = httpSeed.isEmpty ? former?.httpSeeds ?? [] : httpSeed
        options.isPrivate = self.private || former?.info.isPrivate ?? false
        options.comment = comment ?? former?.comment
        options.name = name
        options.output = outputFolder
        options.isDryRun = dryRun
        options.replaces = replace
        options.copies = copy
        options.includesHidden = hidden
        options.keepsArchive = keepArchive
        options.omitsDocument = noDocument
        options.created = try date ?? Self.sourceDateEpoch() ?? 0
        // Not before everything else is known to be in order: unlocking takes seconds.
        options.keys = dryRun ? [] : try signing.keys(configuration)
        options.wouldSign = signing.isAsked
        options.trustedComment = signing.trustedComment
        return options
    }

    /// Source: https://reproducible-builds.org/specs/source-date-epoch/
    private static func sourceDateEpoch() throws -> Int64? {
        guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else { return nil }
        guard let seconds = Int64(text) else {
            throw Misfortune(
                "SOURCE_DATE_EPOCH is \(Words.quoted(text)), not a number of seconds; unset or correct it")
        }
        return seconds
    }
}

/// What the work is and who made it.
struct TermsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An SPDX expression for the work, and for every file that states none.", valueName: "expression"),
        completion: .licenses)
    var license: String?
    @Flag(help: "Take for files that state nothing by tag what a scan finds in them.") var acceptFound = false
    @Option(
        help: ArgumentHelp(
            "Pack although files say other terms than those declared, or would fence the work in, for this reason.",
            valueName: "reason"))
    var despiteFound: String?
    @Option(help: ArgumentHelp("Who made it; may be given more than once.", valueName: "name")) var creator:
        [String] = []
    @Option(help: "What the work is called.") var title: String?
    @Option(help: "The year of the work.") var year: Int?
    @Option(help: ArgumentHelp("Where the work lives on the web.", valueName: "url")) var homepage: String?
    @Option(
        help: ArgumentHelp(
            "A notice for files that have none; made of year and creators if not given.", valueName: "notice")
    )
    var copyright: [String] = []
    @Option(
        help: ArgumentHelp(
            "A work this one derives from: 'URL or magnet|expression|title', the last two optional.",
            discussion: "Begin with + if it was modified: '+https://example.org/|CC-BY-4.0|Their Work'.",
            valueName: "source"))
    var source: [SourceArgument] = []
    @Option(
        help: ArgumentHelp(
            "Where the source of programs in it is offered: a URL or urn:btmh:… (GPL-3.0 §6).",
            valueName: "url"))
    var correspondingSource: [String] = []

    /// - Parameter former: What the torrent says that is to be replaced.
    func apply(
        to options: inout PackOptions, _ configuration: Configuration, former: BundleManifest? = nil
    ) throws {
        options.license = try license.map { try TypedExpression.parse($0, isListed: true).description }
        options.acceptsFound = acceptFound
        if let despiteFound, despiteFound.allSatisfy(\.isWhitespace) {
            throw Misfortune("--despite-found needs a reason in words")
        }
        options.despiteFound = despiteFound
        options.creators =
            creator.isEmpty ? former?.creators.nonempty ?? configuration.pack?.creators ?? [] : creator
        options.copyright = copyright.isEmpty ? configuration.pack?.copyright ?? [] : copyright
        options.title = title ?? former?.title
        options.year = year ?? former?.year
        options.homepage = homepage ?? former?.homepage
        options.sources = source.isEmpty ? former?.sources ?? [] : source.map(\.source)
        options.correspondingSource =
            correspondingSource.isEmpty ? former?.correspondingSource ?? [] : correspondingSource
    }
}

extension Array {
    fileprivate var nonempty: Self? { isEmpty ? nil : self }
}

/// Who vouches for it.
struct SigningOptions: ParsableArguments {
    @Flag(help: "Sign with your key, so that others can tell it is from you.") var sign = false
    @Option(
        help: ArgumentHelp(
            "Sign with this key: a name or a minisign secret key file; may be given more than once.",
            valueName: "key"), completion: .ownKeys)
    var key: [String] = []
    @Option(help: ArgumentHelp("What the signature says beside the bytes.", valueName: "text"))
    var trustedComment: String?

    var isAsked: Bool { sign || !key.isEmpty }

    func keys(_ configuration: Configuration) throws -> [SecretKey] {
        guard isAsked else { return [] }
        let names = try key.isEmpty ? [configuration.pack?.key ?? Key.store.defaultKey().name] : key
        return try names.map(Key.unlocked)
    }
}

/// A size: K, M and G are binary, as are KiB, MiB and GiB; kB, MB and GB decimal.
struct ByteSize: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let units: [(suffix: String, factor: Int)] = [
            ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("KB", 1000),
            ("MB", 1_000_000), ("GB", 1_000_000_000), ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("", 1),
        ]
        guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
            let count = Int(argument.dropLast(unit.suffix.count)), count >= 0, count <= Int.max / unit.factor
        else { return nil }
        bytes = count * unit.factor
    }
}

/// `[+]URL|expression|title`.
struct SourceArgument: ExpressibleByArgument {
    let source: BundleManifest.Source

    init?(argument: String) {
        let isModified = argument.hasPrefix("+")
        let parts = argument.dropFirst(isModified ? 1 : 0).split(
            separator: "|", maxSplits: 2, omittingEmptySubsequences: false
        )
        .map(String.init)
        guard let address = parts.first, !address.isEmpty else { return nil }
        var source = BundleManifest.Source(isModified: isModified)
        if address.hasPrefix("magnet:") {
            guard let hash = (try? MagnetLink.parse(address))?.infoHashes.v2 else { return nil }
            // A multihash: SHA-256, 32 bytes (BEP 52).
            source.btmh = [0x12, 0x20] + hash.bytes
        } else {
            source.url = address
        }
        if parts.count > 1, !parts[1].isEmpty { source.expression = parts[1] }
        if parts.count > 2, !parts[2].isEmpty { source.title = parts[2] }
        self.source = source
    }
}

extension ProgressLine {
    func show(_ progress: PackProgress) {
        switch progress {
        case .copying: say("copying")
        case .surveying(let done, let total):
            show(Progress(done: done, total: total, remark: "reading terms"))
        case .hashing(let done, let total): show(Progress(done: done, total: total))
        case .writing: say("writing")
        }
    }
}
