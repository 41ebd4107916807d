// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardReport
internal import SwardSPDX
internal import SwardScan

/// What a scan finds in the files of a work that is to be packed: what to propose for files that state nothing by tag, sidecar
/// or annotation, and what not to contradict.
struct FoundInWork {
    private let files: [String: ScannedFile]
    private let judgement: WorkJudgement
    /// By identifier without `-only` and `-or-later`: a file that is that text and nothing else.
    private var texts: [String: String] = [:]

    init(_ tree: WorkTree, root: String) throws(PackagingError) {
        var options = ScanOptions()
        options.selection = .everything
        options.only = Set(tree.entries.filter { !$0.isSymlink }.map(\.name))
        let report: ScanReport
        do throws(ScanError) { report = try Scanner(options).scan(root) } catch {
            throw PackagingError(error)
        }
        var files: [String: ScannedFile] = [:]
        // Of a hundred thousand files most say nothing; those need not be kept.
        for file in report.files where !file.file.isSilent { files[file.file.path] = file.file }
        self.files = files
        judgement = report.judgement
        for (path, file) in files.sorted(by: { $0.key < $1.key }) where file.role == .licenseText {
            let found = file.findings.filter { $0.kind == .text }
            guard found.count == 1, found[0].score >= Self.leastTextScore, file.residue.isEmpty,
                !path.contains("!"), let identifier = found[0].expression.textIdentifiers.first
            else { continue }
            let stem = Self.stem(identifier)
            if texts[stem] == nil { texts[stem] = path }
        }
    }

    /// Below, words differ from those of the list.
    private static let leastTextScore = 95

    private static func stem(_ identifier: String) -> String {
        for suffix in ["-only", "-or-later"] where identifier.hasSuffix(suffix) {
            return String(identifier.dropLast(suffix.count))
        }
        return identifier
    }

    /// Where in the work the text of a license lies, under whatever name.
    func textPath(of identifier: String) -> String? { texts[Self.stem(identifier)] }

    /// What to propose for a file.
    struct Proposal {
        let expression: LicenseExpression
        /// The license file or README that says it, where the file does not.
        let source: String?

        func named(_ path: String) -> FoundProposal {
            FoundProposal(path: path, expression: expression.description, source: source)
        }
    }

    /// - Returns: `nil` where nothing says anything of the file, or it speaks only of licenses that are not its own.
    func proposal(for path: String) -> Proposal? {
        if let file = files[path], file.role == .licenseText { return nil }
        if let file = files[path], file.role == .other {
            if let own = file.expression { return Proposal(expression: own, source: nil) }
            // What REUSE.toml says is read as REUSE reads it, and known by then.
            if let declared = file.declared {
                let isKnown = file.declaredIn?.hasSuffix(ReuseAnnotations.fileName) == true
                return isKnown ? nil : Proposal(expression: declared, source: file.declaredIn)
            }
        }
        return judgement.cover(of: path).map { Proposal(expression: $0.expression, source: $0.path) }
    }

    /// Files for which `declared` promises what they do not grant.
    func contradictions(of declared: [String: LicenseExpression]) -> [FoundContradiction] {
        let subjects = declared.compactMap { path, expression -> ScannedFile? in
            guard var file = files[path] else { return nil }
            file.declared = expression
            file.declaredIn = nil
            return file
        }
        let judgement = WorkJudgement.judge(files: subjects, operator: OperatorProfile())
        return judgement.contradictions.filter(\.holdsWork).map {
            FoundContradiction(path: $0.path, found: $0.found, declared: $0.declared)
        }.sorted { $0.path < $1.path }
    }
}

extension ScannedFile {
    /// Whether neither its bytes nor anything else in the work speak of its terms.
    fileprivate var isSilent: Bool {
        expression == nil && declared == nil && findings.isEmpty && residue.isEmpty && evidence.isEmpty
    }
}

/// A file whose own words are against what is to be declared for it.
package struct FoundContradiction: Hashable, Sendable {
    package let path: String
    package let found: String
    package let declared: String

    package init(path: String, found: String, declared: String) {
        self.path = path
        self.found = found
        self.declared = declared
    }
}

/// A file that is under no terms by tag, sidecar or annotation, and what else was found.
package struct FoundProposal: Hashable, Sendable {
    package let path: String
    package let expression: String
    /// The license file, README or manifest that says it; `nil` where the file itself does, in words.
    package let source: String?

    package init(path: String, expression: String, source: String?) {
        self.path = path
        self.expression = expression
        self.source = source
    }

    /// One for all files that were taken to be under the same terms for the same reason.
    static func warnings(_ accepted: [FoundProposal]) -> [PackReport.Warning] {
        Dictionary(grouping: accepted) { [$0.expression, $0.source ?? ""] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { _, group in
                .acceptedFound(
                    expression: group[0].expression, source: group[0].source, paths: group.map(\.path))
            }
    }
}
