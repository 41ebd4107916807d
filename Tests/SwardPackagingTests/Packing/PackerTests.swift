// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import Support
import SwardJSON
import SwardBundle
import SwardCrypto
import SwardHash
import SwardMetainfo
import SwardPackaging
import SwardPrimitives
import Testing

@Suite("Packing a work") struct PackerTests {
    static func options(_ options: inout PackOptions) {
        options.license = "CC-BY-SA-4.0"
        options.creators = ["A. Name"]
        options.title = "A Work"
        options.year = 2026
    }

    @Test("a mixed work is packed with the terms of each part")
    func mixedWork() throws {
        let bench = try Bench(fixture: "field-notes")
        let report = try bench.pack {
            $0.keys = [try! Bench.key(1)]
            $0.title = "Field notes"
            $0.creators = ["The sward authors"]
        }
        #expect(report.expressions.map(\.expression) == ["CC-BY-SA-4.0", "CC0-1.0", "GPL-3.0-or-later"])
        #expect(report.expressions.map(\.fileCount) == [4, 1, 2])
        let info = try bench.info()
        #expect(info.kind == .hybrid)
        let manifest = try #require(try BundleManifest.read(info))
        #expect(manifest.expressions[0] == "CC-BY-SA-4.0 AND CC0-1.0 AND GPL-3.0-or-later")
        #expect(manifest.document == "field-notes.spdx.json" && manifest.texts.count == 3)
        #expect(manifest.copyright == ["The sward authors"] && manifest.title == "Field notes")
        let tally = try #require(info.files.first { $0.path == ["tools", "tally"] })
        #expect(tally.isExecutable)
        let link = try #require(info.files.first { $0.path == ["latest.md"] })
        #expect(link.symlinkTarget == ["notes", "fourth-morning.md"])
        #expect(try BundleSigning.check(info).map(\.isGood) == [true])
        let signature = try Minisig(text: bench.outer.read("field-notes/field-notes.spdx.json.minisig"))
        try Bench.key(1).publicKey.verify(
            signature, of: bench.outer.read("field-notes/field-notes.spdx.json"))
    }

    @Test("packing again changes nothing", arguments: [false, true])
    func stable(_ isSigned: Bool) throws {
        let bench = try Bench(["a.txt": "text", "d/b.txt": "more"])
        let first = try bench.pack {
            Self.options(&$0)
            if isSigned { $0.keys = [try! Bench.key(1)] }
        }
        #expect(first.written.contains("REUSE.toml") && first.written.contains("work.spdx.json"))
        let (before, torrent) = (try bench.contents(), try bench.outer.read("work.torrent"))
        let second = try bench.pack {
            Self.options(&$0)
            if isSigned { $0.keys = [try! Bench.key(1)] }
        }
        #expect(second.written.isEmpty && second.removed.isEmpty)
        #expect(try bench.contents() == before && bench.outer.read("work.torrent") == torrent)
    }

    @Test("times, order of creation, modes, hidden files and other folders leave no trace")
    func reproducible() throws {
        let files = ["b.txt": "2", "a.txt": "1", "d/c.txt": "3"]
        let one = try Bench(files)
        let two = try Bench()
        for name in files.keys.sorted() { try two.write(files[name] ?? "", name) }
        try two.write("secret", ".env")
        try two.write("ref", ".git/HEAD")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1), .posixPermissions: 0o600],
            ofItemAtPath: two.folder + "/a.txt")
        let report = try two.pack(Self.options)
        try one.pack(Self.options)
        #expect(report.excluded == [".env": .hidden, ".git": .versionControl])
        #expect(try one.outer.read("work.torrent") == two.outer.read("work.torrent"))
    }

    @Test("another license or date than before is taken over, and a signature that no longer holds goes")
    func changedOptions() throws {
        let bench = try Bench(["a.txt": "text"])
        try bench.pack {
            Self.options(&$0)
            $0.keys = [try! Bench.key(1)]
        }
        let report = try bench.pack {
            Self.options(&$0)
            $0.license = "CC0-1.0"
            $0.created = 951_782_400
            $0.replaces = true
        }
        #expect(report.removed == ["work.spdx.json.minisig"])
        #expect(try BundleManifest.read(bench.info())?.expressions == ["CC0-1.0"])
        #expect(try bench.read("REUSE.toml").contains("CC0-1.0"))
        #expect(try bench.read("work.spdx.json").contains("2000-02-29T00:00:00Z"))
        #expect(report.warnings == [.unusedLicenseText("CC-BY-SA-4.0")])
        // What was written serves as statement when nothing is said.
        try bench.pack { $0.replaces = true }
        #expect(try BundleManifest.read(bench.info())?.expressions == ["CC0-1.0"])
    }

    @Test("without the document no file is named by it, and one of an earlier run goes")
    func withoutDocument() throws {
        let bench = try Bench(["a.txt": "text"])
        try bench.pack {
            Self.options(&$0)
            $0.keys = [try! Bench.key(1)]
        }
        let report = try bench.pack {
            Self.options(&$0)
            $0.keys = [try! Bench.key(1)]
            $0.omitsDocument = true
            $0.replaces = true
        }
        #expect(report.removed == ["work.spdx.json", "work.spdx.json.minisig"])
        let manifest = try #require(try BundleManifest.read(bench.info()))
        #expect(manifest.document == nil && manifest.texts.count == 1)
        #expect(try Verifier().verify(torrent: bench.torrent).isSound)
        #expect(try bench.contents().keys.sorted() == ["LICENSES/CC-BY-SA-4.0.txt", "REUSE.toml", "a.txt"])
    }

    @Test("a file large enough to be read twice at once has the digests of one reading")
    func largeFile() throws {
        let bench = try Bench(["small.txt": "text"])
        var random = SplitMix64(seed: 9)
        var block = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
        block[0] = 0
        try bench.outer.write((0..<4200).flatMap { _ in block }, to: "work/large.bin")
        try bench.pack(Self.options)
        let document = try JSONValue(bench.outer.read("work/work.spdx.json"))
        let entry = try #require(document["files"]?.array?.first { $0["fileName"]?.string == "./large.bin" })
        let bytes = try bench.outer.read("work/large.bin")
        let sums = entry["checksums"]?.array?.compactMap { $0["checksumValue"]?.string }
        #expect(sums == [SHA1.hash(bytes).hex, SHA256.hash(bytes).hex])
    }

    @Test(
        "what one reading of small files gives is what hashing the payload gives",
        arguments: [InfoDictionary.Kind.hybrid, .v2, .v1], [nil, 16 << 10, 32 << 10, 64 << 10, 128 << 10])
    func oneReading(_ kind: InfoDictionary.Kind, _ pieceLength: Int?) throws {
        let bench = try Bench()
        var random = SplitMix64(seed: 4)
        let lengths = [0, 1, 55, 64, 16_383, 16_384, 16_385, 32_768, 65_535, 65_536, 65_537, 200_000]
        for (number, length) in (lengths + (0..<40).map { $0 * 97 }).enumerated() {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            try bench.outer.write(bytes, to: "work/d\(number % 3)/\(number)")
        }
        try FileManager.default.createSymbolicLink(
            atPath: bench.folder + "/d0/link", withDestinationPath: "3")
        try bench.pack {
            Self.options(&$0)
            $0.kind = kind
            $0.pieceLength = pieceLength
        }
        // Without the document nothing is known beforehand, so the payload is hashed whole.
        let whole = try TemporaryFolder()
        try bench.pack {
            Self.options(&$0)
            $0.kind = kind
            $0.pieceLength = pieceLength
            $0.omitsDocument = true
            $0.output = whole.path
        }
        let one = try bench.info()
        let other = try TorrentFile.read(whole["work.torrent"].path).info
        #expect(one.pieceLength == other.pieceLength && one.files.count == other.files.count + 1)
        let sound = try Verifier().verify(torrent: bench.torrent)
        #expect(sound.findings.isEmpty)
        var roots: [[String]: Digest256] = [:]
        for file in other.files { roots[file.path] = file.piecesRoot }
        for file in one.files where file.path != ["work.spdx.json"] {
            #expect(file.piecesRoot == roots[file.path])
        }
    }

    @Test("a document that is as it was is left alone, and a run that fails leaves nothing beside it")
    func pendingDocument() throws {
        let bench = try Bench(["a.txt": "text"])
        try bench.pack(Self.options)
        var before = stat()
        #expect(stat(bench.folder + "/work.spdx.json", &before) == 0)
        try bench.pack(Self.options)
        var after = stat()
        #expect(stat(bench.folder + "/work.spdx.json", &after) == 0 && after.st_ino == before.st_ino)
        // Packing fails behind the document: the torrent cannot be put in place of a folder.
        try FileManager.default.removeItem(atPath: bench.torrent)
        try FileManager.default.createDirectory(atPath: bench.torrent, withIntermediateDirectories: true)
        try bench.write("more", "b.txt")
        #expect(throws: PackagingError.self) { try bench.pack(Self.options) }
        let names =
            try FileManager.default.contentsOfDirectory(atPath: bench.folder)
            + FileManager.default.contentsOfDirectory(atPath: bench.outer.path)
        #expect(!names.contains { $0.hasPrefix(WorkTree.temporaryPrefix) })
    }

    @Test("a file that is written to after it was read is told of", arguments: ["longer text", "abcd"])
    func changed(_ text: String) throws {
        let bench = try Bench(["a.txt": "text", "b.txt": "more"])
        var options = PackOptions()
        Self.options(&options)
        let path = bench.folder + "/a.txt"
        // The text of the license is asked for when the files have been read, and nothing is put together yet.
        let packer = Packer(options: options) { identifier throws(PackagingError) in
            // File systems count time in steps; this writes until one is past.
            var (before, after) = (stat(), stat())
            stat(path, &before)
            repeat {
                try SmallFile.writeOutput(Array("  ".utf8), to: path)
                try SmallFile.writeOutput(Array(text.utf8), to: path)
                stat(path, &after)
            } while before.st_ctim.tv_nsec == after.st_ctim.tv_nsec
            return try Bench.texts(identifier)
        }
        let error = #expect(throws: PackagingError.self) { try packer.pack(bench.folder) }
        #expect(error?.reason == .changed && error?.path == "a.txt")
    }

    @Test("a REUSE.toml of the author's is added to and can be had back")
    func addsToAnnotations() throws {
        let own =
            "version = 1\n\n[[annotations]]\npath = \"a.txt\"\nSPDX-License-Identifier = \"MIT\"\nSPDX-FileCopyrightText = \"A\"\n"
        let bench = try Bench(["REUSE.toml": own, "a.txt": "1", "b*.txt": "2", "c.txt": "3"])
        try bench.pack(Self.options)
        let text = try bench.read("REUSE.toml")
        #expect(text.hasPrefix(own) && text.contains("\"b\\\\*.txt\""))
        let info = try bench.info()
        let manifest = try #require(try BundleManifest.read(info))
        let expressions = info.files.indices.map {
            "\(info.files[$0].path[0]) \(manifest.expression(ofFile: $0))"
        }
        #expect(expressions.contains("a.txt MIT") && expressions.contains("b*.txt CC-BY-SA-4.0"))
        try bench.pack(Self.options)
        #expect(try bench.read("REUSE.toml") == text)
    }

    @Test("a dry run writes nothing and names what would be written")
    func dryRun() throws {
        let bench = try Bench(fixture: "field-notes")
        let before = try bench.contents()
        let report = try bench.pack { $0.isDryRun = true }
        #expect(
            report.written.contains("field-notes.spdx.json")
                && report.written.contains("LICENSES/CC0-1.0.txt"))
        #expect(report.torrents.map(\.path) == [bench.torrent] && report.torrents[0].info == nil)
        #expect(try bench.contents() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.outer.path) == ["field-notes"])
    }

    @Test("a dry run tells of the signature, whose key stays locked")
    func signedDryRun() throws {
        let bench = try Bench(["a.txt": "text"])
        let key = try Bench.key(1)
        func dryRun(_ change: (inout PackOptions) -> Void = { _ in }) throws -> [String] {
            let report = try bench.pack {
                Self.options(&$0)
                ($0.isDryRun, $0.wouldSign) = (true, true)
                change(&$0)
            }
            return report.written + report.removed
        }
        #expect(try dryRun().contains("work.spdx.json.minisig"))
        #expect(try !dryRun { $0.wouldSign = false }.contains("work.spdx.json.minisig"))
        try bench.pack {
            Self.options(&$0)
            $0.keys = [key]
        }
        // Then it is there, and the same.
        #expect(try dryRun().isEmpty)
        let changes: [(inout PackOptions) -> Void] = [{ $0.wouldSign = false }, { $0.omitsDocument = true }]
        for change in changes {
            // As the run would: it is another work.
            #expect(throws: PackagingError.self) { try dryRun(change) }
            let told = try dryRun {
                change(&$0)
                $0.replaces = true
            }
            #expect(told.contains("work.spdx.json.minisig"))
        }
    }

    @Test("with an output folder the work stays untouched and the bundle is the same")
    func output() throws {
        let bench = try Bench(fixture: "field-notes")
        let before = try bench.contents()
        let output = bench.outer["out"].path
        try bench.pack { $0.output = output }
        #expect(try bench.contents() == before)
        let torrent = try bench.outer.read("out/field-notes.torrent")
        // Again over the one that is there.
        try bench.pack { $0.output = output }
        #expect(try bench.outer.read("out/field-notes.torrent") == torrent)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: output).sorted() == [
                "field-notes", "field-notes.torrent",
            ])
        try bench.pack()
        #expect(try bench.outer.read("field-notes.torrent") == torrent)
        #expect(try bench.contents().count == before.count + 4)
    }

    @Test("a folder that packing did not make is not replaced")
    func outputExists() throws {
        let bench = try Bench(["a.txt": "1"])
        try bench.outer.write("mine", to: "out/work/file")
        let error = #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                $0.output = bench.outer["out"].path
            }
        }
        #expect(error?.reason == .outputExists)
        #expect(try bench.outer.read("out/work/file") == Array("mine".utf8))
        #expect(throws: PackagingError.self) {
            try bench.pack {
                Self.options(&$0)
                $0.output = bench.folder + "/out"
            }
        }
    }

    @Test(
        "an archive gives the bundle that its folder gives",
        arguments: ["tar", "tar.gz", "tar.zst", "zip", "7z", "iso"])
    func archive(_ ending: String) throws {
        let bench = try Bench()
        try FileManager.default.copyItem(
            at: Fixture("bundles/archives/work.\(ending)").url, to: bench.outer["thing.\(ending)"])
        let report = try bench.pack(Self.options, input: bench.outer["thing.\(ending)"].path)
        #expect(report.name == "thing")
        let info = try TorrentFile.read(bench.outer["thing.torrent"].path).info
        let names = info.files.map { $0.path.joined(separator: "/") }
        #expect(
            names == [
                "LICENSES/CC-BY-SA-4.0.txt", "REUSE.toml", "hello.txt", "sub/link", "sub/run.sh",
                "thing.spdx.json",
                "ünï.txt",
            ])
        #expect(info.infoHashes.v2?.hex == Self.archiveHash)
        #expect(try bench.outer.read("thing/hello.txt") == Array("hello\n".utf8))
    }

    /// Of the bundle from any of the archives; made on another machine than the one that tests.
    private static let archiveHash = "261610f2789d94e42574fb409e5d608d6ccfea93ce3d9f449778d94f599c1867"

    @Test("of an archive with one folder the contents are taken, and what killed runs left is cleared")
    func archiveOfFolder() throws {
        let bench = try Bench()
        // One folder `top` with one file, as a zip without compression would be too long to write by hand.
        let header = { (name: String, type: String, size: Int) -> [UInt8] in
            func field(_ text: String, _ width: Int) -> [UInt8] {
                Array(text.utf8) + [UInt8](repeating: 0, count: width - text.utf8.count)
            }
            func octal(_ value: Int, _ width: Int) -> [UInt8] {
                let digits = String(value, radix: 8)
                return field(String(repeating: "0", count: width - 1 - digits.count) + digits, width)
            }
            let start =
                field(name, 100) + octal(0o755, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12)
                + octal(0, 12)
            let end =
                Array(type.utf8) + field("", 100) + Array("ustar\u{0}00".utf8)
                + [UInt8](repeating: 0, count: 247)
            let sum = (start + end).reduce(8 * 32) { $0 + Int($1) }
            return start + octal(sum, 7) + [32] + end
        }
        let tar =
            header("top/", "5", 0) + header("top/a.txt", "0", 3) + Array("abc".utf8)
            + [UInt8](repeating: 0, count: 509 + 1024)
        try bench.outer.write(tar, to: "thing-1.0.tar")
        // No process has this number.
        try bench.outer.write("x", to: ".sward-thing-1.0.999999999/a.txt")
        try bench.pack(Self.options, input: bench.outer["thing-1.0.tar"].path)
        let names = try FileManager.default.contentsOfDirectory(atPath: bench.outer.path).sorted()
        #expect(names == ["thing-1.0", "thing-1.0.tar", "thing-1.0.torrent", "work"])
        #expect(try bench.outer.read("thing-1.0/a.txt") == Array("abc".utf8))
    }

    @Test("a single file becomes a folder with its documents")
    func singleFile() throws {
        let bench = try Bench()
        let file = try bench.outer.write("picture", to: "photo.of.me.jpg")
        try bench.outer.write(
            "SPDX-License-Identifier: CC0-1.0\nSPDX-FileCopyrightText: A", to: "photo.of.me.jpg.license")
        let report = try bench.pack(input: file.path)
        #expect(report.name == "photo.of.me")
        let info = try TorrentFile.read(bench.outer["photo.of.me.torrent"].path).info
        #expect(
            info.files.map { $0.path.joined(separator: "/") } == [
                "LICENSES/CC0-1.0.txt", "photo.of.me.jpg", "photo.of.me.jpg.license", "photo.of.me.spdx.json",
            ])
        #expect(try bench.outer.read("photo.of.me/photo.of.me.jpg") == Array("picture".utf8))
    }

    @Test(
        "v1 companion and main torrent are over the same files",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func kinds(_ kind: InfoDictionary.Kind) throws {
        let bench = try Bench(fixture: "field-notes")
        let report = try bench.pack {
            $0.kind = kind
            $0.alsoV1 = true
            $0.pieceLength = 16_384
            $0.trackers = [["http://127.0.0.1:1/announce"]]
            $0.isPrivate = true
            $0.comment = "c"
        }
        #expect(report.torrents.count == (kind == .v1 ? 1 : 2))
        let main = try TorrentFile.read(bench.torrent)
        #expect(main.info.kind == kind && main.info.isPrivate && main.comment == "c")
        #expect(main.announceTiers == [["http://127.0.0.1:1/announce"]])
        if kind != .v1 {
            let companion = try TorrentFile.read(bench.outer["field-notes.v1.torrent"].path)
            #expect(companion.info.kind == .v1)
            #expect(companion.info.files.map(\.path) == main.info.files.map(\.path))
            #expect(
                try BundleManifest.read(companion.info)?.fileExpressions
                    == BundleManifest.read(main.info)?.fileExpressions)
        }
    }

    @Test("links out of the work and to what is not packed are one error")
    func badLinks() throws {
        let bench = try Bench(["a.txt": "1", "d/b.txt": "2"])
        for (link, target) in [
            ("d/out", "../../x"), ("abs", "/etc/passwd"), ("gone", "nothing"), ("hid", ".env"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(bench.folder)/\(link)", withDestinationPath: target)
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(bench.folder)/d/ok", withDestinationPath: "../a.txt")
        let error = #expect(throws: PackagingError.self) { try bench.pack(Self.options) }
        #expect(error?.reason == .badSymlink && error?.paths == ["abs", "d/out", "gone", "hid"])
    }

    @Test("names that meet on some file system are refused together")
    func colliding() throws {
        let bench = try Bench(["Readme": "1", "README": "2", "\u{E9}": "3", "ok": "5"])
        // Equal as keys of a dictionary, as Swift compares.
        try bench.write("4", "e\u{301}")
        let error = #expect(throws: PackagingError.self) { try bench.pack(Self.options) }
        #expect(error?.reason == .colliding && error?.paths.count == 4)
    }

    @Test("every digest in the document is that of the file")
    func digests() throws {
        let bench = try Bench(fixture: "field-notes")
        try bench.write(String(repeating: "long ", count: 200_000), "data/long.csv")
        try bench.pack()
        let document = try JSONValue(bench.outer.read("field-notes/field-notes.spdx.json"))
        let files = try #require(document["files"]?.array)
        #expect(files.count == 12)
        for file in files {
            let bytes = try bench.outer.read("field-notes/" + (file["fileName"]?.string ?? ""))
            let sums = file["checksums"]?.array?.compactMap { $0["checksumValue"]?.string }
            #expect(sums == [SHA1.hash(bytes).hex, SHA256.hash(bytes).hex])
        }
    }

    static let badOptions: [(name: String, change: @Sendable (inout PackOptions) -> Void)] = [
        ("piece-length", { $0.pieceLength = 20_000 }), ("piece-length", { $0.pieceLength = 8192 }),
        ("year", { $0.year = 0 }), ("name", { $0.name = "a/b" }), ("name", { $0.name = ".." }),
        ("creator", { $0.creators = [""] }), ("date", { $0.created = -1 }),
        ("title", { $0.title = "\u{1B}[31mred" }), ("homepage", { $0.homepage = "notaurl" }),
        ("homepage", { $0.homepage = "https://example.org/a b" }),
        ("corresponding-source", { $0.correspondingSource = ["foo"] }),
        ("source", { $0.sources = [.init(url: "foo", isModified: false)] }),
        ("tracker", { $0.trackers = [["notaurl"]] }), ("tracker", { $0.trackers = [["ftp://x/y"]] }),
        ("tracker", { $0.trackers = [["http:///announce"]] }), ("web-seed", { $0.webSeeds = ["notaurl"] }),
        ("http-seed", { $0.httpSeeds = ["udp://x:1"] }), ("trusted-comment", { $0.trustedComment = "a\nb" }),
    ]

    @Test("an option that cannot be is refused by its name", arguments: badOptions.indices)
    func badOption(_ index: Int) throws {
        let row = Self.badOptions[index]
        let bench = try Bench(["a.txt": "1"])
        let error = #expect(throws: PackagingError.self) { try bench.pack(row.change) }
        guard case .badOption(let name, _) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name == row.name)
    }

    @Test("an empty folder and a path to nothing are told apart")
    func nothing() throws {
        let bench = try Bench(["empty": ""])
        #expect(throws: PackagingError(.nothingToPack, path: bench.folder)) { try bench.pack(Self.options) }
        #expect(throws: PackagingError(.notFound, path: "/nowhere/at/all")) {
            try bench.pack(Self.options, input: "/nowhere/at/all")
        }
    }
}
