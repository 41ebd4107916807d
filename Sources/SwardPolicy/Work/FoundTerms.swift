// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Makes the terms of a work from its files.
struct FoundTerms {
    private let view: WorkView
    private let change: ChangeDate?

    private static let maximumNotices = 1024

    init(_ view: WorkView) {
        self.view = view
        if let change = ChangeDate(view.changeQuotes), let today = view.today, change.date <= today {
            self.change = change
        } else {
            change = nil
        }
    }

    func terms() -> WorkTerms {
        var parts: [String: WorkTerms.Part] = [:]
        var order: [String] = []
        var notices: [String] = []
        var seen: Set<String> = []
        var hasNoticeFile = false
        var written: [ObjectIdentifier: String] = [:]
        for index in view.files.indices {
            let file = view.files[index]
            if file.role == .notice, file.path.lastName.uppercased().hasPrefix("NOTICE") {
                hasNoticeFile = true
            }
            for notice in file.noticesOfWork.prefix(64) where notices.count < Self.maximumNotices {
                if seen.insert(notice.text).inserted { notices.append(notice.text) }
            }
            guard !view.isAboutWork(index), !view.isOpenedArchive(index) else { continue }
            let set = view.terms(index)
            let expression = set.map { set in
                written[ObjectIdentifier(set)] ?? text(of: set)
            }
            if let set, let expression { written[ObjectIdentifier(set)] = expression }
            let key = expression ?? ""
            if var part = parts[key] {
                part.fileCount += 1
                if file.content == .source { part.containsSourceCode = true }
                parts[key] = part
            } else {
                order.append(key)
                // Whether object code lacks its source is told by the marks, which look at names and offers.
                parts[key] = WorkTerms.Part(
                    expression: key, fileCount: 1, sampleFile: file.path,
                    containsSourceCode: file.content == .source)
            }
        }
        let all = order.compactMap { parts[$0] }
        var terms =
            view.declared
            ?? WorkTerms(expression: expression(of: all), parts: [])
        if !all.isEmpty { terms.parts = all }
        terms.texts.formUnion(view.texts)
        terms.copyright += notices.filter { !terms.copyright.contains($0) }
        terms.hasNoticeFile = terms.hasNoticeFile || hasNoticeFile
        if terms.expression.isEmpty || terms.expression == "NOASSERTION" {
            terms.expression = expression(of: all)
        }
        return terms
    }

    private func text(of set: TermSet) -> String {
        guard let change, set.terms.contains(where: { $0.facts?.laterVersions == .converts }) else {
            return set.expression.description
        }
        guard let license = change.license else { return set.expression.description }
        return LicenseExpression(converted(set.expression.normalized.root, license.root)).description
    }

    private func converted(_ node: LicenseExpression.Node, _ license: LicenseExpression.Node)
        -> LicenseExpression.Node
    {
        switch node {
        case .term(let term): LicenseFacts.facts(for: term)?.laterVersions == .converts ? license : node
        case .and(let parts): .all(parts.map { converted($0, license) })
        case .or(let parts): .any(parts.map { converted($0, license) })
        }
    }

    /// Of the whole: what the license file at the top says, or all that the parts say.
    private func expression(of parts: [WorkTerms.Part]) -> String {
        if let top = view.topTerms { return text(of: top) }
        let expressions = parts.compactMap {
            $0.expression.isEmpty ? nil : try? LicenseExpression.parse($0.expression)
        }
        guard !expressions.isEmpty, expressions.count <= 32 else {
            return expressions.first?.description ?? ""
        }
        let all = LicenseExpression.all(expressions)
        return all.description.utf8.count <= LicenseExpression.maximumLength
            ? all.description : expressions[0].description
    }
}

extension Verdict {
    /// What marks, conflicts and contradictions add.
    func weighing(
        marks: [Mark], conflicts: [Conflict], contradictions: [Contradiction], unseen: [String] = []
    ) -> Verdict {
        var more = unseen.prefix(64).map { path in
            Finding(
                .notLookedInto, .review, subject: .part(0, file: path), expression: "", license: nil,
                clause: nil, isEnclosure: false, statement: "\(path) could not be read, or not to its end",
                cure: "mend it, or look into it and declare its terms")
        }
        for mark in marks where mark.severity >= .clashes {
            let weight: Finding.Weight =
                switch mark.mark {
                case .missingSource: .duty
                case .missingText: .note
                case .proprietary, .allRightsReservedClash: .review
                case .riderCommonsClause, .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse,
                    .furtherRestriction:
                    .review
                case .relicensed: .review
                default: .note
                }
            more.append(
                Finding(
                    mark.mark == .missingSource ? .sourceMissing : .enclosureMark, weight,
                    subject: .part(0, file: mark.path), expression: "", license: nil, clause: mark.clause,
                    isEnclosure: mark.mark != .missingText && mark.mark != .sourceAvailable
                        && (mark.severity == .clashes || mark.mark == .proprietary),
                    statement: mark.statement, cure: mark.cure))
        }
        for conflict in conflicts where conflict.result.answer == .no {
            more.append(
                Finding(
                    .incompatibleParts, conflict.relation == .sameProgram ? .note : .review,
                    subject: .part(0, file: conflict.paths.first ?? ""), expression: conflict.part,
                    license: conflict.part,
                    clause: conflict.result.clause, isEnclosure: false, statement: conflict.statement,
                    cure: conflict.cure))
        }
        for contradiction in contradictions where contradiction.holdsWork {
            more.append(
                Finding(
                    .declaredAgainstFound, .review, subject: .part(0, file: contradiction.path),
                    expression: contradiction.declared, license: contradiction.found, clause: nil,
                    isEnclosure: false,
                    statement: contradiction.statement, cure: "state the terms that the file has"))
        }
        guard !more.isEmpty else { return self }
        // A hostile work has as many marks as files.
        more = Array(more.sorted { $0.weight > $1.weight }.prefix(1024))
        var redistribution = redistribution
        for finding in more {
            switch finding.weight {
            case .note: break
            case .duty: redistribution = max(redistribution, .permittedWithDutiesOpen)
            case .review: redistribution = max(redistribution, .needsReview)
            case .forbids: redistribution = .notPermitted
            }
        }
        let all = (more + findings).enumerated()
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element)
        return Verdict(
            redistribution: redistribution,
            commons: more.contains(where: \.isEnclosure) ? .enclosed : commons,
            parts: parts, findings: all, operator: `operator`)
    }
}
