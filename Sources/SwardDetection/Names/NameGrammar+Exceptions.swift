// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Exceptions behind a name.
extension NameGrammar {
    /// "with the Classpath exception", "w/ GCC runtime library exception", "plus OpenSSL exception".
    func exception(at start: Int, before limit: Int) -> (identifier: String, end: Int)? {
        var index = start
        var opened = false
        while index < min(limit, start + 6) {
            meter.spend(WorkMeter.Cost.word)
            if text.gap(index).contains(.blankLine) || text.gap(index).contains(.stop) { return nil }
            switch text.word(index) {
            case .with, .plus: opened = true
            case .the, .a, .an: break
            default:
                if text[index].length == 1, text.text(index).lowercased() == "w",
                    text.byteAfter(index) == UInt8(ascii: "/")
                {
                    opened = true
                    break
                }
                guard
                    opened || text.gap(index).contains(.open) || text.gap(index).contains(.plus)
                        || text.gap(index).contains(.hyphen)
                else { return nil }
                guard let match = tabled(at: index, before: limit),
                    case .exception(let name) = match.meaning
                else {
                    // "with additional", "with special" before the name.
                    if opened, text.word(index) == .other, index < start + 5 { break }
                    return nil
                }
                var end = match.end
                var said = false
                for back in index..<end where text.word(back) == .exception || text.word(back) == .exceptions
                { said = true }
                if text.word(end) == .exception || text.word(end) == .exceptions {
                    said = true
                    end += 1
                }
                return said || name == "Linux-syscall-note" ? (name, end) : nil
            }
            index += 1
        }
        return nil
    }
}

extension LicenseExpression.Node {
    /// Stands for a name whose meaning is not yet settled.
    static var unlisted: Self { .term(LicenseTerm(LicenseReference("NOASSERTION"))) }

    /// Adds an exception to the first license, or to the one that the exception is for.
    func with(_ exception: String) -> Self {
        switch self {
        case .term(let term):
            guard term.exception == nil else { return self }
            return .term(LicenseTerm(term.license, with: ExceptionReference(Self.fitting(exception, term))))
        case .or(let parts): return .or(parts.map { $0.isGNU ? $0.with(exception) : $0 })
        case .and(let parts): return .and(parts.map { $0.isGNU ? $0.with(exception) : $0 })
        }
    }

    /// What "linking exception" means depends on what it is to; the additional permission of GPL-3 §7 cannot stand beside
    /// version 2: there it is the older wording.
    private static func fitting(_ exception: String, _ term: LicenseTerm) -> String {
        let version = LicenseKinship.version(term.license.identifier)
        let isLesser = term.license.identifier.hasPrefix("LGPL")
        switch exception {
        case "GPL-3.0-linking-exception" where isLesser, "LGPL-3.0-linking-exception" where isLesser:
            return version.hasPrefix("2") ? "OCaml-LGPL-linking-exception" : "LGPL-3.0-linking-exception"
        case "Autoconf-exception-generic-3.0" where version.hasPrefix("2"):
            return "Autoconf-exception-generic"
        default: return exception
        }
    }

    var isGNU: Bool {
        switch self {
        case .term(let term):
            return ["GPL-", "LGPL-", "AGPL-"].contains { term.license.identifier.hasPrefix($0) }
        case .or(let parts), .and(let parts): return parts.contains(where: \.isGNU)
        }
    }
}
