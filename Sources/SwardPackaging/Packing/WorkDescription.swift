// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBundle
internal import SwardMetainfo
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardScan
internal import SwardSPDX

/// A work with the terms of all its files decided, and the files that say so.
struct WorkDescription {
    /// A file of the bundle: of the work, or generated.
    struct BundleEntry {
        let path: [String]
        let length: Int64
        let isExecutable: Bool
        let symlinkTarget: [String]?
        /// Number of its expression.
        let expression: Int
        var name: String { path.joined(separator: "/") }
    }

    /// What hashing the payload need not make anew.
    struct KnownDigests {
        /// Of a file of one block: its root in BEP 52.
        let root: Digest256
        /// Of a file of one piece: the SHA-1 of that piece, zeros to its end included.
        let piece: Digest160?
        /// `st_ctim` in nanoseconds since 1970: the digests are those of the file as it was then.
        let changedAt: Int64
    }

    private struct Digests {
        var sha1: Digest160
        var sha256: Digest256

        init(_ survey: FileSurvey) { (sha1, sha256) = (survey.sha1, survey.sha256) }
    }

    private struct Member {
        var entry: WorkTree.Entry
        /// `nil` for links, and for what the document cannot speak of.
        var digests: Digests?
        /// In the tree that was read; `nil` for what packing adds.
        var place: Int?
        var terms: FileTerms
    }

    private(set) var manifest: BundleManifest
    /// Path to content of what packing adds, the document left out.
    private(set) var generated: [String: [UInt8]] = [:]
    private(set) var warnings: [PackReport.Warning] = []
    private var members: [Member]
    private var numbers: [LicenseExpression: Int] = [:]
    private var customTexts: [(identifier: String, text: String)] = []

    /// Decides the terms of every file and finds the texts.
    ///
    /// - Parameter signatureName: Of the signature to come, which needs terms as any file does.
    static func make(
        _ tree: WorkTree, reading: WorkReading, root: String, options: PackOptions,
        signatureName: String?, findText: Packer.TextSource
    ) throws(PackagingError) -> WorkDescription {
        var given: LicenseExpression?
        if let license = options.license {
            do throws(ExpressionError) { given = try LicenseExpression.parse(license) } catch {
                throw PackagingError(.badExpression(license, error))
            }
        }
        let notices = defaultNotices(options)

        let name = ReuseAnnotations.fileName
        var original: String?
        var skipping: Set<String> = []
        var replacing: [String: String] = [:]
        if tree.entries.contains(where: { $0.name == name && !$0.isSymlink }),
            let bytes = try SmallFile.read("\(root)/\(name)", limit: ReuseAnnotations.maximumBytes),
            let text = String(validating: bytes, as: UTF8.self)
        {
            original = GeneratedFiles.stripped(text)
            // What an earlier run wrote holds unless this one is told otherwise.
            if given != nil {
                if let original { replacing[name] = original } else { skipping = [name] }
            }
        }
        var found = reading.found
        let scan = try WorkTermsScan.read(
            tree, surveys: reading.surveys, root: root, skipping: skipping, replacing: replacing)

        var members: [Member] = []
        members.reserveCapacity(tree.entries.count)
        var unlicensed: [String] = []
        var unnoticed: [String] = []
        // Indices of members.
        var lacking: [Int] = []
        var proposals: [FoundProposal] = []
        var accepted: [FoundProposal] = []
        var isNoticeFound = false
        var declared: [String: LicenseExpression] = [:]
        for (index, entry) in tree.entries.enumerated() {
            var terms = scan.files[index]
            if terms.isCovered {
                let isLacking = terms.expression == nil || terms.copyright.isEmpty
                let proposal =
                    terms.expression == nil && (given == nil || options.acceptsFound)
                    ? found.proposal(for: entry.name, length: entry.length) : nil
                if let proposal, options.acceptsFound {
                    terms.expression = proposal.expression
                    accepted.append(proposal.named(entry.name))
                }
                if terms.expression == nil { terms.expression = given }
                if terms.expression == nil, let proposal {
                    proposals.append(proposal.named(entry.name))
                    continue
                }
                if found.speaks(entry.name) { declared[entry.name] = terms.expression }
                // Whom LICENSE names holds what says nothing, whoever packs it.
                if terms.copyright.isEmpty, options.copyright.isEmpty, let expression = terms.expression,
                    proposal != nil || notices.isEmpty
                {
                    terms.copyright = found.notices(for: entry.name, under: expression)
                    if !terms.copyright.isEmpty { isNoticeFound = true }
                }
                if terms.copyright.isEmpty { terms.copyright = notices }
                if terms.expression == nil { unlicensed.append(entry.name) }
                if terms.copyright.isEmpty { unnoticed.append(entry.name) }
                if isLacking { lacking.append(members.count) }
            }
            members.append(
                Member(
                    entry: entry, digests: reading.surveys[index].map(Digests.init), place: index,
                    terms: terms))
        }
        if unlicensed.isEmpty, !proposals.isEmpty {
            throw PackagingError(.foundOnly(proposals), path: root, paths: proposals.map(\.path))
        }
        guard unlicensed.isEmpty else {
            throw PackagingError(.withoutLicense(found: proposals), path: root, paths: unlicensed.sorted())
        }
        guard unnoticed.isEmpty else { throw PackagingError(.withoutCopyright, path: root, paths: unnoticed) }
        let stated = Set(members.compactMap(\.terms.expression)).sorted { $0.description < $1.description }
        guard let own = given ?? LicenseExpression(joining: stated) else {
            throw PackagingError(.withoutLicense(found: []), path: root)
        }
        // A `COPYING` needs no terms by REUSE, and is under those of the work all the same.
        let aboutTheWork = BundleManifest(expressions: [own.description])
        func promised(_ path: String) -> LicenseExpression? {
            declared[path] ?? (aboutTheWork.isAboutTheWork(path) ? nil : own)
        }
        let contradictions = found.contradictions(of: promised)
        if !contradictions.isEmpty, options.despiteFound == nil {
            throw PackagingError(
                .contradictsFound(contradictions), path: root, paths: contradictions.map(\.path))
        }

        // Where a `REUSE.toml` brings words of its own, or what was found is taken, each file is named.
        let named =
            original == nil && accepted.isEmpty && !isNoticeFound
            ? [] : Self.tables(of: lacking.lazy.map { members[$0] })
        let fences = found.fences(
            in: WorkTerms(
                expression: own.description, parts: [], copyright: notices, creators: options.creators,
                correspondingSource: options.correspondingSource), declared: promised)
        if !fences.isEmpty, options.despiteFound == nil {
            throw PackagingError(.fenced(fences), path: root, paths: fences.map(\.path))
        }
        var expressions = [own]
        expressions += stated.filter { $0 != own }
        guard expressions.count <= BundleManifest.Limits.expressions else {
            throw PackagingError(.tooManyExpressions(limit: BundleManifest.Limits.expressions), path: root)
        }

        var work = WorkDescription(
            manifest: BundleManifest(expressions: expressions.map(\.description)), members: members)
        for (number, expression) in expressions.enumerated() { work.numbers[expression] = number }
        work.describe(options, notices: notices)
        work.warnings +=
            FoundProposal.warnings(accepted) + contradictions.map { .contradictsFound($0) }
            + fences.map { .fenced($0) }
        try work.collectTexts(of: expressions, found: found, root: root, findText: findText)

        var tables: [GeneratedFiles.Annotation] = []
        if !lacking.isEmpty {
            if named.isEmpty {
                tables.append(
                    .init(paths: ["**"], licenses: given.map { [$0.description] } ?? [], copyright: notices))
            } else {
                tables += named
            }
        }
        if let signatureName, work.needsTable(signatureName, tables, scan.annotations) {
            tables.append(
                .init(
                    paths: [PathGlob.escaped(signatureName)], licenses: [own.description],
                    copyright: work.someNotice))
        }
        if !tables.isEmpty {
            work.add(name, Array(GeneratedFiles.annotations(tables, addedTo: original).utf8))
        } else if let text = replacing[name] {
            work.add(name, Array(text.utf8))
        }
        return work
    }

    private init(manifest: BundleManifest, members: [Member]) {
        self.manifest = manifest
        self.members = members
    }

    /// Adds a generated file, in place of one of that name; the document will list it.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        generated[name] = bytes
        insert(name, length: Int64(bytes.count), Digests(FileSurvey(digesting: bytes)))
    }

    /// Whether what packing adds, the document left out, differs from what lies at `root`.
    func changes(root: String) -> Bool {
        generated.contains { (try? SmallFile.read("\(root)/\($0.key)", limit: $0.value.count)) != $0.value }
    }

    /// Adds the SPDX document, and says in the manifest where it lies.
    mutating func addDocument(_ name: String, length: Int64) {
        manifest.document = name
        insert(name, length: length, nil)
    }

    mutating func addSignature(_ name: String, _ bytes: [UInt8]) {
        generated[name] = bytes
        insert(name, length: Int64(bytes.count), nil)
    }

    private mutating func insert(_ name: String, length: Int64, _ digests: Digests?) {
        let path = name.split(separator: "/").map(String.init)
        let member = Member(
            entry: .init(path: path, length: length, isExecutable: false, symlinkTarget: nil),
            digests: digests, place: nil,
            terms: FileTerms(isCovered: false, expression: nil, copyright: [], inFile: nil))
        // Members are in the order of the file tree.
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if InfoDictionaryBuilder.precedes(members[middle].entry.path, path) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        if low < members.count, members[low].entry.path == path {
            members[low] = member
        } else {
            members.insert(member, at: low)
        }
    }

    /// Of the file at `index` of ``bundleEntries``.
    func knownDigests(_ index: Int, _ small: SmallFiles, pieceLength: Int) -> KnownDigests? {
        let member = members[index]
        guard let place = member.place, let digests = member.digests, member.entry.length > 0,
            member.entry.length <= Int64(blockLength), let file = small.file(place, pieceLength: pieceLength)
        else { return nil }
        return KnownDigests(root: digests.sha256, piece: file.piece, changedAt: file.changedAt)
    }

    var bundleEntries: [BundleEntry] {
        members.map { member in
            BundleEntry(
                path: member.entry.path, length: member.entry.length, isExecutable: member.entry.isExecutable,
                symlinkTarget: member.entry.symlinkTarget,
                expression: member.terms.expression.flatMap { numbers[$0] } ?? 0)
        }
    }

    /// How much is under each expression, what only speaks about the work left out.
    func counts(of entries: [BundleEntry]) -> [PackReport.ExpressionCount] {
        var counts: [Int: (files: Int, length: Int64)] = [:]
        for entry in entries where entry.symlinkTarget == nil && !manifest.isAboutTheWork(entry.name) {
            counts[entry.expression, default: (0, 0)].files += 1
            counts[entry.expression, default: (0, 0)].length += entry.length
        }
        return counts.sorted { $0.key < $1.key }.map {
            .init(
                expression: manifest.expressions[$0.key], fileCount: $0.value.files, length: $0.value.length)
        }
    }

    func document(name: String, options: PackOptions, excluded: [String]) -> SPDXDocument {
        let listed = members.indices.filter { members[$0].digests != nil }
        let (all, expressions, numbers) = (members, manifest.expressions, numbers)
        let files = SPDXDocument.Files(count: listed.count) { index in
            let member = all[listed[index]]
            let terms = member.terms
            // Those without were left out.
            let digests = member.digests!
            return SPDXDocument.File(
                path: member.entry.name, sha1: digests.sha1, sha256: digests.sha256,
                concluded: terms.expression.map { expression in
                    numbers[expression].map { expressions[$0] } ?? expression.description
                },
                inFile: terms.inFile.map { Set($0.flatMap(\.terms).map(\.description)).sorted() },
                copyright: terms.isCovered ? terms.copyright.joined(separator: "\n") : nil)
        }
        let version = LicenseList.version.split(separator: ".").prefix(2).joined(separator: ".")
        return SPDXDocument(
            name: name, created: options.created, licenseListVersion: version,
            expression: manifest.expressions[0],
            copyright: manifest.copyright, title: manifest.title, creators: manifest.creators,
            homepage: manifest.homepage, files: files, customTexts: customTexts, excluded: excluded)
    }

    private mutating func describe(_ options: PackOptions, notices: [String]) {
        manifest.title = options.title
        manifest.creators = options.creators
        manifest.homepage = options.homepage
        manifest.year = options.year
        manifest.sources = options.sources
        manifest.correspondingSource = options.correspondingSource
        manifest.copyright = notices
        if notices.isEmpty {
            let all = Set(members.flatMap(\.terms.copyright)).filter {
                $0.utf8.count <= BundleManifest.Limits.textBytes
            }
            manifest.copyright = Array(all.sorted().prefix(BundleManifest.Limits.copyright))
        }
        if manifest.creators.isEmpty && manifest.copyright.isEmpty { warnings.append(.withoutCreator) }
    }

    private static func defaultNotices(_ options: PackOptions) -> [String] {
        if !options.copyright.isEmpty { return options.copyright }
        return options.creators.map { creator in (options.year.map { "\($0) " } ?? "") + creator }
    }

    /// For files of a work that brings a `REUSE.toml`: each named, as in one file the last table that fits speaks.
    private static func tables(of lacking: some Sequence<Member>) -> [GeneratedFiles.Annotation] {
        var tables: [GeneratedFiles.Annotation] = []
        for member in lacking {
            let wanted = GeneratedFiles.Annotation(
                paths: [], licenses: member.terms.expression.map { [$0.description] } ?? [],
                copyright: member.terms.copyright)
            let path = PathGlob.escaped(member.entry.name)
            if let place = tables.firstIndex(where: {
                $0.licenses == wanted.licenses && $0.copyright == wanted.copyright
            }) {
                tables[place].paths.append(path)
            } else {
                tables.append(.init(paths: [path], licenses: wanted.licenses, copyright: wanted.copyright))
            }
        }
        return tables
    }

    private func needsTable(
        _ name: String, _ tables: [GeneratedFiles.Annotation], _ annotations: [ReuseAnnotations]
    ) -> Bool {
        if tables.contains(where: { $0.paths == ["**"] && !$0.licenses.isEmpty && !$0.copyright.isEmpty }) {
            return false
        }
        let precedence = ReusePrecedence(annotations)
        let terms = precedence.terms(precedence.ruling(for: [name]), own: StatedTerms())
        return terms.licenses.isEmpty || terms.copyrights.isEmpty
    }

    /// Of the work, for the signature: at least one.
    private var someNotice: [String] {
        manifest.copyright.isEmpty ? manifest.creators : Array(manifest.copyright.prefix(1))
    }
}

// MARK: Texts

extension WorkDescription {
    private mutating func collectTexts(
        of expressions: [LicenseExpression], found: FoundInWork, root: String, findText: Packer.TextSource
    ) throws(PackagingError) {
        var present: [String: String] = [:]
        for member in members where member.entry.path.first == "LICENSES" && member.entry.path.count == 2 {
            let name = member.entry.path[1]
            guard !name.hasSuffix(".license"), !member.entry.isSymlink else { continue }
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
            // `GPL-3.0` without an ending is its own name.
            present[LicenseList.license(name) == nil ? stem : name] = member.entry.name
        }
        var needed: [String: LicenseTerm] = [:]
        for expression in expressions {
            for term in expression.terms {
                for identifier in LicenseExpression(term).textIdentifiers where needed[identifier] == nil {
                    needed[identifier] = term
                }
            }
            warnings += expression.unlisted.filter { !$0.contains("Ref-") }.map { .unknownIdentifier($0) }
        }
        var missing: [MissingLicenseText] = []
        for (identifier, term) in needed.sorted(by: { $0.key < $1.key }) {
            let listed = LicenseList.license(identifier) ?? LicenseList.exception(identifier)
            if let listed, listed.isDeprecated {
                warnings.append(.deprecatedIdentifier(identifier, replacement: listed.replacement))
            }
            if let path = present[identifier] {
                manifest.texts[identifier] = path
            } else {
                let search: LicenseTextSearch
                if let own = found.textPath(of: identifier) {
                    // The author's `LICENSE` or `COPYING`, with the copyright notice that stands in it.
                    search = LicenseTextSearch(
                        text: try SmallFile.read("\(root)/\(own)", limit: 4 << 20), searched: [own])
                } else if identifier.contains("Ref-") {
                    search = LicenseTextSearch(text: nil, searched: [])
                } else {
                    search = try findText(identifier)
                }
                if let text = search.text {
                    let path = "LICENSES/\(identifier).txt"
                    add(path, text)
                    manifest.texts[identifier] = path
                } else {
                    let gap = MissingLicenseText(
                        identifier: identifier, searched: ["LICENSES/\(identifier).txt"] + search.searched,
                        addresses: listed?.addresses ?? [])
                    if LicenseTextDuty.demands(identifier, term) {
                        missing.append(gap)
                    } else {
                        warnings.append(.licenseTextMissing(gap))
                    }
                }
            }
            if identifier.contains("Ref-"), let path = present[identifier],
                let bytes = try SmallFile.read("\(root)/\(path)", limit: 4 << 20)
            {
                customTexts.append((identifier, String(decoding: bytes, as: UTF8.self)))
            }
        }
        guard missing.isEmpty else { throw PackagingError(.licenseTextsMissing(missing)) }
        for identifier in present.keys.sorted() where needed[identifier] == nil {
            warnings.append(.unusedLicenseText(identifier))
        }
    }
}
