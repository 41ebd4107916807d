// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardMerkle
import SwardMetainfo
import SwardPrimitives

/// A tree of files with content, and the torrent over it.
struct Tree {
    struct File {
        var path: [String]
        var length: Int
        /// The content repeats 251 bytes drawn from it.
        var word: UInt64 = 0
        var attributes: FileAttributes = []
        var target: [String]?

        var content: [UInt8] {
            var random = SplitMix64(seed: word)
            var bytes = random.bytes(251)
            while bytes.count < length { bytes += bytes }
            return Array(bytes[..<length])
        }
    }

    var name: String
    var kind: InfoDictionary.Kind
    var pieceLength: Int
    var isSingleFile = false
    var files: [File]

    /// What the whole is worth: the info dictionary, and the piece layers by root.
    func build() throws -> (info: [UInt8], layers: [Digest256: [UInt8]]) {
        var layers: [Digest256: [UInt8]] = [:]
        var contents: [[String]: [UInt8]] = [:]
        let entries = files.map { file in
            let content = file.content
            contents[file.path] = content
            var entry = InfoDictionaryBuilder.File(
                path: file.path, length: Int64(file.length), attributes: file.attributes,
                symlinkTarget: file.target)
            if kind != .v1, let shape = TreeShape(length: entry.length, pieceLength: pieceLength) {
                let leaves = stride(from: 0, to: content.count, by: blockLength).map {
                    SHA256.hash(content[$0..<min($0 + blockLength, content.count)])
                }
                let root = MerkleTree.root(leaves: leaves)
                entry.piecesRoot = root
                if shape.hasPieceLayer {
                    layers[root] = MerkleTree.pieceLayer(leaves: leaves, shape: shape).flatMap(\.bytes)
                }
            }
            return entry
        }
        var builder = InfoDictionaryBuilder(
            kind: kind, name: name, pieceLength: pieceLength, files: entries, isSingleFile: isSingleFile)
        if kind != .v2 {
            let layout = try builder.layout()
            for piece in layout.pieces.map({ PieceIndex($0) }) {
                var stream = SHA1Stream()
                for segment in layout.segments(of: piece, begin: 0, length: layout.paddedLength(of: piece)) {
                    guard let file = segment.file, let content = contents[builder.files[file].path] else {
                        stream.update([UInt8](repeating: 0, count: segment.length))
                        continue
                    }
                    let start = Int(segment.fileOffset)
                    stream.update(Array(content[start..<(start + segment.length)]))
                }
                builder.v1Pieces += stream.finalize().bytes
            }
        }
        return (builder.build(), layers)
    }
}

extension Tree {
    /// The tree that `Tests/Interop/metainfo/trees.py` makes of the same seed.
    init(seed: Int) {
        var generator = Generator(seed: seed)
        self = generator.tree(seed: seed)
    }

    private struct Generator {
        static let stems = ["a", "b", "Z", "data", "é", "ü", "日本", "_x", "0", "~"]
        static let suffixes = ["", ".txt", "-1", " 2", ".d", "!", "0"]

        var random: SplitMix64
        var pieceLength = 0
        var files: [File] = []

        init(seed: Int) { random = SplitMix64(seed: UInt64(seed)) }

        mutating func tree(seed: Int) -> Tree {
            pieceLength = 16384 << random.below(3)
            let name = "tree \(seed)"
            let isSingleFile = random.oneIn(10)
            if isSingleFile {
                let length = 1 + size()
                files.append(File(path: [name], length: length, word: random.next()))
            } else {
                directory([])
                if files.allSatisfy({ $0.length == 0 }) {
                    files.append(File(path: ["payload"], length: 1, word: random.next()))
                }
            }
            return Tree(
                name: name, kind: seed % 2 == 0 ? .hybrid : .v2, pieceLength: pieceLength,
                isSingleFile: isSingleFile, files: files)
        }

        private mutating func directory(_ path: [String]) {
            var names: Set<String> = []
            for _ in 0..<(1 + random.below(5)) {
                let name = random.element(of: Self.stems) + random.element(of: Self.suffixes)
                guard names.insert(name).inserted else { continue }
                if path.count < 3, random.oneIn(3) {
                    directory(path + [name])
                } else {
                    let length = size()
                    files.append(File(path: path + [name], length: length, word: random.next()))
                }
            }
        }

        private mutating func size() -> Int {
            switch random.below(8) {
            case 0: 0
            case 1: random.below(1000)
            case 2: 16384 * random.below(10)
            case 3: pieceLength * (1 + random.below(3))
            case 4: pieceLength + random.below(100)
            default: random.below(100_000)
            }
        }
    }
}
