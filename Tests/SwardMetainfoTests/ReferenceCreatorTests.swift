// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardHash
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Torrents of BEP 52's reference creator") struct ReferenceCreatorTests {
    struct Row {
        let seed: Int, kind: String, pieceLength: Int, fileCount: Int, length: Int64
        let v1: Digest160?, v2: Digest256?, layers: Digest256?
    }

    static func rows() throws -> [Row] {
        let lines = try Fixture("metainfo/reference-creator.tsv").text.split(separator: "\n")
        return try lines.filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.split(separator: "\t")
            return Row(
                seed: try #require(Int(columns[0])), kind: String(columns[1]),
                pieceLength: try #require(Int(columns[2])), fileCount: try #require(Int(columns[3])),
                length: try #require(Int64(columns[4])), v1: Digest160(hex: columns[5]),
                v2: Digest256(hex: columns[6]), layers: Digest256(hex: columns[7]))
        }
    }

    @Test("a thousand random trees have the info-hashes and piece layers it gives them")
    func agrees() throws {
        let rows = try Self.rows()
        try #require(rows.count == 1000)
        for row in rows {
            let tree = Tree(seed: row.seed)
            let (bytes, layers) = try tree.build()
            let info = try InfoDictionary.parse(bytes)
            #expect(info.infoHashes == InfoHashes(v1: row.v1, v2: row.v2), "seed \(row.seed)")
            #expect(info.kind == (row.kind == "hybrid" ? .hybrid : .v2))
            #expect(info.pieceLength == row.pieceLength)
            #expect(info.files.count == row.fileCount)
            #expect(info.layout.totalLength == row.length)
            let metainfo = try Metainfo(info: info, pieceLayers: layers)
            let written = try #require(metainfo.extra("piece layers"))
            #expect(SHA256.hash(Array(written.encoded)) == row.layers, "seed \(row.seed)")
            #expect(try Metainfo.parse(metainfo.encoded()).encoded() == metainfo.encoded())
            let expected = tree.files.sorted { InfoDictionaryBuilder.precedes($0.path, $1.path) }
            #expect(info.files.map(\.path) == expected.map(\.path))
            #expect(info.files.map(\.length) == expected.map { Int64($0.length) })
            #expect(info.isSingleFile == tree.isSingleFile || (info.kind == .v2 && tree.files.count == 1))
        }
    }
}
