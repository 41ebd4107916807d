// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Info dictionaries") struct InfoDictionaryTests {
    @Test("pads are not listed and need no path, and take their room")
    func hidesPads() throws {
        let files = [
            HostileInfoTests.file(["a"], ["length": 10]), ["attr": "p", "length": 6] as Bencode,
            HostileInfoTests.file(["b"], ["length": 4]),
        ]
        let info = try InfoDictionary.parse(
            HostileInfoTests.v1(
                files, pieces: .string([UInt8](repeating: 1, count: 40)), ["piece length": 16]
            ).encoded())
        #expect(info.files.map(\.path) == [["a"], ["b"]])
        #expect(info.layout.totalLength == 14 && info.layout.paddedLength == 20)
        #expect(
            info.layout.segments(of: PieceIndex(0), begin: 8, length: 8) == [
                .init(file: 0, fileOffset: 8, length: 2), .init(file: nil, fileOffset: 0, length: 6),
            ])
        #expect(info.layout.pieces(ofFile: 1) == 1..<2)
    }

    @Test("names in an old encoding give way to their twins in UTF-8")
    func prefersUTF8() throws {
        let latin = Bencode.string([0xE9])
        let file: Bencode = ["length": 1, "path": [latin], "path.utf-8": ["é"]]
        let info = try InfoDictionary.parse(
            HostileInfoTests.v1([file], ["name": latin, "name.utf-8": "ö"]).encoded())
        #expect(info.name == "ö" && info.files[0].path == ["é"])
        #expect(info.payloadPath(ofFile: 0) == ["ö", "é"])
    }

    @Test("attributes are read in any order and unknown ones ignored")
    func readsAttributes() throws {
        let rows: [(String, FileAttributes)] = [
            ("", []), ("x", .executable), ("h", .hidden), ("xh", [.hidden, .executable]),
            ("hxzq", [.hidden, .executable]),
        ]
        for (letters, expected) in rows {
            let v1 = try InfoDictionary.parse(
                HostileInfoTests.v1([HostileInfoTests.file(["a"], ["attr": .text(letters)])]).encoded())
            #expect(v1.files[0].attributes == expected)
            let v2 = try InfoDictionary.parse(
                HostileInfoTests.v2(["a": HostileInfoTests.leaf(["attr": .text(letters)])]).encoded())
            #expect(v2.files[0].attributes == expected)
        }
    }

    @Test("unknown keys of the dictionary and of each file are kept where they are found")
    func keepsExtras() throws {
        let leaf = HostileInfoTests.leaf(["license": 3])
        let info = try InfoDictionary.parse(
            HostileInfoTests.v2(["a": leaf, "d": ["b": leaf]], ["license": ["v": 1], "private": 1]).encoded())
        #expect(info.files.map { $0.value["license"]?.integer } == [3, 3])
        #expect(info.extra("license")?["v"]?.integer == 1)
        #expect(info.isPrivate)
        #expect(info.files.map(\.path) == [["a"], ["d", "b"]])
    }

    @Test(
        "one file at the top of a v2 tree is a file without a folder; an empty folder beside it makes no difference to v1"
    )
    func knowsSingleFiles() throws {
        let single = try InfoDictionary.parse(HostileInfoTests.v2(["a": HostileInfoTests.leaf()]).encoded())
        #expect(single.isSingleFile && single.payloadPath(ofFile: 0) == ["a"])
        let nested = try InfoDictionary.parse(
            HostileInfoTests.v2(["d": ["a": HostileInfoTests.leaf()]]).encoded())
        #expect(!nested.isSingleFile && nested.payloadPath(ofFile: 0) == ["work", "d", "a"])
        let pair = try InfoDictionary.parse(
            HostileInfoTests.v2(["a": HostileInfoTests.leaf(), "b": HostileInfoTests.leaf(["length": 0])])
                .encoded())
        #expect(!pair.isSingleFile && pair.files[1].piecesRoot == nil && pair.layout.pieceCount == 1)
        let folder = try InfoDictionary.parse(HostileInfoTests.v1([HostileInfoTests.file(["a"])]).encoded())
        #expect(!folder.isSingleFile && folder.payloadPath(ofFile: 0) == ["work", "a"])
    }

    @Test("what the builder is given is what is read, in the order of the file tree")
    func builds() throws {
        let root = try #require(Digest256([UInt8](repeating: 5, count: 32)))
        var builder = InfoDictionaryBuilder(
            kind: .hybrid, name: "w", pieceLength: 16384,
            files: [
                .init(
                    path: ["b"], length: 1, piecesRoot: root, attributes: .executable, extra: ["license": 2]),
                .init(path: ["a b", "z"], length: 2, piecesRoot: root, attributes: .hidden),
                .init(path: ["a", "y"], length: 0),
                .init(path: ["c"], length: 0, attributes: .symlink, symlinkTarget: ["a b", "z"]),
            ])
        builder.v1Pieces = [UInt8](repeating: 9, count: 40)
        builder.isPrivate = true
        builder.extra = ["source": "here", "license": ["v": 1]]
        let info = try InfoDictionary.parse(builder.build())
        #expect(info.files.map { $0.path.joined(separator: "/") } == ["a/y", "a b/z", "b", "c"])
        #expect(info.files.map(\.attributes) == [[], .hidden, .executable, .symlink])
        #expect(info.files[3].symlinkTarget == ["a b", "z"])
        #expect(
            info.files[2].value["license"]?.integer == 2 && info.files[2].v1Value?["license"]?.integer == 2)
        #expect(
            info.isPrivate && info.extra("source")?.text == "here"
                && info.extra("license")?["v"]?.integer == 1)
        #expect(info.layout.paddedLength == 32768 && info.layout.totalLength == 3)
        #expect(
            try builder.layout().segments(of: PieceIndex(1), begin: 0, length: 3).map(\.file) == [2, nil])
    }
}
