// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Hostile
import Support
import SwardDetection
import SwardMetadata

/// What contents made to be slow cost: processor time for each mebibyte, the dearest first.
enum HostileTimes {
    private struct Content: Sendable {
        var name: String
        var path: String
        var role: FileRole
        var bytes: @Sendable (Int) -> [UInt8]
    }

    private static let contents =
        HostileText.all.map { text in
            Content(name: text.name, path: "file.txt", role: text.role) { text.bytes($0) }
        }
        + HostileFile.all.map { file in
            Content(name: file.name, path: file.path, role: FileRole(path: file.path)) { file.bytes($0) }
        }

    /// - Parameter name: Only contents whose name has it.
    static func show(mebibytes: Double, named name: String) {
        let count = Int(mebibytes * Double(1 << 20))
        var rows: [(name: String, words: Double, fields: Double, work: Int, isPart: Bool)] = []
        for content in contents where name.isEmpty || content.name.contains(name) {
            let bytes = content.bytes(count)
            // Kept from run to run, as each thread of a scan keeps one from file to file.
            var workspace = LicenseDetector.Workspace()
            unsafe bytes.withUnsafeBytes { bytes in
                var detection = FileDetection()
                // The least of several runs: what else the machine does only adds.
                let words = least {
                    unsafe detection = LicenseDetector().detect(bytes, role: content.role, using: &workspace)
                }
                let fields = least {
                    _ = unsafe MetadataReader.read(path: content.path, bytes: bytes, limits: MetadataLimits())
                }
                rows.append(
                    (
                        content.name, words / mebibytes, fields / mebibytes,
                        detection.work / Int(mebibytes * 1024), detection.isReadInPart
                    ))
            }
        }
        print("ms/MiB  fields   work")
        for row in rows.sorted(by: { $0.words + $0.fields > $1.words + $1.fields }) {
            print(
                String(format: "%6.1f  %6.1f %6d  ", row.words, row.fields, row.work) + row.name
                    + (row.isPart ? ", read in part" : ""))
        }
    }

    /// In milliseconds.
    private static func least(_ body: () -> Void) -> Double {
        (0..<3).map { _ in processorTime(of: body) / .milliseconds(1) }.min() ?? 0
    }

    /// Which of `paths` cost the most for their length, and which are read in part: how far real files are from the bound.
    static func showWork(_ paths: [String]) {
        var rows: [(work: Double, row: String)] = []
        for path in paths {
            guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), !data.isEmpty else {
                continue
            }
            let found = unsafe data.withUnsafeBytes {
                unsafe LicenseDetector().detect($0, role: FileRole(path: path))
            }
            // Of small files any part is within what every file is given.
            let work = Double(found.work) / Double(max(data.count, 64 << 10))
            rows.append(
                (
                    work,
                    String(format: "%6.2f %9d  ", work, data.count) + path
                        + (found.isReadInPart ? ", read in part" : "")
                ))
        }
        for row in rows.sorted(by: { $0.work > $1.work }).prefix(12) { print(row.row) }
    }
}
