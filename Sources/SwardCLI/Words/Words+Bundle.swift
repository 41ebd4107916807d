// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardSPDX

extension Words {
    static func text(_ error: BundleError) -> String {
        let place =
            "\(quoted(error.key))\(error.file.map { " of the file \(quoted($0))" } ?? "")\(error.offset.map { ", byte \($0) of the info dictionary" } ?? "")"
        switch error.reason {
        case .unsupportedVersion(let version):
            return
                "the license manifest is of version \(version), this sward reads up to \(BundleManifest.currentVersion); get a newer sward"
        case .badExpression(let error): return "\(place): \(text(error))"
        case .crypto(let error): return "\(place): \(text(error))"
        case .missing: return "the license manifest lacks \(place)"
        case .wrongType: return "the license manifest has a value of the wrong type at \(place)"
        case .empty: return "the license manifest has an empty value at \(place)"
        case .outOfRange(let value): return "the license manifest has \(value) out of its range at \(place)"
        case .tooMany(let limit): return "the license manifest has more than \(limit) entries at \(place)"
        case .tooLong(let limit):
            return "the license manifest has a text longer than \(limit) bytes at \(place)"
        case .duplicate: return "the license manifest has a value twice at \(place)"
        case .badIdentifier: return "the license manifest has no license identifier at \(place)"
        case .notAddress: return "the license manifest has neither a URL nor a URN at \(place)"
        case .noSuchFile(let path):
            return "the license manifest names \(quoted(path)), which is no file of the work, at \(place)"
        case .textMissing(let identifier):
            return "the license manifest uses \(shown(identifier)) without saying where its text is"
        case .viewsDiffer:
            return "the v1 and v2 halves of the torrent give a file different terms at \(place)"
        }
    }

    static func text(_ error: ExpressionError) -> String {
        let what: String =
            switch error.reason {
            case .empty: "an empty license expression"
            case .tooLong(let limit): "a license expression longer than \(limit) bytes"
            case .tooDeep(let limit): "a license expression nested more than \(limit) deep"
            case .unexpectedCharacter: "a character that no license expression has"
            case .expectedLicense: "a license identifier is missing"
            case .expectedException: "an exception identifier is missing after WITH"
            case .expectedOperator: "AND, OR or WITH is missing"
            case .operatorCase(let word): "\(quoted(word)) must be written \(word.uppercased())"
            case .misplacedPlus: "a + that belongs to no license"
            case .incompleteReference: "an unfinished LicenseRef- or DocumentRef-"
            case .unclosedParenthesis: "a parenthesis is never closed"
            case .unopenedParenthesis: "a parenthesis is never opened"
            }
        return "\(what), at character \(error.offset + 1) of the license expression"
    }
}
