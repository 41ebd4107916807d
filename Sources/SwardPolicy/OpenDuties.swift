// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What a license asks for when exact copies are passed on, and the bundle does not have.
struct OpenDuties {
    struct Duty {
        let kind: Finding.Kind
        var weight = Finding.Weight.duty
        let clause: String?
        let statement: String
        let cure: String
        var isEnclosure = false
    }

    let terms: WorkTerms
    let part: WorkTerms.Part

    func of(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Duty] {
        // Without a grant there is nothing whose duties could be met.
        guard facts.redistribution != .no else { return [] }
        return text(term, facts) + notice(term, facts) + source(term, facts)
    }

    private func text(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Duty] {
        var wanted: [String] = []
        switch facts.text {
        case .no: break
        case .yes: wanted = [term.license.identifier]
        // That the SPDX form of the LGPL 3 text has the GPL 3 in it cannot be seen from here.
        case .withGPL: wanted = [term.license.identifier]
        // An identifier of the list stands for an address; one of the author's own does not.
        case .textOrAddress: wanted = term.license.isListed ? [] : [term.license.identifier]
        // Where only the source must keep a notice, it stands in the files themselves.
        case .sourceOnly:
            wanted = part.containsSourceCode && facts.notice != .sourceNotice ? [term.license.identifier] : []
        }
        if term.license.isCustom { wanted = [term.license.identifier] }
        if term.goesWithProgram { wanted = [] }
        if !wanted.isEmpty, let exception = term.exception { wanted.append(exception.identifier) }
        return wanted.filter { !hasText($0) }.map { identifier in
            Duty(
                kind: .textMissing, clause: facts.clauses[.text],
                statement: "the text of \(identifier) must go with the work and is not in it",
                cure: "add LICENSES/\(identifier).txt")
        }
    }

    private func notice(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Duty] {
        guard terms.copyright.isEmpty, terms.creators.isEmpty else { return [] }
        switch facts.notice {
        case .none, .sourceNotice: return []
        case .attribution:
            return [
                Duty(
                    kind: .attributionMissing, clause: facts.clauses[.notice],
                    statement: "\(term) asks to name the author, and the manifest names none",
                    cure: "add the creators or a copyright notice to the manifest")
            ]
        case .copyright, .notices, .noticeFile, .acknowledgement, .credit, .creditWithoutSource:
            return [
                Duty(
                    kind: .noticeMissing, clause: facts.clauses[.notice],
                    statement: "\(term) asks to keep the copyright notice, and the manifest has none",
                    cure: "add the copyright notice to the manifest")
            ]
        }
    }

    private func source(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Duty] {
        guard part.containsObjectCode, facts.source.bindsObjectCode, terms.correspondingSource.isEmpty else {
            return []
        }
        if part.containsSourceCode {
            return [
                Duty(
                    kind: .sourceUnproven, weight: .note, clause: facts.clauses[.source],
                    statement:
                        "object code under \(term) has source files beside it; whether they are all of its source is not known",
                    cure: "say in the manifest where the corresponding source is offered")
            ]
        }
        return [
            Duty(
                kind: .sourceMissing, clause: facts.clauses[.source],
                statement:
                    "\(part.sampleFile.orWork) is object code under \(term) without source or an offer of it",
                cure: "add the source, or say in the manifest where it is offered", isEnclosure: true)
        ]
    }

    private func hasText(_ identifier: String) -> Bool {
        terms.texts.lazy.map(\.textStem).holdsText(of: identifier)
    }
}

extension LicenseTerm {
    /// Whether an exception lets what a tool puts into a program's source, such as `config.guess` or a parser, be under that
    /// program's terms: its own text need not go along then.
    var goesWithProgram: Bool {
        guard let exception else { return false }
        return ["Autoconf-exception", "Bison-exception", "Libtool-exception", "Texinfo-exception"].contains {
            exception.identifier.hasPrefix($0)
        }
    }
}

extension Sequence<String> {
    /// Whether one of these ``Swift/String/textStem`` is the text that a license must go with: its own, however the grant is
    /// worded, or that of a later version where the grant lets who passes it on choose one.
    func holdsText(of identifier: String) -> Bool {
        let stem = identifier.textStem
        let wanted = Lineage(identifier)
        let family = wanted.family.lowercased()
        return contains { text in
            if text == stem { return true }
            guard wanted.isOrLater, let least = wanted.version else { return false }
            let found = Lineage(text)
            return found.family == family && found.version.map { $0 > least } ?? false
        }
    }
}

extension String {
    /// Lower case, without what says only how the text is applied: `GPL-2.0-or-later` and `GPL-2.0` share a text.
    var textStem: String {
        var stem = lowercased()[...]
        for suffix in ["+", "-or-later", "-only", "-no-invariants", "-invariants"]
        where stem.hasSuffix(suffix) {
            stem = stem.dropLast(suffix.count)
        }
        return String(stem)
    }
}
