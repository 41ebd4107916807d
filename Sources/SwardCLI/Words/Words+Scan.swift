// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardScan

extension Words {
    static func text(_ error: ScanError) -> String {
        let place = error.path.map { shown($0) + (error.line.map { ":\($0)" } ?? "") + ": " } ?? ""
        switch error.reason {
        case .system(let call, let code): return "\(place)\(call): \(system(code))"
        case .notFound: return "\(place)not found"
        case .notAFile: return "\(place)a device, socket or pipe; name a file or a folder"
        case .badAnnotations(let what), .badDep5(let what): return "\(place)\(shown(what)); correct it"
        case .twoKindsOfAnnotations(let other):
            return "\(place)not allowed beside \(shown(other)); move its statements there and remove it"
        case .notARepository:
            return "\(place)not in a git repository, so git cannot say which files are meant"
        case .gitMissing: return "\(place)git is not installed, and this asks for it; install it"
        case .gitRefusesOwner:
            return
                "\(place)git does not read this repository, as it belongs to another user; if you trust it: git config --global --add safe.directory FOLDER"
        case .badRevision(let revision): return "\(place)git knows no revision \(quoted(revision))"
        case .gitTimedOut(let seconds):
            return "\(place)git did not answer within \(seconds) seconds; try again"
        case .gitFailed(let status, let words): return "\(place)git ended with \(status): \(shown(words))"
        case .gitAnswer:
            return "\(place)git answered what is not in its documentation; is it another program?"
        case .badBaseline(let what):
            return "\(place)not a baseline: \(shown(what)); write one with --write-baseline"
        }
    }

    /// What is wrong with a policy file, without its name and line.
    static func policyProblem(_ error: PolicyError) -> String {
        let key = error.key.map { "\(shown($0)): " } ?? ""
        switch error.reason {
        case .tooLong: return "\(key)longer than 256 KiB; split it"
        case .tooDeep: return "\(key)nested too deep"
        case .notText: return "\(key)no text"
        case .notTOML(let words): return "\(key)\(shown(words))"
        case .unknownKey: return "\(key)not known here; docs/policy.md lists what is"
        case .missingKey: return "\(key)missing"
        case .wrongType(let expected): return "\(key)expected \(expected)"
        case .unknownWord(let word, let known):
            return "\(key)\(quoted(word)) is none of \(list(known, limit: 40))"
        case .badSelector(let text): return "\(key)\(quoted(text)) selects no license, category or property"
        case .unknownLicense(let name, let near):
            return "\(key)\(quoted(name)) is not on the SPDX list\(question(near))"
        case .unknownRule(let name, let near):
            return "\(key)\(quoted(name)) is the name of no rule\(question(near))"
        case .badDate(let text): return "\(key)\(quoted(text)) is no date like 2027-03-31"
        case .unknownVersion(let version): return "\(key)version \(version) is not known; 1 is"
        case .tooMany: return "\(key)too many entries"
        }
    }

    private static func question(_ names: [String]) -> String {
        names.isEmpty ? "; docs/policy.md lists them" : "; did you mean \(names.joined(separator: " or "))?"
    }
}
