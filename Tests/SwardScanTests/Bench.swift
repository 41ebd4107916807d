// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardPolicy
import SwardReport
import SwardScan

// REUSE-IgnoreStart

/// A tree to scan, and what was said of its files.
struct Bench {
    let folder: TemporaryFolder

    init(_ files: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        for (path, text) in files { try folder.write(text, to: path) }
    }

    func scan(_ path: String = "", _ change: (inout ScanOptions) -> Void = { _ in }) throws -> ScanReport {
        var options = ScanOptions()
        options.selection = .everything
        options.threads = 2
        change(&options)
        return try Scanner(options).scan(path.isEmpty ? folder.path : folder[path].path)
    }
}

extension ScanReport {
    func file(_ path: String) -> ScannedFile? { files.first { $0.file.path == path }?.file }

    /// By path, what was concluded for each file that has terms.
    var terms: [String: String] {
        var terms: [String: String] = [:]
        for file in files {
            if let expression = file.file.concluded { terms[file.file.path] = "\(expression)" }
        }
        return terms
    }
}

/// An uncompressed tar, POSIX ustar, of plain files.
func tar(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        func octal(_ number: Int, _ digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(file.name, at: 0)
        put("0000644\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put(octal(file.bytes.count, 11) + "\0", at: 124)
        put("00000000000\0", at: 136)
        put("        0", at: 148)
        put("ustar\u{0}00", at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        archive += header + file.bytes
        archive += [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
}
