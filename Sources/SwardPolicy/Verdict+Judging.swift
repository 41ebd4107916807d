// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

extension Verdict {
    /// Judges what `terms` allow to an operator, for the act of passing exact copies on.
    ///
    /// Of a choice the branch best for the operator is taken. What is not known is `needs review`, never a pass.
    public static func judge(_ terms: WorkTerms, operator profile: OperatorProfile) -> Verdict {
        // A manifest that lists no files still says what the work is under.
        let declared =
            terms.parts.isEmpty
            ? [WorkTerms.Part(expression: terms.expression, fileCount: 0, sampleFile: "")] : terms.parts
        var budget = JudgeBudget()
        let parts = declared.prefix(JudgeBudget.maximumParts).enumerated().map {
            PartJudge(terms, $1, at: $0, profile).verdict(&budget)
        }
        let ofWork = WorkJudge(terms, parts).findings()
        var redistribution = parts.map(\.redistribution).max() ?? .needsReview
        for finding in ofWork {
            switch finding.weight {
            case .note: break
            case .duty: redistribution = max(redistribution, .permittedWithDutiesOpen)
            case .review: redistribution = max(redistribution, .needsReview)
            case .forbids: redistribution = .notPermitted
            }
        }
        let findings = (ofWork + parts.flatMap(\.findings)).enumerated()
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element)
        return Verdict(
            redistribution: redistribution, commons: commons(terms, parts, ofWork), parts: parts,
            findings: findings, operator: profile)
    }

    /// A whole work is protected when its own terms are copyleft, though parts of it be open: whoever passes
    /// on the whole passes it on under those terms. Anything worse than open spoils the whole.
    private static func commons(_ terms: WorkTerms, _ parts: [Part], _ ofWork: [Finding]) -> Commons? {
        if ofWork.contains(where: \.isEnclosure) { return .enclosed }
        let known = parts.compactMap(\.commons)
        guard let worst = known.max() else { return nil }
        if worst >= .restricted { return worst }
        guard known.count == parts.count else { return nil }
        let ownPart =
            parts.first { $0.part.expression == terms.expression } ?? equivalent(to: terms.expression, parts)
        return ownPart?.commons ?? worst
    }

    /// The part that says the same in other words; parsing is for the few, a hostile manifest has thousands.
    private static func equivalent(to text: String, _ parts: [Part]) -> Part? {
        guard parts.count <= 64, let own = try? LicenseExpression.parse(text) else { return nil }
        return parts.first {
            (try? LicenseExpression.parse($0.part.expression)).map(own.isEquivalent) == true
        }
    }
}

/// What is found of the work as a whole.
private struct WorkJudge {
    /// Every choice of theirs is compared with every one of ours.
    private static let sourceChoices = 16

    let terms: WorkTerms
    let parts: [Verdict.Part]

    init(_ terms: WorkTerms, _ parts: [Verdict.Part]) {
        self.terms = terms
        self.parts = parts
    }

    func findings() -> [Finding] {
        var findings: [Finding] = []
        if !terms.parts.contains(where: { $0.expression == terms.expression }),
            (try? LicenseExpression.parse(terms.expression)) == nil
        {
            findings.append(
                Finding(
                    .unreadableExpression, .review, subject: .work, expression: terms.expression,
                    statement: "the expression of the work itself cannot be read",
                    cure: "state the terms as an SPDX license expression"))
        }
        findings += proprietaryBesideCopyleft()
        findings += terms.sources.prefix(JudgeBudget.maximumSources).enumerated().flatMap {
            source($1, at: $0)
        }
        if terms.parts.count > JudgeBudget.maximumParts || terms.sources.count > JudgeBudget.maximumSources {
            findings.append(
                Finding(
                    .tooManyTerms, .review, subject: .work, expression: terms.expression,
                    statement: "the work has more parts or sources than can be compared",
                    cure: "state its terms in fewer expressions"))
        }
        return findings
    }

    private func proprietaryBesideCopyleft() -> [Finding] {
        guard let closed = parts.first(where: { part in part.findings.contains { $0.kind == .noGrant } }),
            let free = parts.first(where: { $0.commons == .protected })
        else { return [] }
        return [
            Finding(
                .proprietaryBesideCopyleft, .note, subject: .work, expression: closed.part.expression,
                license: free.chosen, isEnclosure: true,
                statement:
                    "\(closed.part.sampleFile.orWork) is proprietary beside \(free.part.sampleFile.orWork) under \(free.chosen ?? free.part.expression)",
                cure: "take the proprietary files out, or have them licensed")
        ]
    }

    private func source(_ source: WorkTerms.Source, at index: Int) -> [Finding] {
        let subject = Finding.Subject.source(index, title: source.title)
        guard let expression = source.expression else {
            return [
                Finding(
                    .unsettledSource, source.isModified ? .review : .note, subject: subject, expression: "",
                    statement: "the manifest does not say under what terms the source “\(source.title)” is",
                    cure: "state the expression of the source")
            ]
        }
        guard let theirs = try? LicenseExpression.parse(expression),
            let theirChoices = theirs.normalized.choices(limit: Self.sourceChoices)
        else {
            return [
                Finding(
                    .unsettledSource, .review, subject: subject, expression: expression,
                    statement: "the terms of the source “\(source.title)” cannot be read",
                    cure: "state them as an SPDX license expression")
            ]
        }
        guard source.isModified else { return included(source, theirs, subject) }
        guard let own = try? LicenseExpression.parse(terms.expression),
            let ownChoices = own.normalized.choices(limit: Self.sourceChoices)
        else { return [] }
        let result = Compatibility.of(theirChoices, in: ownChoices)
        switch result.answer {
        case .yes, .depends: return []
        case .needsReview:
            return [
                Finding(
                    .unsettledSource, .review, subject: subject, expression: expression,
                    statement:
                        "whether a work derived from “\(source.title)” under \(expression) may be under \(own) is not settled",
                    cure: "have a person compare the terms")
            ]
        case .no:
            return [
                Finding(
                    .narrowedSource, .forbids, subject: subject, expression: expression,
                    license: theirs.description, clause: result.clause, isEnclosure: true,
                    statement:
                        "a work derived from “\(source.title)” under \(expression) may not be under \(own)",
                    cure: "license this work under \(theirs) or what it names compatible")
            ]
        }
    }

    /// A source taken over unchanged keeps its terms, so they must be found among those of the parts.
    private func included(
        _ source: WorkTerms.Source, _ theirs: LicenseExpression, _ subject: Finding.Subject
    ) -> [Finding] {
        let isThere = ([terms.expression] + parts.prefix(64).map(\.part.expression)).contains { text in
            (try? LicenseExpression.parse(text)).map(theirs.isEquivalent) == true
        }
        if isThere { return [] }
        let isPermissive = theirs.normalized.choices(limit: Self.sourceChoices)?.contains { choice in
            choice.terms.allSatisfy {
                LicenseFacts.facts(for: $0).map { $0.isFree && !$0.isCopyleft } == true
            }
        }
        return [
            Finding(
                .sourceTermsMissing, isPermissive == true ? .note : .review, subject: subject,
                expression: theirs.description, license: theirs.description,
                statement:
                    "“\(source.title)” was taken over unchanged under \(theirs), and no file is under that",
                cure: "state the terms of the files that came from it")
        ]
    }
}

extension String {
    /// For messages where a file may have no name.
    var orWork: String { isEmpty ? "the work" : self }
}
