// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation
import Support
import SwardHash
import SwardMerkle
package import SwardMetainfo
package import SwardPrimitives

/// A torrent made for a test, with its payload in memory.
package struct MadeTorrent: Sendable {
    package struct File: Sendable {
        package var path: [String]
        package var bytes: [UInt8]
        package var attributes: FileAttributes = []
        package var symlinkTarget: [String]?

        package init(
            _ path: String, _ bytes: [UInt8] = [], attributes: FileAttributes = [],
            symlinkTarget: String? = nil
        ) {
            self.path = path.split(separator: "/").map(String.init)
            self.bytes = bytes
            self.attributes = attributes
            self.symlinkTarget = symlinkTarget?.split(separator: "/").map(String.init)
        }
    }

    package let metainfo: Metainfo
    /// In the order of the metainfo.
    package let files: [File]

    package var info: InfoDictionary { metainfo.info }

    package init(
        _ kind: InfoDictionary.Kind, name: String = "work", pieceLength: Int = 32_768,
        isSingleFile: Bool = false,
        files: [File], announceTiers: [[String]] = []
    ) throws {
        var layers: [Digest256: [UInt8]] = [:]
        var described: [InfoDictionaryBuilder.File] = []
        for file in files {
            var root: Digest256?
            if kind != .v1, let shape = TreeShape(length: Int64(file.bytes.count), pieceLength: pieceLength) {
                let leaves = file.bytes.withUnsafeBytes { HashLanes.sha256(cutting: $0, every: blockLength) }
                root = MerkleTree.root(leaves: leaves)
                if file.bytes.count > pieceLength, let root {
                    layers[root] = MerkleTree.pieceLayer(leaves: leaves, shape: shape).flatMap(\.bytes)
                }
            }
            described.append(
                InfoDictionaryBuilder.File(
                    path: file.path, length: Int64(file.bytes.count), piecesRoot: root,
                    attributes: file.attributes, symlinkTarget: file.symlinkTarget))
        }
        var builder = InfoDictionaryBuilder(
            kind: kind, name: name, pieceLength: pieceLength, files: described, isSingleFile: isSingleFile)
        let byPath = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
        self.files = builder.files.compactMap { byPath[$0.path] }
        if kind != .v2 {
            let layout = try builder.layout()
            var stream: [UInt8] = []
            for (index, file) in self.files.enumerated() {
                if kind == .hybrid, let first = layout.pieces(ofFile: index).first {
                    stream += [UInt8](repeating: 0, count: first * pieceLength - stream.count)
                }
                stream += file.bytes
            }
            stream += [UInt8](repeating: 0, count: Int(layout.paddedLength) - stream.count)
            for start in stride(from: 0, to: stream.count, by: pieceLength) {
                let piece = stream[start..<min(start + pieceLength, stream.count)]
                builder.v1Pieces += piece.withUnsafeBytes { HashLanes.sha1([$0])[0].bytes }
            }
        }
        metainfo = try Metainfo(
            info: InfoDictionary.parse(builder.build()), pieceLayers: layers, announceTiers: announceTiers)
    }

    /// Files of all sorts: empty, short, one block, one piece, many pieces, executable and linked.
    package static func random(_ kind: InfoDictionary.Kind, seed: UInt64) throws -> MadeTorrent {
        var generator = SplitMix64(seed: seed)
        let pieceLength = blockLength << generator.below(3)
        let lengths = [
            0, 1, 100, blockLength - 1, blockLength, blockLength + 1, pieceLength, pieceLength + 1,
        ]
        var files = [File("always/here.bin", generator.bytes(3 * pieceLength + 777))]
        for index in 0..<(1 + generator.below(12)) {
            let length =
                generator.oneIn(3) ? generator.below(5 * pieceLength) : generator.element(of: lengths)
            let folder = generator.element(of: ["", "a/", "a/b/", "c/", "z/"])
            files.append(
                File(
                    "\(folder)f\(index)", generator.bytes(length),
                    attributes: generator.oneIn(4) ? .executable : []))
        }
        if generator.oneIn(2) {
            files.append(File("a/link", attributes: .symlink, symlinkTarget: "always/here.bin"))
        }
        return try MadeTorrent(kind, pieceLength: pieceLength, files: files)
    }

    /// The bytes of a part of a piece, pads as zeros.
    package func bytes(of request: BlockRequest) -> [UInt8] {
        info.layout.segments(of: request.piece, begin: request.begin, length: request.length).flatMap {
            segment in
            guard let file = segment.file else { return [UInt8](repeating: 0, count: segment.length) }
            let start = Int(segment.fileOffset)
            return Array(files[file].bytes[start..<(start + segment.length)])
        }
    }

    package var blocks: [BlockRequest] {
        info.layout.pieces.flatMap { Array(info.layout.blocks(of: PieceIndex($0))) }
    }

    private func url(_ index: Int, in folder: URL) -> URL {
        info.payloadPath(ofFile: index).reduce(folder) { $0.appending(path: $1) }
    }

    /// Lays the payload out under `folder`, as a seeder has it.
    package func write(to folder: URL) throws {
        for (index, file) in files.enumerated() where file.symlinkTarget == nil {
            let place = url(index, in: folder)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: place)
        }
    }

    /// What under `folder` is not as it should be; empty when all is right.
    package func faults(in folder: URL) -> [String] {
        var faults: [String] = []
        for (index, file) in files.enumerated() {
            let place = url(index, in: folder)
            let name = file.path.joined(separator: "/")
            guard let found = try? Array(Data(contentsOf: place)) else {
                faults.append("\(name) is missing")
                continue
            }
            if let target = file.symlinkTarget {
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)) != nil
                if !isLink { faults.append("\(name) is no link") }
                if files.first(where: { $0.path == target })?.bytes != found {
                    faults.append("\(name) leads elsewhere")
                }
                continue
            }
            if found != file.bytes { faults.append("\(name) differs") }
            let isExecutable = FileManager.default.isExecutableFile(atPath: place.path)
            if isExecutable != file.attributes.contains(.executable) {
                faults.append("\(name) has the wrong mode")
            }
        }
        return faults
    }
}
