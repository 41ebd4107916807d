// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// The terms of one expression, looked up once.
final class TermSet {
    let expression: LicenseExpression
    /// In the order they are written.
    let terms: [(term: LicenseTerm, facts: LicenseFacts?)]
    /// Every way to accept it; one with all terms where there are too many.
    let choices: [[LicenseTerm]]
    private let facts: [LicenseTerm: LicenseFacts]

    convenience init(_ expression: LicenseExpression) {
        var cache: [LicenseTerm: LicenseFacts?] = [:]
        self.init(expression, &cache)
    }

    init(_ expression: LicenseExpression, _ cache: inout [LicenseTerm: LicenseFacts?]) {
        self.expression = expression
        let normal = expression.normalized
        terms = normal.terms.map { term in
            if let known = cache[term] { return (term, known) }
            let facts = LicenseFacts.facts(for: term)
            cache[term] = facts
            return (term, facts)
        }
        choices = normal.choices(limit: 32)?.map(\.terms) ?? [normal.terms]
        facts = Dictionary(terms.compactMap { term, facts in facts.map { (term, $0) } }) { first, _ in first }
    }

    func first(where isSuch: (LicenseFacts) -> Bool) -> (term: LicenseTerm, facts: LicenseFacts)? {
        for (term, facts) in terms { if let facts, isSuch(facts) { return (term, facts) } }
        return nil
    }

    /// What binds whatever is chosen: the first such term of the last choice, if every choice has one.
    func unavoidable(_ isSuch: (LicenseFacts) -> Bool) -> (term: LicenseTerm, facts: LicenseFacts)? {
        var found: (term: LicenseTerm, facts: LicenseFacts)?
        for choice in choices {
            guard let term = choice.first(where: { facts[$0].map(isSuch) ?? false }), let facts = facts[term]
            else {
                return nil
            }
            found = found ?? (term, facts)
        }
        return found
    }

    var free: (term: LicenseTerm, facts: LicenseFacts)? { first { $0.isFree } }
    /// A copyleft that cannot be chosen away.
    var copyleft: (term: LicenseTerm, facts: LicenseFacts)? { unavoidable { $0.isCopyleft } }
}

/// A scanned work, with what covers each of its files.
struct WorkView {
    /// Sorted by path.
    let files: [ScannedFile]
    /// Of the same work, and not judged: their texts, notices and sources are there all the same.
    let beside: [ScannedFile]
    let declared: WorkTerms?
    let today: CalendarDate?
    /// By index into `files`.
    private var aboutWork: [Bool] = []
    /// By index into `files`; what the file says itself or is declared for it.
    private(set) var own: [TermSet?] = []
    /// By index into `files`: the license file, or README, of the nearest folder above, where the file says nothing.
    private(set) var cover: [TermSet?] = []
    /// Where the cover of a file is stated.
    private(set) var coverPath: [String?] = []
    private(set) var work: TermSet?
    /// Of the license file, or README, at the top.
    private(set) var topTerms: TermSet?
    /// By folder.
    let folders: [String: FolderTerms]

    init(
        files: [ScannedFile], beside: [ScannedFile] = [], declared: WorkTerms?, today: CalendarDate?
    ) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.beside = beside.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.declared = declared
        self.today = today
        var sets: [LicenseExpression: TermSet] = [:]
        var cache: [LicenseTerm: LicenseFacts?] = [:]
        func set(_ expression: LicenseExpression) -> TermSet {
            if let known = sets[expression] { return known }
            let new = TermSet(expression, &cache)
            sets[expression] = new
            return new
        }
        work = declared.flatMap { try? LicenseExpression.parse($0.expression) }
            .flatMap { $0.description == "NOASSERTION" ? nil : set($0) }
        let all = self.beside.isEmpty ? self.files : self.files + self.beside
        var folders = Self.covers(all, governed: GovernedFolders(of: all.lazy.map(\.path)))
        // Where only a folder of the work is looked at, what lies above it is told by `..`.
        var above = ".."
        while folders[""] == nil, self.beside.contains(where: { $0.path.hasPrefix(above + "/") }) {
            folders[""] = folders[above]
            above += "/.."
        }
        self.folders = folders
        topTerms = folders[""].map { set($0.expression) }
        let paths = Set(all.lazy.map(\.path))
        aboutWork = self.files.map { file in
            // `song.license` without a `song` speaks for nothing.
            file.isAboutWork
                && (file.role == .licenseText || !file.path.hasSuffix(".license")
                    || paths.contains(String(file.path.dropLast(8))) || file.length == 0)
        }
        for file in self.files {
            let isText = file.role == .licenseText
            own.append(file.concluded.map(set))
            guard file.concluded == nil, !isText else {
                cover.append(nil)
                coverPath.append(nil)
                continue
            }
            let found = folders.cover(of: file.path)
            cover.append(found.map { set($0.expression) } ?? work)
            coverPath.append(found?.path)
        }
    }

    /// All that the work holds, in no order.
    var allFiles: [ScannedFile] { beside.isEmpty ? files : files + beside }

    /// What is known of the terms of a file, from it or from what lies above it.
    func terms(_ index: Int) -> TermSet? { own[index] ?? cover[index] }

    /// What is declared for a file whose own words are terms that no list has: a promise that they may take back.
    func promised(_ index: Int) -> TermSet? {
        guard let declared = files[index].declared, let found = files[index].expression,
            found.licenses.allSatisfy(\.isCustom)
        else { return nil }
        var cache: [LicenseTerm: LicenseFacts?] = [:]
        return TermSet(declared, &cache)
    }

    /// The same of a file of ``beside``.
    func terms(of file: ScannedFile) -> [LicenseTerm]? {
        (file.concluded ?? folders.cover(of: file.path)?.expression)?.normalized.terms
    }

    /// Files that speak about the work and are no part of it.
    func isAboutWork(_ index: Int) -> Bool { aboutWork[index] }

    /// An archive whose members are files of the work: they speak for it.
    func isOpenedArchive(_ index: Int) -> Bool {
        guard files[index].content == .archive else { return false }
        // Between an archive and its members only names sort that begin like it.
        let prefix = files[index].path + "!"
        var low = index + 1
        var high = files.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if files[middle].path.utf8.lexicographicallyPrecedes(prefix.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < files.endIndex && files[low].path.hasPrefix(prefix)
    }

}

extension String {
    /// Every folder that holds the path, the nearest first, the root (`""`) last. An archive counts as one: `a.zip!`.
    package var foldersAbove: [String] {
        var result: [String] = []
        var rest = self[...]
        while let cut = rest.lastIndex(where: { $0 == "/" || $0 == "!" }) {
            if rest[cut] == "!" {
                let archive = String(rest[...cut])
                // The name right after the mark has no slash of its own.
                if result.last != archive { result.append(archive) }
            } else {
                result.append(String(rest[..<cut]))
            }
            rest = rest[..<cut]
        }
        result.append("")
        return result
    }

    /// The nearest of ``foldersAbove``.
    package var folder: String {
        guard let cut = lastIndex(where: { $0 == "/" || $0 == "!" }) else { return "" }
        return String(self[cut] == "!" ? self[...cut] : self[..<cut])
    }

    /// Whether it is a folder whose license texts are kept under their names, and cover nothing by themselves.
    package var isFolderOfTexts: Bool { lastName == "LICENSES" || lastName == "licenses" }

    /// What follows the last `/` or `!`.
    var lastName: String {
        lastIndex { $0 == "/" || $0 == "!" }.map { String(self[index(after: $0)...]) } ?? self
    }
}
