// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardBundle
import SwardCrypto
import SwardMetainfo
import SwardPackaging
import SwardPolicy

/// `sward verify`: every byte, every signature, every term.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a bundle: every byte, every signature, every term.",
        discussion: """
            Says what is wrong, where, and what to do, and ends with 2 if anything is, or if the terms hold a sound work back or \
            refuse it, by the policy and for the operator that are given. Writes nothing.

            A signer is shown by the name you gave the key with `sward key trust`; one you gave no name is an unknown key, \
            however good its signature.

              sward verify my-work.torrent
              sward verify my-work.torrent ~/commons
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup(title: "Policy") var policy: OperatorOptions
    @Argument(help: "The torrent file.", completion: .file(extensions: ["torrent"])) var torrent: String
    @Argument(
        help: "The bundle's folder, or the one it lies in; that of the torrent if not given.",
        completion: .directory)
    var folder: String?
    @Flag(help: "Compare the digests in the SPDX document too; every file is read twice.")
    var documentDigests = false
    @Option(
        help: ArgumentHelp(
            "Ask for a signature of this key: a name, a number or a public key. May be given more than once.",
            valueName: "key"), completion: .keys)
    var signedBy: [String] = []

    func run() throws {
        let configuration = try Configuration.load()
        let appraiser = try policy.appraiser(configuration)
        let trusted = try Key.store.trustedKeys()
        for key in signedBy { try Self.check(key, among: trusted) }
        let line = ProgressLine("checking", isQuiet: output.quiet || output.format == .json)
        let path = try NamedTorrent.path(torrent)
        var verifier = Verifier(
            trusted: trusted, operatorProfile: appraiser.operator, progress: { line.show($0) })
        // The torrent's hashes vouch for every byte; the document's are for those who check with other tools.
        verifier.comparesDocumentDigests = documentDigests
        let report: VerificationReport
        do {
            defer { line.finish() }
            report = try verifier.verify(torrent: path, folder: folder)
        }
        let result = VerificationResult(
            report, signedBy: signedBy, gate: appraiser.gate,
            release: try Releases.store.release(for: report.info.infoHashes))
        try output.show(result, text: result.write)
        if !result.isSound || !result.isAdmitted { throw ExitCode.findings }
    }

    /// A name that was mistyped would make a good work look like a bad one.
    private static func check(_ key: String, among trusted: [TrustedKey]) throws {
        let isNumber = key.utf8.count == 16 && key.allSatisfy(\.isHexDigit)
        guard !isNumber, (try? PublicKey(base64: key)) == nil, !trusted.contains(where: { $0.name == key })
        else {
            return
        }
        throw Misfortune(
            "--signed-by \(Words.quoted(key)): neither a public key, nor a number, nor a name of one; `sward key list` shows the names"
        )
    }
}
