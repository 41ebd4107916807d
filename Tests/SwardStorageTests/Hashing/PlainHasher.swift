// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardHash
import SwardPrimitives
import SwardStorage

/// Hashes a layout from memory, one block after the other, as BEP 3 and BEP 52 say it in words.
struct PlainHasher {
    let layout: HashLayout
    let contents: [[UInt8]]

    var hashed: HashedFiles {
        HashedFiles(
            trees: contents.map { layout.kind == .v1 ? .init(root: nil, pieceLayer: []) : tree(of: $0) },
            pieces: layout.kind == .v2 ? [] : pieces)
    }

    private var pieces: [UInt8] {
        var row = [UInt8](repeating: 0, count: Int(layout.totalLength))
        for (file, bytes) in zip(layout.files, contents) {
            row.replaceSubrange(Int(file.offset)..<Int(file.offset) + bytes.count, with: bytes)
        }
        return stride(from: 0, to: row.count, by: layout.pieceLength).flatMap {
            SHA1.hash(row[$0..<min($0 + layout.pieceLength, row.count)]).bytes
        }
    }

    private func tree(of bytes: [UInt8]) -> HashedFiles.Tree {
        if bytes.isEmpty { return .init(root: nil, pieceLayer: []) }
        var row = stride(from: 0, to: bytes.count, by: 16_384).map {
            SHA256.hash(bytes[$0..<min($0 + 16_384, bytes.count)])
        }
        while row.count & (row.count - 1) != 0 { row.append(.zero) }
        var covered = 16_384
        var layer: [UInt8] = []
        while row.count > 1 {
            if covered == layout.pieceLength {
                let count = (bytes.count + covered - 1) / covered
                layer = row.prefix(count).flatMap(\.bytes)
            }
            row = stride(from: 0, to: row.count, by: 2).map { SHA256.hash(row[$0].bytes + row[$0 + 1].bytes) }
            covered *= 2
        }
        return .init(root: row[0], pieceLayer: layer)
    }
}

/// Files on disk, their contents, and the layout over them.
struct SamplePayload {
    /// Contents are cut from here, since drawing every byte anew takes longer than all the rest.
    private static let pool: [UInt8] = {
        var generator = SplitMix64(seed: 0)
        return generator.bytes(3_100_000)
    }()

    let folder: TemporaryFolder
    let contents: [[UInt8]]
    let layout: HashLayout

    /// - Parameter pads: gaps of up to this many bytes between the files of a v1 torrent, as BEP 47 pad files make.
    init(
        _ kind: HashLayout.Kind, pieceLength: Int, lengths: [Int], seed: UInt64, pads: Int = 0,
        trailingPad: Int64 = 0
    ) throws {
        var generator = SplitMix64(seed: seed)
        folder = try TemporaryFolder()
        contents = lengths.map { length in
            let start = generator.below(Self.pool.count - length)
            return Array(Self.pool[start..<start + length])
        }
        var files: [(path: String, length: Int64)] = []
        for (number, bytes) in contents.enumerated() {
            files.append((try folder.write(bytes, to: "\(number % 7)/\(number)").path, Int64(bytes.count)))
        }
        let plain = HashLayout(kind: kind, pieceLength: pieceLength, files: files)
        var shift: Int64 = 0
        let placed = plain.files.map { file in
            shift += pads > 0 ? Int64(generator.below(pads + 1)) : 0
            return HashedFile(path: file.path, length: file.length, offset: file.offset + shift)
        }
        layout = HashLayout(
            kind: kind, pieceLength: pieceLength, files: placed,
            totalLength: plain.totalLength + shift + trailingPad)
    }

    var expected: HashedFiles { PlainHasher(layout: layout, contents: contents).hashed }
}
