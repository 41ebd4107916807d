// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
package import SwardScan
package import SwardSPDX

/// The terms of one file, decided.
package struct FileTerms: Hashable, Sendable {
    /// Whether REUSE asks this file to have terms.
    package var isCovered: Bool
    /// What it states for itself by tag, sidecar or annotation; `nil` when nothing does.
    package var expression: LicenseExpression?
    package var copyright: [String]
    /// Expressions of tags in the file itself; `nil` when it was not searched.
    package var inFile: [LicenseExpression]?
}

/// The terms of all files of a work, as REUSE finds them.
package struct WorkTermsScan: Sendable {
    /// One for each entry of the tree.
    package var files: [FileTerms]
    /// What was passed over, in words of the file: license texts with unknown names and the like.
    package var annotations: [ReuseAnnotations]

    /// - Parameters:
    ///   - tree: The files.
    ///   - surveys: One for each entry; `nil` for symlinks.
    ///   - skipping: Paths that count as absent: `REUSE.toml` that is to be written anew.
    package static func read(
        _ tree: WorkTree, surveys: [FileSurvey?], root: String, skipping: Set<String> = [],
        replacing: [String: String] = [:]
    ) throws(PackagingError) -> WorkTermsScan {
        var sidecars: [String: Int] = [:]
        var linked: [(name: String, target: [String])] = []
        for (index, entry) in tree.entries.enumerated()
        where entry.path.last?.hasSuffix(Self.sidecarSuffix) == true {
            if let target = entry.symlinkTarget {
                linked.append((entry.name, target))
            } else {
                sidecars[entry.name] = index
            }
        }
        if !linked.isEmpty {
            let places = Dictionary(
                tree.entries.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
            for link in linked { sidecars[link.name] = places[link.target] }
        }
        var annotations: [ReuseAnnotations] = []
        for entry in tree.entries where isAnnotations(entry) && !skipping.contains(entry.name) {
            var text = replacing[entry.name]
            if text == nil {
                let bytes = try SmallFile.read("\(root)/\(entry.name)", limit: ReuseAnnotations.maximumBytes)
                text = bytes.flatMap { String(validating: $0, as: UTF8.self) }
            }
            guard let text else { throw PackagingError(.badAnnotations("it is no UTF-8"), path: entry.name) }
            do throws(ScanError) {
                annotations.append(try ReuseAnnotations(text, folder: entry.path.dropLast()))
            } catch {
                throw PackagingError(error)
            }
        }
        let precedence = ReusePrecedence(annotations)
        var cache: [String: LicenseExpression] = [:]
        var files: [FileTerms] = []
        files.reserveCapacity(tree.entries.count)
        for (index, entry) in tree.entries.enumerated() {
            let isCovered = CoveredFiles.covers(entry.path, length: entry.length, isSymlink: entry.isSymlink)
            var terms = FileTerms(isCovered: isCovered, expression: nil, copyright: [], inFile: nil)
            // Only of files that need terms: a license text has "tags" that are examples.
            guard isCovered, let survey = surveys[index] else {
                files.append(terms)
                continue
            }
            let ruling = precedence.ruling(for: entry.path)
            var own = StatedTerms(), snippets = StatedTerms()
            if ruling.readsFile {
                let sidecar = sidecars.isEmpty ? nil : sidecars[entry.name + Self.sidecarSuffix]
                let tags = (sidecar.flatMap { surveys[$0] } ?? survey).tags
                let source = sidecar == nil ? entry.name : entry.name + Self.sidecarSuffix
                own = Self.stated(tags, in: source) { !$0.isSnippet }
                snippets = Self.stated(tags, in: source) { $0.isSnippet }
            }
            var stated = precedence.terms(ruling, own: own)
            // What binds some of its lines binds whoever passes it on, and says nothing of the others.
            stated.add(licenses: snippets.licenses, copyrights: snippets.copyrights)
            terms.expression = try Self.expression(stated.licenses, cache: &cache)
            terms.copyright = stated.copyrights.map(\.text)
            if !survey.tags.isBinary {
                // A tag that does not parse but is overruled is no error here.
                terms.inFile = survey.tags.licenses.compactMap {
                    try? LicenseExpression.parse($0.text, operators: .upperOrLower)
                }
            }
            files.append(terms)
        }
        return WorkTermsScan(files: files, annotations: annotations)
    }

    private static let sidecarSuffix = ".license"

    private static func isAnnotations(_ entry: WorkTree.Entry) -> Bool {
        guard entry.path.last == ReuseAnnotations.fileName, !entry.isSymlink else { return false }
        return !entry.path.dropLast().contains { [".git", ".hg", ".sl", "LICENSES", ".reuse"].contains($0) }
    }

    private static func stated(
        _ tags: FileTags, in source: String, where isMeant: (FileTags.Tag) -> Bool
    ) -> StatedTerms {
        func statements(_ items: [FileTags.Tag]) -> [StatedTerms.Statement] {
            items.filter(isMeant).map { .init(text: $0.text, source: source, line: $0.line) }
        }
        var terms = StatedTerms()
        terms.add(licenses: statements(tags.licenses), copyrights: statements(tags.copyrights))
        return terms
    }

    /// Several statements bind together.
    private static func expression(
        _ statements: [StatedTerms.Statement], cache: inout [String: LicenseExpression]
    ) throws(PackagingError) -> LicenseExpression? {
        var parts: [LicenseExpression] = []
        for statement in statements {
            if let known = cache[statement.text] {
                parts.append(known)
                continue
            }
            do throws(ExpressionError) {
                let parsed = try LicenseExpression.parse(statement.text, operators: .upperOrLower)
                cache[statement.text] = parsed
                parts.append(parsed)
            } catch {
                throw PackagingError(
                    .badExpression(statement.text, error), path: statement.source, line: statement.line)
            }
        }
        return LicenseExpression(joining: Set(parts).sorted { $0.description < $1.description })
    }
}

extension PackagingError {
    /// What a scan cannot read.
    init(_ error: ScanError) {
        let reason: Reason =
            switch error.reason {
            case .system(let call, let code): .system(call, code)
            case .notFound: .notFound
            case .badAnnotations(let what): .badAnnotations(what)
            default: .scan(error)
            }
        self.init(reason, path: error.path, line: error.line)
    }
}

extension LicenseExpression {
    /// `parts` joined by AND; `nil` without any.
    init?(joining parts: [LicenseExpression]) {
        switch parts.count {
        case 0: return nil
        case 1: self = parts[0]
        default: self.init(.all(parts.map(\.root)))
        }
    }
}
