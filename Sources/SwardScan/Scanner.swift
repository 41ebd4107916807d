// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardPrimitives
public import SwardReport
internal import SwardSPDX

/// Finds the terms of every file of a folder, file, archive or repository, and judges them.
///
/// Reads only: nothing is written but the cache, no link is followed, and no program but git is started, with all in it that
/// a repository could make it run switched off. Memory does not grow with the tree but by what is found.
///
///     var options = ScanOptions()
///     options.policy = .commons
///     let report = try Scanner(options).scan("my-work")
///     for mark in report.judgement.marks { print(mark.path, mark.statement) }
public struct Scanner: Sendable {
    private let options: ScanOptions
    private let cancellation: ScanCancellation
    private let progress: (@Sendable (ScanProgress) -> Void)?

    /// - Parameters:
    ///   - cancellation: Ends the scan early; the report then says that it is partial.
    ///   - progress: Called from any thread, often.
    public init(
        _ options: ScanOptions = ScanOptions(), cancellation: ScanCancellation = ScanCancellation(),
        progress: (@Sendable (ScanProgress) -> Void)? = nil
    ) {
        self.options = options
        self.cancellation = cancellation
        self.progress = progress
    }

    /// Scans what lies at `path`.
    ///
    /// - Throws: Where nothing can be scanned at all. What hides in one file is a note of the report.
    public func scan(_ path: String) throws(ScanError) -> ScanReport {
        progress?(ScanProgress(phase: .listing))
        let cancellation = cancellation
        var work = try WorkFiles(path, options: options) { cancellation.isCancelled }
        let run = ScanRun(work, options, cancellation, progress)
        var results = run.run()
        work.notes += run.notes
        // What was needed for reading is not needed for judging, and judging needs much in few pieces.
        Allocation.release()
        progress?(ScanProgress(phase: .judging))
        return assemble(work, &results)
    }

    /// Scans files that are known already, for what they say of their terms; nothing is judged.
    ///
    /// Of `options` only what concerns single files counts, and no cache is used.
    /// - Throws: When the folder cannot be opened. A file that cannot be read says nothing.
    package func find(in folder: String, _ listing: ScanListing) throws(ScanError) -> WorkFindings {
        // As every scan, whose order decides where two files state something for a third one.
        let order = listing.files.indices.sorted {
            listing.files[$0].path.utf8.lexicographicallyPrecedes(listing.files[$1].path.utf8)
        }
        var options = options
        options.cachePath = nil
        let work = try WorkFiles(folder: folder, listing: listing, order: order)
        let run = ScanRun(
            work, options, cancellation, progress, listing: .init(order: order, didRead: listing.didRead))
        var subjects: [DeclaredTerms.Subject] = []
        var archives: Set<String> = []
        for (index, result) in run.runForFindings() {
            for (place, examination) in Self.parts(work.files[index].path, result.examination) {
                if examination.isArchive { archives.insert(place) }
                subjects.append(Self.subject(place, examination))
            }
        }
        return WorkFindings(DeclaredTerms(subjects, archives: archives))
    }

    /// A file and, if it is an archive, its members, with their paths.
    private static func parts(_ path: String, _ examination: Examination) -> [(String, Examination)] {
        var parts = [(path, examination)]
        for member in examination.members { parts.append(("\(path)!\(member.path)", member.examination)) }
        parts[0].1.members = []
        return parts
    }

    private static func subject(_ path: String, _ examination: Examination) -> DeclaredTerms.Subject {
        var subject = DeclaredTerms.Subject(file: examination.scanned(as: path))
        subject.packages = examination.packages
        subject.declarations = examination.declarations
        subject.pointers = examination.pointers
        subject.text = examination.text
        return subject
    }

    /// Each of so many files is told of whose tags are misspelled.
    private static let maximumTagNotes = 32

    /// - Parameter results: Empty afterwards, so that nothing of a large tree is held twice.
    private func assemble(_ work: WorkFiles, _ results: inout [ScanRun.Result?]) -> ScanReport {
        var counts = ScanReport.Counts()
        var notes = work.notes
        var subjects: [DeclaredTerms.Subject] = []
        var archives: Set<String> = []
        var shown: [String: (sha1: Digest160?, sha256: Digest256?, excerpts: [SourceExcerpt])] = [:]
        var texts: [String: String] = [:]
        var unlisted: [String: String] = [:]
        counts.skipped = work.skipped
        subjects.reserveCapacity(results.reduce(0) { $0 + 1 + ($1?.examination.members.count ?? 0) })
        var beside: [ScannedFile] = []
        var unread = work.unread
        let place = PathsFromFolder(work.prefix)
        var unseen: Set<String> = []
        var namedTags = 0
        for index in results.indices {
            let isReported = index < work.files.count
            guard let result = results[index].take() else {
                // What was not read is there all the same, as a source of what is.
                if !isReported { beside.append(Self.unread(work.others[index - work.files.count], place)) }
                continue
            }
            let path = isReported ? work.files[index].path : work.others[index - work.files.count].path
            if isReported, result.isFromCache { counts.fromCache += 1 }
            for (whole, examination) in Self.parts(path, result.examination) {
                var subject = Self.subject(whole, examination)
                subject.isReported = isReported
                subjects.append(subject)
                if examination.isArchive { archives.insert(whole) }
                guard isReported else { continue }
                let path = place.path(of: whole)
                counts.files += 1
                counts.bytes += examination.length
                if examination.isArchive { counts.archives += 1 }
                if !examination.gaps.isEmpty { counts.unreadable += 1 }
                for gap in Set(examination.gaps) {
                    if case .unreadable = gap { unread.append(path) }
                    if gap.hidesTerms { unseen.insert(path) }
                    notes.append(Self.note(gap, path))
                }
                if let tag = examination.findings.first(where: { $0.rule == LicenseFinding.namedTag }) {
                    namedTags += 1
                    if namedTags <= Self.maximumTagNotes {
                        notes.append(
                            .init(
                                .warning, path: path,
                                "the tag in line \(tag.lines.lowerBound) names no identifier of the SPDX list; \(tag.expression) is meant"
                            ))
                    }
                }
                if let text = examination.text { texts[path] = text }
                if let text = examination.text,
                    let finding = examination.findings.first(where: { $0.rule == LicenseFinding.unlistedText }
                    )
                {
                    unlisted[finding.expression.description] = text
                }
                if !examination.excerpts.isEmpty {
                    shown[path, default: (nil, nil, [])].excerpts = examination.excerpts
                }
            }
            if options.wantsDigests {
                let path = place.path(of: path)
                shown[path, default: (nil, nil, [])].sha1 = result.sha1
                shown[path, default: (nil, nil, [])].sha256 = result.sha256
            }
        }
        results = []
        if namedTags > Self.maximumTagNotes {
            notes.append(
                .init(
                    .warning,
                    "tags of \(namedTags - Self.maximumTagNotes) more files name no identifier of the SPDX list"
                ))
        }
        var declared = DeclaredTerms(consume subjects, archives: archives)
        declared.resolve()
        notes += declared.notes.map { note in
            var note = note
            note.path = note.path.map(place.path)
            return note
        }
        for path in declared.unread { unseen.insert(place.path(of: path)) }
        var files: [ScannedFile] = []
        var packages: [ReportedPackage] = []
        files.reserveCapacity(counts.files)
        for subject in declared.takeSubjects() {
            var file = place.file(subject.file)
            guard subject.isReported else {
                beside.append(file)
                continue
            }
            if let expression = options.declaredByPath[file.path] {
                file.declared = expression
                file.declaredIn = "manifest"
                // What comes with a work cannot overrule what is stated for it from outside.
                file.isOverruled = false
            }
            files.append(file)
            for facts in subject.packages {
                guard let name = facts.name else { continue }
                packages.append(
                    ReportedPackage(
                        name: name, version: facts.version, purl: facts.purl, declared: facts.declares,
                        path: file.path, homepage: facts.homepage, authors: facts.authors, words: facts.words)
                )
            }
        }
        // Whoever declares the terms of an archive has looked into it, and into what is in it.
        if !unseen.isEmpty {
            let declared = Set(files.lazy.filter { $0.declared != nil }.map(\.path))
            unseen = unseen.filter { path in
                !declared.contains(path)
                    && !path.indices.contains { path[$0] == "!" && declared.contains(String(path[..<$0])) }
            }
        }
        var judgement = WorkJudgement.judge(
            files: files, beside: beside, declared: options.declared, operator: options.operatorProfile,
            policy: options.policy,
            today: options.today, unseen: unseen.sorted())
        if let baseline = options.baseline {
            judgement.policyFindings = baseline.marking(judgement.policyFindings)
        }
        var report = ScanReport(
            rootName: work.rootName, toolVersion: options.toolVersion, createdAt: options.createdAt,
            files: files.map { file in
                let more = shown[file.path]
                return ReportedFile(
                    file, sha1: more?.sha1, sha256: more?.sha256, excerpts: more?.excerpts ?? [],
                    cover: file.concluded == nil && file.role != .licenseText && file.length > 0
                        ? judgement.cover(of: file.path) : nil)
            },
            packages: packages, judgement: judgement,
            customTexts: Self.customTexts(texts).merging(unlisted) { own, _ in own },
            notices: texts.filter { path, _ in
                path.split(whereSeparator: { $0 == "/" || $0 == "!" }).last?.hasPrefix("NOTICE") == true
            },
            policyName: options.policyName, hasBaseline: options.baseline != nil,
            isPartial: cancellation.isCancelled || !unread.isEmpty, counts: counts,
            notes: notes.sorted { ($0.path ?? "", $0.text) < ($1.path ?? "", $1.text) })
        report.unread = unread.sorted()
        return report
    }

    private static func unread(_ file: TreeFile, _ place: PathsFromFolder) -> ScannedFile {
        ScannedFile(
            path: place.path(of: file.path), length: max(0, file.length),
            content: FileKind.content(
                of: file.path, head: UnsafeRawBufferPointer(start: nil, count: 0), length: file.length))
    }

    private static func customTexts(_ texts: [String: String]) -> [String: String] {
        var found: [String: String] = [:]
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let name = path.split(whereSeparator: { $0 == "/" || $0 == "!" }).last,
                name.hasPrefix("LicenseRef-"),
                !name.hasSuffix(".license")
            else { continue }
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? String(name)
            if found[stem] == nil { found[stem] = text }
        }
        return found
    }

    private static func note(_ gap: Examination.Gap, _ path: String) -> ScanReport.Note {
        switch gap {
        case .unreadable(let code):
            .init(.warning, path: path, "could not be read: \(String(cString: strerror(code)))")
        case .changed: .init(.warning, path: path, "changed while it was read")
        case .cutShort: .init(.note, path: path, "only its beginning was looked at, as it is very long")
        case .readInPart:
            .init(
                .warning, path: path,
                "was read in part: so many of its words speak of licenses that not all could be weighed")
        case .encryptedArchive:
            .init(.note, path: path, "the archive, or part of it, is locked with a password")
        case .damagedArchive(let words): .init(.warning, path: path, "the archive is damaged: \(words)")
        case .tooManyMembers(let limit):
            .init(
                .warning, path: path, "the archive has more than \(limit) members; the rest was not looked at"
            )
        case .tooManyBytes(let limit):
            .init(
                .warning, path: path, "the archive holds more than \(limit) bytes; the rest was not looked at"
            )
        case .tooDense(let limit):
            .init(
                .warning, path: path,
                "the archive expands to more than \(limit) times its size; the rest was not looked at")
        case .tooDeep(let limit):
            .init(.warning, path: path, "archives in archives, more than \(limit) deep; not opened")
        case .oddName(let name):
            .init(.note, path: path, "a member's name leads out of the archive or is none: \(name)")
        }
    }
}
