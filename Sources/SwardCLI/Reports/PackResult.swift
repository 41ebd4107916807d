// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardCrypto
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives

/// What packing made.
struct PackResult: Encodable {
    struct Torrent: Encodable {
        let torrent: String
        let magnet: String?
        let infoHashV1: String?
        let infoHashV2: String?
        let pieceLength: Int?
        let pieceCount: Int?
    }

    struct Expression: Encodable {
        let expression: String
        let files: Int
        let bytes: Int64
    }

    let name: String
    let folder: String
    let isDryRun: Bool
    let torrent: String
    let magnet: String?
    let infoHashV1: String?
    let infoHashV2: String?
    let pieceLength: Int?
    let pieceCount: Int?
    /// The v1 torrent of `--also-v1`.
    let companion: Torrent?
    let expressions: [Expression]
    let files: Int
    let bytes: Int64
    let written: [String]
    let removed: [String]
    let excluded: [String: String]
    /// Public keys.
    let signers: [String]
    let warnings: [String]
    /// What peers will say of it.
    let appraisal: AppraisalReport?

    init(_ report: PackReport, isDryRun: Bool, for appraiser: Appraiser) {
        appraisal = report.terms.map { terms in
            let verdict = Verdict.judge(terms, operator: appraiser.operator)
            return AppraisalReport(
                Appraisal(
                    manifest: report.manifest, verdict: verdict, state: appraiser.gate.decide(verdict)))
        }
        let torrents = report.torrents.map { torrent in
            Torrent(
                torrent: torrent.path, magnet: torrent.magnet?.description,
                infoHashV1: torrent.info?.infoHashes.v1?.hex,
                infoHashV2: torrent.info?.infoHashes.v2?.hex, pieceLength: torrent.info?.pieceLength,
                pieceCount: torrent.info?.layout.pieceCount)
        }
        name = report.name
        folder = report.folder
        self.isDryRun = isDryRun
        torrent = torrents.first?.torrent ?? ""
        magnet = torrents.first?.magnet
        infoHashV1 = torrents.first?.infoHashV1
        infoHashV2 = torrents.first?.infoHashV2
        pieceLength = torrents.first?.pieceLength
        pieceCount = torrents.first?.pieceCount
        companion = torrents.count > 1 ? torrents[1] : nil
        expressions = report.expressions.map {
            Expression(expression: $0.expression, files: $0.fileCount, bytes: $0.length)
        }
        files = report.fileCount
        bytes = report.length
        written = report.written
        removed = report.removed
        excluded = report.excluded.mapValues(\.rawValue)
        signers = report.signers.map(\.base64)
        warnings = report.warnings.map(Words.text)
    }

    func write(to console: Console) {
        console.print(
            "\(console.styled(Words.shown(name), Style.bold))  \(Amounts.count(files, "file")), \(Amounts.bytes(bytes))"
        )
        for expression in expressions {
            console.print(
                "  \(Words.shown(expression.expression))  \(Amounts.count(expression.files, "file")), \(Amounts.bytes(expression.bytes))"
            )
        }
        let verb = isDryRun ? "would write" : "wrote"
        for path in written { console.print("  \(verb) \(Words.shown(path))") }
        for path in removed {
            console.print("  \(isDryRun ? "would remove" : "removed") \(Words.shown(path))")
        }
        for (path, why) in excluded.sorted(by: { $0.key < $1.key }) {
            console.print("  left out \(Words.shown(path)) (\(why))")
        }
        if let appraisal {
            console.print("verdict   \(appraisal.line)")
            for line in appraisal.furtherLines { console.print("          \(line)") }
        }
        for signer in signers { console.print("signed    \(signer)") }
        console.print("folder    \(Words.shown(folder))")
        console.print("torrent   \(Words.shown(torrent))\(isDryRun ? "  (would be written)" : "")")
        if let magnet { console.print("magnet    \(magnet)") }
        if let companion {
            console.print("v1        \(Words.shown(companion.torrent))")
            if let magnet = companion.magnet { console.print("magnet    \(magnet)") }
        }
    }
}

extension Words {
    static func text(_ warning: PackReport.Warning) -> String {
        switch warning {
        case .licenseTextMissing(let text):
            "the text of \(text.identifier) was not found, so the bundle names where it stands\(text.addresses.first.map { " (\($0))" } ?? ""); put it at LICENSES/\(text.identifier).txt, or run `sward license update`, and reuse will be content too"
        case .deprecatedIdentifier(let identifier, let replacement):
            "\(shown(identifier)) is deprecated\(replacement.map { "; write \($0)" } ?? "")"
        case .unknownIdentifier(let identifier):
            "\(shown(identifier)) is not on the SPDX list; whoever receives the work will have to review its terms"
        case .unusedLicenseText(let path): "no file is under the license text \(shown(path))"
        case .unportableName(let name, let reason): "\(shown(name)): \(text(reason))"
        case .contradictsFound(let item):
            "\(shown(item.path)) says \(item.found), and \(item.declared) is declared for it all the same"
        case .fenced(let mark): "\(shown(mark.path)): \(shown(mark.statement)); it is packed all the same"
        case .acceptedFound(let expression, let source, let paths):
            paths.count == 1 && source == nil
                ? "\(shown(paths[0])) is taken to be under \(expression), as was found in it"
                : "\(Amounts.count(paths.count, "file is", plural: "files are")) taken to be under \(expression), as \(source.map { "\(shown($0)) says" } ?? "was found in them")"
        case .withoutCreator: "nobody is named as creator, so nobody can be credited; say it with --creator"
        }
    }
}
