// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
internal import SwardBundle
internal import SwardMetainfo
internal import SwardPrimitives
internal import SwardStorage

/// Hashes the files of a bundle and writes its info dictionary.
struct TorrentMaker {
    let kind: InfoDictionary.Kind
    let name: String
    /// In bytes.
    let pieceLength: Int
    /// The folder the files lie in.
    let root: String

    struct Made {
        let info: [UInt8]
        /// By root of files longer than a piece.
        let pieceLayers: [Digest256: [UInt8]]
    }

    /// - Parameter progress: Called on this thread with the bytes hashed so far.
    func make(
        _ entries: [WorkDescription.BundleEntry], manifest: BundleManifest, isPrivate: Bool,
        progress: (Int64) -> Void
    ) throws(PackagingError) -> Made {
        var files = entries.map { entry in
            var attributes: FileAttributes = []
            if entry.isExecutable { attributes.insert(.executable) }
            if entry.symlinkTarget != nil { attributes.insert(.symlink) }
            return InfoDictionaryBuilder.File(
                path: entry.path, length: entry.length, attributes: attributes,
                symlinkTarget: entry.symlinkTarget,
                extra: entry.expression == 0 ? [:] : [BundleManifest.key: .integer(Int64(entry.expression))])
        }
        let plan = InfoDictionaryBuilder(kind: kind, name: name, pieceLength: pieceLength, files: files)
        files = plan.files
        let layout: PieceLayout
        do throws(MetainfoError) { layout = try plan.layout() } catch {
            throw PackagingError(.metainfo(error), path: error.file)
        }
        // Links have no bytes, and the hasher opens whatever it is given.
        let real = files.indices.filter { files[$0].symlinkTarget == nil }
        let hashes = try hash(real.map { files[$0] }, real, layout, progress)
        for (index, tree) in zip(real, hashes.trees) { files[index].piecesRoot = tree.root }
        var builder = InfoDictionaryBuilder(kind: kind, name: name, pieceLength: pieceLength, files: files)
        builder.v1Pieces = hashes.pieces
        builder.isPrivate = isPrivate
        builder.extra[BundleManifest.key] = manifest.encoded()
        var layers: [Digest256: [UInt8]] = [:]
        for tree in hashes.trees where !tree.pieceLayer.isEmpty {
            if let root = tree.root { layers[root] = tree.pieceLayer }
        }
        return Made(info: builder.build(), pieceLayers: layers)
    }

    private func hash(
        _ files: [InfoDictionaryBuilder.File], _ numbers: [Int], _ layout: PieceLayout,
        _ progress: (Int64) -> Void
    ) throws(PackagingError) -> HashedFiles {
        let hasher = FileHasher(
            HashLayout(
                kind: HashLayout.Kind(kind), layout: layout, numbers: numbers,
                paths: files.map { "\(root)/\($0.path.joined(separator: "/"))" }))
        do throws(FileHashError) {
            return try hasher.run { done in
                progress(done)
                return true
            }
        } catch {
            switch error {
            case .cancelled: throw PackagingError(.system("hash", 0), path: root)
            case .file(let problem):
                let reason: PackagingError.Reason =
                    switch problem.reason {
                    case .unreadable(let code): .system("open", code)
                    case .missing, .notARegularFile, .length, .changed: .changed
                    }
                throw PackagingError(reason, path: files[problem.file].path.joined(separator: "/"))
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
}
