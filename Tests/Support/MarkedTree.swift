// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A small tree of `Fixtures/licenses/trees.cases`, and the marks of enclosure that one of its files bears.
///
/// Each begins with a line `=== MARK … @ PATH`, or `=== NONE @ PATH` for what only looks like one. A file begins with
/// `--- PATH`; `--- PATH < NAME` puts the project's own `LICENSES/NAME.txt` before what follows, and `--- PATH * COUNT` writes
/// what follows so many times on one line. `\0`, `\1` and `\x7f` are bytes.
package struct MarkedTree: Sendable {
    /// None where none may be found.
    package var marks: Set<String>
    /// Of the file that bears the marks, or would be thought to.
    package var path: String
    package var files: [(path: String, bytes: [UInt8])] = []
    /// Of the label, from 1.
    package var line: Int

    package static func all() throws -> [MarkedTree] {
        let licenses = Fixture.root.deletingLastPathComponent().appending(path: "LICENSES")
        let text = try Fixture("licenses/trees.cases").text
        var trees: [MarkedTree] = []
        var copies = 1
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("=== ") {
                let parts = line.dropFirst(4).components(separatedBy: " @ ")
                guard parts.count == 2 else { throw BadTree(line: index + 1) }
                let marks = Set(parts[0].split(separator: " ").map(String.init)).subtracting(["NONE"])
                trees.append(MarkedTree(marks: marks, path: parts[1], line: index + 1))
            } else if line.hasPrefix("--- ") {
                let name = line.dropFirst(4)
                let from = name.components(separatedBy: " < "), times = name.components(separatedBy: " * ")
                copies = times.count == 2 ? Int(times[1]) ?? 1 : 1
                let start =
                    try from.count == 2
                    ? Data(contentsOf: licenses.appending(path: from[1] + ".txt")) : Data()
                guard !trees.isEmpty else { throw BadTree(line: index + 1) }
                trees[trees.count - 1].files.append((from.count == 2 ? from[0] : times[0], Array(start)))
            } else if !line.isEmpty || trees.last?.files.isEmpty == false {
                guard let last = trees.last?.files.indices.last else { throw BadTree(line: index + 1) }
                let raw = line.replacing("\\0", with: "\0").replacing("\\1", with: "\u{1}").replacing(
                    "\\x7f", with: "\u{7F}")
                trees[trees.count - 1].files[last].bytes +=
                    (0..<copies).flatMap { _ in Array(raw.utf8) } + [10]
            }
        }
        return trees
    }

    /// Writes the files into a new folder.
    package func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for file in files { try folder.write(file.bytes, to: file.path) }
        return folder
    }
}

package struct BadTree: Error, CustomStringConvertible {
    package var line: Int
    package var description: String {
        "trees.cases:\(line): expected `=== MARK … @ PATH`, `--- PATH` or its lines"
    }
}
