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
    }

    /// - Returns: `nil` where the file says nothing, or speaks only of licenses that are not its own.
    func expression(of path: String) -> LicenseExpression? {
        guard let file = files[path], file.role == .other else { return nil }
        if let own = file.expression { return own }
        // What REUSE.toml says is read as REUSE reads it, and known by then.
        return file.declaredIn?.hasSuffix(ReuseAnnotations.fileName) == true ? nil : file.declared
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
