// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBundle
internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX
internal import SwardScan

/// What a scan finds in the files of a work that is to be packed: what to propose for files that state nothing by tag, sidecar
/// or annotation, and what not to contradict.
struct FoundInWork {
    private let covers: FolderCovers
    /// Of files that say nothing, what the rest of the work declares for them.
    private var findings: WorkFindings
    /// By identifier without `-only` and `-or-later`: a file that is that text and nothing else.
    private var texts: [String: String] = [:]

    /// - Throws: `.interrupted` once `cancellation` is, or why the work cannot be read.
    init(
        _ listing: ScanListing, root: String, cancellation: ScanCancellation
    ) throws(PackagingError) {
        do throws(ScanError) {
            findings = try Scanner(cancellation: cancellation).find(in: root, listing)
        } catch {
            throw PackagingError(error)
        }
        if cancellation.isCancelled { throw PackagingError(.interrupted) }
        covers = FolderCovers(of: findings.files { $0.role != .other }, among: findings.paths)
        for file in findings.files(where: { $0.role == .licenseText }) {
            guard !file.path.contains("!"), let identifier = Self.text(in: file)?.textIdentifiers.first
            else { continue }
            let stem = Self.stem(identifier)
            if texts[stem] == nil { texts[stem] = file.path }
        }
    }

    /// Below, words differ from those of the list.
    private static let leastTextScore = 95

    /// The license whose text the file is, and nothing else.
    private static func text(in file: ScannedFile) -> LicenseExpression? {
        let found = file.findings.filter { $0.kind == .text }
        return found.count == 1 && found[0].score >= leastTextScore && file.residue.isEmpty
            ? found[0].expression : nil
    }

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
    mutating func proposal(for path: String, length: Int64) -> Proposal? {
        let file = findings.file(at: path) ?? findings.silentFile(at: path, length: length)
        if file.role == .licenseText, file.speaks {
            guard let own = file.expression else { return nil }
            if Self.text(in: file) != nil { return Proposal(expression: own, source: nil) }
            guard let slash = path.lastIndex(of: "/") else { return Proposal(expression: own, source: nil) }
            // A page that shows the license of the whole is under it; the text of another is not ours to judge.
            guard let cover = covers.cover(of: String(path[..<slash])), cover.expression == own else {
                return nil
            }
            return Proposal(expression: own, source: cover.path)
        }
        if file.role == .other || file.role == .licenseText {
            if let own = file.expression { return Proposal(expression: own, source: nil) }
            // What REUSE.toml says is read as REUSE reads it, and known by then.
            if let declared = file.declared {
                let isKnown = file.declaredIn?.hasSuffix(ReuseAnnotations.fileName) == true
                return isKnown ? nil : Proposal(expression: declared, source: file.declaredIn)
            }
        }
        return covers.cover(of: path).map { Proposal(expression: $0.expression, source: $0.path) }
    }

    /// The copyright notices of the license file that covers `path`, if it grants just `expression`: they are those of files
    /// that name nobody.
    func notices(for path: String, under expression: LicenseExpression) -> [String] {
        guard let cover = covers.cover(of: path), cover.expression == expression,
            let file = findings.file(at: cover.path)
        else { return [] }
        return file.noticesOfWork.map(\.text).filter { $0.utf8.count <= BundleManifest.Limits.textBytes }
    }

    /// Files for which more is promised than they grant.
    ///
    /// - Parameter declared: What is to be declared for a file; asked of those only that say something themselves.
    func contradictions(of declared: (String) -> LicenseExpression?) -> [FoundContradiction] {
        // What says nothing contradicts nothing.
        var subjects = findings.files { $0.expression != nil }
        for index in subjects.indices {
            subjects[index].declared = declared(subjects[index].path)
            subjects[index].declaredIn = nil
        }
        subjects.removeAll { $0.declared == nil }
        return WorkJudgement.contradictions(in: subjects).filter(\.holdsWork).map {
            FoundContradiction(path: $0.path, found: $0.found, declared: $0.declared)
        }.sorted { $0.path < $1.path }
    }

    /// What fences in what the terms free, as a check of the bundle would say.
    ///
    /// - Parameters:
    ///   - declared: As in ``contradictions(of:)``.
    ///   - work: What is to be declared for the whole.
    func fences(in work: WorkTerms, declared: (String) -> LicenseExpression?) -> [Mark] {
        // Marks are made of what files say.
        var subjects = findings.files { _ in true }
        for index in subjects.indices {
            guard let declared = declared(subjects[index].path) else { continue }
            subjects[index].declared = declared
            subjects[index].declaredIn = nil
        }
        // That source is missing cannot be told without the files that say nothing.
        return Mark.marks(for: subjects, declared: work).filter { $0.isFence && $0.mark != .missingSource }
    }

    /// Whether ``contradictions(of:)`` may ask about the file.
    func speaks(_ path: String) -> Bool { findings.file(at: path) != nil }
}

extension ScannedFile {
    /// Whether its bytes speak of terms.
    fileprivate var speaks: Bool {
        expression != nil || !findings.isEmpty || !residue.isEmpty || !evidence.isEmpty
    }
}

/// A file whose own words are against what is to be declared for it.
public struct FoundContradiction: Hashable, Sendable {
    public let path: String
    public let found: String
    public let declared: String

    public init(path: String, found: String, declared: String) {
        self.path = path
        self.found = found
        self.declared = declared
    }
}

/// A file that is under no terms by tag, sidecar or annotation, and what else was found.
public struct FoundProposal: Hashable, Sendable {
    public let path: String
    public let expression: String
    /// The license file, README or manifest that says it; `nil` where the file itself does, in words.
    public let source: String?

    public init(path: String, expression: String, source: String?) {
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
