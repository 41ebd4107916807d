// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Torrent files") struct MetainfoTests {
    /// Three files, two of them longer than a piece.
    static func made(_ kind: InfoDictionary.Kind = .hybrid) throws -> (
        info: InfoDictionary, layers: [Digest256: [UInt8]]
    ) {
        let tree = Tree(
            name: "work", kind: kind, pieceLength: 16384,
            files: [
                .init(path: ["a"], length: 40_000, word: 1), .init(path: ["b"], length: 5, word: 2),
                .init(path: ["c"], length: 65_536, word: 3),
            ])
        let (bytes, layers) = try tree.build()
        return (try InfoDictionary.parse(bytes), layers)
    }

    @Test("what other programs made is read as they mean it, and comes back byte for byte")
    func readsOthers() throws {
        let lines = try Fixture("metainfo/made.tsv").text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let fixtures = try Fixture.all(in: "metainfo/made", withExtension: "torrent")
        #expect(fixtures.map(\.name) == lines.map { String($0.prefix { $0 != "\t" }) })
        for (fixture, line) in zip(fixtures, lines) {
            let columns = line.split(separator: "\t").map(String.init)
            let bytes = try fixture.bytes
            let metainfo = try Metainfo.parse(bytes)
            #expect(metainfo.encoded() == bytes)
            let info = metainfo.info
            #expect(
                info.infoHashes == InfoHashes(v1: Digest160(hex: columns[1]), v2: Digest256(hex: columns[2])))
            #expect(info.files.count == Int(columns[3]))
            #expect(info.layout.totalLength == Int64(columns[4]))
            #expect(info.layout.pieceCount == Int(columns[5]))
            #expect(info.isSingleFile == fixture.name.contains("single"))
            if !info.isSingleFile {
                #expect(
                    Set(info.files.map { $0.path.joined(separator: "/") }).isSuperset(of: [
                        "a.txt", "dir/b.bin", "run.sh", "é/日本.txt",
                    ]))
                #expect(info.payloadPath(ofFile: 0).first == "made work")
            } else {
                #expect(info.payloadPath(ofFile: 0) == ["single.bin"])
            }
        }
    }

    @Test("what libtorrent says of links, programs, trackers and relatives is understood")
    func readsEverything() throws {
        let metainfo = try Metainfo.parse(Fixture("metainfo/made/libtorrent21-hybrid-folder.torrent").bytes)
        let info = metainfo.info
        #expect(info.kind == .hybrid && info.isPrivate)
        let link = try #require(info.files.first { $0.isSymlink })
        #expect(link.path == ["link"] && link.symlinkTarget == ["a.txt"] && link.length == 0)
        #expect(link.v1Value?["length"]?.integer == 0 && link.value["length"] == nil)
        #expect(info.files.filter(\.isExecutable).map(\.path) == [["link"], ["run.sh"]])
        #expect(
            metainfo.announceTiers == [
                ["http://tracker.invalid/announce"], ["http://second.invalid/announce"],
            ])
        #expect(metainfo.webSeeds == ["http://seed.invalid/"])
        #expect(metainfo.nodes == [Metainfo.Node(host: "router.invalid", port: 6881)])
        #expect(metainfo.comment == "made by us")
        #expect(metainfo.createdBy == "libtorrent 2.1.1.0")
        #expect(metainfo.creationDate == 1_700_000_000)
        #expect(metainfo.similar == [Digest160([UInt8](repeating: 1, count: 20))].compactMap { $0 })
        #expect(metainfo.collections == ["org.invalid.collection"])
        let mktorrent = try Metainfo.parse(Fixture("metainfo/made/mktorrent-folder.torrent").bytes)
        #expect(mktorrent.announceTiers.map(\.count) == [2, 1])
        #expect(mktorrent.webSeeds == ["http://seed.invalid/", "http://mirror.invalid/"])
    }

    @Test("the v1 view of a hybrid is the torrent of a client that knows no v2")
    func hasV1Hashes() throws {
        let hybrid = try InfoDictionary.parse(Tree(seed: 4).build().info)
        var tree = Tree(seed: 4)
        tree.kind = .v1
        #expect(hybrid.v1Hash(of: PieceIndex(0)) != nil)
        let v1 = try InfoDictionary.parse(tree.build().info)
        #expect(v1.kind == .v1 && v1.infoHashes.v2 == nil && v1.files[0].piecesRoot == nil)
        #expect(v1.files.map(\.path) == hybrid.files.map(\.path))
        #expect(v1.layout.pieceCount < hybrid.layout.pieceCount)
        tree.kind = .v2
        let v2 = try InfoDictionary.parse(tree.build().info)
        #expect(v2.v1Hash(of: PieceIndex(0)) == nil)
        #expect(v2.files.map(\.piecesRoot) == hybrid.files.map(\.piecesRoot))
    }

    @Test("piece layers are slices of the bytes and give the digests of the pieces")
    func hasLayers() throws {
        let (info, layers) = try Self.made()
        let metainfo = try Metainfo(info: info, pieceLayers: layers)
        #expect(metainfo.pieceLayers.count == 2)
        for (root, bytes) in layers {
            let layer = try #require(metainfo.pieceLayers[root])
            #expect(layer.flatMap(\.bytes) == bytes)
        }
        #expect(Set(metainfo.pieceLayers.values.map(\.count)) == [3, 4])
    }

    @Test("files of the same bytes share a layer")
    func sharesLayers() throws {
        let tree = Tree(
            name: "twins", kind: .v2, pieceLength: 16384,
            files: ["a", "b", "c"].map { .init(path: [$0], length: 50_000, word: 9) })
        let (bytes, layers) = try tree.build()
        let metainfo = try Metainfo(info: InfoDictionary.parse(bytes), pieceLayers: layers)
        #expect(metainfo.pieceLayers.count == 1)
        #expect(try Metainfo.parse(metainfo.encoded()).encoded() == metainfo.encoded())
    }

    @Test("everything written is read again, unknown keys included")
    func roundTrips() throws {
        let (info, layers) = try Self.made(.v2)
        let metainfo = try Metainfo(
            info: info, pieceLayers: layers, announceTiers: [["http://a/", "http://b/"], ["udp://c:1"]],
            webSeeds: ["http://w/1", "http://w/2"], httpSeeds: ["http://s/seed.php"],
            nodes: [.init(host: "::1", port: 1)], comment: "für alle",
            createdBy: "sward", creationDate: 1, extra: ["aaa": ["x": 1], "zzz": [1, 2]])
        let again = try Metainfo.parse(metainfo.encoded())
        #expect(again.encoded() == metainfo.encoded())
        #expect(again.announceTiers == [["http://a/", "http://b/"], ["udp://c:1"]])
        #expect(again.webSeeds == ["http://w/1", "http://w/2"])
        #expect(again.httpSeeds == ["http://s/seed.php"])
        #expect(again.nodes == [.init(host: "::1", port: 1)])
        #expect(again.comment == "für alle" && again.createdBy == "sward" && again.creationDate == 1)
        #expect(again.extra("aaa")?["x"]?.integer == 1 && again.extra("zzz")?.count == 2)
        let link = MagnetLink(again, peers: ["127.0.0.1:1"])
        #expect(
            try MagnetLink.parse(link.description)
                == MagnetLink(
                    infoHashes: info.infoHashes, name: "work", length: 105_541,
                    trackers: ["http://a/", "http://b/", "udp://c:1"],
                    webSeeds: ["http://w/1", "http://w/2"],
                    peers: ["127.0.0.1:1"]))
    }

    @Test("a torrent without trackers has none, and empty ones are not counted")
    func hasNoTrackers() throws {
        let info = try Self.made(.v1).info
        #expect(try Metainfo(info: info).announceTiers.isEmpty)
        let odd: Bencode = [
            "announce": "", "announce-list": [[], [""]], "url-list": "", "httpseeds": ["", 1],
            "info": .raw(info.bytes),
        ]
        let metainfo = try Metainfo.parse(odd.encoded())
        #expect(metainfo.announceTiers.isEmpty && metainfo.webSeeds.isEmpty)
        #expect(metainfo.httpSeeds.isEmpty)
        let one: Bencode = ["announce": "http://a", "announce-list": [[""]], "info": .raw(info.bytes)]
        #expect(try Metainfo.parse(one.encoded()).announceTiers == [["http://a"]])
    }

    /// The tree over which `Fixtures/metainfo/made` was made. Some programs follow its link, some keep it.
    static func madeWork(_ kind: InfoDictionary.Kind, followingLink: Bool) -> Tree {
        Tree(
            name: "made work", kind: kind, pieceLength: 32768,
            files: [
                .init(path: ["a.txt"], length: 40_000, word: 1),
                .init(path: ["dir", "b.bin"], length: 100_000, word: 2),
                .init(path: ["dir", "sub", "empty"], length: 0, word: 3),
                .init(path: ["é", "日本.txt"], length: 16_384, word: 4),
                .init(path: ["run.sh"], length: 300, word: 5, attributes: followingLink ? [] : .executable),
                followingLink
                    ? .init(path: ["link"], length: 40_000, word: 1)
                    : .init(
                        path: ["link"], length: 0, attributes: [.executable, .symlink], target: ["a.txt"]),
            ])
    }

    @Test("we make the info dictionaries that others made of the same tree")
    func writesAsOthers() throws {
        let single = Tree(
            name: "single.bin", kind: .v1, pieceLength: 65536, isSingleFile: true,
            files: [.init(path: ["single.bin"], length: 70_000, word: 6)])
        let relatives: [String: Bencode?] = [
            "collections": ["org.invalid.collection"], "private": 1,
            "similar": [.string([UInt8](repeating: 1, count: 20))],
        ]
        let rows: [(file: String, tree: Tree, extra: [String: Bencode?])] = [
            ("mktorrent-folder", Self.madeWork(.v1, followingLink: true), ["private": 1]),
            ("mktorrent-single", single, [:]),
            ("libtorrent20-hybrid-folder", Self.madeWork(.hybrid, followingLink: false), relatives),
            ("libtorrent21-hybrid-folder", Self.madeWork(.hybrid, followingLink: false), relatives),
            ("libtorrent21-v2-folder", Self.madeWork(.v2, followingLink: false), relatives),
        ]
        for row in rows {
            let theirs = try Metainfo.parse(Fixture("metainfo/made/\(row.file).torrent").bytes)
            let (bytes, layers) = try row.tree.build()
            let ours = try BencodeDocument(bytes, limits: .info).root.encoded(changing: row.extra)
            #expect(ours == theirs.info.bytes, "\(row.file)")
            #expect(theirs.pieceLayers.mapValues { Array($0.bytes) } == layers, "\(row.file)")
        }
    }
}
