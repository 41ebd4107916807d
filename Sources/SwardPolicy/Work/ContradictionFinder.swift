// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Holds what is declared for files against what was found in them.
struct ContradictionFinder {
    let view: WorkView

    private static let maximumCount = 4096

    func contradictions() -> [Contradiction] {
        var answers: [[LicenseExpression]: (answer: Compatibility, kind: Contradiction.Kind)] = [:]
        var result: [Contradiction] = []
        for index in view.files.indices where view.files[index].role == .other {
            let file = view.files[index]
            guard let declared = file.declared, let found = file.expression, file.content != .archive,
                !file.isOverruled, file.declaredIn != file.path
            else { continue }
            let key = [declared, found]
            let known = answers[key] ?? compare(declared, found)
            answers[key] = known
            guard known.answer.answer > .yes else { continue }
            // A bare text says "only" because nothing beside it says more; the declaration may be what says it.
            if file.isTextAlone, sharesText(declared, found) { continue }
            guard known.answer.answer == .no || known.answer.answer == .needsReview else { continue }
            let isFirm = file.findings.contains { $0.kind != .reference && $0.score >= 80 }
            // Those that hold the work are never too many to be told of one.
            guard result.count < Self.maximumCount || known.answer.answer == .no && isFirm else { continue }
            if result.count == 2 * Self.maximumCount { break }
            let place = file.declaredIn.map { " in \($0)" } ?? ""
            result.append(
                Contradiction(
                    path: file.path, kind: known.kind, declared: declared.description,
                    declaredIn: file.declaredIn,
                    found: found.description, holdsWork: known.answer.answer == .no && isFirm,
                    statement: known.kind == .declaredTooMuch
                        ? "\(declared) is declared\(place), and the file grants no more than \(found)"
                        : "\(declared) is declared\(place), and the file says \(found)"))
        }
        return result
    }

    /// *yes* where the declaration says no more than the file: the same, a branch of its choice, or terms into which the
    /// file may go.
    private func compare(
        _ declared: LicenseExpression, _ found: LicenseExpression
    ) -> (answer: Compatibility, kind: Contradiction.Kind) {
        if declared.isEquivalent(to: found) { return (Compatibility(.yes), .different) }
        let theirs = Set(found.normalized.choices(limit: 64)?.map { Set($0.terms) } ?? [])
        let ours = declared.normalized.choices(limit: 64)?.map { Set($0.terms) } ?? []
        // One branch of what is declared stands in the file, or the declaration has chosen among what the file offers.
        if ours.contains(where: { own in theirs.contains { $0.isSubset(of: own) } }) {
            return (Compatibility(.yes), .different)
        }
        let there = Compatibility.of(found, in: declared, use: .combine)
        guard there.answer > .yes else { return (there, .declaredTooLittle) }
        let back = Compatibility.of(declared, in: found, use: .combine)
        return (there, back.answer == .yes ? .declaredTooMuch : .different)
    }

    private func sharesText(_ a: LicenseExpression, _ b: LicenseExpression) -> Bool {
        let theirs = Set(b.licenses.map(\.identifier.textStem))
        return a.licenses.contains { theirs.contains($0.identifier.textStem) }
    }
}
