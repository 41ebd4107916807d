// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
internal import SwardDetection
internal import SwardHash
internal import SwardMetadata
internal import SwardPrimitives
internal import SwardReport
internal import SwardSPDX
internal import Synchronization

/// The work of all threads over one list of files.
final class ScanRun: Sendable {
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
    /// Of files, after which freed memory is given back: what stays of each lies between what was needed to read it.
    private static let releasedBytes: Int64 = 4 << 20

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
        var unreleased: Int64 = 0
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
                unreleased += file.length
                if unreleased >= Self.releasedBytes {
                    Allocation.release()
                    unreleased = 0
                }
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
