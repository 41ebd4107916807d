// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import NIOCore
import NIOPosix
import SwardMerkle
import SwardPrimitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Hashes the files of a layout by all cores, each byte read once, in memory that does not grow with their size.
///
/// Blocks the calling thread until done: never call it on an event loop or from an `async` function without a thread
/// of its own.
package struct FileHasher: Sendable {
    /// Half a MiB of buffers each; more would outgrow what a run may take on large machines.
    private static let maximumWorkers = 32

    private let layout: HashLayout
    private let workers: Int
    private let openFile: @Sendable (Int) -> Int32

    /// - Parameters:
    ///   - workers: threads to use; all cores if `nil`.
    ///   - openFile: gives for the number of a file in the layout a descriptor to read from, which the hasher closes,
    ///     or a negated `errno`. By default files are opened by their paths, and symbolic links refused.
    package init(
        _ layout: HashLayout, workers: Int? = nil, openFile: (@Sendable (Int) -> Int32)? = nil
    ) {
        self.layout = layout
        self.workers = max(1, min(workers ?? System.coreCount, Self.maximumWorkers))
        self.openFile = openFile ?? { SourceFile.open(path: layout.files[$0].path) }
    }

    /// Makes the hashes.
    ///
    /// - Parameter shouldContinue: called on this thread about ten times a second, and at the end, with the bytes
    ///   hashed so far; `false` ends the run.
    package func run(
        shouldContinue: (Int64) -> Bool = { _ in true }
    ) throws(FileHashError) -> HashedFiles {
        let run = HashRun(layout: layout, keepsGoing: false, openFile: openFile)
        let isComplete = perform(run, shouldContinue)
        if let problem = run.problems.first { throw .file(problem) }
        if !isComplete { throw .cancelled }
        return run.hashedFiles()
    }

    /// Compares the files with the hashes they should have, to the end, whatever is found.
    ///
    /// A tree whose piece layer is not known, as after a magnet link, is compared as a whole: all its pieces are sound or
    /// all fail.
    ///
    /// - Precondition: `expected` has a tree per file and a digest per piece where the layout's kind has them.
    /// - Throws: only `FileHashError.cancelled`.
    package func verify(
        against expected: HashedFiles, shouldContinue: (Int64) -> Bool = { _ in true }
    ) throws(FileHashError) -> HashVerification {
        let run = HashRun(layout: layout, keepsGoing: true, openFile: openFile)
        guard perform(run, shouldContinue) else { throw .cancelled }
        return run.verification(against: expected)
    }

    /// - Returns: `false` if it was cancelled.
    private func perform(_ run: HashRun, _ shouldContinue: (Int64) -> Bool) -> Bool {
        let threads: Int
        let laneCount: Int
        if layout.kind.hasPieceDigests {
            // Few pieces are spread over all cores rather than over the lanes of one.
            laneCount = max(1, min(LaneWorker.maximumLanes, (layout.pieceCount + workers - 1) / workers))
            threads = max(1, min(workers, (layout.pieceCount + laneCount - 1) / laneCount))
        } else {
            laneCount = 0
            // Files too short for a unit share one, so this is an upper bound that spares threads for small work.
            let units = layout.byteCount / Int64(TreeUnit.byteCount) + Int64(layout.files.count) + 1
            threads = Int(min(Int64(workers), units))
        }
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        let group = DispatchGroup()
        for _ in 0..<threads {
            group.enter()
            pool.submit { _ in
                if laneCount > 0 {
                    var worker = LaneWorker(run, laneCount: laneCount)
                    worker.work()
                } else {
                    TreeWorker(run).work()
                }
                group.leave()
            }
        }
        var isCancelled = false
        while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
            if !isCancelled, !shouldContinue(run.progress) {
                isCancelled = true
                run.stop()
            }
        }
        // The workers have returned; their threads end by themselves.
        pool.shutdownGracefully { _ in }
        if !isCancelled, run.problems.isEmpty || run.keepsGoing {
            isCancelled = !shouldContinue(run.progress)
        }
        return !isCancelled
    }
}

extension HashRun {
    /// What the workers made, when all have returned.
    func hashedFiles() -> HashedFiles {
        let trees = layout.files.indices.map { file -> HashedFiles.Tree in
            guard let shape = shape(ofFile: file) else { return HashedFiles.Tree(root: nil, pieceLayer: []) }
            let layer = pieceLayer(ofFile: file, shape: shape)
            return HashedFiles.Tree(root: root(ofFile: file, layer: layer, shape: shape), pieceLayer: layer)
        }
        return HashedFiles(trees: trees, pieces: Array(pieceDigests))
    }

    func verification(against expected: HashedFiles) -> HashVerification {
        var result = HashVerification()
        result.problems = problems
        let unreadable = unreadablePieces
        if layout.kind.hasPieceDigests {
            precondition(expected.pieces.count == pieceDigests.count)
            expected.pieces.withUnsafeBytes { expected in
                for piece in 0..<layout.pieceCount
                where unreadable.contains(piece)
                    || !isSame(
                        UnsafeRawBufferPointer(pieceDigests), expected, piece, width: Digest160.byteCount)
                {
                    result.piecesFailingV1.append(PieceIndex(piece))
                }
            }
        }
        if layout.kind.hasTrees {
            precondition(expected.trees.count == layout.files.count)
            for file in layout.files.indices {
                guard let shape = shape(ofFile: file) else { continue }
                let layer = pieceLayer(ofFile: file, shape: shape)
                let tree = expected.trees[file]
                let hasLayer = shape.hasPieceLayer && tree.pieceLayer.count == layer.count
                let first = layout.pieces(ofFile: file).lowerBound
                let rootIsSame = root(ofFile: file, layer: layer, shape: shape) == tree.root
                layer.withUnsafeBytes { layer in
                    tree.pieceLayer.withUnsafeBytes { expected in
                        for piece in 0..<shape.pieceCount {
                            let isSound =
                                hasLayer
                                ? isSame(layer, expected, piece, width: Digest256.byteCount) : rootIsSame
                            if isSound, !unreadable.contains(first + piece) { continue }
                            result.piecesFailingV2.append(PieceIndex(first + piece))
                        }
                    }
                }
            }
        }
        return result
    }

    private func shape(ofFile file: Int) -> TreeShape? {
        layout.kind.hasTrees
            ? TreeShape(length: layout.files[file].length, pieceLength: layout.pieceLength) : nil
    }

    private func pieceLayer(ofFile file: Int, shape: TreeShape) -> [UInt8] {
        if !shape.hasPieceLayer { return [] }
        return Array(layer(ofFile: file, fromPiece: 0).prefix(shape.pieceCount * Digest256.byteCount))
    }

    private func root(ofFile file: Int, layer: [UInt8], shape: TreeShape) -> Digest256? {
        if shape.hasPieceLayer { return MerkleTree.root(pieceLayerBytes: layer[...], shape: shape) }
        return Digest256(loadingFrom: UnsafeRawPointer(roots.baseAddress!) + file * Digest256.byteCount)
    }

    /// Whether two rows of digests have the same one at `index`.
    private func isSame(
        _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, _ index: Int, width: Int
    ) -> Bool {
        // Neither row is empty where it has a digest at an index.
        memcmp(a.baseAddress! + index * width, b.baseAddress! + index * width, width) == 0
    }
}
