// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto
import SwardPackaging
import SwardPolicy

extension Words {
    /// A stable name for JSON, and what is wrong and what to do, without the path.
    static func parts(_ fault: VerificationReport.Fault) -> (kind: String, text: String) {
        let again = "fetch it again"
        switch fault {
        case .missing:
            return (
                "missing", "missing; fetch the work again into the same folder, only this will be asked for"
            )
        case .renamed(let name): return ("renamed", "is called \(quoted(name)) here; rename it back")
        case .extra: return ("extra", "not part of the bundle; move it away, or pack the work anew with it")
        case .length(let found, let expected):
            return (
                "length",
                "has \(found) bytes, expected \(expected); \(found > expected ? "move it away and " : "")\(again)"
            )
        case .changed(let ranges): return ("changed", "changed at \(text(ranges)); \(again)")
        case .viewsDiffer(let ranges):
            return (
                "views-differ",
                "right by SHA-256 and wrong by SHA-1 at \(text(ranges)); the torrent names two works, do not use it"
            )
        case .notAFile: return ("not-a-file", "not a file; move it away and fetch again")
        case .symlink(let found, let expected):
            return (
                "symlink",
                "\(found.map { "links to \(quoted($0))" } ?? "is no link"), expected a link to \(quoted(expected))"
            )
        case .executable(let expected):
            return (
                "executable",
                expected ? "should be executable; chmod +x" : "should not be executable; chmod -x"
            )
        case .unreadable(let code): return ("unreadable", "cannot be read: \(system(code))")
        case .unchecked:
            return (
                "unchecked",
                "shares a piece with a file that is wrong, so it cannot be told whether it is right"
            )
        case .badManifest(let error):
            return ("bad-manifest", "\(text(error)); its terms are not known, so do not pass it on")
        case .strippedManifest:
            return (
                "stripped-manifest",
                "the work was packed with terms, and this torrent does not carry them; ask whoever made it for the torrent with its terms"
            )
        case .contradicted(let stated, let declared):
            return (
                "contradicted",
                "says \(quoted(stated)), the torrent declares \(quoted(declared)); ask whoever made it"
            )
        case .narrowed(let stated, let declared):
            return (
                "narrowed",
                "says \(quoted(stated)), the torrent declares less: \(quoted(declared)); the freer terms were taken away"
            )
        case .foundOtherwise(let found, let declared):
            return (
                "found-otherwise",
                "what is in it says \(quoted(found)), the torrent declares \(quoted(declared)); ask whoever made it"
            )
        case .enclosed(let mark):
            let clause = mark.clause.map { " (\($0))" } ?? ""
            let cure = mark.cure.map { "; \($0)" } ?? ""
            return ("enclosed", shown(mark.statement + clause + cure))
        case .unreadableTerms(let error): return ("unreadable-terms", text(error))
        case .licenseTextMissing(let identifier):
            return ("license-text-missing", "the text of \(shown(identifier)) is not where the torrent says")
        case .documentMissing: return ("document-missing", "the SPDX document is missing; \(again)")
        case .documentMalformed(let why): return ("document-malformed", "not an SPDX document: \(shown(why))")
        case .documentDigest: return ("document-digest", "not the bytes that the SPDX document names")
        case .documentLicense(let document, let declared):
            return (
                "document-license",
                "the SPDX document says \(quoted(document)), the torrent declares \(quoted(declared))"
            )
        case .documentExtra: return ("document-extra", "named by the SPDX document, not part of the bundle")
        case .documentLacks: return ("document-lacks", "part of the bundle, not named by the SPDX document")
        case .malformedSignatures(let error): return ("malformed-signatures", text(error))
        case .badSignature(let key, let error):
            return (
                "bad-signature",
                "the signature of \(key.base64): \(text(error)); do not believe it is from that key"
            )
        case .documentSignature(let error):
            return ("document-signature", "the signature of the SPDX document: \(text(error))")
        }
    }

    private static func text(_ ranges: [VerificationReport.ByteRange]) -> String {
        list(ranges.map { "bytes \($0.start) to \($0.end)" }, limit: 5)
    }
}
