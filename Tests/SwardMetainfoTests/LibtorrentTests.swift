// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardMetainfo
import SwardPrimitives
import Testing

/// Which programs to compare with: the Python that `SWARD_PYTHON` names, and the system's if it has libtorrent.
enum LibtorrentPython {
    static let all: [String] = {
        let named = ProcessInfo.processInfo.environment["SWARD_PYTHON"]
        // What was asked for must be there; what the system happens to have is used if it can be.
        let system = ["/usr/bin/python3"].filter { (try? run($0, ["-c", "import libtorrent"])) != nil }
        return (named.map { [$0] } ?? []) + system
    }()

    struct Failure: Error { let status: Int32 }

    static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["-B", "-W", "ignore"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return data
    }
}

@Suite("Torrents of libtorrent", .enabled(if: !LibtorrentPython.all.isEmpty)) struct LibtorrentTests {
    struct Expectations: Decodable {
        struct File: Decodable {
            let path: [String], length: Int, word: String, attributes: String, target: [String]?
        }
        struct Torrent: Decodable {
            let name: String, kind: String, pieceLength: Int, isSingleFile: Bool, files: [File], info: String
            let isAmbiguous: Bool
        }
        let version: String
        let trees: [Torrent]
    }

    @Test(
        "a thousand random trees have the info dictionary it writes, byte for byte",
        arguments: LibtorrentPython.all)
    func agrees(python: String) throws {
        let script = Fixture.root.deletingLastPathComponent().appending(
            path: "Tests/Interop/metainfo/expect.py")
        let expectations = try JSONDecoder().decode(
            Expectations.self, from: LibtorrentPython.run(python, [script.path, "1000"]))
        try #require(expectations.trees.count == 1000)
        var ambiguous = 0
        for expected in expectations.trees {
            let tree = Tree(
                name: expected.name, kind: expected.kind == "hybrid" ? .hybrid : .v2,
                pieceLength: expected.pieceLength, isSingleFile: expected.isSingleFile,
                files: try expected.files.map { file in
                    var attributes: FileAttributes = []
                    if file.attributes.contains("x") { attributes.insert(.executable) }
                    if file.attributes.contains("l") { attributes.insert(.symlink) }
                    return Tree.File(
                        path: file.path, length: file.length, word: try #require(UInt64(file.word)),
                        attributes: attributes, target: file.target)
                })
            let info = try tree.build().info
            if info.hex == expected.info { continue }
            // libtorrent 2.1.1 orders such paths so that it cannot load what it made; ours is the file tree's order.
            #expect(expected.isAmbiguous, "\(expected.name), libtorrent \(expectations.version)")
            ambiguous += 1
            #expect(throws: MetainfoError.self) {
                try InfoDictionary.parse(#require([UInt8](hex: expected.info)))
            }
        }
        // Most of the trees must have been compared.
        #expect(ambiguous < 50, "libtorrent \(expectations.version)")
    }
}
