// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardDetection
internal import SwardHash
internal import SwardMetadata
internal import SwardPrimitives

/// What one thread needs to look at one file after another.
final class ScanWorker {
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
