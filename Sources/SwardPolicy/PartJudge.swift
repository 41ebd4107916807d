// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What may still be spent on judging one work, so that a hostile manifest costs no more than a second.
struct JudgeBudget {
    /// Parts and sources beyond these are not judged, and the work needs review.
    static let maximumParts = 4096
    static let maximumSources = 256

    /// Bytes of expressions.
    private var text = 1 << 20
    /// Pairs of choices compared.
    private var comparisons = 1 << 19
    /// Searches for what a misspelt name may have meant.
    private var suggestions = 8

    mutating func takeText(_ expression: String) -> Bool {
        text -= expression.utf8.count
        return text >= 0
    }

    mutating func choices(of expression: LicenseExpression) -> [LicenseExpression.Choice]? {
        let limit = comparisons >= 1 << 16 ? 256 : 1
        guard let choices = expression.choices(limit: limit) else { return nil }
        comparisons -= choices.count * choices.count - 1
        return choices
    }

    mutating func suggestions(for name: String, kind: ListedLicense.Kind = .license) -> [String] {
        suggestions -= 1
        return suggestions >= 0 ? LicenseList.suggestions(for: name, kind: kind) : []
    }
}

/// Judges the files that are under one expression.
struct PartJudge {
    /// What one way to accept the terms leads to.
    private struct Outcome {
        let choice: LicenseExpression.Choice
        let redistribution: Redistribution
        let commons: Commons?
        let findings: [Finding]
    }

    private let terms: WorkTerms
    private let part: WorkTerms.Part
    private let index: Int
    private let profile: OperatorProfile

    init(_ terms: WorkTerms, _ part: WorkTerms.Part, at index: Int, _ profile: OperatorProfile) {
        self.terms = terms
        self.part = part
        self.index = index
        self.profile = profile
    }

    func verdict(_ budget: inout JudgeBudget) -> Verdict.Part {
        guard budget.takeText(part.expression) else {
            return undecided(
                .tooManyTerms, "the work has more terms than can be compared",
                cure: "state its terms in fewer expressions")
        }
        let expression: LicenseExpression
        do {
            expression = try LicenseExpression.parse(part.expression)
        } catch {
            let isEmpty = error.reason == .empty
            return undecided(
                isEmpty ? .noTerms : .unreadableExpression,
                isEmpty ? "no terms are declared" : "the expression cannot be read: \(error)",
                cure: "state the terms as an SPDX license expression")
        }
        guard let choices = budget.choices(of: expression.normalized) else {
            return undecided(
                .tooManyChoices, "the expression offers more choices than can be compared",
                cure: "choose among the alternatives and state the rest")
        }
        let outcomes = choices.map { outcome(of: $0, &budget) }
        guard
            let best = outcomes.enumerated().min(by: {
                (cost($0.element), $0.offset) < (cost($1.element), $1.offset)
            })
        else { return undecided(.noTerms, "no terms are declared", cure: nil) }
        var findings = best.element.findings
        if choices.count > 1 {
            findings.append(
                finding(
                    .choiceMade, .note, license: best.element.choice.description,
                    "of \(choices.count) alternatives \(best.element.choice) was chosen", cure: nil))
        }
        return Verdict.Part(
            part: part, redistribution: best.element.redistribution, commons: best.element.commons,
            chosen: best.element.choice.description, wasChoice: choices.count > 1, findings: findings)
    }

    private func undecided(_ kind: Finding.Kind, _ statement: String, cure: String?) -> Verdict.Part {
        Verdict.Part(
            part: part, redistribution: .needsReview, commons: nil, chosen: nil, wasChoice: false,
            findings: [finding(kind, .review, statement, cure: cure)])
    }

    /// Lower is better for the operator; alternatives that cost the same go by the order they are written in.
    private func cost(_ outcome: Outcome) -> Int {
        let duties = outcome.findings.count { $0.weight == .duty }
        return switch outcome.redistribution {
        case .permitted: 0
        case .noncommercialOnly where profile.isNoncommercial: 1 + duties
        case .permittedWithDutiesOpen: 1 + duties
        case .noncommercialOnly: 1_000_000
        case .needsReview: 2_000_000
        case .notPermitted: 3_000_000
        }
    }

    private func outcome(of choice: LicenseExpression.Choice, _ budget: inout JudgeBudget) -> Outcome {
        var findings: [Finding] = []
        var known: [(term: LicenseTerm, facts: LicenseFacts)] = []
        for term in choice.terms {
            guard let facts = LicenseFacts.facts(for: term) else {
                findings.append(unknown(term, &budget))
                continue
            }
            known.append((term, facts))
            findings += grant(term, facts)
            findings += openDuties(term, facts)
        }
        findings += contradictions(known)
        return Outcome(
            choice: choice, redistribution: redistribution(findings),
            commons: commons(findings, known.map(\.facts), isComplete: known.count == choice.terms.count),
            findings: findings)
    }

    private func redistribution(_ findings: [Finding]) -> Redistribution {
        switch findings.map(\.weight).max() {
        case .forbids?: .notPermitted
        case .review?: .needsReview
        case _ where findings.contains { $0.kind == .noncommercialOnly }: .noncommercialOnly
        case .duty?: .permittedWithDutiesOpen
        case .note?, nil: .permitted
        }
    }

    private func commons(_ findings: [Finding], _ facts: [LicenseFacts], isComplete: Bool) -> Commons? {
        if findings.contains(where: \.isEnclosure) { return .enclosed }
        // One term that is not free decides, whatever an unknown one beside it may say.
        if facts.contains(where: { !$0.isFree }) { return .restricted }
        guard isComplete else { return nil }
        return facts.contains(where: \.isCopyleft) ? .protected : .open
    }

    private func unknown(_ term: LicenseTerm, _ budget: inout JudgeBudget) -> Finding {
        if let exception = term.exception, !exception.isListed, LicenseFacts.facts(for: term.license) != nil {
            let near = budget.suggestions(for: exception.identifier, kind: .exception)
            return finding(
                .unknownException, .review, license: term.description,
                "the exception \(exception) is not known", cure: Self.cure(near))
        }
        let license = term.license
        if license.isCustom || license.document != nil {
            let hasText = terms.texts.contains(license.identifier)
            return finding(
                .unknownLicense, .review, license: license.description,
                "\(license) is a license of its own that no table knows",
                cure: hasText
                    ? "read its text in the work" : "add its text to the work and have a person read it")
        }
        if license.isListed {
            return finding(
                .unknownLicense, .review, license: license.description,
                "\(license) is on the SPDX list, but its clauses are not in the table",
                cure: "have a person read it")
        }
        return finding(
            .unknownLicense, .review, license: license.description,
            "\(license) is no license of the SPDX list",
            cure: Self.cure(budget.suggestions(for: license.description)))
    }

    private static func cure(_ suggestions: [String]) -> String {
        suggestions.isEmpty
            ? "use an identifier of the SPDX list, or a LicenseRef- with its text"
            : "did the author mean \(suggestions.joined(separator: ", "))?"
    }

    /// What the term itself says of passing on exact copies.
    private func grant(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Finding] {
        switch facts.redistribution {
        case .yes: []
        case .noncommercial:
            [
                finding(
                    .noncommercialOnly, .note, license: term.description,
                    clause: facts.clauses[.commercial] ?? facts.clauses[.redistribute],
                    "\(term) permits noncommercial redistribution only",
                    cure: profile.isNoncommercial
                        ? nil : "say in the profile that this peer is noncommercial, if it is")
            ]
        case .limited:
            [
                finding(
                    .limitedGrant, .review, license: term.description, clause: facts.clauses[.redistribute],
                    "\(term) permits redistribution only to some or in some ways",
                    cure: "have a person read it")
            ]
        case .no:
            [
                finding(
                    .noGrant, .forbids, license: term.description, clause: facts.clauses[.redistribute],
                    "\(term) does not permit redistribution", cure: "ask the holder for a license")
            ]
        }
    }

    private func openDuties(_ term: LicenseTerm, _ facts: LicenseFacts) -> [Finding] {
        OpenDuties(terms: terms, part: part).of(term, facts).map { duty in
            finding(
                duty.kind, duty.weight, license: term.description, clause: duty.clause,
                isEnclosure: duty.isEnclosure,
                duty.statement, cure: duty.cure)
        }
    }

    /// Terms that take back in one breath what they give in another.
    private func contradictions(_ known: [(term: LicenseTerm, facts: LicenseFacts)]) -> [Finding] {
        let riders = known.filter { $0.facts.copyleft == .rider }
        let free = known.filter { $0.facts.isFree }
        var findings: [Finding] = []
        for rider in riders {
            if known.count == riders.count {
                findings.append(
                    finding(
                        .limitedGrant, .review, license: rider.term.description,
                        "\(rider.term) changes another license, and none is named",
                        cure: "name the license it changes"))
            }
            for base in free {
                findings.append(contradiction(of: rider, with: base))
            }
        }
        // A copyleft that tolerates no added terms, bound up in the same files with terms that are not free.
        for base in free where base.facts.isCopyleft && base.facts.addedTerms == .forbidden {
            for other in known where !other.facts.isFree && other.facts.copyleft != .rider {
                findings.append(
                    finding(
                        .contradictoryTerms, .review, license: base.term.description,
                        clause: base.facts.clauses[.addedTerms], isEnclosure: true,
                        "\(other.term) restricts files that \(base.term) keeps free",
                        cure: "state for each file which of the two it is under"))
            }
        }
        return findings
    }

    private func contradiction(
        of rider: (term: LicenseTerm, facts: LicenseFacts),
        with base: (term: LicenseTerm, facts: LicenseFacts)
    ) -> Finding {
        if base.facts.isCopyleft, base.facts.addedTerms == .forbidden {
            return finding(
                .contradictoryTerms, .forbids, license: base.term.description,
                clause: base.facts.clauses[.addedTerms],
                isEnclosure: true, "\(rider.term) adds a restriction that \(base.term) forbids",
                cure: "have the holder drop \(rider.term), or license the work without \(base.term)")
        }
        return finding(
            .riderOnFreeLicense, .note, license: base.term.description,
            clause: rider.facts.clauses[.commercial],
            isEnclosure: true, "\(rider.term) takes back a freedom that \(base.term) gives",
            cure: "use a release without \(rider.term)")
    }

    private func finding(
        _ kind: Finding.Kind, _ weight: Finding.Weight, license: String? = nil, clause: String? = nil,
        isEnclosure: Bool = false, _ statement: String, cure: String?
    ) -> Finding {
        Finding(
            kind, weight, subject: .part(index, file: part.sampleFile), expression: part.expression,
            license: license, clause: clause, isEnclosure: isEnclosure, statement: statement, cure: cure)
    }
}
