// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SwardBencode
internal import SwardBundle
internal import SwardMetainfo
internal import SwardPrimitives
internal import SwardScan
internal import SwardStorage

/// Hashes the files of a bundle and writes its info dictionary.
struct TorrentMaker {
    let kind: InfoDictionary.Kind
    let name: String
    /// In bytes.
    let pieceLength: Int
    /// The folder the files lie in.
    let root: String
    let cancellation: ScanCancellation

    struct Made {
        let info: [UInt8]
        /// By root of files longer than a piece.
        let pieceLayers: [Digest256: [UInt8]]
    }

    /// - Parameters:
    ///   - known: What need not be hashed any more, by index into `entries`.
    ///   - progress: Called on this thread with the bytes hashed so far.
    func make(
        _ entries: [WorkDescription.BundleEntry], manifest: BundleManifest, isPrivate: Bool,
        known: (Int) -> WorkDescription.KnownDigests?, progress: (Int64) -> Void
    ) throws(PackagingError) -> Made {
        let files = entries.map { entry in
            var attributes: FileAttributes = []
            if entry.isExecutable { attributes.insert(.executable) }
            if entry.symlinkTarget != nil { attributes.insert(.symlink) }
            return InfoDictionaryBuilder.File(
                path: entry.path, length: entry.length, attributes: attributes,
                symlinkTarget: entry.symlinkTarget,
                extra: entry.expression == 0 ? [:] : [BundleManifest.key: .integer(Int64(entry.expression))])
        }
        // Entries are in the order of the file tree, so their places are the same in the builder.
        var builder = InfoDictionaryBuilder(kind: kind, name: name, pieceLength: pieceLength, files: files)
        let layout: PieceLayout
        do throws(MetainfoError) { layout = try builder.layout() } catch {
            throw PackagingError(.metainfo(error), path: error.file)
        }
        // Links have no bytes, and the hasher opens whatever it is given.
        let real = builder.files.indices.filter { builder.files[$0].symlinkTarget == nil }
        // Of all pieces, where those of some files are known; else the hasher makes all of them.
        var pieces = [UInt8](
            repeating: 0, count: kind == .hybrid ? layout.pieceCount * Digest160.byteCount : 0)
        // In v1 pieces run over the ends of files, and the last piece of a single file is not filled.
        let rest =
            kind == .v1 || builder.files.count == 1
            ? real : try takeKnown(known, of: real, into: &builder, &pieces, layout)
        let isWhole = rest.count == real.count
        let hashes = try hash(builder.files, rest, layout, isWhole: isWhole, progress)
        for (index, tree) in zip(rest, hashes.trees) { builder.setRoot(tree.root, ofFile: index) }
        if !isWhole, kind == .hybrid {
            put(hashes.pieces, of: rest, into: &pieces, layout)
            builder.v1Pieces = pieces
        } else {
            builder.v1Pieces = hashes.pieces
        }
        builder.isPrivate = isPrivate
        builder.extra[BundleManifest.key] = manifest.encoded()
        var layers: [Digest256: [UInt8]] = [:]
        for tree in hashes.trees where !tree.pieceLayer.isEmpty {
            if let root = tree.root { layers[root] = tree.pieceLayer }
        }
        return Made(info: builder.build(), pieceLayers: layers)
    }

    /// Puts down what need not be hashed.
    ///
    /// - Returns: The numbers of the files that must be.
    /// - Throws: `.changed` where a file is no longer the one that was read.
    private func takeKnown(
        _ known: (Int) -> WorkDescription.KnownDigests?, of numbers: [Int],
        into builder: inout InfoDictionaryBuilder, _ pieces: inout [UInt8], _ layout: PieceLayout
    ) throws(PackagingError) -> [Int] {
        let folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw PackagingError(.system("open", errno), path: root) }
        defer { close(folder) }
        var rest: [Int] = []
        // Some at a time, so that not all their paths are held.
        for start in stride(from: 0, to: numbers.count, by: 4096) {
            var taken: [(index: Int, digest: WorkDescription.KnownDigests)] = []
            for index in numbers[start..<min(start + 4096, numbers.count)] {
                if let digest = known(index), kind == .v2 || digest.piece != nil {
                    taken.append((index, digest))
                } else {
                    rest.append(index)
                }
            }
            let paths = taken.map { builder.files[$0.index].path.joined(separator: "/") }
            let states = FileState.all(paths.map { Array($0.utf8) }, in: folder)
            for (place, (index, digest)) in taken.enumerated() {
                let state = states[place]
                guard state.failure == 0, state.mode & S_IFMT == S_IFREG, state.changedAt == digest.changedAt,
                    state.length == builder.files[index].length
                else { throw PackagingError(.changed, path: paths[place]) }
                builder.setRoot(digest.root, ofFile: index)
                if kind == .hybrid, let piece = digest.piece {
                    let start = layout.pieces(ofFile: index).lowerBound * Digest160.byteCount
                    pieces.replaceSubrange(start..<(start + Digest160.byteCount), with: piece.bytes)
                }
            }
        }
        return rest
    }

    /// Puts the digests of the pieces of the files `rest`, which lie end to end in `hashed`, where they belong.
    private func put(_ hashed: [UInt8], of rest: [Int], into pieces: inout [UInt8], _ layout: PieceLayout) {
        var from = 0
        for index in rest {
            let range = layout.pieces(ofFile: index)
            let (start, count) = (range.lowerBound * Digest160.byteCount, range.count * Digest160.byteCount)
            pieces.replaceSubrange(start..<(start + count), with: hashed[from..<(from + count)])
            from += count
        }
    }

    /// - Parameters:
    ///   - numbers: Of the files to hash, ascending.
    ///   - isWhole: Whether they are all that have bytes; if not, each begins a piece and pads it to its end.
    private func hash(
        _ files: [InfoDictionaryBuilder.File], _ numbers: [Int], _ layout: PieceLayout, isWhole: Bool,
        _ progress: (Int64) -> Void
    ) throws(PackagingError) -> HashedFiles {
        if numbers.isEmpty { return HashedFiles(trees: [], pieces: []) }
        let paths = numbers.map { "\(root)/\(files[$0].path.joined(separator: "/"))" }
        let hasher = FileHasher(
            isWhole
                ? HashLayout(kind: HashLayout.Kind(kind), layout: layout, numbers: numbers, paths: paths)
                : HashLayout(
                    kind: HashLayout.Kind(kind), pieceLength: pieceLength, paths: paths,
                    padded: numbers.map { files[$0].length }))
        do throws(FileHashError) {
            return try hasher.run { done in
                progress(done)
                return !cancellation.isCancelled
            }
        } catch {
            switch error {
            case .cancelled: throw PackagingError(.interrupted)
            case .file(let problem):
                let reason: PackagingError.Reason =
                    switch problem.reason {
                    case .unreadable(let code): .system("open", code)
                    case .missing, .notARegularFile, .length, .changed: .changed
                    }
                throw PackagingError(reason, path: files[numbers[problem.file]].path.joined(separator: "/"))
            }
        }
    }
}

extension HashLayout.Kind {
    init(_ kind: InfoDictionary.Kind) {
        switch kind {
        case .v1: self = .v1
        case .v2: self = .v2
        case .hybrid: self = .hybrid
        }
    }
}

extension HashLayout {
    /// Some files of a torrent where its layout puts them.
    ///
    /// - Parameters:
    ///   - numbers: Of the files, ascending; what is left out has no bytes.
    ///   - paths: One for each number.
    init(kind: Kind, layout: PieceLayout, numbers: [Int], paths: [String]) {
        self.init(
            kind: kind, pieceLength: layout.pieceLength,
            files: zip(numbers, paths).map { number, path in
                HashedFile(
                    path: path, length: layout.length(ofFile: number), offset: layout.start(ofFile: number))
            },
            totalLength: layout.paddedLength)
    }

    /// Files that each begin a piece and are padded to the end of their last one, as if there were no others.
    init(kind: Kind, pieceLength: Int, paths: [String], padded lengths: [Int64]) {
        var end: Int64 = 0
        let piece = Int64(pieceLength)
        let files = zip(paths, lengths).map { path, length in
            defer { end += (length + piece - 1) / piece * piece }
            return HashedFile(path: path, length: length, offset: end)
        }
        self.init(kind: kind, pieceLength: pieceLength, files: files, totalLength: end)
    }
}
