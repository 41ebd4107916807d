// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardReport
import SwardScan
import Testing

// REUSE-IgnoreStart

@Suite("The cache of scans") struct ScanCacheTests {
    private func files(_ count: Int) -> [String: String] {
        var files: [String: String] = [:]
        for number in 0..<count {
            files["f\(number).c"] =
                "// SPDX-License-Identifier: \(number % 2 == 0 ? "MIT" : "ISC")\n// \(number)\n"
        }
        return files
    }

    /// Files that were just made could still change unseen; the clock must have moved on.
    private func settle(_ bench: Bench) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: bench.folder["tree"].path) {
            var times = [
                timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0),
            ]
            utimensat(AT_FDCWD, bench.folder["tree/\(name)"].path, &times, 0)
        }
    }

    private func makeBench(_ count: Int) throws -> Bench {
        let bench = try Bench()
        for (path, text) in files(count) { try bench.folder.write(text, to: "tree/\(path)") }
        try settle(bench)
        return bench
    }

    private func scan(_ bench: Bench, engine: String = "1") throws -> ScanReport {
        try bench.scan("tree") {
            $0.cachePath = bench.folder["cache/scan.sqlite"].path
            $0.engineVersion = engine
        }
    }

    @Test("a second scan reads nothing and says the same")
    func second() throws {
        let bench = try makeBench(100)
        var first = try scan(bench)
        #expect(first.counts.fromCache == 0)
        var second = try scan(bench)
        #expect(second.counts.fromCache == 100)
        first.counts.fromCache = 0
        second.counts.fromCache = 0
        #expect(first == second)
    }

    @Test("a file that changed is read anew, and another engine reads all anew")
    func changes() throws {
        let bench = try makeBench(100)
        _ = try scan(bench)
        try bench.folder.write("// SPDX-License-Identifier: Zlib\n", to: "tree/f0.c")
        let second = try scan(bench)
        #expect(second.counts.fromCache == 99)
        #expect(second.terms["f0.c"] == "Zlib")
        #expect(try scan(bench, engine: "2").counts.fromCache == 0)
    }

    @Test("what is no database is thrown away, with a note")
    func damaged() throws {
        let bench = try makeBench(100)
        _ = try scan(bench)
        for name in ["scan.sqlite-wal", "scan.sqlite-shm"] {
            try? FileManager.default.removeItem(at: bench.folder["cache/\(name)"])
        }
        try bench.folder.write(String(repeating: "no database ", count: 1000), to: "cache/scan.sqlite")
        let report = try scan(bench)
        #expect(report.notes.contains { $0.text.contains("cache was damaged") })
        #expect(report.terms["f1.c"] == "ISC")
        #expect(try scan(bench).counts.fromCache == 100)
    }

    @Test("several scans may use one cache at once")
    func parallel() async throws {
        let bench = try makeBench(100)
        try await withThrowingTaskGroup(of: ScanReport.self) { group in
            for _ in 0..<4 { group.addTask { try scan(bench) } }
            for try await report in group { #expect(report.terms.count == 100) }
        }
        #expect(try scan(bench).counts.fromCache == 100)
    }

    @Test("a handful of small files opens no cache")
    func few() throws {
        let bench = try makeBench(5)
        _ = try scan(bench)
        #expect(!FileManager.default.fileExists(atPath: bench.folder["cache"].path))
    }
}

// REUSE-IgnoreEnd
