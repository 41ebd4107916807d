// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardBundle
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import Testing

extension PackerTests {
    static let otherWorks: [(what: String, change: @Sendable (inout PackOptions) -> Void)] = [
        ("title", { $0.title = "Another" }), ("creator", { $0.creators = ["B. Name"] }),
        ("document", { $0.omitsDocument = true }), ("piece length", { $0.pieceLength = 1 << 20 }),
        ("kind", { $0.kind = .v2 }), ("privacy", { $0.isPrivate = true }),
    ]

    @Test(
        "a torrent of another work is not written over, and nothing in the folder is changed",
        arguments: otherWorks.indices)
    func refusesToReplace(_ index: Int) throws {
        let row = Self.otherWorks[index]
        let bench = try Bench(["a.txt": "1", "d/b.txt": "2"])
        let key = try Bench.key(1)
        try bench.pack {
            Self.options(&$0)
            $0.keys = [key]
        }
        let (before, torrent) = (try bench.contents(), try bench.outer.read("work.torrent"))
        let error = #expect(throws: PackagingError.self, "\(row.what)") {
            try bench.pack {
                Self.options(&$0)
                $0.keys = [key]
                row.change(&$0)
            }
        }
        guard case .otherWork(let magnet) = error?.reason else {
            Issue.record("\(row.what): \(String(describing: error))")
            return
        }
        #expect(try MagnetLink.parse(magnet).infoHashes == Metainfo.parse(torrent).info.infoHashes)
        #expect(try bench.contents() == before && bench.outer.read("work.torrent") == torrent)
        try bench.pack {
            Self.options(&$0)
            $0.replaces = true
            row.change(&$0)
        }
        #expect(try bench.outer.read("work.torrent") != torrent)
    }

    @Test(
        "what has the torrent's name and is none is left alone, here and at --output",
        arguments: [false, true])
    func leavesOtherFiles(_ isElsewhere: Bool) throws {
        let bench = try Bench(["a.txt": "1"])
        let path = isElsewhere ? "out/work.torrent" : "work.torrent"
        try bench.outer.write("mine", to: path)
        let error = #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                if isElsewhere { $0.output = bench.outer["out"].path }
            }
        }
        #expect(error?.reason == .inTheWay)
        #expect(try bench.outer.read(path) == Array("mine".utf8))
    }

    @Test("trackers are no part of the work: they are changed without a word")
    func changesTrackers() throws {
        let bench = try Bench(["a.txt": "1"])
        try bench.pack(Self.options)
        try bench.pack {
            Self.options(&$0)
            $0.trackers = [["udp://tracker.example:6969"]]
        }
        #expect(try TorrentFile.read(bench.torrent).announceTiers == [["udp://tracker.example:6969"]])
    }

    @Test("a copy has bytes of its own")
    func copies() throws {
        let bench = try Bench(["a.txt": "1"])
        try bench.pack {
            Self.options(&$0)
            $0.output = bench.outer["out"].path
            $0.copies = true
        }
        try Data("changed in place".utf8).append(to: bench.outer["work/a.txt"])
        #expect(try bench.outer.read("out/work/a.txt") == Array("1".utf8))
    }

    @Test("an output inside the work is refused before it is made")
    func makesNothingInside() throws {
        let bench = try Bench(["a.txt": "1"])
        #expect(throws: PackagingError(.outputInsideWork, path: bench.folder + "/inner/more")) {
            try bench.pack {
                Self.options(&$0)
                $0.output = bench.folder + "/inner/more"
            }
        }
        #expect(!FileManager.default.fileExists(atPath: bench.folder + "/inner"))
    }

    // REUSE-IgnoreStart
    static let takingBack = [
        "LICENSES/CC0-1.0.txt", "LICENSE",
    ]

    @Test(
        "words in place of a license text that forbid what is declared stop packing, and a check of the bundle",
        arguments: takingBack)
    func refusesFalseTexts(_ path: String) throws {
        let bench = try Bench([
            "a.txt": "1",
            path: "You may look at this. All other rights reserved. No copying, no redistribution.\n",
        ])
        let error = #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                $0.license = "CC0-1.0"
            }
        }
        guard case .fenced(let marks) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(marks.map(\.path) == [path])
        try bench.pack {
            Self.options(&$0)
            $0.license = "CC0-1.0"
            $0.despiteFound = "a test"
        }
        let faults = try Verifier().verify(torrent: bench.torrent).findings.filter {
            if case .enclosed = $0.fault { true } else { false }
        }
        #expect(faults.map(\.path) == [path])
    }

    @Test("the text of a license of one's own may forbid what it likes")
    func allowsOwnTexts() throws {
        let bench = try Bench([
            "a.txt": "1",
            "LICENSES/LicenseRef-own.txt": "All rights reserved. No copying, no redistribution.\n",
        ])
        try bench.pack {
            Self.options(&$0)
            $0.license = "LicenseRef-own"
        }
        #expect(try Verifier().verify(torrent: bench.torrent).findings.isEmpty)
    }
    // REUSE-IgnoreEnd
}

extension Data {
    fileprivate func append(to url: URL) throws {
        let file = try FileHandle(forWritingTo: url)
        try file.seekToEnd()
        try file.write(contentsOf: self)
        try file.close()
    }
}
