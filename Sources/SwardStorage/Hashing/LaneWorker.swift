// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardMerkle
import SwardPrimitives

/// Hashes whole pieces of a v1 or hybrid torrent, several side by side: SHA-1 cannot be split within a piece, so the
/// lanes are pieces, each fed a part at a time. Every part is read once, and for a hybrid also cut into leaves.
struct LaneWorker: ~Copyable {
    /// What a lane is fed at once. With sixteen lanes half a MiB: see ``TreeUnit``.
    static let partLength = 2 * blockLength
    static let maximumLanes = 16

    /// A piece under way.
    private struct Lane {
        var piece: Int
        /// The next byte, and the end, in the row of all pieces.
        var position: Int64
        var end: Int64
        /// The file that holds or follows `position`.
        var file: Int
        /// The file whose tree the piece belongs to, and where its bytes end; hybrids only.
        var treeFile: Int?
        var dataEnd: Int64
        var leaves = SubtreeAccumulator()
        /// `file`, once it is read.
        var source: SourceFile?
    }

    private let run: HashRun
    private let buffer: UnsafeMutableRawBufferPointer
    private let zeros: UnsafeMutableRawBufferPointer
    private let digests: UnsafeMutableRawBufferPointer
    private let laneCount: Int
    private let hasTrees: Bool
    private var lanes: [Lane?]
    private var sha1: SHA1Lanes
    /// The file that no lane reads any more, kept for the next one that does.
    private var lastFile: SourceFile?

    init(_ run: HashRun, laneCount: Int) {
        self.run = run
        self.laneCount = laneCount
        hasTrees = run.layout.kind.hasTrees
        buffer = .allocate(byteCount: laneCount * Self.partLength, alignment: 4_096)
        zeros = .allocate(byteCount: Self.partLength, alignment: 64)
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        digests = .allocate(
            byteCount: laneCount * (Self.partLength / blockLength) * Digest256.byteCount, alignment: 64)
        lanes = Array(repeating: nil, count: laneCount)
        sha1 = SHA1Lanes(count: laneCount)
    }

    deinit {
        buffer.deallocate()
        zeros.deallocate()
        digests.deallocate()
    }

    mutating func work() {
        while !run.isStopped, let file = run.takeEmptyFile() {
            if let source = run.open(file, sharesStamp: false) { run.finish(source) }
        }
        for lane in 0..<laneCount { start(lane) }
        while !run.isStopped, step() {}
        if let lastFile { run.finish(lastFile) }
    }

    private mutating func start(_ lane: Int) {
        guard let piece = run.takePiece() else {
            lanes[lane] = nil
            return
        }
        let layout = run.layout
        let position = Int64(piece) * Int64(layout.pieceLength)
        let end = min(position + Int64(layout.pieceLength), layout.totalLength)
        let file = layout.firstFile(endingAfter: position)
        var started = Lane(
            piece: piece, position: position, end: end, file: file, treeFile: nil, dataEnd: position)
        if hasTrees, file < layout.files.count, layout.files[file].offset <= position {
            started.treeFile = file
            started.dataEnd = min(end, layout.files[file].offset + layout.files[file].length)
        }
        lanes[lane] = started
        sha1.start(lane)
    }

    /// Reads and hashes the next part of every lane.
    ///
    /// - Returns: `false` when no piece is left.
    private mutating func step() -> Bool {
        var feeds: [LaneFeed] = []
        var leaves: [UnsafeRawBufferPointer] = []
        var leafCounts: [(lane: Int, count: Int)] = []
        for lane in 0..<laneCount {
            guard let (start, end, dataEnd, bytes) = nextPart(of: lane) else { continue }
            feeds.append(LaneFeed(lane: lane, bytes: bytes, isLast: start + Int64(bytes.count) == end))
            if start < dataEnd {
                let data = UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(dataEnd - start)))
                for offset in stride(from: 0, to: data.count, by: blockLength) {
                    leaves.append(
                        UnsafeRawBufferPointer(rebasing: data[offset..<min(offset + blockLength, data.count)])
                    )
                }
                leafCounts.append((lane, (data.count - 1) / blockLength + 1))
            }
        }
        if feeds.isEmpty { return false }
        if !leaves.isEmpty {
            HashLanes.sha256(leaves, into: digests)
            var first = 0
            for (lane, count) in leafCounts {
                let range = (first * Digest256.byteCount)..<((first + count) * Digest256.byteCount)
                lanes[lane]?.leaves.append(UnsafeRawBufferPointer(rebasing: digests[range]))
                first += count
            }
        }
        sha1.update(feeds)
        for feed in feeds where feed.isLast {
            finish(feed.lane)
            start(feed.lane)
        }
        return true
    }

    private mutating func finish(_ lane: Int) {
        guard var done = lanes[lane] else { return }
        run.store(sha1.digest(lane), ofPiece: done.piece)
        guard let file = done.treeFile,
            let shape = TreeShape(length: run.layout.files[file].length, pieceLength: run.layout.pieceLength)
        else { return }
        run.store(
            done.leaves.root(height: min(shape.pieceLayer, shape.height)),
            ofPiece: done.piece - run.layout.pieces(ofFile: file).lowerBound, inFile: file)
    }

    // MARK: Reading

    /// Where a lane is after reading its next part, and the part; lanes whose piece cannot be read go on to another.
    private mutating func nextPart(of lane: Int) -> (
        position: Int64, end: Int64, dataEnd: Int64, bytes: UnsafeRawBufferPointer
    )? {
        while let (position, end, dataEnd) = lanes[lane].map({ ($0.position, $0.end, $0.dataEnd) }) {
            let length = Int(min(Int64(Self.partLength), end - position))
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer[(lane * Self.partLength)...].prefix(length))
            if let bytes = fill(part, lane: lane) { return (position, end, dataEnd, bytes) }
            if let piece = lanes[lane]?.piece { run.recordUnreadable(pieces: piece..<piece + 1) }
            run.didHash(Int(max(0, (hasTrees ? dataEnd : end) - (lanes[lane]?.position ?? position))))
            if let abandoned = lanes[lane] { checkFiles(after: abandoned) }
            closeFile(of: lane)
            if run.isStopped { return nil }
            start(lane)
        }
        return nil
    }

    /// Looks at the files that begin in the rest of a piece that is given up: none is to be passed over in silence.
    private func checkFiles(after lane: Lane) {
        let files = run.layout.files
        var number = lane.file + 1
        while number < files.count, files[number].offset < lane.end, !run.isStopped {
            if files[number].length > 0, let source = run.open(number, sharesStamp: false) {
                run.finish(source)
            }
            number += 1
        }
    }

    /// Fills `part` from the files and gaps that lie from the lane's position on, and moves the position.
    ///
    /// - Returns: the bytes, which lie elsewhere if all are zero, or `nil` if they cannot be read.
    private mutating func fill(_ part: UnsafeMutableRawBufferPointer, lane: Int) -> UnsafeRawBufferPointer? {
        let layout = run.layout
        var used = 0
        // The lane is at work.
        let end = lanes[lane]!.end
        var (position, number) = (lanes[lane]!.position, lanes[lane]!.file)
        defer { (lanes[lane]!.position, lanes[lane]!.file) = (position, number) }
        while used < part.count {
            let wanted = Int64(part.count - used)
            guard number < layout.files.count, layout.files[number].offset < position + wanted else {
                // No file begins before the part ends.
                position += wanted
                if used == 0 { return UnsafeRawBufferPointer(rebasing: zeros.prefix(part.count)) }
                clear(part[used...])
                break
            }
            let file = layout.files[number]
            if position < file.offset {
                let gap = Int(file.offset - position)
                clear(part[used..<used + gap])
                used += gap
                position = file.offset
            }
            let start = position - file.offset
            let count = Int(min(Int64(part.count - used), file.length - start))
            if count > 0 {
                guard let source = source(number, of: lane) else { return nil }
                let place = UnsafeMutableRawBufferPointer(rebasing: part[used..<used + count])
                if run.read(source, into: place, at: start) < count { return nil }
                run.didHash(count)
                used += count
                position += Int64(count)
            }
            if start + Int64(count) == file.length {
                closeFile(of: lane)
                number += 1
            }
        }
        if position == end { closeFile(of: lane) }
        return UnsafeRawBufferPointer(part)
    }

    private func clear(_ bytes: Slice<UnsafeMutableRawBufferPointer>) {
        UnsafeMutableRawBufferPointer(rebasing: bytes).initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// A file for a lane to read: the one it has open, or another lane has, or had last.
    private mutating func source(_ file: Int, of lane: Int) -> SourceFile? {
        if let source = lanes[lane]?.source { return source }
        let held = lanes.lazy.compactMap { $0?.source }.first { $0.number == file }
        let isLast = lastFile?.number == file
        let source =
            held
            ?? (isLast ? lastFile : run.open(file, sharesStamp: run.layout.pieces(ofFile: file).count > 1))
        if isLast { lastFile = nil }
        lanes[lane]?.source = source
        return source
    }

    private mutating func closeFile(of lane: Int) {
        guard let source = lanes[lane]?.source else { return }
        lanes[lane]?.source = nil
        if lanes.contains(where: { $0?.source === source }) { return }
        if let lastFile { run.finish(lastFile) }
        lastFile = source
    }
}
