// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
package import SwardDetection
internal import SwardHash
package import SwardPrimitives
package import SwardScan
internal import Synchronization

/// What one reading of a file gives: its digests, and what it says of its terms.
package struct FileSurvey: Hashable, Sendable {
    package var sha1: Digest160
    package var sha256: Digest256
    package var tags: FileTags

    /// The digests of bytes that are not on disk yet, and no tags.
    init(digesting bytes: [UInt8]) {
        sha1 = SHA1.hash(bytes)
        sha256 = SHA256.hash(bytes)
        tags = FileTags()
    }

    init(sha1: Digest160, sha256: Digest256, tags: FileTags) {
        self.sha1 = sha1
        self.sha256 = sha256
        self.tags = tags
    }

    /// Reads every file once, by all cores.
    ///
    /// Each worker hashes several files side by side, as a digest over one whole file cannot be split.
    /// - Parameters:
    ///   - paths: Relative to `root`; never followed if they are links.
    ///   - lengths: As found before; a file that has another length by now is an error.
    ///   - digests: Without them a file is read only as far as it can have tags, and its digests are zero.
    ///   - progress: Called with bytes read, from any thread.
    /// - Throws: `.interrupted` once `cancellation` is.
    /// - Memory: 64 KiB for each lane of each worker.
    package static func read(
        _ paths: [String], lengths: [Int64], in root: String, digests: Bool = true,
        cancellation: ScanCancellation = ScanCancellation(), progress: (@Sendable (Int) -> Void)? = nil
    ) throws(PackagingError) -> [FileSurvey] {
        guard !paths.isEmpty else { return [] }
        let folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw PackagingError(.system("open", errno), path: root) }
        defer { close(folder) }
        // The longest first: the end is then not spent waiting for one file.
        let order = paths.indices.sorted { (lengths[$0], $1) > (lengths[$1], $0) }
        let fairShare = lengths.reduce(0, +) / Int64(ProcessorCount.online)
        var tasks: [SurveyTask] = []
        for file in order {
            if digests, lengths[file] > SurveyTask.leastToSplit, lengths[file] > fairShare / 2 {
                // One file would keep one core while others wait: its two digests are two tasks.
                tasks.append(SurveyTask(file: file, makesSHA1: true, makesSHA256: false, readsTags: true))
                tasks.append(SurveyTask(file: file, makesSHA1: false, makesSHA256: true, readsTags: false))
            } else {
                tasks.append(
                    SurveyTask(file: file, makesSHA1: digests, makesSHA256: digests, readsTags: true))
            }
        }
        let run = SurveyRun(
            folder: folder, paths: paths, lengths: lengths, tasks: tasks, cancellation: cancellation,
            progress: progress)
        let workers = max(1, min(ProcessorCount.online, tasks.count))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            var worker = SurveyWorker(run)
            worker.work()
        }
        if cancellation.isCancelled { throw PackagingError(.interrupted) }
        return try run.results()
    }
}

extension Digest160 {
    // Twenty bytes are what it takes.
    static let zero = Digest160(repeatElement(0, count: byteCount))!
}

/// One reading of one file.
private struct SurveyTask: Sendable {
    /// In bytes; below, opening a file twice costs more than it spares.
    static let leastToSplit: Int64 = 16 << 20

    let file: Int
    let makesSHA1: Bool
    let makesSHA256: Bool
    let readsTags: Bool
}

/// What the workers share.
private final class SurveyRun: Sendable {
    let folder: Int32
    let paths: [String]
    let lengths: [Int64]
    let tasks: [SurveyTask]
    let cancellation: ScanCancellation
    let progress: (@Sendable (Int) -> Void)?
    private let next = Atomic<Int>(0)
    private let state: Mutex<(surveys: [FileSurvey], failures: [Int: PackagingError])>

    init(
        folder: Int32, paths: [String], lengths: [Int64], tasks: [SurveyTask],
        cancellation: ScanCancellation, progress: (@Sendable (Int) -> Void)?
    ) {
        self.folder = folder
        self.paths = paths
        self.lengths = lengths
        self.tasks = tasks
        self.cancellation = cancellation
        self.progress = progress
        let empty = FileSurvey(sha1: .zero, sha256: .zero, tags: FileTags())
        state = Mutex(([FileSurvey](repeating: empty, count: paths.count), [:]))
    }

    func takeNext() -> SurveyTask? {
        let place = next.add(1, ordering: .relaxed).oldValue
        return place < tasks.count ? tasks[place] : nil
    }

    func finish(_ task: SurveyTask, sha1: Digest160?, sha256: Digest256?, tags: FileTags) {
        state.withLock { state in
            if let sha1 { state.surveys[task.file].sha1 = sha1 }
            if let sha256 { state.surveys[task.file].sha256 = sha256 }
            if task.readsTags { state.surveys[task.file].tags = tags }
        }
    }

    func fail(_ file: Int, _ error: PackagingError) {
        state.withLock { $0.failures[file] = error }
        next.store(tasks.count, ordering: .relaxed)
    }

    /// - Throws: The failure of the first file in the caller's order, whichever worker met one first.
    func results() throws(PackagingError) -> [FileSurvey] {
        let (surveys, failures) = state.withLock { $0 }
        if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
        return surveys
    }
}

private struct SurveyWorker {
    private static let part = 64 << 10

    private struct Lane {
        let task: SurveyTask
        let descriptor: Int32
        var rest: Int64
        var scanner = TagScanner()
    }

    private let run: SurveyRun
    private let laneCount: Int
    private var lanes: [Lane?]
    private var sha1: SHA1Lanes
    private var sha256: SHA256Lanes

    init(_ run: SurveyRun) {
        self.run = run
        laneCount = min(16, max(1, (run.tasks.count + ProcessorCount.online - 1) / ProcessorCount.online))
        lanes = [Lane?](repeating: nil, count: laneCount)
        sha1 = SHA1Lanes(count: laneCount)
        sha256 = SHA256Lanes(count: laneCount)
    }

    mutating func work() {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: laneCount * Self.part, alignment: 4096)
        defer {
            room.deallocate()
            for lane in lanes { if let lane { close(lane.descriptor) } }
        }
        var feeds1: [LaneFeed] = []
        var feeds256: [LaneFeed] = []
        var ended: [Int] = []
        while !run.cancellation.isCancelled {
            feeds1.removeAll(keepingCapacity: true)
            feeds256.removeAll(keepingCapacity: true)
            ended.removeAll(keepingCapacity: true)
            var isIdle = true
            for index in lanes.indices {
                if lanes[index] == nil { begin(index) }
                guard let lane = lanes[index] else { continue }
                isIdle = false
                let wanted = Int(min(Int64(Self.part), lane.rest))
                let part = UnsafeMutableRawBufferPointer(
                    rebasing: room[(index * Self.part)...].prefix(Self.part))
                guard readPart(of: lane, wanted, into: part) else { return }
                let bytes = UnsafeRawBufferPointer(rebasing: part[..<wanted])
                let isLast = advance(index, bytes)
                let feed = LaneFeed(lane: index, bytes: bytes, isLast: isLast)
                if lane.task.makesSHA1 { feeds1.append(feed) }
                if lane.task.makesSHA256 { feeds256.append(feed) }
                if isLast { ended.append(index) }
                if lane.task.readsTags { run.progress?(wanted) }
            }
            if isIdle { return }
            sha1.update(feeds1)
            sha256.update(feeds256)
            for index in ended { end(index) }
        }
    }

    /// Looks for tags in the next bytes of a file.
    ///
    /// - Returns: Whether they are the last that are wanted.
    private mutating func advance(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard var lane = lanes[index] else { return true }
        // Not copied while it is written to.
        lanes[index] = nil
        defer { lanes[index] = lane }
        lane.rest -= Int64(bytes.count)
        if lane.task.readsTags, lane.scanner.wantsMore {
            lane.scanner.read(bytes.bindMemory(to: UInt8.self).span)
        }
        // With no digest to make, the rest of what is no text need not be read.
        if !lane.task.makesSHA1, !lane.task.makesSHA256, !lane.scanner.wantsMore { lane.rest = 0 }
        return lane.rest == 0
    }

    private mutating func begin(_ index: Int) {
        guard let task = run.takeNext() else { return }
        let path = run.paths[task.file]
        let descriptor = openat(run.folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            return run.fail(task.file, PackagingError(.system("openat", errno), path: path))
        }
        lanes[index] = Lane(task: task, descriptor: descriptor, rest: run.lengths[task.file])
        sha1.start(index)
        sha256.start(index)
    }

    /// Reads exactly `wanted` bytes, and at the end of the file makes sure that it is one.
    private func readPart(of lane: Lane, _ wanted: Int, into part: UnsafeMutableRawBufferPointer) -> Bool {
        var done = 0
        while done < wanted {
            let count = Glibc.read(lane.descriptor, part.baseAddress! + done, wanted - done)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let reason: PackagingError.Reason = count < 0 ? .system("read", errno) : .changed
                run.fail(lane.task.file, PackagingError(reason, path: run.paths[lane.task.file]))
                return false
            }
            done += count
        }
        if lane.rest == Int64(wanted) {
            var status = stat()
            guard fstat(lane.descriptor, &status) == 0, Int64(status.st_size) == run.lengths[lane.task.file]
            else {
                run.fail(lane.task.file, PackagingError(.changed, path: run.paths[lane.task.file]))
                return false
            }
        }
        return true
    }

    private mutating func end(_ index: Int) {
        guard var lane = lanes[index] else { return }
        close(lane.descriptor)
        lanes[index] = nil
        run.finish(
            lane.task, sha1: lane.task.makesSHA1 ? sha1.digest(index) : nil,
            sha256: lane.task.makesSHA256 ? sha256.digest(index) : nil, tags: lane.scanner.finish())
    }
}
