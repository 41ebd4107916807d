// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Marks of files that stand under narrower terms than they came with.
extension MarkJudge {
    // MARK: Known under other terms

    func relicensed() -> [Mark] {
        guard !known.isEmpty else { return [] }
        var result: [Mark] = []
        for index in view.files.indices {
            let file = view.files[index]
            guard let before = known[file.path], let now = view.terms(index)?.expression,
                !before.isEquivalent(to: now)
            else { continue }
            let old = TermSet(before)
            guard old.free != nil else { continue }
            let answer = Compatibility.of(before, in: now, use: .combine)
            let isNarrower = answer.answer > .depends || TermSet(now).free == nil
            guard isNarrower || old.copyleft != nil && TermSet(now).copyleft == nil else { continue }
            let holders = Set(file.copyrights.map { $0.holder.holderKey })
            let publishers = Set((view.declared?.creators ?? []).map { $0.holderKey })
            let isHolders = holders.count == 1 && !holders.isDisjoint(with: publishers)
            let severity: EnclosureSeverity = old.copyleft == nil || isHolders ? .hint : .clashes
            result.append(
                Mark(
                    mark: .relicensed, severity: severity, path: file.path,
                    evidence: [
                        EnclosureEvidence(
                            mark: .relicensed, bytes: nil, lines: nil, quote: "\(before) → \(now)")
                    ],
                    statement: "the same file is known under \(before) and stands here under \(now)"
                        + (isHolders ? "; its only holder may do so for copies to come" : ""),
                    clause: answer.clause ?? old.free?.facts.clauses[.copyleft],
                    cure: "say that it may also be used under \(before)"))
        }
        return result
    }

    // MARK: Declared against a notice

    /// Sources with a copyleft notice at their head for which the work declares other terms alone: by an `override` of its
    /// `REUSE.toml`, or in a sentence about all of its code.
    func redeclared() -> [Mark] {
        var result: [Mark] = []
        let claims = claimsOfAll()
        for index in view.files.indices where result.count < Mark.maximumCount {
            let file = view.files[index]
            guard file.role == .other, file.content == .source, let found = file.expression,
                let notice = file.findings.first(where: { $0.kind == .header || $0.kind == .tag }),
                notice.lines.lowerBound <= Self.headLines, !file.path.isOfTests
            else { continue }
            if file.isOverruled, let declared = file.declared {
                let place = file.declaredIn ?? "REUSE.toml"
                if let mark = redeclaration(
                    of: index, from: found, to: declared, by: file.declaredCopyrights,
                    "\(place) declares \(declared) alone", [])
                {
                    result.append(mark)
                }
            } else if !file.isOverruled,
                let claim = claims.first(where: { file.path.isBelow($0.folder) && $0.path != file.path }),
                let mark = redeclaration(
                    of: index, from: found, to: claim.expression, by: claim.holders,
                    "\(claim.path) says \(claim.expression) of all the code", claim.evidence)
            {
                result.append(mark)
            }
        }
        return result
    }

    private struct ClaimOfAll {
        let path: String
        let folder: String
        let expression: LicenseExpression
        let evidence: [EnclosureEvidence]
        let holders: [CopyrightNotice]
    }

    /// "All code in this repository is MIT licensed": where it is said, and of what.
    private func claimsOfAll() -> [ClaimOfAll] {
        view.files.indices.flatMap { index -> [ClaimOfAll] in
            let file = view.files[index]
            guard file.role == .readme || file.role == .notice else { return [] }
            let folder = file.path.folder
            return file.evidence.filter { $0.mark == .relicensed }.compactMap { item in
                guard let bytes = item.bytes,
                    let finding = file.findings.first(where: { $0.bytes.overlaps(bytes) })
                else { return nil }
                let holders = view.files.filter { $0.role == .licenseText && $0.path.folder == folder }
                    .flatMap(\.copyrights)
                return ClaimOfAll(
                    path: file.path, folder: folder, expression: finding.expression, evidence: [item],
                    holders: holders + file.copyrights)
            }
        }
    }

    private func redeclaration(
        of index: Int, from before: LicenseExpression, to now: LicenseExpression,
        by holders: [CopyrightNotice], _ claim: String, _ evidence: [EnclosureEvidence]
    ) -> Mark? {
        let file = view.files[index]
        guard let old = TermSet(before).copyleft, TermSet(now).copyleft == nil,
            Compatibility.of(before, in: now, use: .combine).answer == .no
        else { return nil }
        let own = Set(file.copyrights.map { $0.holder.holderKey })
        let isHolders = !own.isEmpty && own.isSubset(of: holders.map { $0.holder.holderKey })
        return relicensing(
            file, from: before, to: now, isHolders ? .hint : .clashes, clause: old.facts.clauses[.copyleft],
            "\(claim), and the file says \(before)" + (isHolders ? "; its holder may do so" : ""), evidence)
    }

    func relicensing(
        _ file: ScannedFile, from before: LicenseExpression, to now: LicenseExpression,
        _ severity: EnclosureSeverity, clause: String?, _ statement: String,
        _ evidence: [EnclosureEvidence] = []
    ) -> Mark {
        Mark(
            mark: .relicensed, severity: severity, path: file.path,
            evidence: evidence.isEmpty
                ? [
                    EnclosureEvidence(
                        mark: .relicensed, bytes: nil, lines: nil, quote: "\(before) → \(now)")
                ] : evidence,
            statement: statement, clause: clause,
            cure: "say that it is under \(before), or ask the holder")
    }
}

extension String {
    /// Whether a folder above it holds tests and what they read, where words of licenses are often no one's.
    fileprivate var isOfTests: Bool {
        foldersAbove.contains { folder in
            let name = folder.lastName.lowercased()
            return name.hasPrefix("test") || name.hasSuffix("tests")
                || ["fixtures", "fixture", "testdata", "examples", "spec", "specs"].contains(name)
        }
    }

    /// - Parameter folder: `""` for the whole work.
    fileprivate func isBelow(_ folder: String) -> Bool { folder.isEmpty || hasPrefix(folder + "/") }
}
