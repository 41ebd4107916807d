// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

extension Compatibility {
    /// More choices on one side are not compared, and need review.
    public static let maximumChoices = 64

    /// Of an expression in another: of a choice one branch suffices and is named; of what binds together all must fit.
    ///
    /// - Parameter use: As in ``of(_:in:use:)-(LicenseTerm,_,_)``.
    public static func of(
        _ part: LicenseExpression, in whole: LicenseExpression, use: Use? = nil
    ) -> Compatibility {
        guard let theirs = part.normalized.choices(limit: maximumChoices),
            let ours = whole.normalized.choices(limit: maximumChoices)
        else {
            return Compatibility(
                .needsReview, use: use,
                reasons: [
                    Reason(
                        .part, part.description, clause: nil, "there are more choices than can be compared")
                ])
        }
        return of(theirs, in: ours, use: use)
    }

    static func of(
        _ theirs: [LicenseExpression.Choice], in ours: [LicenseExpression.Choice], use: Use? = nil
    ) -> Compatibility {
        var best: Compatibility?
        for own in ours {
            for their in theirs {
                var result = of(their, in: own, use: use)
                if theirs.count > 1 { result.part = their.description }
                if ours.count > 1 {
                    result.whole = result.whole ?? own.description
                    if result.answer <= .depends, !result.conditions.contains(.narrowedVersion) {
                        result.conditions.append(.narrowedVersion)
                    }
                }
                if best.map({ result.answer < $0.answer }) ?? true { best = result }
                if best?.answer == .yes { break }
            }
        }
        // What fits every branch narrows nothing.
        if var result = best, ours.count > 1, result.answer == .yes,
            ours.allSatisfy({ own in theirs.contains { of($0, in: own, use: use).answer == .yes } })
        {
            result.whole = nil
            result.conditions.removeAll { $0 == .narrowedVersion }
            best = result
        }
        return best ?? Compatibility(.needsReview, use: use)
    }

    private static func of(
        _ their: LicenseExpression.Choice, in own: LicenseExpression.Choice, use: Use?
    ) -> Compatibility {
        var result: Compatibility?
        for term in their.terms {
            let next = of(term, in: own, use: use)
            guard let current = result else {
                result = next
                continue
            }
            // All of theirs bind, so the worst decides, and every narrowing counts.
            var worst = next.answer > current.answer ? next : current
            let other = next.answer > current.answer ? current : next
            for condition in other.conditions where !worst.conditions.contains(condition) {
                worst.conditions.append(condition)
            }
            if other.answer == worst.answer, other.reasons != worst.reasons { worst.reasons += other.reasons }
            worst.whole = worst.whole ?? other.whole
            result = worst
        }
        return result ?? Compatibility(.needsReview, use: use)
    }

    /// What is under all of several terms lets a part in where one of them does; those that reach for the whole
    /// and do not let it in make the answer hang on which files it goes into.
    private static func of(_ term: LicenseTerm, in own: LicenseExpression.Choice, use: Use?) -> Compatibility
    {
        let answers = own.terms.map { (whole: $0, result: of(term, in: $0, use: use)) }
        guard var best = answers.min(by: { $0.result.answer < $1.result.answer })?.result else {
            return Compatibility(.needsReview, use: use)
        }
        guard best.answer <= .depends, answers.count > 1 else { return best }
        for (whole, result) in answers where result.answer > .depends {
            guard let facts = LicenseFacts.facts(for: whole) else { continue }
            switch facts.copyleft {
            case .work, .network, .shareAlike, .library:
                best.answer = .depends
                if !best.conditions.contains(.separateFiles) { best.conditions.append(.separateFiles) }
                best.reasons += result.reasons
            case .none, .file, .module, .font, .rider: break
            }
        }
        return best
    }
}
