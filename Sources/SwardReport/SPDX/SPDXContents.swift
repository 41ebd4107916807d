// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardHash
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// What both forms of SPDX 2.3 say, worked out once. Source: SPDX 2.3 (ISO/IEC 5962), sections 6 to 11.
struct SPDXContents {
    struct File {
        /// Index into ``ScanReport/files``.
        var index: Int
        var identifier: String
    }

    let report: ScanReport
    /// Those with a SHA-1, without which SPDX 2.3 has no files.
    let files: [File]
    let leftOut: Int
    let archives: ArchivePaths
    let namespace: String
    let verificationCode: String
    private(set) var expressions = SPDXExpressions()

    init(_ report: ScanReport) {
        self.report = report
        archives = ArchivePaths(report)
        var identifiers = ElementNames()
        var files: [File] = []
        var digests: [String] = []
        var seal = SHA256Stream()
        seal.update(Array("\(report.rootName)\u{0}\(report.createdAt)\u{0}\(report.toolVersion)\u{0}".utf8))
        for (index, reported) in report.files.enumerated() {
            let terms = "\(reported.file.path)\u{0}\(reported.concluded?.description ?? "")\u{0}"
            seal.update(Array(terms.utf8) + (reported.sha1?.bytes ?? []))
            guard let sha1 = reported.sha1 else { continue }
            files.append(File(index: index, identifier: identifiers.name(for: reported.file.path)))
            // A member of an archive is no file of the package on disk, so its digest is not in the code.
            if archives.container(of: reported.file.path) == nil { digests.append(sha1.hex) }
        }
        self.files = files
        leftOut = report.files.count - files.count
        verificationCode = SHA1.hash(Array(digests.sorted().joined().utf8)).hex
        namespace = "https://spdx.org/spdxdocs/\(report.rootName.spdxName)-\(seal.finalize().hex)"
    }

    func file(_ file: File) -> ReportedFile { report.files[file.index] }

    func identifier(forPackage index: Int) -> String { "SPDXRef-Package-\(index + 1)" }

    /// The identifiers of files by path; only those that others refer to.
    func identifiers(of paths: Set<String>) -> [String: String] {
        var result: [String: String] = [:]
        for file in files where paths.contains(self.file(file).file.path) {
            result[self.file(file).file.path] = file.identifier
        }
        return result
    }

    /// Members of archives, and the archives they come from.
    func expansions() -> [(member: String, archive: String)] {
        let members = files.compactMap { file -> (String, String)? in
            archives.container(of: self.file(file).file.path).map { (file.identifier, $0.innermost) }
        }
        let known = identifiers(of: Set(members.map(\.1)))
        return members.compactMap { member, path in known[path].map { (member, $0) } }
    }

    mutating func written(_ expression: LicenseExpression) -> String { expressions.text(expression) }

    mutating func concluded(_ file: ReportedFile) -> String {
        file.concluded.map { expressions.text($0) } ?? "NOASSERTION"
    }

    mutating func inFile(_ file: ScannedFile) -> [String] {
        guard let expression = file.expression else { return ["NONE"] }
        return expressions.terms(expression)
    }

    static func copyright(_ file: ScannedFile) -> String {
        let notices = file.statedCopyrights
        return notices.isEmpty ? "NONE" : notices.flatMap { $0.text.plainLines }.joined(separator: "\n")
    }

    /// Of the files together: every license found in them.
    mutating func inFiles() -> [String] {
        var found: Set<String> = []
        for reported in report.files {
            if let expression = reported.file.expression { found.formUnion(expressions.terms(expression)) }
        }
        return found.isEmpty ? ["NONE"] : found.sorted()
    }

    /// What the document must carry the text of, after everything else was written.
    func customTexts() -> [(identifier: String, text: String)] {
        expressions.references.sorted { $0.key < $1.key }.map { identifier, words in
            let text =
                report.customTexts[identifier]
                ?? "The terms \(words) are named in the work; their text was not found in it."
            return (identifier, text)
        }
    }

    static func fileTypes(_ file: ScannedFile) -> [String] {
        switch file.content {
        case .source, .minified: ["SOURCE"]
        case .objectCode: ["BINARY"]
        case .archive: ["ARCHIVE"]
        case .text: ["TEXT"]
        case .media, .data, .other: ["OTHER"]
        }
    }

    var documentComment: String? {
        var parts: [String] = []
        if report.isPartial { parts.append("The scan was broken off; this is what was known by then.") }
        if leftOut > 0 { parts.append("Without digests, and so not listed: \(leftOut) files.") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

/// Names of elements, made from paths so that they stay when other files come and go.
struct ElementNames {
    private var taken: Set<String> = []

    mutating func name(for path: String) -> String {
        let base = "SPDXRef-File-" + Fingerprint.of([path]).prefix(24)
        // Two files of one path, or a collision that someone made.
        var name = base
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }
}

extension String {
    /// What may stand in names of SPDX: letters, digits, full stop and hyphen.
    var spdxName: String {
        let name = utf8.prefix(128).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "-")
            }
        }
        return name.isEmpty ? "work" : String(decoding: name, as: UTF8.self)
    }
}

extension ScanReport {
    /// What is said of the work as a whole: by a manifest at its root.
    var declaredExpression: LicenseExpression? {
        packages.first { !$0.path.utf8.contains(UInt8(ascii: "/")) && $0.declared != nil }?.declared
    }

    /// The `AND` of everything concluded; `nil` when a file has no terms or when there is too much to say in one expression.
    var concludedExpression: LicenseExpression? {
        var seen: Set<LicenseExpression> = []
        var distinct: [LicenseExpression] = []
        for reported in files {
            guard let expression = reported.concluded else { continue }
            if seen.insert(expression).inserted { distinct.append(expression) }
            if distinct.count > 64 { return nil }
        }
        guard !distinct.isEmpty else { return nil }
        let whole = LicenseExpression.all(distinct.sorted { $0.description < $1.description })
        return whole.description.utf8.count <= LicenseExpression.maximumLength ? whole : nil
    }
}
