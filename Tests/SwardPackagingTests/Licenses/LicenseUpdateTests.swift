// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardFetch
import SwardHash
import SwardPackaging
import SwardPrimitives
import Testing

@Suite("License update") struct LicenseUpdateTests {
    let root: TemporaryFolder
    let update: LicenseUpdate
    let client = FetchClient(route: .environment { _ in nil })

    init() throws {
        root = try TemporaryFolder()
        update = LicenseUpdate(folder: root["data/sward/licenses"].path)
    }

    /// A ustar archive, as small as it may be.
    static func tar(_ files: [(name: String, text: String)]) -> [UInt8] {
        var archive: [UInt8] = []
        for (name, text) in files {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ value: String, at offset: Int) {
                header.replaceSubrange(offset..<(offset + value.utf8.count), with: value.utf8)
            }
            let size = String(text.utf8.count, radix: 8)
            put(name, at: 0)
            put("0000644", at: 100)
            put(String(repeating: "0", count: 11 - size.count) + size, at: 124)
            put("        ", at: 148)
            put("0", at: 156)
            put("ustar\0" + "00", at: 257)
            let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
            put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
            archive += header + Array(text.utf8)
            archive += [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
        }
        return archive + [UInt8](repeating: 0, count: 1024)
    }

    static let release = tar([
        ("license-list-data-3.28.0/README.md", "read me"),
        ("license-list-data-3.28.0/text/MIT.txt", "MIT text"),
        ("license-list-data-3.28.0/text/deprecated_GPL-3.0.txt", "GPL text"),
        ("license-list-data-3.28.0/text/MIT.html.txt", "<p>"),
        ("license-list-data-3.28.0/json/details/MIT.txt", "{}"),
        ("license-list-data-3.28.0/text/no license.txt", "x"),
        ("license-list-data-3.28.0/text/sub/X.txt", "x"),
        ("license-list-data-3.28.0/text/Classpath-exception-2.0.txt", "exception"),
    ])

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root["data/sward/licenses"].path).sorted()
    }

    @Test("the texts of an archive are installed, and what was seen is recorded")
    func install() async throws {
        let archive = try root.write(Self.release, to: "list.tar").path
        let report = try await update.run(from: .file(archive), client: client)
        #expect(report.digest == SHA256.hash(Self.release))
        #expect(report.count == 3)
        #expect(report.length == Int64(Self.release.count))
        #expect(try names() == ["Classpath-exception-2.0.txt", "GPL-3.0.txt", "MIT.txt", "SOURCE"])
        #expect(try root.read("data/sward/licenses/MIT.txt") == Array("MIT text".utf8))
        let record = try String(decoding: root.read("data/sward/licenses/SOURCE"), as: UTF8.self)
        #expect(
            record
                == "source: \(archive)\nsha256: \(report.digest.hex)\nlength: \(Self.release.count)\ntexts: 3\n"
        )
        let texts = LicenseTexts(folders: LicenseFolders(user: report.folder, common: "/nowhere"))
        #expect(texts.search(for: "GPL-3.0-or-later").found?.bytes == Array("GPL text".utf8))
    }

    @Test("an update replaces all texts at once and leaves nothing behind")
    func replace() async throws {
        let old = try root.write(Self.release, to: "old.tar").path
        let new = try root.write(Self.tar([("x/text/Zlib.txt", "zlib")]), to: "new.tar").path
        _ = try await update.run(from: .file(old), client: client)
        _ = try await update.run(from: .file(old), client: client)
        _ = try await update.run(from: .file(new), client: client)
        #expect(try names() == ["SOURCE", "Zlib.txt"])
        let left = try FileManager.default.contentsOfDirectory(atPath: root["data/sward"].path)
        #expect(left.count == 2 && left.contains("licenses"), "\(left)")
    }

    @Test("a digest that is not the expected one changes nothing")
    func digest() async throws {
        let archive = try root.write(Self.release, to: "list.tar").path
        let found = SHA256.hash(Self.release)
        _ = try await update.run(from: .file(archive), expected: found, client: client)
        let other = SHA256.hash([1])
        await #expect(throws: LicenseUpdateError.wrongDigest(found: found, expected: other, source: archive))
        {
            try await update.run(from: .file(archive), expected: other, client: client)
        }
        #expect(try names().contains("MIT.txt"))
    }

    @Test("archives without texts, damaged ones and hostile names change nothing")
    func badArchives() async throws {
        let good = try root.write(Self.release, to: "good.tar").path
        _ = try await update.run(from: .file(good), client: client)
        let before = try names()
        let empty = try root.write(Self.tar([("a/b.txt", "x")]), to: "empty.tar").path
        await #expect(throws: LicenseUpdateError.noTexts(source: empty)) {
            try await update.run(from: .file(empty), client: client)
        }
        let bad: [(String, [UInt8])] = [
            ("cut.tar", Array(Self.release.prefix(1100))), ("noise.tar", Array(repeating: 7, count: 5000)),
            ("escape.tar", Self.tar([("a/text/MIT.txt", "x"), ("../text/evil.txt", "x")])),
        ]
        for (name, bytes) in bad {
            let path = try root.write(bytes, to: name).path
            await #expect(throws: LicenseUpdateError.self, "\(name)") {
                try await update.run(from: .file(path), client: client)
            }
        }
        await #expect(throws: LicenseUpdateError.self) {
            try await update.run(from: .file(root["none"].path), client: client)
        }
        #expect(try names() == before)
        let left = try FileManager.default.contentsOfDirectory(atPath: root["data/sward"].path)
        #expect(left.count == 2, "\(left)")
    }

    @Test("a folder that somebody made is not replaced")
    func inTheWay() async throws {
        try root.write("mine", to: "data/sward/licenses/LicenseRef-Mine.txt")
        let archive = try root.write(Self.release, to: "list.tar").path
        await #expect(throws: LicenseUpdateError.inTheWay(root["data/sward/licenses"].path)) {
            try await update.run(from: .file(archive), client: client)
        }
        #expect(try names() == ["LicenseRef-Mine.txt"])
    }

    @Test("a version makes the official address, and nothing else does")
    func addresses() throws {
        #expect(
            try LicenseUpdate.url(ofVersion: "3.28.0")
                == "https://github.com/spdx/license-list-data/archive/refs/tags/v3.28.0.tar.gz")
        #expect(
            try LicenseUpdate.url(ofVersion: "3.9", template: "https://m/{version}/x") == "https://m/3.9/x")
        for bad in ["", "3", "v3.28.0", "3.28.0/../x", "3..0", "3.28.0.0.0", "٣.١"] {
            #expect(throws: LicenseUpdateError.badVersion(bad)) { try LicenseUpdate.url(ofVersion: bad) }
        }
    }

    @Test("the archive is fetched from a URL, and a missing one is named")
    func fetching() async throws {
        try root.write(Self.release, to: "www/list.tar")
        let server = Process()
        let output = Pipe()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments = [
            "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", root["www"].path,
        ]
        server.standardOutput = output
        server.standardError = FileHandle.nullDevice
        try server.run()
        defer { server.terminate() }
        // "Serving HTTP on 127.0.0.1 port 12345 (http://127.0.0.1:12345/) ..."
        var line = ""
        while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            line.unicodeScalars.append(Unicode.Scalar(byte))
        }
        let base = try #require(line.split(separator: "(").last?.split(separator: ")").first).description
        let report = try await update.run(
            from: .url(base + "list.tar"), expected: SHA256.hash(Self.release), client: client)
        #expect(report.source == base + "list.tar")
        #expect(try names().contains("MIT.txt"))
        let missing = base + "none.tar"
        await #expect(throws: LicenseUpdateError.fetch(.status(404, url: missing), url: missing)) {
            try await update.run(from: .url(missing), client: client)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: root["data/sward"].path)
        #expect(left.count == 2, "\(left)")
    }
}
