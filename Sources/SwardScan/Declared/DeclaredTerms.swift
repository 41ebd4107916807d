// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardReport
internal import SwardSPDX

/// Gives files the terms that other files of the work state for them.
///
/// In this order, the first that speaks: `REUSE.toml` with `override`; a sidecar; `REUSE.toml` with `aggregate`;
/// `REUSE.toml` with `closest`; `.reuse/dep5`; `debian/copyright`; the nearest package manifest, unless a license file is nearer;
/// and, for a file that only points to another one, what that one holds. All but the first three fill gaps: a file's own grant
/// stands before them. What adds up, `aggregate` and `dep5`, holds beside an override or a sidecar.
struct DeclaredTerms {
    /// What is known of one file before.
    struct Subject {
        var file: ScannedFile
        var packages: [PackageFacts] = []
        var declarations: [PathDeclaration] = []
        var pointers: [LicensePointer] = []
        var text: String?
        /// What its fields state is of something that is fetched, and not here.
        var ofFetched: Fetched?
        /// `false` for a file whose declarations count but which is not reported.
        var isReported = true
    }

    var subjects: [Subject]
    var notes: [ScanReport.Note] = []
    /// Files that state terms for others and could not be read.
    var unread: [String] = []
    /// By scope and path in it.
    var places: [String: Int] = [:]
    private let archives: Set<String>
    var parsed: [String: LicenseExpression?] = [:]
    /// One copy of each, as a table may speak for a hundred thousand files.
    var notices: [[String]: [CopyrightNotice]] = [:]
    /// What is declared in the tree itself, outside of archives; once resolved.
    private var tree = Scope()

    /// What Debian packages declare for all that is in them, by their path.
    private var debs: [String: (expression: LicenseExpression, source: String)] = [:]

    /// What the files of one tree declare for others.
    struct Scope {
        var annotations: [ReuseAnnotations] = []
        var precedence = ReusePrecedence([])
        var dep5: Dep5?
        // By folder, as a tree may hold a thousand copyright files: only those above a file are asked.
        var stanzas: [String: [Stanza]] = [:]
        var manifests: [String: (expression: LicenseExpression, source: String)] = [:]
        /// What recipes fetch into their folders.
        var fetched: [String: (expression: LicenseExpression, source: String)] = [:]
        /// Folders of which a manifest says "only".
        var fixed: Set<String> = []
        /// Folders with a license file of their own, which speaks for what lies there before a manifest further up does.
        var licensed: Set<String> = []
    }

    /// - Parameter archives: Paths that members have before their last `!`.
    init(_ subjects: [Subject], archives: Set<String>) {
        self.subjects = subjects
        self.archives = archives
        for (index, subject) in subjects.enumerated() { places[subject.file.path] = index }
    }

    /// The subjects, which are gone from here then.
    mutating func takeSubjects() -> [Subject] {
        places = [:]
        defer { subjects = [] }
        return subjects
    }

    func subject(at path: String) -> Subject? { places[path].map { subjects[$0] } }

    mutating func resolve() {
        var scopes: [String: [Int]] = [:]
        for index in subjects.indices {
            scopes[scope(of: subjects[index].file.path), default: []].append(index)
        }
        for (prefix, members) in scopes.sorted(by: { $0.key < $1.key }) { resolve(prefix, members) }
        inherit()
        coverNoted()
        resolveArchives()
    }

    /// Sources that note in their midst where some lines are from have the terms of the rest as well.
    private mutating func coverNoted() {
        let noted = subjects.indices.filter {
            subjects[$0].isReported && subjects[$0].file.declared == nil && subjects[$0].file.isNotedInside
        }
        guard !noted.isEmpty else { return }
        let covers = FolderCovers(of: subjects.map(\.file), among: subjects.lazy.map(\.file.path))
        for index in noted {
            guard let cover = covers.cover(of: subjects[index].file.path),
                !subjects[index].file.isKin(to: cover.expression)
            else { continue }
            declare(index, cover.expression, in: cover.path, .aggregate)
        }
    }

    /// What is before the path in its archive: `a.zip!`; empty for what lies in the tree.
    private func scope(of path: String) -> String {
        guard !archives.isEmpty else { return "" }
        var end = path.endIndex
        while let mark = path[..<end].lastIndex(of: "!") {
            if archives.contains(String(path[..<mark])) { return String(path[...mark]) }
            end = mark
        }
        return ""
    }

    // MARK: One tree

    private mutating func resolve(_ prefix: String, _ members: [Int]) {
        func inside(_ index: Int) -> String { String(subjects[index].file.path.dropFirst(prefix.count)) }
        followAddresses(prefix, members)
        var found = Scope()
        let paths = members.map(inside)
        let governed = GovernedFolders(of: paths)
        leaveRecipes(zip(members, paths).map { ($0, $1) })
        for (index, path) in zip(members, paths) {
            let subject = subjects[index]
            if path.hasSuffix(ReuseAnnotations.fileName), let text = subject.text {
                read(path, text, from: subject.file.path, into: &found.annotations)
            } else if path == Dep5.path, let text = subject.text {
                do throws(ScanError) {
                    found.dep5 = try Dep5(text)
                    keepComments(index, "")
                } catch {
                    note(error, subject.file.path)
                }
            }
            let folder = path.split(separator: "/").dropLast().map(String.init)
            for stanza in subject.declarations where stanza.levelsUp <= folder.count {
                found.stanzas[folder.dropLast(stanza.levelsUp).joined(separator: "/"), default: []].append(
                    Stanza(
                        source: subject.file.path, globs: stanza.patterns.map(DebianGlob.init),
                        expression: stanza.expression))
            }
            let place = folder.joined(separator: "/")
            let spokenFor = governed.folder(of: place)
            if let fetched = subject.ofFetched {
                if fetched == .granted { found.fetched[place] = subject.packageTerms }
            } else {
                take(
                    subject.packages.filter { $0.appliesToWholeFolder || spokenFor != place },
                    of: subject.file.path, in: spokenFor, &found)
            }
            if subject.file.role == .licenseText, let text = subject.file.expression, !place.isFolderOfTexts,
                !path.isOfOtherWorks, LicenseFileName(path).thing(of: text) == nil
            {
                found.licensed.insert(place)
            }
        }
        found.precedence = ReusePrecedence(found.annotations)
        if prefix.isEmpty { tree = found }
        if let deb = Self.deb(of: prefix), prefix.dropFirst(deb.count).hasPrefix("data.tar") {
            debs[deb] = found.manifests[""]
        }
        for index in members where subjects[index].isReported && !subjects[index].file.path.hasSuffix("/") {
            apply(found, prefix, index)
        }
    }

    private mutating func apply(_ scope: Scope, _ prefix: String, _ index: Int) {
        let path = String(subjects[index].file.path.dropFirst(prefix.count))
        let elements = path.split(separator: "/").map(String.init)
        guard CoveredFiles.covers(elements, length: max(1, subjects[index].file.length), isSymlink: false)
        else { return }
        let sidecar = places[subjects[index].file.path + ".license"].map { subjects[$0].file }
        subjects[index].file.declaredCopyrights = sidecar?.copyrights ?? []
        if !scope.annotations.isEmpty,
            take(scope.precedence.statements(for: elements), for: index, beside: sidecar)
        {
            return
        }
        if let sidecar, let expression = sidecar.expression {
            // `dep5` adds to what a file says, as REUSE reads it.
            let paragraph = scope.dep5?.paragraph(for: path)
            let added = paragraph.map { parse($0.license) ?? .unreadable }
            subjects[index].file.declaredCopyrights += paragraph.map { stated($0.copyrights) } ?? []
            return declare(
                index, .distinct([expression, added].compactMap { $0 }) ?? expression, in: sidecar.path,
                .override)
        }
        if let stanza = scope.dep5?.paragraph(for: path), let expression = parse(stanza.license) {
            declare(index, expression, in: prefix + Dep5.path, .aggregate)
            subjects[index].file.declaredCopyrights += stated(stanza.copyrights)
        } else if let last = Self.stanza(for: path, scope.stanzas), let expression = last.expression {
            // What a file says of itself apart from what it describes holds for it.
            let isItself = last.source == subjects[index].file.path
            declare(index, expression, in: last.source, isItself ? .override : .closest)
        } else if subjects[index].file.expression == nil || !subjects[index].pointers.isEmpty
            || subjects[index].file.isNotedInside
        {
            point(index, prefix, elements)
            if subjects[index].file.isNotedInside, let found = Self.manifest(for: elements, scope) {
                if !subjects[index].file.isKin(to: found.expression) {
                    declare(index, found.expression, in: found.source, .aggregate)
                }
            } else if subjects[index].file.expression == nil, let found = Self.manifest(for: elements, scope)
            {
                declare(index, found.expression, in: found.source, .closest)
            }
        }
    }

    /// A file of the tree that says nothing itself and so is no subject, with what is declared for it.
    mutating func silentFile(at path: String, length: Int64) -> ScannedFile {
        // Where it was no subject it has no place, so nothing else sees it.
        subjects.append(
            Subject(
                file: ScannedFile(path: path, length: length, content: .other, role: FileRole(path: path))))
        apply(tree, "", subjects.count - 1)
        return subjects.removeLast().file
    }

    mutating func declare(
        _ index: Int, _ expression: LicenseExpression, in source: String, _ precedence: ScannedFile.Precedence
    ) {
        subjects[index].file.declared = expression
        subjects[index].file.declaredIn = source
        subjects[index].file.precedence = precedence
    }

    // MARK: debian/copyright and package manifests

    struct Stanza {
        let source: String
        let globs: [DebianGlob]
        let expression: LicenseExpression?
    }

    /// In the nearest folder that has any that fits, the last one.
    private static func stanza(for path: String, _ stanzas: [String: [Stanza]]) -> Stanza? {
        guard !stanzas.isEmpty else { return nil }
        var end = path.endIndex
        while true {
            let slash = path[..<end].lastIndex(of: "/")
            let folder = slash.map { String(path[..<$0]) } ?? ""
            if let here = stanzas[folder] {
                let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
                if let found = here.last(where: { $0.globs.contains { $0.matches(name) } }) { return found }
            }
            guard let slash else { return nil }
            end = slash
        }
    }

    /// Manifests of several ecosystems in one folder speak together.
    private func take(
        _ packages: [PackageFacts], of path: String, in folder: String, _ scope: inout Scope
    ) {
        for facts in packages {
            guard let expression = facts.declares else { continue }
            if facts.words?.lowercased().contains("only") == true { scope.fixed.insert(folder) }
            guard let known = scope.manifests[folder] else {
                scope.manifests[folder] = (expression, path)
                continue
            }
            // "GPLv3" in one and "GPL-3.0-or-later" in the other: one license, told once more exactly.
            let open = scope.fixed.contains(folder) ? nil : known.expression.withLaterVersions(of: expression)
            scope.manifests[folder]?.expression =
                open ?? .distinct([known.expression, expression]) ?? expression
        }
    }

    // MARK: Pointers

    /// Looks for the named file beside the one that names it, then in the folders above; where there is none, for the one
    /// that took its place.
    private mutating func point(_ index: Int, _ prefix: String, _ path: [String]) {
        for pointer in subjects[index].pointers {
            let name = pointer.name.split(separator: "/").filter { $0 != "." && $0 != ".." }.map(String.init)
            let named = name.last.map { base in [name, [base]] + Self.endings.map { [base + $0] } } ?? []
            let usual = Self.usualNames.map { [$0] }
            let isLicense = name.last.map { base in usual.contains { $0[0] == base } } ?? true
            if follow(pointer, from: index, to: named, prefix, path) { return }
            let isStandIn = !pointer.name.isEmpty
            if isLicense, follow(pointer, from: index, to: usual, prefix, path, isStandIn: isStandIn) {
                return
            }
        }
    }

    /// Whether one of the files was there and has terms.
    private mutating func follow(
        _ pointer: LicensePointer, from index: Int, to names: [[String]], _ prefix: String, _ path: [String],
        isStandIn: Bool = false
    ) -> Bool {
        for count in stride(from: path.count - 1, through: 0, by: -1) {
            let folder = path.prefix(count)
            for candidate in names.map({ folder + $0 }) {
                guard let target = places[prefix + candidate.joined(separator: "/")], target != index,
                    subjects[target].file.role != .other || pointer.isOfSource && hasOwnTerms(target),
                    subjects[target].file.role != .readme,
                    let text = subjects[target].file.expression,
                    // A file that collects the terms of many works stands in for none of theirs.
                    !isStandIn || text.terms.count < 4, isKin(text, subjects[index].file.expression)
                else { continue }
                let expression = granted(text, beside: prefix + folder.map { $0 + "/" }.joined())
                var finding = LicenseFinding(
                    kind: .reference, expression: expression, score: 90, bytes: pointer.bytes,
                    lines: pointer.line...pointer.line, rule: "pointer:\(subjects[target].file.path)")
                finding.differences = []
                subjects[index].file.findings.append(finding)
                subjects[index].file.expression = expression
                return true
            }
        }
        return false
    }

    /// Whether nothing was said yet, or the same license without a version.
    private func isKin(_ text: LicenseExpression, _ own: LicenseExpression?) -> Bool {
        guard let own else { return true }
        guard case .term(let named) = text.root, case .term(let said) = own.root else { return false }
        let stem = said.license.identifier.prefix { $0 != "-" }
        return named.license.identifier.hasPrefix(stem + "-") && named.exception == nil
    }

    /// Whether the file says its terms in words of its own.
    private func hasOwnTerms(_ index: Int) -> Bool {
        !subjects[index].file.findings.contains { $0.rule.hasPrefix("pointer:") }
    }

    private static let endings = [".txt", ".md", ".rst"]
    /// Of the files that hold a folder's license.
    private static let usualNames = [
        "COPYING", "LICENSE", "LICENCE", "COPYRIGHT", "License", "Licence", "license", "Copying", "Copyright",
    ].flatMap { name in
        ["", ".txt", ".md", ".rst"].map { name + $0 }
    }
    private static let readmes = [
        "README", "README.md", "README.txt", "README.rst", "readme.txt", "Readme.txt",
    ]

    /// The text of a GNU license alone means that version only; a README beside it that grants later ones as well tells
    /// what is meant.
    private func granted(_ text: LicenseExpression, beside folder: String) -> LicenseExpression {
        guard case .term(let term) = text.root, term.exception == nil,
            term.license.identifier.hasSuffix("-only")
        else { return text }
        let later = term.license.identifier.dropLast("-only".count) + "-or-later"
        for name in Self.readmes {
            guard let place = places[folder + name],
                case .term(let granted) = subjects[place].file.expression?.root, granted.exception == nil
            else { continue }
            if granted.license.identifier == later { return subjects[place].file.expression ?? text }
        }
        return text
    }

    // MARK: Archives

    /// What is declared for an archive is declared for what is in it, as far as nothing there says otherwise.
    private mutating func inherit() {
        guard !archives.isEmpty else { return }
        for index in subjects.indices where subjects[index].file.concluded == nil {
            let scope = scope(of: subjects[index].file.path)
            guard !scope.isEmpty else { continue }
            let outer = places[String(scope.dropLast())].map { subjects[$0].file }
            if let outer, let own = outer.expression, outer.findings.contains(where: { $0.kind == .metadata })
            {
                // A book states its terms once, for all that is in it.
                declare(index, own, in: outer.path, .closest)
            } else if let outer, let declared = outer.declared {
                declare(index, declared, in: outer.declaredIn ?? "", .closest)
            } else if let package = debs[Self.deb(of: scope) ?? scope] {
                declare(index, package.expression, in: package.source, .closest)
            }
        }
    }

    /// An archive is under the terms of all its members.
    private mutating func resolveArchives() {
        guard !archives.isEmpty else { return }
        var parts: [String: (order: [LicenseExpression], seen: Set<LicenseExpression>)] = [:]
        // Members stand behind their archive, so the innermost come first from the end.
        for index in subjects.indices.reversed() {
            let path = subjects[index].file.path
            if let inner = parts[path] {
                let own = subjects[index].file.expression.map { [$0] } ?? []
                subjects[index].file.expression = .distinct(own + inner.order.reversed())
            }
            let scope = scope(of: path)
            guard !scope.isEmpty, let expression = subjects[index].file.concluded else { continue }
            let archive = String(scope.dropLast())
            if parts[archive, default: ([], [])].seen.insert(expression).inserted {
                parts[archive]?.order.append(expression)
            }
        }
    }
}
