// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardMerkle
import SwardPrimitives

/// What one worker reads and hashes at once for a v2 torrent. Half a MiB stays in the second cache from `pread` to the
/// last hash, and holds leaves for two rounds of sixteen lanes.
enum TreeUnit {
    /// A part of a file that is longer than a unit; `offset` is a multiple of ``byteCount``.
    case part(file: Int, offset: Int64, length: Int)
    /// Whole files that fit one unit together, each from a leaf of its own.
    case files(Range<Int>)

    static let height = 5
    static let leafCount = 1 << height
    static let byteCount = leafCount * blockLength
    /// So that a run of empty files does not hold up cancellation.
    static let maximumFiles = 256
}

/// Hashes the trees of a v2 torrent: units in the order of the payload, each read once.
struct TreeWorker: ~Copyable {
    private let run: HashRun
    private let buffer: UnsafeMutableRawBufferPointer
    /// Leaf digests, and room for a zero node that evens out a row.
    private let digests: UnsafeMutableRawBufferPointer
    private let heights: (piece: Int, unit: Int)

    init(_ run: HashRun) {
        self.run = run
        buffer = .allocate(byteCount: TreeUnit.byteCount, alignment: 4_096)
        digests = .allocate(byteCount: (TreeUnit.leafCount + 1) * Digest256.byteCount, alignment: 64)
        heights = ((run.layout.pieceLength / blockLength).trailingZeroBitCount, TreeUnit.height)
    }

    deinit {
        buffer.deallocate()
        digests.deallocate()
    }

    func work() {
        // The long file that was last read stays open until another one comes.
        var open: SourceFile?
        while !run.isStopped, let unit = run.takeUnit() {
            switch unit {
            case .files(let files):
                hash(files)
            case .part(let file, let offset, let length):
                if open?.number != file {
                    if let open { run.finish(open) }
                    open = run.open(file, sharesStamp: true)
                }
                if let open {
                    hash(open, at: offset, length: length)
                } else {
                    recordUnreadable(file, from: offset, to: offset + Int64(length))
                }
            }
        }
        if let open { run.finish(open) }
    }

    // MARK: Long files

    private func hash(_ source: SourceFile, at offset: Int64, length: Int) {
        let file = source.number
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<length])
        let there = run.read(source, into: bytes, at: offset)
        run.didHash(length)
        let pieceLength = Int64(run.layout.pieceLength)
        if there < length {
            recordUnreadable(file, from: offset + Int64(there), to: offset + Int64(length))
        }
        // A file that is longer than a unit has bytes, and the layout has checked the piece length.
        guard
            let shape = TreeShape(length: run.layout.files[file].length, pieceLength: run.layout.pieceLength)
        else { preconditionFailure("the layout admits no such file") }
        HashLanes.sha256(cutting: UnsafeRawBufferPointer(bytes), every: blockLength, into: digests)
        let leaves = (length - 1) / blockLength + 1
        let piece = Int(offset / pieceLength)
        if heights.piece <= heights.unit, shape.hasPieceLayer {
            let count = MerkleTree.reduce(digests, count: leaves, from: 0, to: heights.piece)
            run.layer(ofFile: file, fromPiece: piece).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: digests[..<(count * Digest256.byteCount)]))
        } else {
            _ = MerkleTree.reduce(digests, count: leaves, from: 0, to: heights.unit)
            let node = Digest256(loadingFrom: UnsafeRawPointer(digests.baseAddress!))
            let number = Int(offset % pieceLength) / TreeUnit.byteCount
            run.store(unit: node, number: number, ofPiece: piece, inFile: file, shape: shape)
        }
    }

    // MARK: Short files

    private func hash(_ files: Range<Int>) {
        var leaves: [UnsafeRawBufferPointer] = []
        leaves.reserveCapacity(TreeUnit.leafCount)
        var starts: [(file: Int, leaf: Int)] = []
        var used = 0
        for file in files {
            let length = Int(run.layout.files[file].length)
            let place = UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + length])
            guard let source = run.open(file, sharesStamp: false) else {
                recordUnreadable(file, from: 0, to: Int64(length))
                continue
            }
            let there = run.read(source, into: place, at: 0)
            run.finish(source)
            run.didHash(length)
            if there < length { recordUnreadable(file, from: Int64(there), to: Int64(length)) }
            if length == 0 { continue }
            starts.append((file, leaves.count))
            for start in stride(from: 0, to: length, by: blockLength) {
                leaves.append(
                    UnsafeRawBufferPointer(rebasing: place[start..<min(start + blockLength, length)]))
            }
            used += (length + blockLength - 1) / blockLength * blockLength
        }
        HashLanes.sha256(leaves, into: digests)
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1].leaf : leaves.count
            let row = Digest256.array(
                in: UnsafeRawBufferPointer(
                    rebasing: digests[(start.leaf * Digest256.byteCount)..<(end * Digest256.byteCount)]))
            store(row, ofFile: start.file)
        }
    }

    private func store(_ leaves: [Digest256], ofFile file: Int) {
        if run.layout.files[file].length <= Int64(run.layout.pieceLength) {
            run.store(root: MerkleTree.root(leaves: leaves), ofFile: file)
            return
        }
        for (piece, hash) in MerkleTree.nodes(above: leaves, at: 0, in: heights.piece).enumerated() {
            run.store(hash, ofPiece: piece, inFile: file)
        }
    }

    /// Marks the pieces that hold bytes of a file from `start` to before `end`.
    private func recordUnreadable(_ file: Int, from start: Int64, to end: Int64) {
        if start >= end { return }
        let (offset, length) = (run.layout.files[file].offset, Int64(run.layout.pieceLength))
        run.recordUnreadable(pieces: Int((offset + start) / length)..<Int((offset + end - 1) / length) + 1)
    }
}
