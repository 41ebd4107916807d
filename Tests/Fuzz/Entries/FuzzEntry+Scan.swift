// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardArchive
import SwardScan

extension FuzzEntry {
    /// A `REUSE.toml`, and the table that speaks for a few paths.
    package static let reuseAnnotations = FuzzEntry(name: "reuse-annotations") {
        (bytes: [UInt8]) throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        let annotations: ReuseAnnotations
        do throws(ScanError) { annotations = try ReuseAnnotations(text, folder: ["a"]) } catch {
            guard case .badAnnotations = error.reason else {
                throw Violation(claim: "a refusal says what is wrong")
            }
            return
        }
        for path in [["a", "b.c"], ["a", "b", "c.c"], ["b.c"], ["a"]] {
            let table = annotations.table(for: path)
            try check(
                "no table speaks for what lies above it", table == nil || path.first == "a" && path.count > 1)
            _ = ReusePrecedence([annotations]).ruling(for: path)
        }
    }

    /// A `.reuse/dep5`.
    package static let dep5 = FuzzEntry(name: "dep5") { (bytes: [UInt8]) throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let dep5 = try? Dep5(text) else { return }
        for path in ["a.c", "a/b.c", ""] {
            guard let found = dep5.paragraph(for: path) else { continue }
            try check(
                "what speaks for a path fits it", found.patterns.contains { DebianGlob($0).matches(path) })
        }
    }

    /// A pattern and a path, a line each: of REUSE.toml, of dep5, of an ignore file.
    package static let pathGlob = FuzzEntry(name: "path-glob") { (bytes: [UInt8]) throws(Violation) in
        let lines = bytes.prefix(4096).split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return }
        let (pattern, path) = (
            String(decoding: lines[0], as: UTF8.self), String(decoding: lines[1], as: UTF8.self)
        )
        _ = PathGlob(pattern).matches(path)
        _ = DebianGlob(pattern).matches(path)
        try check("an escaped path fits itself", PathGlob(PathGlob.escaped(path)).matches(path))
        try check("a star of Debian's takes anything", DebianGlob("*").matches(path))
        try check("two stars of REUSE's take anything", PathGlob("**").matches(path))
    }

    /// An ignore file, asked about a few paths.
    package static let ignoreRules = FuzzEntry(name: "ignore-rules") { (bytes: [UInt8]) throws(Violation) in
        var rules = IgnoreRules()
        rules.add(String(decoding: bytes.prefix(16 << 10), as: UTF8.self), in: [])
        for path in [["a.o"], ["build", "x"], ["a", "b", "c"]] {
            let asFile = rules.ignores(path, isFolder: false)
            rules.add("", in: [])
            try check("an empty file changes nothing", rules.ignores(path, isFolder: false) == asFile)
        }
        rules.add("*\n", in: [])
        try check("the last rule wins", rules.ignores(["a.o"], isFolder: false))
    }

    /// An archive: as packing reads it, which refuses what is odd, and as scanning does, which tells of it.
    package static let archive = FuzzEntry(name: "archive") { (bytes: [UInt8]) throws(Violation) in
        var limits = ArchiveLimits()
        limits.entries = 64
        limits.bytes = 1 << 20
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
        defer { room.deallocate() }
        if let reader = try? ArchiveReader(bytes: bytes, name: "fuzz", limits: limits) {
            var count = 0
            while let entry = try? reader.next() {
                count += 1
                try check(
                    "names are safe", !entry.path.contains { $0.isEmpty || $0 == ".." || $0.contains("/") })
                try check("entries are limited", count <= limits.entries)
                while let read = try? reader.read(into: room), read > 0 {}
            }
        }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        let whole = UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])
        guard let browser = try? ArchiveBrowser(.memory(whole), name: "fuzz", limits: limits) else { return }
        var (count, expanded) = (0, 0)
        while let entry = try? browser.next() {
            count += 1
            try check("entries are limited", count <= limits.entries)
            try check(
                "no name leads up", !entry.path.split(separator: "/").contains("..") && !entry.path.isEmpty)
            while expanded < limits.bytes, let read = try? browser.read(into: room), read > 0 {
                expanded += read
            }
            if expanded >= limits.bytes { return }
        }
    }
}
