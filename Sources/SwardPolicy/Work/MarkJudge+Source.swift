// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Marks of what should be in the work and is not: source, a readable form.
extension MarkJudge {
    // MARK: Source

    /// Object code under a copyleft that wants source, with neither source nor an offer in the work.
    func missingSource() -> [Mark] {
        guard view.declared?.correspondingSource.isEmpty ?? true else { return [] }
        let binaries = view.files.indices.filter { view.files[$0].content == .objectCode }
        guard !binaries.isEmpty, !hasOffer else { return [] }
        let stock = SourceStock(view)
        var seen: Set<String> = []
        var result: [Mark] = []
        for index in binaries {
            let path = view.files[index].path
            guard let terms = view.terms(index), let found = terms.unavoidable({ $0.source.bindsObjectCode }),
                !stock.has(path, under: found.term)
            else { continue }
            // What is built together is missed together: one mark for an archive, and for a folder of objects.
            let group = path.firstIndex(of: "!").map { String(path[..<$0]) } ?? path
            guard seen.insert(group).inserted, result.count < Mark.maximumCount else { continue }
            result.append(
                Mark(
                    mark: .missingSource, severity: .clashes, path: path,
                    evidence: [
                        EnclosureEvidence(
                            mark: .missingSource, bytes: nil, lines: nil,
                            quote: "object code under \(terms.expression)")
                    ],
                    statement:
                        "object code under \(found.term), with neither its source nor an offer of it in the work",
                    clause: found.facts.clauses[.source],
                    cure: "add the source, or say where it is offered"))
        }
        return result
    }

    /// Words that offer the source, outside of license texts, which all speak of offers.
    private var hasOffer: Bool {
        view.allFiles.contains { file in
            file.evidence.contains { item in
                guard item.mark == .missingSource else { return false }
                guard let bytes = item.bytes else { return true }
                return !file.findings.contains { $0.kind == .text && $0.bytes.overlaps(bytes) }
            }
        }
    }

    /// Scripts that only a machine reads, under copyleft, without what they were made from.
    func minifiedOnly() -> [Mark] {
        let small = view.files.indices.filter { view.files[$0].content == .minified }
        guard !small.isEmpty else { return [] }
        var stems: Set<String> = [], styleStems: Set<String> = []
        for file in view.allFiles where file.content != .minified {
            let name = file.path.lastName
            let ending = name.ending
            if Self.scriptEndings.contains(ending) { stems.insert(name.scriptStem) }
            if Self.styleEndings.contains(ending) { styleStems.insert(name.scriptStem) }
        }
        return small.compactMap { index in
            let file = view.files[index]
            guard let found = view.terms(index)?.unavoidable({ $0.isCopyleft && $0.source != .none }),
                !(file.path.lastName.ending == "css" ? styleStems : stems).contains(
                    file.path.lastName.scriptStem)
            else { return nil }
            return hint(
                .minifiedOnly, file.evidence.filter { $0.mark == .minifiedOnly }, index,
                "the file is fit for machines only, and \(found.term) asks for the form in which people change it"
            ).citing(found.facts.clauses[.source])
        }
    }
}

extension MarkJudge {
    private static let scriptEndings: Set<String> = [
        "ts", "tsx", "js", "jsx", "mjs", "cjs", "coffee", "vue", "svelte", "elm", "map",
    ]
    private static let styleEndings: Set<String> = ["scss", "sass", "less", "styl", "css", "vue", "map"]
}

extension String {
    /// What stands behind the last dot, in lower case.
    fileprivate var ending: String {
        lastIndex(of: ".").map { self[index(after: $0)...].lowercased() } ?? ""
    }
}

/// Which sources a work has, by the names of what they are built into.
private struct SourceStock {
    private var stems: Set<String> = []
    /// Expressions of program sources, and whether any was seen without terms.
    private var families: Set<String> = []
    private var hasArchive = false

    /// Languages that are built into object code.
    private static let endings: Set<String> = [
        "c", "cc", "cpp", "cxx", "c++", "h", "hpp", "hh", "m", "mm", "s", "asm", "rs", "go", "java", "kt",
        "scala", "swift",
        "hs", "ml", "mli", "d", "zig", "nim", "pas", "f", "f90", "for", "adb", "ads", "cs", "fs", "vb", "v",
        "vala", "cr", "pyx",
        "wat", "py", "clj", "groovy", "erl", "ex", "lisp", "scm", "rkt", "ts",
    ]

    init(_ view: WorkView) {
        let files = view.allFiles
        for index in files.indices {
            let file = files[index]
            let name = file.path.lastName.lowercased()
            if Self.isSourceArchive(name) { hasArchive = true }
            guard file.content == .source, let dot = name.lastIndex(of: "."),
                Self.endings.contains(String(name[name.index(after: dot)...]))
            else { continue }
            stems.insert(Self.stem(name))
            // Scripts build and install; what they are written in is not what object code is made of.
            if !name.hasSuffix(".py"), !name.hasSuffix(".ts"), !name.hasSuffix(".h") {
                let terms =
                    index < view.files.count ? view.terms(index)?.terms.map(\.term) : view.terms(of: file)
                for term in terms ?? [] {
                    families.insert(term.license.identifier.textStem)
                }
            }
        }
    }

    func has(_ path: String, under term: LicenseTerm) -> Bool {
        if hasArchive { return true }
        if stems.contains(Self.stem(path.lastName.lowercased())) { return true }
        // Built under another name from sources that are there under the same license.
        return families.contains(term.license.identifier.textStem)
    }

    private static func isSourceArchive(_ name: String) -> Bool {
        let isArchive = [
            ".tar", ".gz", ".bz2", ".xz", ".zst", ".zip", ".tgz", ".7z", ".src.rpm", ".dsc", ".jar", ".lz",
        ].contains {
            name.hasSuffix($0)
        }
        guard isArchive else { return false }
        return name.contains("source") || name.contains(".orig.") || name.contains("-src")
            || name.contains("_src")
            || name.hasSuffix(".src.rpm") || name.contains(".src.") || name.hasPrefix("src.")
    }

    /// `libfoo.so.1.2` and `foo.c` are of one stem; so are `Foo$Inner.class` and `Foo.java`.
    private static func stem(_ name: String) -> String {
        var stem = name[...]
        if let dot = stem.firstIndex(of: ".") { stem = stem[..<dot] }
        if let inner = stem.firstIndex(of: "$") { stem = stem[..<inner] }
        if stem.hasPrefix("lib"), stem.count > 3 { stem = stem.dropFirst(3) }
        return String(stem)
    }
}

extension Mark {
    fileprivate func citing(_ clause: String?) -> Mark {
        var mark = self
        mark.clause = clause
        return mark
    }
}

extension String {
    /// `jquery.min.js`, `jquery.min.js.map` and `jquery.ts` are of one stem.
    fileprivate var scriptStem: String {
        var stem = lowercased()[...]
        var isCut = true
        while isCut, let dot = stem.lastIndex(of: ".") {
            let ending = stem[stem.index(after: dot)...]
            isCut = [
                "ts", "tsx", "js", "jsx", "mjs", "cjs", "coffee", "scss", "sass", "less", "css", "vue", "elm",
                "map", "min", "src",
                "bundle", "pack", "prod", "production", "slim",
            ].contains(String(ending))
            if isCut { stem = stem[..<dot] }
        }
        for suffix in ["-min", ".min", "_min"] where stem.hasSuffix(suffix) {
            stem = stem.dropLast(suffix.count)
        }
        return String(stem)
    }
}
