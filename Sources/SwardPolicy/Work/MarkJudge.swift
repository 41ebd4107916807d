// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
package import SwardSPDX

extension Mark {
    /// The marks of a work: its files' evidence, weighed against the terms that hold for them.
    ///
    /// What the terms themselves say is no mark: noncommercial words in a noncommercial license, a lock on a work that
    /// grants nothing, the GPL shown in an installer as its EULA.
    ///
    /// - Parameters:
    ///   - declared: Terms stated for the work as a whole.
    ///   - today: For change dates; without it none has passed.
    ///   - known: The terms under which a file's very bytes are known already, by path.
    /// - Returns: The heaviest first, then by path; at most ``maximumCount`` of one kind and weight, so that many of one hide none
    ///   of another.
    package static func marks(
        for files: [ScannedFile], declared: WorkTerms? = nil, today: CalendarDate? = nil,
        known: [String: LicenseExpression] = [:]
    ) -> [Mark] {
        MarkJudge(WorkView(files: files, declared: declared, today: today), known).marks()
    }

    package static let maximumCount = 1024
    /// Of the evidence in one mark.
    static let maximumEvidence = 32
}

/// Weighs evidence against terms.
struct MarkJudge {
    let view: WorkView
    let known: [String: LicenseExpression]
    /// Any copyleft in the work, and where.
    let copyleft: (term: LicenseTerm, facts: LicenseFacts, path: String)?
    /// Any free license in the work.
    let free: (term: LicenseTerm, facts: LicenseFacts, path: String)?
    /// Holders named where a free license is granted; empty where no one reserves anything.
    let grantors: Set<String>
    /// Files whose own bytes state terms.
    let statingPaths: Set<String>

    init(_ view: WorkView, _ known: [String: LicenseExpression]) {
        self.view = view
        self.known = known
        var copyleft: (LicenseTerm, LicenseFacts, String)?
        var free: (LicenseTerm, LicenseFacts, String)?
        for index in view.files.indices {
            guard let terms = view.own[index] ?? view.cover[index] else { continue }
            if copyleft == nil, let found = terms.first(where: { $0.isCopyleft }) {
                copyleft = (found.term, found.facts, view.files[index].path)
            }
            if free == nil, let found = terms.free {
                free = (found.term, found.facts, view.files[index].path)
            }
            if copyleft != nil, free != nil { break }
        }
        self.copyleft = copyleft
        self.free = free
        statingPaths = Set(view.files.lazy.filter { $0.expression != nil }.map(\.path))
        var grantors: Set<String> = []
        if view.files.contains(where: { file in file.evidence.contains { $0.mark == .allRightsReservedClash }
        }) {
            for index in view.files.indices where view.own[index]?.free != nil {
                for notice in view.files[index].copyrights { grantors.insert(notice.holder.holderKey) }
            }
            for notice in view.declared?.copyright ?? [] { grantors.insert(notice.holderKey) }
            for name in view.declared?.creators ?? [] { grantors.insert(name.holderKey) }
            // Those who wrote the license texts grant nothing here.
            grantors.subtract(["free software foundation", "creative commons", "software in public", ""])
        }
        self.grantors = grantors
    }

    func marks() -> [Mark] {
        var marks: [Mark] = []
        var sawNotice = false
        // By kind and weight, so that many of one hide none of another.
        var counts: [[String]: Int] = [:]
        for index in view.files.indices where !view.files[index].evidence.isEmpty {
            // A thousand headers that speak of one NOTICE miss it once.
            for mark in ofEvidence(index) where mark.mark != .strippedNotices || !sawNotice {
                sawNotice = sawNotice || mark.mark == .strippedNotices
                let kind = [mark.mark.rawValue, mark.severity.rawValue]
                counts[kind, default: 0] += 1
                if counts[kind, default: 0] <= Mark.maximumCount { marks.append(mark) }
            }
        }
        // What an agreement forbids is told by its mark.
        let agreements = Set(marks.filter { $0.mark == .eulaBesideCopyleft }.map(\.path))
        marks.removeAll { agreements.contains($0.path) && Self.ofSentences.contains($0.mark) }
        let readable = sourceAvailable()
        // What such a license keeps back it says itself.
        let keepers = Set(readable.map(\.path))
        marks.removeAll {
            keepers.contains($0.path) && $0.severity == .forbids
                && [.riderNoncommercial, .riderFieldOfUse, .riderNoRedistribution].contains($0.mark)
        }
        marks +=
            readable + withheld() + riders(in: marks) + missingSource() + missingText() + wrongText()
            + minifiedOnly()
        marks += residue(in: marks) + relicensed() + redeclared() + copies()
        let sorted = marks.enumerated().sorted { a, b in
            if a.element.severity != b.element.severity { return a.element.severity > b.element.severity }
            if a.element.path != b.element.path { return a.element.path < b.element.path }
            return a.offset < b.offset
        }
        var told: [[String]: Int] = [:]
        return sorted.map(\.element).filter { mark in
            let kind = [mark.mark.rawValue, mark.severity.rawValue]
            told[kind, default: 0] += 1
            return told[kind, default: 0] <= Mark.maximumCount
        }
    }

    private static let ofSentences: Set<EnclosureMark> = [
        .riderNoncommercial, .riderFieldOfUse, .riderNoRedistribution, .furtherRestriction,
    ]

    /// One mark for each kind of evidence in one file.
    private func ofEvidence(_ index: Int) -> [Mark] {
        var seen: Set<EnclosureMark> = []
        let isHeard = !view.files[index].isOverruled && !view.files[index].path.isOfHistory
        let isReserved = isReservedInEarnest(index)
        return view.files[index].evidence.compactMap { evidence in
            if !isHeard, evidence.mark.isOfWords { return nil }
            // "All rights reserved. No part of this file may be copied": the ban says the same once more.
            if isReserved, Self.ofSentences.contains(evidence.mark) { return nil }
            guard seen.insert(evidence.mark).inserted else { return nil }
            let all = view.files[index].evidence.filter { $0.mark == evidence.mark }
            return mark(evidence.mark, Array(all.prefix(Mark.maximumEvidence)), index)
        }
    }

    private func mark(_ mark: EnclosureMark, _ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        switch mark {
        case .riderCommonsClause, .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse,
            .furtherRestriction:
            rider(mark, evidence, index)
        case .noAIRider: reservation(evidence, index)
        case .eulaBesideCopyleft: agreement(evidence, index)
        case .drmPDF, .drmEPUB, .drmMP4, .drmWebM, .drmHLS, .drmDASH, .drmKindle, .drmASF, .encryptedZIP,
            .encrypted7z, .encryptedRAR, .encryptedOffice:
            lock(mark, evidence, index)
        case .fontEmbedding: fontEmbedding(evidence, index)
        case .allRightsReservedClash: reserved(evidence, index)
        case .proprietary: proprietary(evidence, index)
        case .contributorAgreement:
            hint(
                mark, evidence, index,
                "contributors give its holder more than they get: the right to license their work anew")
        case .termsByLinkOnly:
            view.terms(index) == nil || view.own[index]?.free == nil && view.cover[index] == nil
                ? hint(mark, evidence, index, "the terms are an address, and may change or go without notice")
                : nil
        case .lockInCode:
            view.files[index].content != .source && view.files[index].content != .minified
                ? nil
                : view.terms(index)?.copyleft.map { found in
                    hint(
                        mark, evidence, index,
                        "the program looks for a key of its own; under \(found.term) anyone may take that out"
                    )
                }
        case .strippedNotices: missingNotice(evidence, index)
        // Spoken of together with the terms, below.
        case .sourceAvailable, .missingSource, .missingText, .wrongText, .relicensed, .minifiedOnly: nil
        }
    }

    func hint(
        _ mark: EnclosureMark, _ evidence: [EnclosureEvidence], _ index: Int, _ statement: String
    ) -> Mark {
        Mark(
            mark: mark, severity: .hint, path: view.files[index].path, evidence: evidence,
            statement: statement)
    }

    // MARK: Words beside a license

    /// Words that take away what a license beside them gives.
    private func rider(_ mark: EnclosureMark, _ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let path = view.files[index].path
        let what = Self.words(for: mark)
        // The text of a license of its own is the terms, and adds nothing to those of others.
        if mark == .furtherRestriction, path.folder.lastName == "LICENSES",
            path.lastName.hasPrefix("LicenseRef-")
        {
            return nil
        }
        guard let terms = view.terms(index) else {
            // No license that could be taken from: the words are the terms, and they withhold.
            guard mark != .furtherRestriction,
                mark != .riderCommonsClause || view.files[index].role == .licenseText
            else { return nil }
            return Mark(
                mark: mark, severity: .forbids, path: path, evidence: evidence,
                statement: "\(what), and no license beside it gives more")
        }
        guard let base = terms.free ?? view.promised(index)?.free else {
            return Self.saysSo(terms, mark)
                ? nil
                : Mark(
                    mark: mark, severity: .forbids, path: path, evidence: evidence,
                    statement: "\(what), on top of terms that are not free")
        }
        if mark == .furtherRestriction || mark == .riderFieldOfUse, base.facts.isCopyleft,
            evidence.allSatisfy({ AddedTermKind($0.quote) != nil }), isVersionThree(base.term)
        {
            return nil
        }
        // Words about words: only a copyleft that tolerates no others clashes with "additional terms".
        let isVague =
            mark == .furtherRestriction && (base.facts.addedTerms != .forbidden || !base.facts.isCopyleft)
            && evidence.allSatisfy { Self.isOfTerms($0.quote) }
        guard !isVague, stands(evidence, besideTermsOf: index) else {
            return hint(mark, evidence, index, "\(what), in a work under \(base.term)")
        }
        return Mark(
            mark: mark, severity: .clashes, path: path, evidence: evidence,
            statement: "\(what), and \(base.term) gives that freedom",
            clause: base.facts.clauses[.addedTerms] ?? base.facts.clauses[.commercial]
                ?? base.facts.clauses[.redistribute],
            cure: base.facts.addedTerms == .forbidden && isVersionThree(base.term)
                ? "the added restriction may be removed (GPL-3.0 §7)" : "have the holder drop the added words"
        )
    }

    /// Whether words stand where terms are stated: near the words of the license, in a file about licenses, or at the head
    /// of a file that has none of its own. Farther down a file tells of such words more often than it means them.
    private func stands(_ evidence: [EnclosureEvidence], besideTermsOf index: Int) -> Bool {
        let file = view.files[index]
        guard file.role == .other else { return true }
        return evidence.contains { item in
            guard let lines = item.lines else { return true }
            let near = file.findings.contains { finding in
                lines.lowerBound <= finding.lines.upperBound + Self.noticeLines
                    && finding.lines.lowerBound <= lines.upperBound + Self.noticeLines
            }
            return near || lines.lowerBound <= Self.headLines
        }
    }

    /// "Additional restrictions apply": which, is told elsewhere.
    private static func isOfTerms(_ quote: String) -> Bool {
        let lower = quote.lowercased()
        return ["additional", "further", "extra", "following"].contains { lower.contains($0) }
            && ["restriction", "condition", "limitation", "requirement", "terms"].contains {
                lower.contains($0)
            }
    }

    private static let noticeLines = 15
    static let headLines = 60

    private func isVersionThree(_ term: LicenseTerm) -> Bool {
        let lineage = Lineage(term.license.identifier)
        return lineage.isGNU && (lineage.version ?? 0) >= 3
    }

    static func words(for mark: EnclosureMark) -> String {
        switch mark {
        case .riderCommonsClause: "a rider takes away the right to sell"
        case .riderNoncommercial: "words beside the license permit noncommercial use only"
        case .riderNoRedistribution: "words beside the license forbid passing copies on"
        case .riderFieldOfUse: "words beside the license limit what it may be used for"
        case .noAIRider: "words beside the license forbid machine learning"
        default: "words beside the license restrict what it permits"
        }
    }

    /// Whether terms that are not free restrict in just that way themselves.
    private static func saysSo(_ terms: TermSet, _ mark: EnclosureMark) -> Bool {
        terms.terms.contains { _, facts in
            guard let facts else { return false }
            return switch mark {
            case .riderNoncommercial, .riderCommonsClause: facts.commercialUse != .yes
            case .riderNoRedistribution: facts.redistribution != .yes || facts.derivatives != .yes
            case .furtherRestriction: facts.derivatives != .yes || facts.category == .proprietary
            default: facts.category == .sourceAvailable || facts.category == .proprietary
            }
        }
    }

    /// A reservation against machine learning is a rider in the words of a grant, and a hint as a site's own rule.
    private func reservation(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let file = view.files[index]
        let isSiteRule =
            ["ai.txt", "robots.txt", "tdmrep.json"].contains(file.path.lastName.lowercased())
            || evidence.allSatisfy { $0.quote.lowercased().contains("tdm") && !$0.quote.contains(" ") }
        guard !isSiteRule, let base = view.terms(index)?.free, stands(evidence, besideTermsOf: index) else {
            return hint(
                .noAIRider, evidence, index, "machine learning is reserved, by a rule beside the terms")
        }
        return Mark(
            mark: .noAIRider, severity: .clashes, path: file.path, evidence: evidence,
            statement: "\(Self.words(for: .noAIRider)), and \(base.term) permits any use",
            clause: base.facts.clauses[.addedTerms] ?? base.facts.clauses[.redistribute],
            cure: "have the holder drop the added words")
    }

    /// An EULA in a work that has copyleft in it, unless what it shows is a free license.
    private func agreement(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let file = view.files[index]
        let texts = file.findings.filter { $0.kind == .text || $0.kind == .header }
        let shown = texts.contains { finding in
            finding.expression.terms.contains { LicenseFacts.facts(for: $0)?.isFree == true }
        }
        // A title above the GPL is not an agreement; a ban above it is.
        let outside = evidence.filter { item in
            guard let bytes = item.bytes else { return true }
            return !texts.contains { $0.bytes.overlaps(bytes) }
        }
        let isShownFree = shown || file.role == .readme || view.own[index]?.free != nil
        if isShownFree, !outside.contains(where: { Self.isBan($0.quote) }) { return nil }
        // A program that names its agreement is not the agreement.
        if file.content == .source, evidence.count < 2, !outside.contains(where: { Self.isBan($0.quote) }) {
            return nil
        }
        guard let copyleft else {
            guard free == nil else { return nil }
            return Mark(
                mark: .proprietary, severity: .forbids, path: file.path, evidence: evidence,
                statement: "an end user agreement is the only grant")
        }
        let isLesser = Lineage(copyleft.term.license.identifier).family == "LGPL"
        return Mark(
            mark: .eulaBesideCopyleft, severity: .clashes, path: file.path, evidence: evidence,
            statement: isLesser
                ? "an end user agreement stands beside \(copyleft.path) under \(copyleft.term), which lets users take the program apart to change the library"
                : "an end user agreement stands beside \(copyleft.path) under \(copyleft.term), which lets no one add terms",
            clause: isLesser
                ? "\(Lineage(copyleft.term.license.identifier).name) §6"
                : copyleft.facts.clauses[.addedTerms],
            cure: "say in the agreement that the licenses of free parts come first")
    }

    // REUSE-IgnoreStart
    private static func isBan(_ quote: String) -> Bool {
        let lower = quote.lowercased()
        return [
            "reverse engineer", "reverse-engineer", "decompil", "disassembl", "not sold", "may not",
            "non-transferable",
        ]
        .contains { lower.contains($0) }
    }

    // REUSE-IgnoreEnd

    // MARK: Locks

    private func lock(_ mark: EnclosureMark, _ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        let path = view.files[index].path
        let open = evidence.filter { !Self.isOpenKey($0.quote) }
        guard !open.isEmpty else { return nil }
        guard let terms = view.terms(index) ?? inside(index) else {
            return hint(mark, open, index, "the file is locked, and nothing says under what terms it is")
        }
        let isTransport =
            mark == .drmHLS
            && open.allSatisfy {
                $0.quote.uppercased().hasPrefix("METHOD=AES-") && !$0.quote.contains("KEYFORMAT")
            }
        if let found = terms.unavoidable({
            $0.locks != .none && $0.locks != .keys && $0.redistribution != .no
        }) {
            let statement =
                isTransport
                ? "the stream is encrypted with a key that a server hands out; whoever cannot get it is locked out, which \(found.term) forbids"
                : found.facts.locks == .waived
                    ? "the file is locked; under \(found.term) no one may forbid to open it, and the lock restricts what it permits"
                    : "the file is locked, and \(found.term) forbids technical measures that restrict what it permits"
            return Mark(
                mark: mark, severity: isTransport ? .hint : .clashes, path: path, evidence: open,
                statement: statement, clause: found.facts.clauses[.locks],
                cure: "publish it without the lock, or beside an unlocked copy where the license allows that")
        }
        if let found = terms.unavoidable({ $0.isCopyleft && $0.addedTerms == .forbidden }) {
            return Mark(
                mark: mark, severity: isTransport ? .hint : .clashes, path: path, evidence: open,
                statement: "the file is locked, which restricts what \(found.term) permits",
                clause: found.facts.clauses[.addedTerms], cure: "publish it without the lock")
        }
        guard let found = terms.free else { return nil }
        return Mark(
            mark: mark, severity: .hint, path: path, evidence: open,
            statement: "the file is locked; \(found.term) permits to make such copies, others of it are free")
    }

    /// Keys that anyone may have are no lock.
    private static func isOpenKey(_ quote: String) -> Bool {
        let lower = quote.lowercased()
        return lower.contains("clearkey") || lower.contains("clear key") || lower.contains("org.w3.clearkey")
            || lower.contains("e2719d58-a985-b3c9-781a-b030af78d30e")
            || lower.contains("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b")
    }

    /// The terms of an archive that says nothing itself: those of what could be read in it.
    private func inside(_ index: Int) -> TermSet? {
        let prefix = view.files[index].path + "!"
        var low = view.files.startIndex
        var high = view.files.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if view.files[middle].path.utf8.lexicographicallyPrecedes(prefix.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var found: TermSet?
        while low < view.files.endIndex, view.files[low].path.hasPrefix(prefix) {
            if let terms = view.own[low] {
                if terms.free != nil { return terms }
                found = found ?? terms
            }
            low += 1
        }
        return found
    }

    private func fontEmbedding(_ evidence: [EnclosureEvidence], _ index: Int) -> Mark? {
        guard let found = view.terms(index)?.free else { return nil }
        return Mark(
            mark: .fontEmbedding, severity: .clashes, path: view.files[index].path, evidence: evidence,
            statement: "the font says it may not be embedded freely, and \(found.term) permits that",
            clause: found.facts.clauses[.addedTerms] ?? found.facts.clauses[.redistribute],
            cure: "set fsType to 0")
    }
}

extension String {
    /// Change logs and news tell what once was.
    fileprivate var isOfHistory: Bool {
        let name = lastName.lowercased()
        return ["changelog", "changes", "news", "history", "release-notes", "release_notes", "relnotes"]
            .contains {
                name.hasPrefix($0)
            }
    }
}

/// What GPL-3.0 §7 lets be added, told by its words.
enum AddedTermKind: CaseIterable {
    case warranty, attribution, misrepresentation, publicity, trademarks, indemnity

    init?(_ words: String) {
        let lower = words.lowercased()
        // A link, a banner or a place on each page is more than the credit of an author (§7(b)).
        let isOfDisplay = ["link", "footer", "banner", "badge", "every page", "each page"].contains {
            lower.contains($0)
        }
        guard !isOfDisplay || lower.contains("section 7") else { return nil }
        guard let kind = Self.allCases.first(where: { $0.signs.contains { lower.contains($0) } }) else {
            return nil
        }
        self = kind
    }

    private var signs: [String] {
        switch self {
        case .warranty: ["warrant", "liabil"]
        case .attribution:
            ["attribution", "author credit", "legal notice", "appropriate credit", "powered by"]
        case .misrepresentation:
            ["misrepresent", "marked as changed", "marked in reasonable ways", "different from the original"]
        case .publicity: ["endorse", "promote", "publicity", "names of"]
        case .trademarks: ["trademark", "trade name", "service mark", "logo"]
        case .indemnity: ["indemnif"]
        }
    }
}
