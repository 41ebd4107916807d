// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Marks of what two files of a work, or a file and what it speaks of, say of each other.
extension MarkJudge {
    /// Copies looked at for one line's hash at most; lines that more files share tell nothing.
    private static let maximumCopies = 32

    /// Files that are copies of others in the work, but for the notices at their head: gone, or others.
    func copies() -> [Mark] {
        var byHash: [UInt32: [Int]] = [:]
        let isMixed = hasFoldersApart
        for index in view.files.indices {
            guard let body = view.files[index].body,
                hasNotice(index) || isMixed && view.cover[index]?.copyleft != nil
            else { continue }
            for place in 0..<body.hashes.scalarCount { byHash[body.hashes[place], default: []].append(index) }
        }
        guard !byHash.isEmpty else { return [] }
        var result: [Mark] = []
        for index in view.files.indices {
            guard let body = view.files[index].body, result.count < Mark.maximumCount else { continue }
            var seen: Set<Int> = []
            for place in 0..<body.hashes.scalarCount {
                let others = byHash[body.hashes[place]] ?? []
                guard others.count <= Self.maximumCopies else { continue }
                for other in others where other != index && seen.insert(other).inserted {
                    guard let body = view.files[index].body, let original = view.files[other].body,
                        body.isCopy(of: original)
                    else { continue }
                    let told =
                        hasNotice(index)
                        ? relicensed(index, from: other)
                        : hasNotice(other) ? stripped(index, from: other) : nil
                    if let mark = told ?? (isMixed ? moved(index, from: other) : nil) {
                        result.append(mark)
                        seen = Set(view.files.indices)
                    }
                }
                if seen.count == view.files.count { break }
            }
        }
        return result
    }

    private func hasNotice(_ index: Int) -> Bool {
        let file = view.files[index]
        return file.expression != nil && !file.isOverruled
    }

    /// The same lines without the terms that stand above them elsewhere.
    private func stripped(_ index: Int, from other: Int) -> Mark? {
        let file = view.files[index]
        let original = view.files[other]
        guard file.expression == nil, file.copyrights.isEmpty, let terms = view.own[other],
            let found = terms.terms.first,
            // Who declares the file's terms beside it has kept them.
            !(file.declared.map { $0.isEquivalent(to: terms.expression) } ?? false)
        else { return nil }
        let isCovered = view.terms(index).map { $0.expression.isEquivalent(to: terms.expression) } ?? false
        return Mark(
            mark: .strippedNotices, severity: isCovered || original.copyrights.isEmpty ? .hint : .clashes,
            path: file.path,
            evidence: [
                EnclosureEvidence(
                    mark: .strippedNotices, bytes: nil, lines: nil,
                    quote: "the lines of \(original.path), without its notices")
            ],
            statement: "the file is \(original.path) without its notices, which \(found.term) asks to keep",
            clause: found.facts?.clauses[.redistribute], cure: "put back the notices of \(original.path)")
    }

    /// The same lines under terms that those of the other file do not allow.
    private func relicensed(_ index: Int, from other: Int) -> Mark? {
        guard let now = view.own[index], let before = view.own[other], let old = before.copyleft,
            now.copyleft == nil,
            !now.expression.isEquivalent(to: before.expression),
            Compatibility.of(before.expression, in: now.expression, use: .combine).answer == .no
        else { return nil }
        let file = view.files[index]
        let original = view.files[other]
        let holders = Set(file.copyrights.map { $0.holder.holderKey })
        let isHolders = !holders.isEmpty && holders == Set(original.copyrights.map { $0.holder.holderKey })
        return relicensing(
            file, from: before.expression, to: now.expression, isHolders ? .hint : .clashes,
            clause: old.facts.clauses[.copyleft],
            "the file is \(original.path), which is under \(before.expression), and says \(now.expression)"
                + (isHolders ? "; its holder may do so" : ""))
    }

    /// Whether some folders are under copyleft and others are not, so that a file can have gone from one to the other.
    private var hasFoldersApart: Bool {
        guard view.folders.count > 1 || view.files.contains(where: { $0.declared != nil }) else {
            return false
        }
        let copyleft = view.folders.values.filter { TermSet($0.expression).copyleft != nil }
        return !copyleft.isEmpty
    }

    /// The same lines in a folder whose terms are others: neither file says anything, the license file above each does.
    ///
    /// Below the folder with the copyleft a work may lie that others gave on freer terms, so that only a copy beside or above it
    /// has lost them.
    private func moved(_ index: Int, from other: Int) -> Mark? {
        guard view.files[index].expression == nil, view.files[other].expression == nil,
            let from = view.coverPath[other]?.folder, let before = view.cover[other],
            let old = before.copyleft,
            let now = view.terms(index), now.copyleft == nil,
            Compatibility.of(before.expression, in: now.expression, use: .combine).answer == .no
        else { return nil }
        let (file, original) = (view.files[index], view.files[other])
        let to = view.coverPath[index]?.folder ?? file.declaredIn?.folder ?? ""
        let isBelow = to != from && (from.isEmpty || to.hasPrefix(from + "/"))
        let holders = Set(file.copyrights.map { $0.holder.holderKey })
        let hasItsHolder = !holders.isDisjoint(with: original.copyrights.map { $0.holder.holderKey })
        if isBelow, file.path.lastName != original.path.lastName || file.declared == nil || hasItsHolder {
            return nil
        }
        return relicensing(
            file, from: before.expression, to: now.expression, isBelow ? .hint : .clashes,
            clause: old.facts.clauses[.copyleft],
            "the file is \(original.path), whose folder is under \(before.expression), and lies where \(now.expression) is said"
        )
    }

    /// A header that points to a NOTICE, in a work that has none.
    func missingNotice(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let file = view.files[index]
        let files = view.allFiles
        guard files.count > 1 else { return nil }
        let folders = Set(file.path.foldersAbove)
        let isThere = files.contains { other in
            other.path.lastName.uppercased().hasPrefix("NOTICE") && folders.contains(other.path.folder)
        }
        guard !isThere else { return nil }
        return hint(
            .strippedNotices, evidence, index,
            "the file speaks of a NOTICE that goes with the work, and there is none; Apache-2.0 asks to pass it on"
        )
    }
}
