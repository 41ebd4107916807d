// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Marks that the terms themselves leave, or the lack of them.
extension MarkJudge {
    // MARK: Source-available

    /// One mark for each such license, where its text is, else where it is named first.
    func sourceAvailable() -> [Mark] {
        var best: [LicenseTerm: (index: Int, rank: Int)] = [:]
        var order: [LicenseTerm] = []
        for index in view.files.indices {
            guard let terms = view.own[index] else { continue }
            for (term, facts) in terms.terms {
                guard let facts, facts.category == .sourceAvailable, facts.copyleft != .rider,
                    !Self.isTrifle(facts),
                    terms.unavoidable({ !$0.isFree }) != nil
                else { continue }
                let file = view.files[index]
                // Who states it, before who is only covered by it.
                let rank =
                    file.role == .licenseText
                    ? 0 : file.findings.contains { $0.kind == .text } ? 1 : file.expression != nil ? 2 : 3
                if let known = best[term] {
                    if rank < known.rank { best[term] = (index, rank) }
                } else {
                    best[term] = (index, rank)
                    order.append(term)
                }
            }
        }
        let quotes = view.changeQuotes
        var marks: [Mark] = order.compactMap { term in
            guard let index = best[term]?.index, let facts = LicenseFacts.facts(for: term) else { return nil }
            var statement = "\(term) lets the source be read, and keeps back freedoms"
            if facts.laterVersions == .converts, let change = ChangeDate(quotes) {
                if let today = view.today, change.date <= today { return nil }
                statement +=
                    "; on \(change.date) it turns into \(change.license?.description ?? "another license")"
            }
            let own = view.files[index].evidence.filter { $0.mark == .sourceAvailable }
            return Mark(
                mark: .sourceAvailable, severity: .forbids, path: view.files[index].path,
                evidence: own.isEmpty ? findings(of: term, in: index, as: .sourceAvailable) : own,
                statement: statement,
                clause: facts.clauses[.commercial] ?? facts.clauses[.redistribute])
        }
        // Words of such a license that the table does not know by name.
        if marks.isEmpty, order.isEmpty {
            for index in view.files.indices {
                let words = view.files[index].evidence.filter { $0.mark == .sourceAvailable }
                // Free terms that come with time are none yet.
                let isDelayed =
                    words.count > 1
                    && words.contains {
                        ["anniversary", "years"].contains(where: $0.quote.lowercased().contains)
                    }
                guard !words.isEmpty, !view.files[index].isOverruled,
                    isDelayed || view.terms(index)?.free == nil
                else { continue }
                if let change = ChangeDate(words.map(\.quote)), let today = view.today, change.date <= today {
                    continue
                }
                marks.append(
                    Mark(
                        mark: .sourceAvailable, severity: .forbids, path: view.files[index].path,
                        evidence: words,
                        statement: "the source may be read, and freedoms are kept back"))
            }
        }
        return marks
    }

    /// A line of moral advice is not what the name means.
    private static func isTrifle(_ facts: LicenseFacts) -> Bool {
        !facts.identifier.hasPrefix("LicenseRef-") && facts.redistribution == .yes
            && facts.derivatives == .yes && facts.patents == .none
            && facts.source == .none
            && facts.laterVersions == .fixed && facts.locks == .none && facts.addedTerms == .allowed
    }

    /// The findings in a file that name the term, as evidence.
    private func findings(of term: LicenseTerm, in index: Int, as mark: EnclosureMark) -> [EnclosureEvidence]
    {
        view.files[index].findings.filter { $0.expression.terms.contains(term) }.prefix(Mark.maximumEvidence)
            .map {
                EnclosureEvidence(
                    mark: mark, bytes: $0.bytes, lines: $0.lines, quote: $0.expression.description)
            }
    }

    // MARK: No grant

    /// Files whose terms say that nothing is granted, or that take back what another term gives.
    func withheld() -> [Mark] {
        var marks: [Mark] = []
        for index in view.files.indices {
            guard let terms = view.own[index], !isDeclaredElsewhere(index) else { continue }
            let path = view.files[index].path
            // Licenses that let the source be read have a mark of their own.
            if let found = terms.unavoidable({ $0.redistribution == .no && $0.category != .sourceAvailable })
            {
                let isProprietary = !["NONE", "LicenseRef-all-rights-reserved"].contains(
                    found.term.license.identifier)
                let evidence = view.files[index].evidence
                let claims = evidence.filter { $0.mark == .proprietary }
                guard !evidence.contains(where: { $0.mark == .allRightsReservedClash }),
                    claims.isEmpty || proprietary(claims, index) == nil
                else { continue }
                marks.append(
                    Mark(
                        mark: isProprietary ? .proprietary : .allRightsReservedClash, severity: .forbids,
                        path: path,
                        evidence: findings(of: found.term, in: index, as: .proprietary),
                        statement: "\(found.term) lets no copies be passed on",
                        clause: found.facts.clauses[.redistribute], cure: "ask the holder for a license"))
            }
            if marks.count > Mark.maximumCount { break }
        }
        return marks
    }

    /// Whether all that is known of the file is what another one states, such as the manifest of its package: one mark
    /// there says it for all.
    private func isDeclaredElsewhere(_ index: Int) -> Bool {
        let file = view.files[index]
        guard file.expression == nil, let source = file.declaredIn else { return false }
        return statingPaths.contains(source)
    }

    /// Riders that an expression names.
    func riders(in marks: [Mark]) -> [Mark] {
        let seen = Set(marks.filter { $0.mark == .riderCommonsClause }.map(\.path))
        var result: [Mark] = []
        for index in view.files.indices where !seen.contains(view.files[index].path) {
            guard let terms = view.own[index], let rider = terms.unavoidable({ $0.copyleft == .rider }) else {
                continue
            }
            let base = terms.free
            result.append(
                Mark(
                    mark: .riderCommonsClause, severity: base == nil ? .forbids : .clashes,
                    path: view.files[index].path,
                    evidence: findings(of: rider.term, in: index, as: .riderCommonsClause),
                    statement: base.map {
                        "\(rider.term) takes away the right to sell, which \($0.term) gives"
                    }
                        ?? "\(rider.term) takes away the right to sell",
                    clause: base?.facts.clauses[.addedTerms] ?? rider.facts.clauses[.commercial],
                    cure: "have the holder drop \(rider.term)"))
            if result.count > Mark.maximumCount { break }
        }
        return result
    }

    /// Whether a file that grants nothing reserves all rights or is called proprietary, and forbids to pass it on besides.
    func isReservedInEarnest(_ index: Int) -> Bool {
        let file = view.files[index]
        guard view.own[index] == nil, file.declared == nil else { return false }
        guard file.evidence.contains(where: { $0.mark == .riderNoRedistribution }) else { return false }
        if file.evidence.contains(where: { $0.mark == .allRightsReservedClash }) { return true }
        let claims = file.evidence.filter { $0.mark == .proprietary }
        return !claims.isEmpty && proprietary(claims, index) != nil
    }

    /// “All rights reserved” is boilerplate wherever something is granted.
    func reserved(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let file = view.files[index]
        guard view.own[index] == nil, file.declared == nil else { return nil }
        guard let free else {
            return Mark(
                mark: .allRightsReservedClash, severity: .forbids, path: file.path, evidence: evidence,
                statement: "all rights are reserved, and nothing is granted",
                cure: "ask the holder for a license")
        }
        // The holder of a file may grant in one place and reserve in another; whoever did not grant reserves in earnest.
        // Where no holder of the work is named, nothing says that this one is another.
        let holders = Set(file.copyrights.map { $0.holder.holderKey })
        let isStranger = !holders.isEmpty && !grantors.isEmpty && holders.isDisjoint(with: grantors)
        if isReservedInEarnest(index) {
            let bans = file.evidence.filter { $0.mark == .riderNoRedistribution }
            return Mark(
                mark: .allRightsReservedClash, severity: .clashes, path: file.path, evidence: evidence + bans,
                statement:
                    "the file reserves all rights and forbids copies, in a work with files under \(free.term)",
                cure: "ask the holder for a license, or take the file out")
        }
        if view.cover[index]?.free != nil, !isStranger { return nil }
        return hint(
            .allRightsReservedClash, evidence, index,
            "all rights are reserved and nothing is granted in the file, in a work with files under \(free.term)"
        )
    }

    func proprietary(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let path = view.files[index].path
        // Free works speak of proprietary ones, and sell licenses for them.
        if view.terms(index)?.free != nil, !evidence.contains(where: { Self.isClaim($0.quote) }) {
            return nil
        }
        if let found = view.own[index]?.free {
            return Mark(
                mark: .proprietary, severity: .clashes, path: path, evidence: evidence,
                statement: "the file calls itself proprietary, and \(found.term) is granted in it",
                clause: found.facts.clauses[.addedTerms] ?? found.facts.clauses[.redistribute])
        }
        if let copyleft, copyleft.path != path {
            return Mark(
                mark: .proprietary, severity: .forbids, path: path, evidence: evidence,
                statement: "the file is proprietary, beside \(copyleft.path) under \(copyleft.term)",
                clause: copyleft.facts.clauses[.copyleft], cure: "take the file out, or have it licensed")
        }
        return Mark(
            mark: .proprietary, severity: .forbids, path: path, evidence: evidence,
            statement: "the file is proprietary; nothing is granted", cure: "ask the holder for a license")
    }

    /// Whether words call the file itself proprietary: a field of a manifest, or a claim of secrecy.
    private static func isClaim(_ quote: String) -> Bool {
        let lower = quote.lowercased()
        let signs = [
            "confidential", "trade secret", "unpublished", "unauthorized", "is proprietary",
            "are proprietary",
            "unlicensed",
        ]
        return quote.utf8.count <= 32 || signs.contains { lower.contains($0) }
    }

    // MARK: What a license file says besides

    /// Words that restrict, left over in a license file after all that is known there.
    func residue(in marks: [Mark]) -> [Mark] {
        let seen = Set(marks.map(\.path))
        var result: [Mark] = []
        for index in view.files.indices
        where view.files[index].role == .licenseText && !view.files[index].isOverruled {
            let file = view.files[index]
            guard !file.residue.isEmpty, !seen.contains(file.path),
                file.findings.contains(where: { $0.kind == .text }), let base = view.own[index]?.free
            else { continue }
            let words = file.residue.filter { $0.licenseWordCount >= 12 && Self.restricts($0.words) }
            guard !words.isEmpty else { continue }
            result.append(
                Mark(
                    mark: .furtherRestriction, severity: .hint, path: file.path,
                    evidence: words.prefix(Mark.maximumEvidence).map {
                        EnclosureEvidence(
                            mark: .furtherRestriction, bytes: $0.bytes, lines: $0.lines,
                            quote: String($0.words.prefix(512)))
                    },
                    statement:
                        "beside \(base.term) the file has words that restrict, and that no known license has",
                    clause: base.facts.clauses[.addedTerms], cure: "have a person read them"))
        }
        return result
    }

    private static func restricts(_ words: String) -> Bool {
        let lower = words.lowercased()
        let signs = [
            "may not", "must not", "shall not", "not permitted", "prohibited", "not allowed", "forbidden",
            "without permission",
            "prior written", "only for", "solely for", "restricted to",
        ]
        return signs.contains { lower.contains($0) } && AddedTermKind(words) == nil
    }
}

extension WorkView {
    /// Everything that is said of change dates and change licenses.
    var changeQuotes: [String] {
        files.filter { !$0.isOverruled }.flatMap { file in
            file.evidence.filter { $0.mark == .sourceAvailable }.map(\.quote)
        }
    }
}

extension String {
    /// A holder's name for comparing: letters and digits in lower case, legal forms and years left off.
    var holderKey: String {
        let words = lowercased().split { !$0.isLetter && !$0.isNumber }.filter {
            ![
                "inc", "ltd", "llc", "gmbh", "corp", "corporation", "co", "the", "and", "copyright", "c",
                "by", "all", "rights", "reserved",
            ]
            .contains($0) && !$0.allSatisfy(\.isNumber)
        }
        return words.prefix(3).joined(separator: " ")
    }
}
