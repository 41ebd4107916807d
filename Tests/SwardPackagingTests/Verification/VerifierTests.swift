// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardBencode
import SwardBundle
import SwardCrypto
import SwardHash
import SwardMetainfo
import SwardPackaging
import SwardPrimitives
import Testing

// REUSE-IgnoreStart

@Suite("Checking a bundle") struct VerifierTests {
    typealias Fault = VerificationReport.Fault

    private static func packed(_ kind: InfoDictionary.Kind = .hybrid) throws -> Bench {
        let bench = try Bench(fixture: "field-notes")
        try bench.write(String(repeating: "0123456789abcdef", count: 4096), "data/long.csv")
        try bench.pack {
            $0.kind = kind
            $0.pieceLength = 16_384
            $0.keys = [try! Bench.key(1)]
        }
        return bench
    }

    private static func verify(_ bench: Bench) throws -> VerificationReport {
        let folder = try TemporaryFolder()
        let store = KeyStore(folder: folder["keys"].path)
        try store.trust("me", Bench.key(1).publicKey)
        return try Verifier(trusted: store.trustedKeys()).verify(torrent: bench.torrent)
    }

    private static func replaceInfo(_ bench: Bench, _ change: (InfoDictionary) throws -> [UInt8]) throws {
        let old = try TorrentFile.read(bench.torrent)
        let info = try InfoDictionary.parse(try change(old.info))
        let new = try Metainfo(
            info: info,
            pieceLayers: Dictionary(
                uniqueKeysWithValues: old.pieceLayers.map { ($0.key, Array($0.value.bytes)) }))
        try bench.outer.write(new.encoded(), to: "\(bench.name).torrent")
    }

    @Test(
        "a bundle as it was packed is sound, and its signers have names",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func sound(_ kind: InfoDictionary.Kind) throws {
        let bench = try Self.packed(kind)
        let before = try bench.contents()
        let report = try Self.verify(bench)
        #expect(report.findings.isEmpty)
        #expect(report.signers.map(\.subject) == [.bundle, .document])
        #expect(report.signers.map(\.trustedName) == ["me", "me"])
        #expect(report.checkedFiles == 15 && report.verdict != nil)
        #expect(try bench.contents() == before)
        // The folder may be named itself, too.
        #expect(try Verifier().verify(torrent: bench.torrent, folder: bench.folder).isSound)
    }

    struct Damage: Sendable {
        let name: String
        let change: @Sendable (Bench) throws -> Void
        let path: String
        /// By kind of torrent, as v1 hashes tell less.
        let fault: @Sendable (InfoDictionary.Kind) -> Fault
    }

    private static func range(_ start: Int64, _ end: Int64) -> VerificationReport.ByteRange {
        .init(start: start, end: end)
    }

    static let damages: [Damage] = [
        Damage(
            name: "a flipped bit",
            change: { bench in
                var bytes = try bench.outer.read("field-notes/data/long.csv")
                bytes[40_000] ^= 4
                try bench.outer.write(bytes, to: "field-notes/data/long.csv")
            }, path: "data/long.csv",
            fault: { $0 == .v1 ? .changed([]) : .changed([range(32_768, 49_152)]) }),
        Damage(
            name: "a missing file",
            change: { try FileManager.default.removeItem(atPath: $0.folder + "/tools/tally.c") },
            path: "tools/tally.c", fault: { _ in .missing }),
        Damage(
            name: "an extra file", change: { try $0.write("new", "tools/extra") }, path: "tools/extra",
            fault: { _ in .extra }),
        Damage(
            name: "a renamed file",
            change: {
                try FileManager.default.moveItem(
                    atPath: $0.folder + "/tools/tally.c", toPath: $0.folder + "/sum.c")
            }, path: "tools/tally.c", fault: { _ in .renamed(to: "sum.c") }),
        Damage(
            name: "a longer file", change: { try $0.write("short", "README.md") }, path: "README.md",
            fault: { _ in .length(found: 5, expected: 598) }),
        Damage(
            name: "a link to elsewhere",
            change: {
                try FileManager.default.removeItem(atPath: $0.folder + "/latest.md")
                try FileManager.default.createSymbolicLink(
                    atPath: $0.folder + "/latest.md", withDestinationPath: "README.md")
            }, path: "latest.md",
            fault: { _ in .symlink(found: "README.md", expected: "notes/fourth-morning.md") }),
        Damage(
            name: "a link made a file",
            change: {
                try FileManager.default.removeItem(atPath: $0.folder + "/latest.md")
                try $0.write("x", "latest.md")
            }, path: "latest.md", fault: { _ in .symlink(found: nil, expected: "notes/fourth-morning.md") }),
        Damage(
            name: "a lost executable bit",
            change: {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o644], ofItemAtPath: $0.folder + "/tools/tally")
            }, path: "tools/tally", fault: { _ in .executable(expected: true) }),
        Damage(
            name: "a file made a folder",
            change: {
                try FileManager.default.removeItem(atPath: $0.folder + "/README.md")
                try FileManager.default.createSymbolicLink(
                    atPath: $0.folder + "/README.md", withDestinationPath: "/etc/passwd")
            }, path: "README.md", fault: { _ in .notAFile }),
    ]

    @Test(
        "each damage has its name, and nothing else is blamed in v2", arguments: damages.indices,
        [InfoDictionary.Kind.v1, .v2, .hybrid])
    func damage(_ index: Int, _ kind: InfoDictionary.Kind) throws {
        let row = Self.damages[index]
        let bench = try Self.packed(kind)
        try row.change(bench)
        let before = try bench.contents()
        let report = try Self.verify(bench)
        #expect(!report.isSound)
        let found = report.findings.first { $0.path == row.path }?.fault
        if kind == .v1, case .changed = found, case .changed = row.fault(kind) {
        } else {
            #expect(found == row.fault(kind), "\(row.name)")
        }
        if kind != .v1 { #expect(report.findings.count == 1, "\(report.findings)") }
        #expect(try bench.contents() == before)
    }

    @Test("a work that holds a folder of its own name is found by its own folder and by the one it lies in")
    func sameName() throws {
        let bench = try Bench(fixture: "field-notes")
        try bench.write(
            "SPDX-License-" + "Identifier: CC0-1.0\nCopyright 2026 A. Name\n", "\(bench.name)/inside.txt")
        try bench.pack()
        #expect(try Verifier().verify(torrent: bench.torrent).isSound)
        #expect(try Verifier().verify(torrent: bench.torrent, folder: bench.folder).isSound)
        #expect(try Verifier().verify(torrent: bench.torrent, folder: bench.outer.path).isSound)
        // What is missing there is told of there.
        try FileManager.default.removeItem(atPath: "\(bench.folder)/\(bench.name)/inside.txt")
        let report = try Verifier().verify(torrent: bench.torrent, folder: bench.folder)
        #expect(report.findings.map(\.path) == ["\(bench.name)/inside.txt"])
    }

    @Test("terms cut out of the torrent are noticed by what lies in the payload")
    func stripped() throws {
        let bench = try Self.packed()
        try Self.replaceInfo(bench) {
            $0.document.root.encoded(changing: ["license": nil, "signatures": nil])
        }
        let report = try Self.verify(bench)
        #expect(report.findings.map(\.fault) == [.strippedManifest])
    }

    @Test("a torrent that calls no file executable is silent about it; a bundle is not")
    func attributes() throws {
        for isBundle in [true, false] {
            let bench = try Bench(["notes.txt": "text"])
            try bench.pack { ($0.license, $0.creators) = ("CC0-1.0", ["A. Name"]) }
            if !isBundle {
                try Self.replaceInfo(bench) { $0.document.root.encoded(changing: ["license": nil]) }
            }
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: bench.folder + "/notes.txt")
            let faults = try Self.verify(bench).findings.map(\.fault)
            #expect(faults.contains(.executable(expected: false)) == isBundle)
        }
    }

    @Test("a changed manifest breaks the signature and contradicts tags and document")
    func narrowed() throws {
        let bench = try Self.packed()
        try Self.replaceInfo(bench) { info in
            let manifest = try #require(try BundleManifest.read(info))
            var changed = manifest
            changed.expressions = manifest.expressions.map {
                $0 == "GPL-3.0-or-later" ? "CC-BY-NC-ND-4.0" : $0
            }
            return info.document.root.encoded(changing: ["license": changed.encoded()])
        }
        let report = try Self.verify(bench)
        let tally = report.findings.filter { $0.path == "tools/tally.c" }.map(\.fault)
        #expect(tally.contains(.narrowed(stated: "GPL-3.0-or-later", declared: "CC-BY-NC-ND-4.0")))
        #expect(tally.contains(.documentLicense(document: "GPL-3.0-or-later", declared: "CC-BY-NC-ND-4.0")))
        #expect(
            report.findings.contains { $0.fault == .badSignature(try! Bench.key(1).publicKey, .badSignature) }
        )
    }

    @Test("a choice taken away is narrower, another license a contradiction")
    func choices() throws {
        let tagged = "// SPDX-FileCopyrightText: A\n// SPDX-License-Identifier: "
        let bench = try Bench(["a.c": tagged + "MIT OR Apache-2.0", "b.c": tagged + "MIT"])
        try bench.pack()
        try Self.replaceInfo(bench) { info in
            var manifest = try #require(try BundleManifest.read(info))
            manifest.expressions = manifest.expressions.map {
                ["MIT OR Apache-2.0": "MIT", "MIT": "Zlib"][$0] ?? $0
            }
            return info.document.root.encoded(changing: ["license": manifest.encoded()])
        }
        let faults = try Self.verify(bench).findings.filter { $0.path == "a.c" || $0.path == "b.c" }.map(
            \.fault)
        #expect(faults.contains(.narrowed(stated: "MIT OR Apache-2.0", declared: "MIT")))
        #expect(faults.contains(.contradicted(stated: "MIT", declared: "Zlib")))
    }

    @Test("a foreign signature is good but nobody's; a forged one is a finding")
    func signatures() throws {
        let bench = try Self.packed()
        let report = try Verifier().verify(torrent: bench.torrent)
        #expect(report.isSound && report.signers.map(\.trustedName) == [nil, nil])
        try Self.replaceInfo(bench) { info in
            let list = try #require(info.extra("signatures")?.elements.first { _ in true })
            guard case .dictionary(var entry) = Bencode(list) else { throw CancellationError() }
            entry[Array("t".utf8)] = "other words"
            return info.document.root.encoded(changing: ["signatures": .list([.dictionary(entry)])])
        }
        let forged = try Self.verify(bench)
        #expect(
            forged.findings.map(\.fault) == [.badSignature(try Bench.key(1).publicKey, .badCommentSignature)])
    }

    @Test("a document that lies about a file is found, with and without its digests")
    func document() throws {
        let bench = try Bench(["a.txt": "1"])
        try bench.pack {
            $0.license = "CC0-1.0"
            $0.creators = ["A"]
        }
        let text = try bench.read("work.spdx.json")
        // The document is a file like any other to a torrent made over it.
        let lying = text.replacingOccurrences(of: "6b86b273", with: "00000000")
        try #require(lying != text)
        try bench.write(
            lying.replacingOccurrences(of: "./REUSE.toml", with: "./GONES.toml"), "work.spdx.json")
        var verifier = Verifier()
        let found = try verifier.verify(torrent: bench.torrent)
        #expect(found.findings.map(\.path) == ["work.spdx.json"])
        try Self.repair(bench)
        let faults = try verifier.verify(torrent: bench.torrent).findings.map {
            "\($0.path ?? ""): \($0.fault)"
        }.sorted()
        #expect(
            faults == ["GONES.toml: documentExtra", "REUSE.toml: documentLacks", "a.txt: documentDigest"])
        verifier.comparesDocumentDigests = false
        #expect(try verifier.verify(torrent: bench.torrent).findings.count == 2)
    }

    /// Makes a torrent with the old manifest over the files as they are now.
    private static func repair(_ bench: Bench) throws {
        let old = try bench.info()
        let outer = try TemporaryFolder()
        let copy = outer[bench.name]
        try FileManager.default.copyItem(atPath: bench.folder, toPath: copy.path)
        try FileManager.default.moveItem(
            at: copy.appending(path: "work.spdx.json"), to: copy.appending(path: "doc.json"))
        var options = PackOptions()
        options.license = "CC0-1.0"
        options.creators = ["A"]
        options.name = "other"
        _ = try Packer(options: options, findText: Bench.texts).pack(copy.path)
        let made = try TorrentFile.read(outer["other.torrent"].path).info
        let root = try #require(made.files.first { $0.path == ["doc.json"] }?.piecesRoot)
        let spoiled = try #require(old.files.first { $0.path == ["work.spdx.json"] })
        var bytes = old.bytes
        let place = try #require(spoiled.value["pieces root"]?.stringRange)
        bytes.replaceSubrange(place, with: root.bytes)
        // v2 alone, so that no v1 piece need be made.
        let info = try InfoDictionary.parse(
            InfoDictionary.parse(bytes).document.root.encoded(changing: ["pieces": nil, "files": nil]))
        try bench.outer.write(Metainfo(info: info).encoded(), to: "\(bench.name).torrent")
    }

    @Test("signed bytes and signature come out as files that minisign takes")
    func inspection() throws {
        let bench = try Self.packed()
        let inspection = try Inspection(TorrentFile.read(bench.torrent).info)
        #expect(inspection.groups.map(\.expression) == ["CC-BY-SA-4.0", "CC0-1.0", "GPL-3.0-or-later"])
        #expect(inspection.groups.map(\.fileCount) == [4, 2, 2])
        #expect(inspection.signers.map(\.failure) == [nil] && inspection.verdict != nil)
        let key = try Bench.key(1).publicKey
        let text = try #require(try inspection.minisig(of: key))
        try key.verify(Minisig(text: Array(text.utf8)), of: inspection.signedBytes)
        #expect(try inspection.minisig(of: Bench.key(2).publicKey) == nil)
    }

    @Test("a torrent of one file without a folder is checked, and its file may be named by its folder")
    func singleFile() throws {
        let bench = try Bench()
        let bytes = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try bench.outer.write(bytes, to: "one.bin")
        var builder = InfoDictionaryBuilder(
            kind: .v1, name: "one.bin", pieceLength: 16_384,
            files: [.init(path: ["one.bin"], length: 40_000)],
            isSingleFile: true)
        for start in stride(from: 0, to: bytes.count, by: 16_384) {
            builder.v1Pieces += SHA1.hash(bytes[start..<min(bytes.count, start + 16_384)]).bytes
        }
        let metainfo = try Metainfo(info: InfoDictionary.parse(builder.build()))
        try bench.outer.write(metainfo.encoded(), to: "one.torrent")
        let torrent = bench.outer["one.torrent"].path
        #expect(try Verifier().verify(torrent: torrent).isSound)
        #expect(try Verifier().verify(torrent: torrent, folder: bench.outer.path).isSound)
        try bench.outer.write(bytes.map { $0 == 3 ? 4 : $0 }, to: "one.bin")
        #expect(try Verifier().verify(torrent: torrent).findings.map(\.path) == ["one.bin"])
    }

    @Test("no torrent, no payload and no torrent file are errors, not findings")
    func errors() throws {
        let bench = try Self.packed()
        #expect(throws: PackagingError.self) { try Verifier().verify(torrent: bench.folder + "/README.md") }
        #expect(throws: PackagingError.self) { try Verifier().verify(torrent: "/nowhere.torrent") }
        try FileManager.default.removeItem(atPath: bench.folder)
        #expect(throws: PackagingError(.notFound, path: bench.folder)) { try Self.verify(bench) }
    }
}

// REUSE-IgnoreEnd
