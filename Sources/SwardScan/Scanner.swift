// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
internal import SwardDetection
internal import SwardHash
internal import SwardMetadata
internal import SwardPolicy
internal import SwardPrimitives
package import SwardReport
internal import SwardSPDX
internal import Synchronization

/// Finds the terms of every file of a folder, file, archive or repository, and judges them.
///
/// Reads only: nothing is written but the cache, no link is followed, and no program but git is started, with all in it that
/// a repository could make it run switched off. Memory does not grow with the tree but by what is found.
///
///     var options = ScanOptions()
///     options.policy = .commons
///     let report = try Scanner(options).scan("my-work")
///     for mark in report.judgement.marks { print(mark.path, mark.statement) }
package struct Scanner: Sendable {
    private let options: ScanOptions
    private let cancellation: ScanCancellation
    private let progress: (@Sendable (ScanProgress) -> Void)?

    /// - Parameters:
    ///   - cancellation: Ends the scan early; the report then says that it is partial.
    ///   - progress: Called from any thread, often.
    package init(
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
    package func scan(_ path: String) throws(ScanError) -> ScanReport {
        progress?(ScanProgress(phase: .listing))
        let cancellation = cancellation
        var work = try WorkFiles(path, options: options) { cancellation.isCancelled }
        let run = ScanRun(work, options, cancellation, progress)
        let results = run.run()
        work.notes += run.notes
        progress?(ScanProgress(phase: .judging))
        return assemble(work, results, run)
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

    private func assemble(_ work: WorkFiles, _ results: [ScanRun.Result?], _ run: ScanRun) -> ScanReport {
        var counts = ScanReport.Counts()
        var notes = work.notes
        var subjects: [DeclaredTerms.Subject] = []
        var archives: Set<String> = []
        var shown: [String: (sha1: Digest160?, sha256: Digest256?, excerpts: [SourceExcerpt])] = [:]
        var texts: [String: String] = [:]
        counts.skipped = work.skipped
        for (index, result) in results.enumerated() {
            guard let result else { continue }
            let isReported = index < work.files.count
            let path = isReported ? work.files[index].path : work.others[index - work.files.count].path
            if isReported, result.isFromCache { counts.fromCache += 1 }
            for (place, examination) in Self.parts(path, result.examination) {
                var subject = Self.subject(place, examination)
                subject.isReported = isReported
                subjects.append(subject)
                guard isReported else { continue }
                counts.files += 1
                counts.bytes += examination.length
                if examination.isArchive {
                    counts.archives += 1
                    archives.insert(place)
                }
                if !examination.gaps.isEmpty { counts.unreadable += 1 }
                for gap in Set(examination.gaps) { notes.append(Self.note(gap, place)) }
                if let text = examination.text { texts[place] = text }
                if !examination.excerpts.isEmpty {
                    shown[place, default: (nil, nil, [])].excerpts = examination.excerpts
                }
            }
            if options.wantsDigests {
                shown[path, default: (nil, nil, [])].sha1 = result.sha1
                shown[path, default: (nil, nil, [])].sha256 = result.sha256
            }
        }
        var declared = DeclaredTerms(subjects, archives: archives)
        declared.resolve()
        notes += declared.notes
        var files: [ScannedFile] = []
        var packages: [ReportedPackage] = []
        for subject in declared.subjects where subject.isReported {
            var file = subject.file
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
        var judgement = WorkJudgement.judge(
            files: files, declared: options.declared, operator: options.operatorProfile,
            policy: options.policy,
            today: options.today)
        if let baseline = options.baseline {
            for index in judgement.policyFindings.indices
            where baseline.contains(judgement.policyFindings[index].fingerprint) {
                judgement.policyFindings[index].isInBaseline = true
            }
        }
        return ScanReport(
            rootName: work.rootName, toolVersion: options.toolVersion, createdAt: options.createdAt,
            files: files.map { file in
                let more = shown[file.path]
                return ReportedFile(
                    file, sha1: more?.sha1, sha256: more?.sha256, excerpts: more?.excerpts ?? [],
                    cover: file.concluded == nil && file.role != .licenseText && file.length > 0
                        ? judgement.cover(of: file.path) : nil)
            },
            packages: packages, judgement: judgement, customTexts: Self.customTexts(texts),
            notices: texts.filter { path, _ in
                path.split(whereSeparator: { $0 == "/" || $0 == "!" }).last?.hasPrefix("NOTICE") == true
            },
            policyName: options.policyName, hasBaseline: options.baseline != nil,
            isPartial: cancellation.isCancelled, counts: counts,
            notes: notes.sorted { ($0.path ?? "", $0.text) < ($1.path ?? "", $1.text) })
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

/// The work of all threads over one list of files.
private final class ScanRun: Sendable {
    struct Result: Sendable {
        var examination: Examination
        var sha1: Digest160?
        var sha256: Digest256?
        var isFromCache = false
    }

    /// Files that were listed beforehand.
    struct Listing: Sendable {
        /// By place in ``WorkFiles/files``, the number its lister knows a file by.
        let order: [Int]
        let didRead: (@Sendable ([ScanListing.Contents]) -> Void)?
    }

    private struct State {
        /// One for each file; empty where only findings are wanted.
        var results: [Result?]
        /// Where only findings are wanted: of files that say something.
        var findings: [(index: Int, result: Result)] = []
        var progress: ScanProgress
        var notes: [ScanReport.Note] = []
    }

    private let work: WorkFiles
    private let options: ScanOptions
    private let cancellation: ScanCancellation
    private let progress: (@Sendable (ScanProgress) -> Void)?
    private let files: [TreeFile]
    private let next = Atomic<Int>(0)
    private let order: [Int]
    /// The first of `order` that are taken one by one, as they are long.
    private let longCount: Int
    /// How many of the others are taken at once.
    private let batch: Int
    private let listing: Listing?
    private let state: Mutex<State>
    private let memory = MemoryGate(limit: 40 << 20)
    /// Between two reports of progress: files.
    private static let stride = 16

    init(
        _ work: WorkFiles, _ options: ScanOptions, _ cancellation: ScanCancellation,
        _ progress: (@Sendable (ScanProgress) -> Void)?, listing: Listing? = nil
    ) {
        self.work = work
        self.options = options
        self.listing = listing
        self.cancellation = cancellation
        self.progress = progress
        // Of the files that are not reported only those are read that may declare something.
        files = work.files + work.others
        let wanted = files.indices.filter {
            $0 < work.files.count || Self.mayDeclare(work.others[$0 - work.files.count])
        }
        // The longest first, so that the end is not spent waiting for one file; the rest in order, folder by folder.
        let long = wanted.filter { work.files.count > 1 && Self.isLong($0, work) }
        let longSet = Set(long)
        order =
            long.sorted { (-Self.length($0, work), $0) < (-Self.length($1, work), $1) }
            + wanted.filter { !longSet.contains($0) }
        longCount = long.count
        // Few files are spread over all threads rather than over the lanes of one.
        let share = order.count / (4 * ProcessorCount.online)
        batch = listing?.didRead == nil ? 1 : max(1, min(ReadingRoom.slotCount, share))
        var start = ScanProgress(phase: .reading)
        start.allFiles = order.count
        start.allBytes = wanted.reduce(0) { $0 + max(0, Self.length($1, work)) }
        let results = [Result?](repeating: nil, count: listing == nil ? files.count : 0)
        state = Mutex(State(results: results, progress: start))
    }

    /// Places in `order` of the files to look at next.
    private func takeTurn() -> Range<Int>? {
        let turn = next.add(1, ordering: .relaxed).oldValue
        if turn < longCount { return turn..<(turn + 1) }
        let start = longCount + (turn - longCount) * batch
        return start < order.count ? start..<min(start + batch, order.count) : nil
    }

    var notes: [ScanReport.Note] { state.withLock { $0.notes } }

    private static func length(_ index: Int, _ work: WorkFiles) -> Int64 {
        index < work.files.count ? work.files[index].length : work.others[index - work.files.count].length
    }

    private static func isLong(_ index: Int, _ work: WorkFiles) -> Bool { length(index, work) > 1 << 20 }

    private static func mayDeclare(_ file: TreeFile) -> Bool {
        let name = String(file.name)
        return name == ReuseAnnotations.fileName || file.path == Dep5.path || name.hasSuffix(".license")
            || FileRole(path: file.path) != .other || manifests.contains(name.lowercased())
            || [".gemspec", ".nuspec", ".cabal", ".opam", ".podspec", ".csproj"].contains {
                name.hasSuffix($0)
            }
    }

    /// Of the commonest ecosystems; a scan of some files of a work need not know more of the rest.
    private static let manifests: Set<String> = [
        "package.json", "cargo.toml", "pyproject.toml", "setup.py", "setup.cfg", "pom.xml", "composer.json",
        "build.gradle",
        "go.mod", "description", "mix.exs", "pubspec.yaml", "meta.json", "meta.yml", "control", "copyright",
        "dune-project",
    ]

    func run() -> [Result?] {
        perform()
        return state.withLock { state in
            defer { state.results = [] }
            return state.results
        }
    }

    /// - Returns: What files that are not silent say, in order.
    func runForFindings() -> [(index: Int, result: Result)] {
        perform()
        return state.withLock { state in
            defer { state.findings = [] }
            return state.findings
        }.sorted { $0.index < $1.index }
    }

    private func perform() {
        let allBytes = state.withLock { $0.progress.allBytes }
        var cache: ScanCache?
        if let path = options.cachePath,
            order.count >= ScanCache.worthwhileFiles || allBytes >= ScanCache.worthwhileBytes
        {
            cache = ScanCache(
                path: path, engine: engine, day: Int64(time(nil)) / 86400)
            if cache == nil {
                state.withLock { $0.notes.append(.init(.note, "the cache cannot be used: \(path)")) }
            } else if cache?.wasRebuilt == true {
                state.withLock { $0.notes.append(.init(.note, "the cache was damaged, and was made anew")) }
            }
        }
        let known =
            options.wantsDigests || options.wantsExcerpts
            ? [:] : cache?.known(files.map { ($0.identity, Self.cacheName($0.path)) }) ?? [:]
        let threads = max(1, min(options.threads ?? ProcessorCount.online, max(1, order.count)))
        let shared = cache
        if threads == 1 {
            work(shared, known)
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in work(shared, known) }
        }
        cache?.finish()
    }

    /// What is found depends on how archives are read, too.
    private var engine: String {
        "\(options.engineVersion) \(LicenseList.version) \(options.looksIntoArchives) \(options.archiveLimits)"
    }

    /// Readers look at the last elements of a path only.
    private static func cacheName(_ path: String) -> String {
        path.split(separator: "/").suffix(3).joined(separator: "/")
    }

    private func work(_ cache: ScanCache?, _ known: [Int: [UInt8]]) {
        var limits = ExaminerLimits()
        limits.archives = options.archiveLimits
        limits.looksIntoArchives = options.looksIntoArchives
        limits.keepsExcerpts = options.wantsExcerpts
        let worker = ScanWorker(
            work, examiner: Examiner(limits: limits), cache: options.wantsExcerpts ? nil : cache,
            wantsDigests: options.wantsDigests, cancellation: cancellation)
        let wantsFindings = listing != nil
        var done: [(index: Int, result: Result)] = []
        // Of those that say nothing only this is counted.
        var silent = (files: 0, bytes: Int64(0))
        var shared = SharedValues()
        func finish(_ index: Int, _ result: Result) {
            if wantsFindings, result.examination.isSilent {
                silent.files += 1
                silent.bytes += result.examination.length
                return
            }
            var result = result
            shared.share(&result.examination, keepsDifferences: options.wantsDifferences)
            done.append((index, result))
        }
        func flush() {
            guard !done.isEmpty || silent.files > 0 else { return }
            let report = state.withLock { state in
                for (index, result) in done {
                    if !wantsFindings { state.results[index] = result }
                    state.progress.bytes += result.examination.length
                }
                if wantsFindings { state.findings += done }
                state.progress.files += done.count + silent.files
                state.progress.bytes += silent.bytes
                return state.progress
            }
            done.removeAll(keepingCapacity: true)
            silent = (0, 0)
            progress?(report)
        }
        var turn = 0..<0
        while !cancellation.isCancelled {
            if turn.isEmpty {
                guard let next = takeTurn() else { break }
                turn = next
                if let listing, let didRead = listing.didRead {
                    let indices = order[turn]
                    let contents = worker.gather(indices.map { (listing.order[$0], files[$0]) })
                    if !contents.isEmpty { didRead(contents) }
                }
            }
            let place = turn.removeFirst()
            let index = order[place]
            let file = files[index]
            if let bytes = known[index], let examination = ExaminationCoder.decode(bytes) {
                finish(index, Result(examination: examination, isFromCache: true))
            } else {
                let need = Self.memoryNeeded(file)
                memory.enter(need)
                let result = worker.examine(file, cacheName: cache == nil ? "" : Self.cacheName(file.path))
                memory.leave(need)
                // Cut off in the middle of an archive: nothing is said rather than a part.
                if cancellation.isCancelled, result.examination.isArchive { break }
                finish(index, result)
            }
            if done.count + silent.files >= Self.stride { flush() }
        }
        flush()
    }

    /// Estimated, in bytes; small files are not counted.
    private static func memoryNeeded(_ file: TreeFile) -> Int {
        file.length < 256 << 10 ? 0 : Int(min(max(file.length * 6, 2 << 20), 20 << 20))
    }
}

/// How many workers are worth starting.
package enum ProcessorCount {
    package static var online: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// Lets long files in only as far as memory goes; a file never waits while nothing else is in.
private final class MemoryGate: @unchecked Sendable {
    private let limit: Int
    private var used = 0
    // `used` is touched under this lock only.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let left = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(limit: Int) {
        self.limit = limit
        pthread_mutex_init(lock, nil)
        pthread_cond_init(left, nil)
    }

    deinit {
        pthread_cond_destroy(left)
        pthread_mutex_destroy(lock)
        left.deallocate()
        lock.deallocate()
    }

    func enter(_ count: Int) {
        guard count > 0 else { return }
        pthread_mutex_lock(lock)
        while used > 0, used + count > limit { pthread_cond_wait(left, lock) }
        used += count
        pthread_mutex_unlock(lock)
    }

    func leave(_ count: Int) {
        guard count > 0 else { return }
        pthread_mutex_lock(lock)
        used -= count
        pthread_cond_broadcast(left)
        pthread_mutex_unlock(lock)
    }
}

/// What one thread needs to look at one file after another.
private final class ScanWorker {
    private let work: WorkFiles
    private let examiner: Examiner
    private let cache: ScanCache?
    private let wantsDigests: Bool
    private let cancellation: ScanCancellation
    private var opener: BeneathOpener
    private var objects: GitObjects?
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    /// Where a few small files lie that were read together.
    private var room: ReadingRoom?

    init(
        _ work: WorkFiles, examiner: Examiner, cache: ScanCache?, wantsDigests: Bool,
        cancellation: ScanCancellation
    ) {
        self.work = work
        self.examiner = examiner
        self.cache = cache
        self.wantsDigests = wantsDigests
        self.cancellation = cancellation
        opener = BeneathOpener(root: work.root.descriptor)
    }

    deinit { buffer.deallocate() }

    /// Reads those of a few files that are small; ``examine(_:cacheName:)`` then finds their bytes.
    ///
    /// - Returns: Good until the next call.
    func gather(_ files: [(number: Int, file: TreeFile)]) -> [ScanListing.Contents] {
        let room = self.room ?? ReadingRoom()
        self.room = room
        room.clear()
        return files.compactMap { number, file in
            guard file.length <= Int64(ScanListing.room) else { return nil }
            let descriptor = opener.open(file.rawPath ?? Array(file.path.utf8))
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            return room.read(descriptor, number: number, path: file.path)
        }
    }

    func examine(_ file: TreeFile, cacheName: String) -> ScanRun.Result {
        if let (bytes, identity) = room?.take(file.path) {
            return examine(file, cacheName, identity, .memory(bytes), bytes)
        }
        if file.object != nil { return examineObject(file) }
        let descriptor = opener.open(file.rawPath ?? Array(file.path.utf8))
        guard descriptor >= 0 else { return failed(file, -descriptor) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return failed(file, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return failed(file, EINVAL) }
        let length = Int64(status.st_size)
        let identity = FileIdentity(status)
        // Read once, for its digest and for its words.
        if length <= Int64(examiner.limits.windowBytes) {
            reserve(Int(length))
            let count = FileBytes.read(
                descriptor, at: 0, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(length)]))
            guard count >= 0 else { return failed(file, Int32(-count)) }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            return examine(file, cacheName, identity, .memory(bytes), bytes)
        }
        return examine(file, cacheName, identity, .file(descriptor), nil)
    }

    private func examine(
        _ file: TreeFile, _ cacheName: String, _ identity: FileIdentity, _ source: FileBytes,
        _ bytes: UnsafeRawBufferPointer?
    ) -> ScanRun.Result {
        var sha1: Digest160?
        var sha256: Digest256?
        if wantsDigests || cache != nil {
            (sha1, sha256) = digests(source, bytes, length: identity.length)
            if let cache, let sha256, let known = cache.known(sha256, name: cacheName) {
                // Now by its identity too.
                cache.add(.init(identity: identity, digest: sha256, name: cacheName, value: known), now: now)
                return .init(examination: known, sha1: sha1, sha256: sha256, isFromCache: true)
            }
        }
        let budget = ArchiveBudget()
        let cancellation = cancellation
        budget.isCancelled = { cancellation.isCancelled }
        let examination = examiner.examine(
            path: file.path, length: identity.length, source: source, budget: budget)
        if let cache, let sha256, !cancellation.isCancelled, !examination.gaps.contains(where: \.isPassing) {
            cache.add(
                .init(identity: identity, digest: sha256, name: cacheName, value: examination), now: now)
        }
        return .init(examination: examination, sha1: sha1, sha256: sha256)
    }

    private func digests(
        _ source: FileBytes, _ bytes: UnsafeRawBufferPointer?, length: Int64
    ) -> (Digest160?, Digest256?) {
        if let bytes { return (wantsDigests ? SHA1.hash(bytes) : nil, SHA256.hash(bytes)) }
        guard case .file(let descriptor) = source else { return (nil, nil) }
        var sha1 = SHA1Stream()
        var sha256 = SHA256Stream()
        var offset: Int64 = 0
        while offset < length {
            let count = FileBytes.read(descriptor, at: offset, into: buffer)
            guard count > 0 else { return (nil, nil) }
            let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if wantsDigests { sha1.update(part) }
            sha256.update(part)
            offset += Int64(count)
            if cancellation.isCancelled { return (nil, nil) }
        }
        return (wantsDigests ? sha1.finalize() : nil, sha256.finalize())
    }

    private func examineObject(_ file: TreeFile) -> ScanRun.Result {
        do throws(ScanError) {
            guard let git = work.git?.git else { return failed(file, ENOENT) }
            if self.objects == nil { self.objects = try git.objects() }
            guard let objects = self.objects else { return failed(file, ENOENT) }
            guard let name = file.object, let length = try objects.open(name) else {
                return failed(file, ENOENT)
            }
            let isSmall = length <= examiner.limits.windowBytes
            let budget = ArchiveBudget()
            let cancellation = cancellation
            budget.isCancelled = { cancellation.isCancelled }
            guard isSmall else {
                let examination = examiner.examine(
                    path: file.path, length: Int64(length), source: .stream { objects.read(into: $0) },
                    budget: budget)
                return .init(examination: examination)
            }
            reserve(length)
            var done = 0
            while done < length {
                let count = objects.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[done..<length]))
                guard count > 0 else { return failed(file, EIO) }
                done += count
            }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<length])
            let examination = examiner.examine(
                path: file.path, length: Int64(length), source: .memory(bytes), budget: budget)
            let (sha1, sha256) =
                wantsDigests ? digests(.memory(bytes), bytes, length: Int64(length)) : (nil, nil)
            return .init(examination: examination, sha1: sha1, sha256: sha256)
        } catch {
            objects = nil
            return failed(file, EIO)
        }
    }

    private func failed(_ file: TreeFile, _ reason: Int32) -> ScanRun.Result {
        var examination = Examination()
        examination.length = max(0, file.length)
        examination.role = FileRole(path: file.path)
        // Gone since it was listed, or a link now: as if it had changed.
        examination.gaps = [reason == ENOENT || reason == ELOOP ? .changed : .unreadable(reason)]
        return .init(examination: examination)
    }

    private var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private func reserve(_ count: Int) {
        guard buffer.count < count else { return }
        buffer.deallocate()
        buffer = .allocate(byteCount: count, alignment: 64)
    }
}

extension Examination.Gap {
    /// Of this reading, not of the content.
    var isPassing: Bool {
        switch self {
        case .unreadable, .changed: true
        default: false
        }
    }
}
