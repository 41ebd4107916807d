// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardCrypto
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives

/// What a torrent says of itself.
struct InspectionResult: Encodable {
    struct File: Encodable {
        let path: String
        let bytes: Int64
        /// Missing without a manifest, and for files that speak about the work.
        let expression: String?
        let piecesRoot: String?
        let isExecutable: Bool
        let symlinkTarget: String?
    }

    struct Group: Encodable {
        let expression: String
        let files: Int
        let bytes: Int64
    }

    struct Signer: Encodable {
        let publicKey: String
        let keyNumber: String
        let name: String?
        let trustedComment: String
        let isGood: Bool
        let failure: String?
    }

    /// What a tracker says of the swarm; of the larger one of a hybrid, whose clients may be in both.
    struct Tracker: Encodable {
        let url: String
        let seeds: Int?
        let leeches: Int?
        let downloads: Int?
        let failure: String?

        init(_ answer: TrackerScrape.Answer) {
            url = answer.tracker
            failure = answer.failure
            (seeds, leeches, downloads) = (answer.seeds, answer.leeches, answer.downloads)
        }

        var line: String {
            if let failure { return "\(url): \(failure)" }
            guard let seeds, let leeches, let downloads else { return "\(url): knows nothing of it" }
            return
                "\(url): \(Amounts.count(seeds, "seed")), \(Amounts.count(leeches, "leech", plural: "leeches")), \(Amounts.count(downloads, "download"))"
        }
    }

    struct Source: Encodable {
        let url: String?
        let infoHashV2: String?
        let title: String?
        let creators: [String]
        let expression: String?
        let isModified: Bool
    }

    let name: String
    /// v1, v2 or hybrid.
    let kind: String
    let infoHashV1: String?
    let infoHashV2: String?
    let magnet: String
    let bytes: Int64
    let pieceLength: Int
    let pieceCount: Int
    let isPrivate: Bool
    let trackers: [[String]]
    let webSeeds: [String]
    private(set) var httpSeeds: [String] = []
    private(set) var comment: String?
    let title: String?
    let creators: [String]
    let year: Int?
    let homepage: String?
    let copyright: [String]
    let expressions: [String]
    let texts: [String: String]
    let document: String?
    let sources: [Source]
    let correspondingSource: [String]
    let groups: [Group]
    let signers: [Signer]
    let appraisal: AppraisalReport
    /// Of names and links that other systems cannot hold, or that may deceive.
    let warnings: [String]
    let files: [File]
    /// Only where trackers were asked.
    var scraped: [Tracker]?

    init(_ inspection: Inspection, of metainfo: Metainfo) {
        self.init(inspection, MagnetLink(metainfo), tiers: metainfo.announceTiers)
        httpSeeds = metainfo.httpSeeds
        comment = metainfo.comment
    }

    /// Of a work that is known by a link; what a torrent file says besides the info dictionary is not.
    init(_ inspection: Inspection, of link: MagnetLink) {
        var link = link
        link.infoHashes = inspection.info.infoHashes
        link.name = inspection.info.name
        link.length = inspection.info.layout.totalLength
        self.init(inspection, link, tiers: link.trackers.map { [$0] })
    }

    private init(_ inspection: Inspection, _ link: MagnetLink, tiers: [[String]]) {
        let info = inspection.info
        let manifest = inspection.manifest
        name = info.name
        kind =
            switch info.kind {
            case .v1: "v1"
            case .v2: "v2"
            case .hybrid: "hybrid"
            }
        infoHashV1 = info.infoHashes.v1?.hex
        infoHashV2 = info.infoHashes.v2?.hex
        magnet = link.description
        bytes = info.layout.totalLength
        pieceLength = info.pieceLength
        pieceCount = info.layout.pieceCount
        isPrivate = info.isPrivate
        trackers = tiers
        webSeeds = link.webSeeds
        title = manifest?.title
        creators = manifest?.creators ?? []
        year = manifest?.year
        homepage = manifest?.homepage
        copyright = manifest?.copyright ?? []
        expressions = manifest?.expressions ?? []
        texts = manifest?.texts ?? [:]
        document = manifest?.document
        sources = (manifest?.sources ?? []).map { source in
            Source(
                url: source.url, infoHashV2: source.btmh.map { $0.dropFirst(2).hex }, title: source.title,
                creators: source.creators, expression: source.expression, isModified: source.isModified)
        }
        correspondingSource = manifest?.correspondingSource ?? []
        groups = inspection.groups.map {
            Group(expression: $0.expression, files: $0.fileCount, bytes: $0.length)
        }
        signers = inspection.signers.map { signer in
            Signer(
                publicKey: signer.key.base64, keyNumber: signer.key.id.description, name: signer.trustedName,
                trustedComment: signer.trustedComment, isGood: signer.failure == nil,
                failure: signer.failure.map { Words.text($0) })
        }
        appraisal = AppraisalReport(
            Appraisal(manifest: manifest, verdict: inspection.verdict, state: inspection.gate),
            release: try? Releases.store.release(for: info.infoHashes))
        warnings = info.pathWarnings(limit: Self.maximumWarnings).map { Words.text($0, of: info) }
        files = info.files.indices.map { index in
            let entry = info.files[index]
            let path = entry.path.joined(separator: "/")
            return File(
                path: path, bytes: entry.length,
                expression: manifest.flatMap { $0.isAboutTheWork(path) ? nil : $0.expression(ofFile: index) },
                piecesRoot: entry.piecesRoot?.hex,
                isExecutable: entry.isExecutable, symlinkTarget: entry.symlinkTarget?.joined(separator: "/"))
        }
    }

    /// What a work says of itself, to whoever asks here.
    static func inspecting(_ info: InfoDictionary, for appraiser: Appraiser) throws -> Inspection {
        try Inspection(
            info, trusted: Key.store.trustedKeys(), operatorProfile: appraiser.operator, gate: appraiser.gate)
    }

    /// One bad idea is often had a thousand times.
    private static let maximumWarnings = 20

    func write(to console: Console, withFiles: Bool) {
        func row(_ label: String, _ value: String?) {
            if let value { console.print("  \(label.padding(to: 14))\(Words.shown(value))") }
        }
        console.print(
            "\(console.styled(Words.shown(name), Style.bold))  \(kind), \(Amounts.count(files.count, "file")), \(Amounts.bytes(bytes)), \(Amounts.count(pieceCount, "piece")) of \(Amounts.bytes(Int64(pieceLength)))"
        )
        row("title", title)
        if let scraped {
            for tracker in scraped { row("tracker", tracker.line) }
            if scraped.isEmpty { row("tracker", "none is named, so none was asked") }
        }
        row("by", creators.isEmpty ? nil : creators.joined(separator: ", "))
        row("year", year.map { "\($0)" })
        row("homepage", homepage)
        for notice in copyright { row("copyright", notice) }
        row("license", expressions.first ?? "none declared")
        if groups.count > 1 {
            for group in groups {
                row(
                    "",
                    "\(group.expression): \(Amounts.count(group.files, "file")), \(Amounts.bytes(group.bytes))"
                )
            }
        }
        for source in sources {
            let what = [source.title, source.url ?? source.infoHashV2, source.expression].compactMap { $0 }
                .joined(separator: ", ")
            row(source.isModified ? "modified from" : "from", what)
        }
        for offer in correspondingSource { row("source code", offer) }
        row("verdict", appraisal.line)
        for line in appraisal.furtherLines { row("", line) }
        if signers.isEmpty { row("signed", "by nobody") }
        for signer in signers {
            let who = signer.name.map { "by \"\($0)\"" } ?? "by an unknown key \(signer.publicKey)"
            row(
                signer.isGood ? "signed" : "BAD SIGNATURE",
                "\(who): \(signer.failure ?? signer.trustedComment)")
        }
        row("info-hash v1", infoHashV1)
        row("info-hash v2", infoHashV2)
        for (tier, urls) in trackers.enumerated() {
            row(tier == 0 ? "trackers" : "", urls.joined(separator: " "))
        }
        for url in webSeeds { row("web seed", url) }
        for url in httpSeeds { row("http seed", url) }
        if isPrivate { row("private", "peers from the trackers only") }
        row("comment", comment)
        for warning in warnings { row("warning", warning) }
        row("magnet", magnet)
        guard withFiles else { return }
        console.print()
        let width = files.map { Amounts.bytes($0.bytes).count }.max() ?? 0
        for file in files {
            let size = Amounts.bytes(file.bytes)
            let target = file.symlinkTarget.map { " -> \(Words.shown($0))" } ?? ""
            console.print(
                String(repeating: " ", count: width - size.count)
                    + "\(size)  \(Words.shown(file.path))\(target)  \(Words.shown(file.expression ?? ""))")
        }
    }
}
