// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Marks of license texts: those that must go along and do not, and those that are not what their names say.
extension MarkJudge {
    /// A license whose text must go along and is not in the work: any copyleft, and what a notice at the head of a file
    /// sends its reader to. One file alone may refer to a text elsewhere.
    func missingText() -> [Mark] {
        guard view.files.count > 1 else { return [] }
        let texts = view.texts
        let isElsewhere = view.allFiles.contains { $0.evidence.contains { $0.mark == .missingText } }
        var seen: Set<String> = []
        var result: [Mark] = []
        for index in view.files.indices where !view.isAboutWork(index) {
            guard let terms = view.own[index],
                let found = terms.unavoidable({ facts in
                    facts.isCopyleft
                        ? facts.text == .yes || facts.text == .withGPL
                        : facts.text == .yes && hasHeader(of: facts.identifier, index)
                })
            else { continue }
            if found.term.goesWithProgram { continue }
            let identifier = found.term.license.identifier
            guard seen.insert(identifier.textStem).inserted, !texts.holdsText(of: identifier) else {
                continue
            }
            result.append(
                Mark(
                    mark: .missingText, severity: isElsewhere ? .hint : .clashes,
                    path: view.files[index].path,
                    evidence: view.files[index].findings.filter { $0.expression.terms.contains(found.term) }
                        .prefix(4).map {
                            EnclosureEvidence(
                                mark: .missingText, bytes: $0.bytes, lines: $0.lines,
                                quote: $0.expression.description)
                        },
                    statement: "\(found.term) must go with its text, which is nowhere in the work",
                    clause: found.facts.clauses[.text], cure: "add LICENSES/\(identifier).txt"))
        }
        return result
    }

    private func hasHeader(of identifier: String, _ index: Int) -> Bool {
        view.files[index].findings.contains {
            $0.kind == .header && $0.expression.licenses.contains { $0.identifier == identifier }
        }
    }

    /// Files of `LICENSES/` in which the text of another license stands than the one they are named after.
    ///
    /// Texts that give and ask for the same are often told apart by a word, and are let be. Words of no known license are
    /// residue, and translations are texts too: neither is marked here.
    func wrongText() -> [Mark] {
        view.files.indices.compactMap { index in
            let file = view.files[index]
            guard file.path.folder.lastName == "LICENSES", !file.isOverruled,
                let named = file.path.lastName.listedName
            else { return nil }
            let texts = file.findings.filter { $0.kind == .text }
            let found = texts.flatMap(\.expression.textIdentifiers)
            guard let other = found.first,
                !found.contains(where: { $0.textStem == named.textStem }), Self.differ(named, other)
            else { return nil }
            return Mark(
                mark: .wrongText, severity: .clashes, path: file.path,
                evidence: texts.prefix(4).map {
                    EnclosureEvidence(
                        mark: .wrongText, bytes: $0.bytes, lines: $0.lines, quote: $0.expression.description)
                },
                statement: "the text of \(other) stands where that of \(named) should",
                cure: "put the text of \(named) there, or name the license that is meant")
        }
    }

    /// Whether two licenses give or ask for different things, as far as that is known of both.
    private static func differ(_ a: String, _ b: String) -> Bool {
        let (a, b) = (LicenseReference(a), LicenseReference(b))
        guard let a = LicenseFacts.facts(for: a), let b = LicenseFacts.facts(for: b) else { return false }
        return (a.copyleft, a.derivatives) != (b.copyleft, b.derivatives)
            || (a.commercialUse, a.redistribution) != (b.commercialUse, b.redistribution)
    }
}

extension WorkView {
    /// The texts in the work, as ``Swift/String/textStem``.
    var texts: Set<String> {
        var result = Set((declared?.texts ?? []).map(\.textStem))
        for file in allFiles {
            for finding in file.findings where finding.kind == .text {
                for identifier in finding.expression.textIdentifiers { result.insert(identifier.textStem) }
            }
            // A text of the author's own, or one in another language, is told by its name.
            if file.path.folder.lastName == "LICENSES", file.length > 0 {
                let name = file.path.lastName
                result.insert(String(name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]).textStem)
                result.insert(name.textStem)
            }
        }
        return result
    }
}

extension String {
    /// The license or exception of the SPDX list that a file of `LICENSES/` is named after. Deprecated names that stand for
    /// a license with its exception have no one text.
    fileprivate var listedName: String? {
        // `GPL-3.0-only.txt`; but `MPL-2.0` alone has no ending.
        [lastIndex(of: ".").map { self[..<$0] }, self[...]].lazy.compactMap { $0 }.compactMap {
            LicenseList.license($0) ?? LicenseList.exception($0)
        }.first.flatMap {
            $0.isDeprecated && LicenseList.license("\($0.identifier)-only") == nil ? nil : $0.identifier
        }
    }
}
