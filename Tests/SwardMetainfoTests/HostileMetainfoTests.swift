// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Torrent files that are refused") struct HostileMetainfoTests {
    typealias Changes = @Sendable (inout [Digest256: [UInt8]], Digest256, Digest256) -> Void

    /// Spoils the piece layers of `a` (three pieces) or `c` (four).
    static let layers: [(name: String, reason: MetainfoError.Reason, file: String?, change: Changes)] = [
        ("missing", .missingPieceLayer, "a", { layers, a, _ in layers[a] = nil }),
        ("short", .pieceLayerSize(found: 2, expected: 3), "a", { layers, a, _ in layers[a]?.removeLast(32) }),
        (
            "long", .pieceLayerSize(found: 5, expected: 4), "c",
            { layers, _, c in layers[c]? += [UInt8](repeating: 0, count: 32) }
        ),
        ("ragged", .pieceLayerSize(found: 2, expected: 3), "a", { layers, a, _ in layers[a]?.removeLast() }),
        ("empty", .pieceLayerSize(found: 0, expected: 3), "a", { layers, a, _ in layers[a] = [] }),
        ("flipped bit", .pieceLayerRoot, "c", { layers, _, c in layers[c]?[40] ^= 1 }),
        (
            "swapped", .pieceLayerSize(found: 4, expected: 3), "a",
            { layers, a, c in (layers[a], layers[c]) = (layers[c], layers[a]) }
        ),
        (
            "of no file", .unknownPieceLayer, nil,
            { layers, a, _ in layers[Digest256([UInt8](repeating: 1, count: 32)) ?? a] = layers[a] }
        ),
    ]

    @Test(
        "a piece layer that is missing, of the wrong size or of the wrong root is named by its file",
        arguments: 0..<layers.count)
    func refusesLayers(index: Int) throws {
        let row = Self.layers[index]
        for kind in [InfoDictionary.Kind.v2, .hybrid] {
            var (info, layers) = try MetainfoTests.made(kind)
            let roots = info.files.map { $0.piecesRoot ?? .zero }
            row.change(&layers, roots[0], roots[2])
            do throws(MetainfoError) {
                _ = try Metainfo(info: info, pieceLayers: layers)
                Issue.record("accepted \(row.name)")
            } catch {
                #expect(error.reason == row.reason && error.file == row.file && error.key == "piece layers")
            }
            // The same from bytes, where the fault has a place.
            var entries: [[UInt8]: Bencode] = [:]
            for (root, layer) in layers { entries[root.bytes] = .string(layer) }
            let file: Bencode = ["info": .raw(info.bytes), "piece layers": .dictionary(entries)]
            do throws(MetainfoError) {
                _ = try Metainfo.parse(file.encoded())
                Issue.record("accepted \(row.name)")
            } catch {
                #expect(error.reason == row.reason)
                let offset = try #require(error.offset)
                #expect(offset > info.bytes.count && offset < file.encoded().count)
            }
        }
    }

    @Test("a torrent file without piece layers is refused, unless each file is one piece")
    func needsLayers() throws {
        let info = try MetainfoTests.made(.v2).info
        let file: Bencode = ["info": .raw(info.bytes)]
        #expect(throws: MetainfoError(.missingPieceLayer, at: 0, key: "piece layers", file: "a")) {
            try Metainfo.parse(file.encoded())
        }
        let small = Tree(name: "s", kind: .v2, pieceLength: 16384, files: [.init(path: ["x"], length: 16384)])
        let alone: Bencode = ["info": .raw(try small.build().info)]
        #expect(throws: Never.self) { try Metainfo.parse(alone.encoded()) }
    }

    static let outer:
        [(name: String, changes: [String: Bencode?], reason: MetainfoError.Reason, key: String?)] = [
            ("no info", ["info": nil], .missing, "info"),
            ("info of text", ["info": "x"], .invalid, "info"),
            ("tracker of a number", ["announce": 1], .invalid, "announce"),
            ("tiers of text", ["announce-list": "x"], .invalid, "announce-list"),
            ("tier of text", ["announce-list": ["x"]], .invalid, "announce-list"),
            ("web seed of a number", ["url-list": 1], .invalid, "url-list"),
            ("nodes of text", ["nodes": "x"], .invalid, "nodes"),
            ("layers of text", ["piece layers": "x"], .invalid, "piece layers"),
            (
                "layer of a number", ["piece layers": .dictionary([[UInt8](repeating: 1, count: 32): 1])],
                .invalid, "piece layers"
            ),
            ("layer under a short root", ["piece layers": ["x": "y"]], .invalid, "piece layers"),
        ]

    @Test("a value of the wrong type outside of info is named by its key", arguments: 0..<outer.count)
    func refusesOuter(index: Int) throws {
        let row = Self.outer[index]
        let (info, layers) = try MetainfoTests.made(.v2)
        let sound = try Metainfo(info: info, pieceLayers: layers).encoded()
        let root = try BencodeDocument(sound, limits: .metainfo).root
        let bytes = root.encoded(changing: row.changes)
        do throws(MetainfoError) {
            _ = try Metainfo.parse(bytes)
            Issue.record("accepted \(row.name)")
        } catch {
            #expect(error.reason == row.reason && error.key == row.key)
        }
    }

    @Test("a fault inside info is placed in the whole file")
    func shiftsOffsets() throws {
        let info = HostileInfoTests.v1([HostileInfoTests.file(["..", "x"])])
        let file: Bencode = ["announce": "http://a", "info": info, "zzz": 1]
        let text = String(decoding: file.encoded(), as: UTF8.self)
        let place = try #require(text.firstRange(of: "2:..")).lowerBound
        #expect(
            throws: MetainfoError(
                .dotElement, at: place.utf16Offset(in: text), key: "info.files", file: "../x")
        ) {
            try Metainfo.parse(file.encoded())
        }
        let late: Bencode = [
            "announce": "http://a", "info": .raw(try MetainfoTests.made(.v1).info.bytes), "nodes": "x",
        ]
        let bytes = late.encoded()
        #expect(throws: MetainfoError(.invalid, at: bytes.count - 4, key: "nodes")) {
            try Metainfo.parse(bytes)
        }
    }

    @Test("every proper prefix of a torrent is refused, and so is anything behind it")
    func refusesTruncations() throws {
        for fixture in try Fixture.all(in: "metainfo/made", withExtension: "torrent") {
            let bytes = try fixture.bytes
            for end in bytes.indices {
                #expect(throws: MetainfoError.self) { try Metainfo.parse(Array(bytes[..<end])) }
            }
            #expect(throws: MetainfoError(.bencode(.trailingBytes), at: bytes.count)) {
                try Metainfo.parse(bytes + [0x0A])
            }
        }
    }

    /// Changes to the v1 half of a hybrid of `a` (40 000 bytes), `b` (5) and `c` (65 536).
    static let views:
        [(name: String, view: MetainfoError.View, change: @Sendable (inout [Bencode]) -> Void)] = [
            ("name", .path(v1: "x", v2: "b"), { $0[2] = file("x", 5) }),
            ("length", .length(v1: 6, v2: 5), { $0[2] = file("b", 6) }),
            ("order", .path(v1: "b", v2: "a"), { $0.swapAt(0, 2) }),
            ("one less", .fileCount(v1: 2, v2: 3), { $0.remove(at: 2) }),
            ("one more", .fileCount(v1: 4, v2: 3), { $0.append(file("d", 0)) }),
            ("no pad", .offset(v1: 40_000, v2: 49_152), { $0.remove(at: 1) }),
            ("short pad", .offset(v1: 49_151, v2: 49_152), { $0[1] = pad(9_151) }),
            ("long pad", .offset(v1: 49_153, v2: 49_152), { $0[1] = pad(9_153) }),
            ("a pad that is a file", .fileCount(v1: 4, v2: 3), { $0[1] = file("p", 9_152) }),
            ("pad behind the end", .offset(v1: 131_073, v2: 131_072), { $0.append(pad(1)) }),
            (
                "a link", .length(v1: 0, v2: 5),
                { $0[2] = ["attr": "l", "path": ["b"], "symlink path": ["a"]] }
            ),
        ]

    static func file(_ name: String, _ length: Int64) -> Bencode {
        ["length": .integer(length), "path": [.text(name)]]
    }

    static func pad(_ length: Int64) -> Bencode { ["attr": "p", "length": .integer(length)] }

    @Test("a hybrid whose two views differ is refused with the difference", arguments: 0..<views.count)
    func refusesViews(index: Int) throws {
        let row = Self.views[index]
        let info = try MetainfoTests.made().info
        var files = info.extra("files")?.elements.map(Bencode.init) ?? []
        try #require(files.count == 5)
        row.change(&files)
        let bytes = info.document.root.encoded(changing: ["files": .list(files)])
        do throws(MetainfoError) {
            _ = try InfoDictionary.parse(bytes)
            Issue.record("accepted \(row.name)")
        } catch {
            #expect(error.reason == .viewsDiffer(row.view), "\(row.name)")
        }
    }

    @Test("a single file is one in both views of a hybrid, under one name")
    func refusesSingleFiles() throws {
        let tree = Tree(
            name: "one", kind: .hybrid, pieceLength: 16384, isSingleFile: true,
            files: [.init(path: ["one"], length: 100)])
        let info = try InfoDictionary.parse(tree.build().info)
        #expect(info.isSingleFile && info.layout.paddedLength == 100)
        #expect(
            throws: MetainfoError(
                .viewsDiffer(.path(v1: "two", v2: "one")), at: 0, key: "length", file: "one")
        ) {
            try InfoDictionary.parse(info.document.root.encoded(changing: ["name": "two"]))
        }
        #expect(
            throws: MetainfoError(.viewsDiffer(.length(v1: 99, v2: 100)), at: 0, key: "length", file: "one")
        ) {
            try InfoDictionary.parse(info.document.root.encoded(changing: ["length": 99]))
        }
    }

    @Test("a hybrid may leave its last piece unpadded, as libtorrent did before 2.0.8")
    func acceptsNoTailPad() throws {
        let tree = Tree(
            name: "t", kind: .hybrid, pieceLength: 16384,
            files: [.init(path: ["a"], length: 16384, word: 1), .init(path: ["b"], length: 5, word: 2)])
        let info = try InfoDictionary.parse(tree.build().info)
        let last = PieceIndex(1)
        #expect(info.layout.paddedLength(of: last) == 16384 && info.layout.length(of: last) == 5)
        let files = info.extra("files")?.elements.map(Bencode.init).dropLast() ?? []
        let old = try InfoDictionary.parse(
            info.document.root.encoded(changing: ["files": .list(Array(files))]))
        #expect(old.layout.paddedLength(of: last) == 5 && old.layout.length(of: last) == 5)
    }
}
