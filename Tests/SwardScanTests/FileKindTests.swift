// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import SwardScan
import Testing

@Suite("Kinds of files") struct FileKindTests {
    static let rows: [(path: String, head: [UInt8], content: ScannedFile.Content)] = [
        ("a.c", Array("int a;\n".utf8), .source), ("tool", Array("#!/bin/sh\n".utf8), .source),
        ("Makefile", Array("all:\n".utf8), .source), ("tool", [0x7F, 0x45, 0x4C, 0x46, 2, 1], .objectCode),
        ("A.class", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0], .objectCode),
        ("a.wasm", [0, 0x61, 0x73, 0x6D], .objectCode),
        ("a.macho", [0xCF, 0xFA, 0xED, 0xFE], .objectCode), ("a.jar", [0x50, 0x4B, 3, 4], .archive),
        ("build.pkg", Array("# what to build\nname=well\n".utf8), .text),
        ("a.pkg", Array("xar!".utf8), .archive),
        ("a.warc", Array("WARC/1.1\r\n".utf8), .archive), ("a.lzma", [0x5D, 0, 0, 0x80, 0], .archive),
        ("x", [0x1F, 0x8B, 8, 0], .archive), ("a.png", [0x89, 0x50, 0x4E, 0x47], .media),
        ("x", Array("%PDF-1.7".utf8), .media), ("a.svg", Array("<svg/>".utf8), .media),
        ("a.csv", Array("a,b\n".utf8), .data), ("notes.txt", Array("hello\n".utf8), .text),
        ("x", [0, 1, 2, 3], .other), ("notes", Array("hello\n".utf8), .text),
        ("a.js", Array("let a = 1;\n".utf8), .source), ("a.min.js", Array("let a=1".utf8), .minified),
        ("b.js", Array(String(repeating: "a=1;", count: 1000).utf8), .minified),
        ("a.torrent", Array("d8:announce3:urle".utf8), .data),
        ("b.torrent", Array("down with it\n".utf8), .text),
        ("z.zip!a/b.py", Array("x = 1\n".utf8), .source),
    ]

    @Test("name and first bytes tell what a file is", arguments: rows.indices)
    func content(_ index: Int) {
        let row = Self.rows[index]
        let found = row.head.withUnsafeBytes {
            FileKind.content(of: row.path, head: $0, length: Int64(row.head.count))
        }
        #expect(found == row.content, "\(row.path)")
    }

    @Test("a PE file is told by the head its own head points to")
    func portableExecutable() {
        var bytes = [UInt8](repeating: 0, count: 256)
        bytes.replaceSubrange(0..<2, with: [0x4D, 0x5A])
        bytes[60] = 128
        #expect(bytes.withUnsafeBytes { FileKind.content(of: "x", head: $0, length: 256) } == .other)
        bytes.replaceSubrange(128..<130, with: [0x50, 0x45])
        #expect(bytes.withUnsafeBytes { FileKind.content(of: "x", head: $0, length: 256) } == .objectCode)
    }
}
