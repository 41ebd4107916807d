// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// What license files, and READMEs, state for the files in and below their folders.
extension WorkView {
    /// The expression that each folder's own license file, or failing that its README, states for what lies below; and, by
    /// ``Swift/String/namedCover``, what a license file states for the files it is named after.
    static func covers(_ files: [ScannedFile], governed: GovernedFolders) -> [String: FolderTerms] {
        var texts: [String: [ScannedFile]] = [:]
        var things: [String: [ScannedFile]] = [:]
        var notices: [String: [ScannedFile]] = [:]
        var readmes: [String: ScannedFile] = [:]
        var result: [String: FolderTerms] = [:]
        for file in files {
            guard let expression = file.expression else { continue }
            let folder = file.path.folder
            switch file.role {
            case .licenseText where !folder.isFolderOfTexts && !file.path.isOfOtherWorks:
                if let name = LicenseFileName(file.path).thing(of: expression) {
                    things[folder, default: []].append(file)
                    result["\(folder)/\(name)".namedCover] = FolderTerms(
                        expression: expression, path: file.path)
                } else {
                    texts[folder, default: []].append(file)
                }
            case .notice where file.path.lastName.lowercased().hasPrefix("copyright"):
                notices[folder, default: []].append(file)
            case .readme: if readmes[folder] == nil { readmes[folder] = file }
            default: break
            }
        }
        // At the top of a work a license file that is named after something is the work's, if it is the only one.
        if texts[""] == nil, let named = things[""] { texts[""] = named }
        // The mere text of a license beside files that are named after things is theirs.
        for folder in things.keys where !folder.isEmpty {
            if texts[folder]?.allSatisfy({ LicenseFileName($0.path).isOffer && $0.isTextAlone }) == true {
                texts[folder] = nil
            }
        }
        for (folder, file) in readmes {
            if let expression = file.expression {
                result[folder] = FolderTerms(expression: expression, path: file.path)
            }
        }
        var bare: Set<String> = []
        for (folder, files) in texts {
            let (stating, expression) = combined(files, notices[folder] ?? [])
            guard let first = stating.first, let expression else { continue }
            let terms = FolderTerms(expression: expression, path: first.path)
            if stating.allSatisfy(\.isTextAlone) { bare.insert(folder) }
            result[folder] = terms
            let above = governed.folder(of: folder)
            if above != folder, texts[above] == nil { result[above] = terms }
        }
        if !bare.isEmpty { openVersions(of: &result, bare, files) }
        return result
    }

    /// Several license files in one folder: `LICENSE-MIT` beside `LICENSE-APACHE` is how a choice is offered, `COPYING`
    /// beside `COPYING.LESSER` how the LGPL is, and a file that grants in words has the texts beside it; else all hold, as
    /// `LICENSE-CODE` and `LICENSE-TEXT` do, each for a part.
    ///
    /// - Returns: The files that count, too.
    private static func combined(
        _ files: [ScannedFile], _ notices: [ScannedFile]
    ) -> (files: [ScannedFile], LicenseExpression?) {
        // A text of the author's own beside a license speaks of something else: a name, a logo, the pictures.
        let listed = files.filter { !$0.isUnlistedText }
        let files = withoutTexts(of: notices, in: listed.isEmpty ? files : listed)
        let expressions = files.compactMap(\.expression)
        guard let first = expressions.first, expressions.count > 1 else { return (files, expressions.first) }
        let lesser = expressions.filter { $0.licenses.allSatisfy { Lineage($0.identifier).family == "LGPL" } }
        let others = expressions.filter { !$0.licenses.allSatisfy { Lineage($0.identifier).isGNU } }
        if let first = lesser.first, others.isEmpty { return (files, first) }
        if expressions.allSatisfy({ $0 == first }) { return (files, first) }
        let names = files.map { LicenseFileName($0.path) }
        let offered = files.indices.filter { !names[$0].isOfPart }
        guard offered.count > 1, offered.allSatisfy({ names[$0].isOffer }) else {
            return (files, LicenseExpression.all(expressions))
        }
        let choice = LicenseExpression(.any(offered.map { expressions[$0].root }))
        let parts = files.indices.filter { names[$0].isOfPart }.map { expressions[$0] }
        return (files, parts.isEmpty ? choice : LicenseExpression.all([choice] + parts))
    }

    /// Without the mere texts of licenses that another file of the folder grants in words, such as "either the LGPL or the EPL".
    private static func withoutTexts(of notices: [ScannedFile], in files: [ScannedFile]) -> [ScannedFile] {
        func stems(_ file: ScannedFile) -> Set<String> {
            Set(file.expression?.licenses.map(\.identifier.textStem) ?? [])
        }
        let choices = notices.filter { file in
            guard !file.isTextAlone, case .or? = file.expression?.root else { return false }
            return true
        }
        let granting = files.filter { !$0.isTextAlone } + choices
        guard !granting.isEmpty else { return files }
        let named = granting.map(stems)
        let kept = files.filter { file in
            guard file.isTextAlone else { return true }
            let own = stems(file)
            return !named.contains { own.isSubset(of: $0) }
        }
        // What speaks of all that lies there is what holds there.
        return kept.isEmpty ? choices : kept
    }

    /// The bare text of a GNU license means its version; what is granted in the files beside it may be later ones as well.
    ///
    /// So it is where the README or a manifest of the folder says so, or several files, or most, and none says "only".
    private static func openVersions(
        of result: inout [String: FolderTerms], _ bare: Set<String>, _ files: [ScannedFile]
    ) {
        struct Votes { var later = 0, only = 0, sources = 0, isStated = false }
        var votes: [String: Votes] = [:]
        for file in files where file.role == .other || file.role == .readme {
            guard let folder = file.path.foldersAbove.first(where: { result[$0] != nil }),
                bare.contains(folder),
                let term = result[folder]?.expression.onlyTerm
            else { continue }
            let later = "\(term.dropLast("-only".count))-or-later"
            var vote = votes[folder] ?? Votes()
            if file.content == .source { vote.sources += 1 }
            let firm = file.findings.filter {
                $0.kind == .header || $0.kind == .tag || $0.kind == .metadata || file.role == .readme
            }
            if firm.contains(where: { $0.expression.description == later }) {
                vote.later += 1
                let isOfFolder = file.role == .readme || firm.contains { $0.kind == .metadata }
                if isOfFolder, file.path.folder == folder { vote.isStated = true }
            }
            // "GPLv2" in a field or a page names the license, not the versions.
            if firm.contains(where: {
                guard $0.expression.description == term else { return false }
                return switch $0.kind {
                case .metadata: $0.score > 95
                case .tag: true
                default: file.content == .source
                }
            }) {
                vote.only += 1
            }
            votes[folder] = vote
        }
        for (folder, vote) in votes where vote.only == 0 && vote.later > 0 {
            guard vote.isStated || vote.later >= 3 || vote.later * 2 >= vote.sources,
                let term = result[folder]?.expression.onlyTerm, let path = result[folder]?.path,
                let later = try? LicenseExpression.parse("\(term.dropLast("-only".count))-or-later")
            else { continue }
            result[folder] = FolderTerms(expression: later, path: path)
        }
    }
}

extension [String: FolderTerms] {
    /// What the nearest folder above states, or a license file there that is named after the file.
    func cover(of path: String) -> FolderTerms? {
        if isEmpty { return nil }
        let folder = path.folder
        for name in path.lastName.leadingParts {
            if let found = self["\(folder)/\(name)".namedCover] { return found }
        }
        return path.foldersAbove.lazy.compactMap { self[$0] }.first
    }
}

extension LicenseExpression {
    /// `GPL-2.0-only` where that is all.
    fileprivate var onlyTerm: String? {
        guard case .term(let term) = root, term.exception == nil, term.license.identifier.hasSuffix("-only")
        else { return nil }
        return term.license.identifier
    }
}

extension ScannedFile {
    /// Whether it holds license texts and grants nothing in words.
    var isTextAlone: Bool { !findings.isEmpty && findings.allSatisfy { $0.kind == .text } }

    /// Whether its text is one that no list has.
    var isUnlistedText: Bool { findings.contains { $0.rule == LicenseFinding.unlistedText } }
}

extension String {
    /// The key of what a license file states for files whose names begin so; no folder is called like that.
    fileprivate var namedCover: String { self + "/\u{0}" }

    /// `mlaa_blend.frag` begins with `mlaa`, and `mlaa_blend`.
    fileprivate var leadingParts: [String] {
        var result: [String] = []
        let parts = lowercased().split { "-_ .".contains($0) }
        for count in 1..<max(2, min(4, parts.count + 1)) where count <= parts.count {
            result.append(parts.prefix(count).joined(separator: "_"))
        }
        return result
    }
}
