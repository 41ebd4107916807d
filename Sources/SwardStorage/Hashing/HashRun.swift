// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMerkle
import SwardPrimitives
import Synchronization

/// What the workers of one run share: where the next work is, where results go, what went wrong.
///
/// Result memory is written without a lock: each digest has a place of its own and exactly one worker makes it; the
/// coordinator reads when all have ended.
final class HashRun: @unchecked Sendable {
    let layout: HashLayout
    /// Whether a problem with a file is recorded and the run goes on, as verification needs it.
    let keepsGoing: Bool
    let openFile: @Sendable (Int) -> Int32

    /// 20 bytes for each piece.
    let pieceDigests: UnsafeMutableRawBufferPointer
    /// 32 bytes for each file.
    let roots: UnsafeMutableRawBufferPointer
    /// The piece layers of all files that have one, one after the other.
    let layers: UnsafeMutableRawBufferPointer
    /// Of each file's piece layer in `layers`, in bytes; -1 where there is none.
    let layerOffsets: [Int]

    private let bytesDone = Atomic<Int64>(0)
    private let stopped = Atomic<Bool>(false)
    private let nextPiece = Atomic<Int>(0)
    private let nextEmptyFile = Atomic<Int>(0)
    private let emptyFiles: [Int]

    /// Where the next tree unit begins.
    private let cursor = Mutex<(file: Int, offset: Int64)>((0, 0))
    private let pending = Mutex<[Int: PendingPiece]>([:])
    private let state = Mutex(State())

    struct State {
        var problems: [Int: FileProblem] = [:]
        /// Pieces that could not be read, by the layout's numbers.
        var unreadablePieces = RangeSet<Int>()
        /// Of files that several reads open.
        var stamps: [Int: SourceFile.Stamp] = [:]
    }

    /// A piece longer than a unit, some of whose units are done.
    private struct PendingPiece {
        var nodes: [Digest256]
        var missing: Int
    }

    init(layout: HashLayout, keepsGoing: Bool, openFile: @escaping @Sendable (Int) -> Int32) {
        self.layout = layout
        self.keepsGoing = keepsGoing
        self.openFile = openFile
        let (hasTrees, hasPieces) = (layout.kind.hasTrees, layout.kind.hasPieceDigests)
        var length = 0
        layerOffsets =
            !hasTrees
            ? []
            : layout.files.map { file in
                guard file.length > Int64(layout.pieceLength) else { return -1 }
                defer {
                    length += Int((file.length - 1) / Int64(layout.pieceLength) + 1) * Digest256.byteCount
                }
                return length
            }
        emptyFiles = hasPieces ? layout.files.indices.filter { layout.files[$0].length == 0 } : []
        pieceDigests = .allocate(
            byteCount: hasPieces ? layout.pieceCount * Digest160.byteCount : 0, alignment: 16)
        roots = .allocate(byteCount: hasTrees ? layout.files.count * Digest256.byteCount : 0, alignment: 16)
        layers = .allocate(byteCount: length, alignment: 16)
        for memory in [pieceDigests, roots, layers] { memory.initializeMemory(as: UInt8.self, repeating: 0) }
    }

    deinit {
        pieceDigests.deallocate()
        roots.deallocate()
        layers.deallocate()
    }

    // MARK: Work

    var isStopped: Bool { stopped.load(ordering: .relaxed) }
    func stop() { stopped.store(true, ordering: .relaxed) }

    var progress: Int64 { bytesDone.load(ordering: .relaxed) }
    func didHash(_ bytes: Int) { bytesDone.wrappingAdd(Int64(bytes), ordering: .relaxed) }

    func takePiece() -> Int? {
        let piece = nextPiece.wrappingAdd(1, ordering: .relaxed).oldValue
        return piece < layout.pieceCount ? piece : nil
    }

    func takeEmptyFile() -> Int? {
        let index = nextEmptyFile.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < emptyFiles.count ? emptyFiles[index] : nil
    }

    /// The next part of the payload for tree hashing: at most ``TreeUnit/leafCount`` leaves of one file, or as many
    /// whole files.
    func takeUnit() -> TreeUnit? {
        cursor.withLock { cursor in
            let (files, unitLength) = (layout.files, Int64(TreeUnit.byteCount))
            guard cursor.file < files.count else { return nil }
            if files[cursor.file].length > unitLength {
                let file = cursor.file
                let length = min(unitLength, files[file].length - cursor.offset)
                let unit = TreeUnit.part(file: file, offset: cursor.offset, length: Int(length))
                cursor.offset += length
                if cursor.offset == files[file].length { cursor = (file + 1, 0) }
                return unit
            }
            let first = cursor.file
            var leaves = 0
            while cursor.file < files.count, cursor.file - first < TreeUnit.maximumFiles {
                leaves += Int((files[cursor.file].length + Int64(blockLength) - 1) / Int64(blockLength))
                if leaves > TreeUnit.leafCount { break }
                cursor.file += 1
            }
            return .files(first..<cursor.file)
        }
    }

    // MARK: Results

    func store(_ digest: Digest160, ofPiece piece: Int) {
        let place = UnsafeMutableRawBufferPointer(rebasing: pieceDigests[(piece * Digest160.byteCount)...])
        place.copyBytes(from: digest.bytes)
    }

    func store(root: Digest256, ofFile file: Int) {
        root.withBytes {
            UnsafeMutableRawBufferPointer(rebasing: roots[(file * Digest256.byteCount)...]).copyMemory(
                from: $0)
        }
    }

    /// The place of the hash of a piece of a file that has a piece layer.
    func layer(ofFile file: Int, fromPiece piece: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: layers[(layerOffsets[file] + piece * Digest256.byteCount)...])
    }

    /// Stores the hash of a piece of a file, by the file's own numbers.
    func store(_ hash: Digest256, ofPiece piece: Int, inFile file: Int) {
        if layerOffsets[file] < 0 {
            store(root: hash, ofFile: file)
        } else {
            hash.withBytes { layer(ofFile: file, fromPiece: piece).copyMemory(from: $0) }
        }
    }

    /// Takes the node over one unit of a piece that is longer than a unit.
    func store(unit node: Digest256, number: Int, ofPiece piece: Int, inFile file: Int, shape: TreeShape) {
        let units = (shape.leaves(ofPiece: piece).count - 1) / TreeUnit.leafCount + 1
        // The number of the piece in the whole layout, which is aligned to pieces.
        let key = layout.pieces(ofFile: file).lowerBound + piece
        let nodes: [Digest256]? = pending.withLock { pending in
            var entry =
                pending[key] ?? PendingPiece(nodes: Array(repeating: .zero, count: units), missing: units)
            // Taken out while it is changed, so that it is not copied.
            pending[key] = nil
            entry.nodes[number] = node
            entry.missing -= 1
            if entry.missing == 0 { return entry.nodes }
            pending[key] = entry
            return nil
        }
        guard let nodes else { return }
        let height = min(shape.pieceLayer, shape.height)
        store(
            MerkleTree.root(ofLayer: nodes, at: TreeUnit.height, height: height), ofPiece: piece, inFile: file
        )
    }

    // MARK: Problems

    var problems: [FileProblem] {
        state.withLock { state in state.problems.values.sorted { $0.file < $1.file } }
    }

    var unreadablePieces: RangeSet<Int> { state.withLock { $0.unreadablePieces } }

    func record(_ reason: FileProblem.Reason, file: Int) {
        let entry = layout.files[file]
        record(FileProblem(file: file, path: entry.path, reason: reason, expectedLength: entry.length))
    }

    func record(_ problem: FileProblem) {
        state.withLock { state in
            if state.problems[problem.file] == nil { state.problems[problem.file] = problem }
        }
        if !keepsGoing { stop() }
    }

    func recordUnreadable(pieces: Range<Int>) {
        state.withLock { $0.unreadablePieces.insert(contentsOf: pieces) }
    }

    // MARK: Files

    /// Opens a file and checks that it has the length it should, and that it is the one other workers opened.
    ///
    /// - Returns: `nil` if it cannot be read at all, after recording why.
    func open(_ number: Int, sharesStamp: Bool) -> SourceFile? {
        do {
            let file = try SourceFile(number, of: layout.files[number], open: openFile)
            let stamp = file.stamp
            if stamp.length != layout.files[number].length {
                record(.length(found: stamp.length), file: number)
            }
            if sharesStamp {
                let isSame = state.withLock { state in
                    if let first = state.stamps[number] { return first == stamp }
                    state.stamps[number] = stamp
                    return true
                }
                if !isSame { record(.changed, file: number) }
            }
            return file
        } catch {
            record(error)
            return nil
        }
    }

    /// To be called when a worker has read what it wanted of a file.
    func finish(_ file: SourceFile) {
        if !file.isUnchanged() { record(.changed, file: file.number) }
    }

    /// Reads bytes of a file; what is beyond its end is zero.
    ///
    /// - Returns: how many bytes were there; fewer than wanted is recorded.
    func read(
        _ file: SourceFile, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) -> Int {
        let count = file.read(into: buffer, at: offset)
        if count == buffer.count { return count }
        if count < 0 {
            record(.unreadable(Int32(-count)), file: file.number)
        } else {
            // An earlier record of its length, made on opening, stands.
            record(.changed, file: file.number)
        }
        let there = max(0, count)
        UnsafeMutableRawBufferPointer(rebasing: buffer[there...]).initializeMemory(
            as: UInt8.self, repeating: 0)
        return there
    }
}
