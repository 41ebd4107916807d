// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation

/// A file under `Fixtures/`, found from where this source lies.
package struct Fixture: Hashable, Sendable, CustomStringConvertible {
    package enum Failure: Error, Hashable, Sendable { case emptyFolder(String), missing(String) }

    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures", directoryHint: .isDirectory)

    /// Relative to `Fixtures/`.
    package let path: String

    /// - Throws: `Failure.missing` when there is no such file or folder.
    package init(_ path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: url.path) else { throw Failure.missing(path) }
    }

    package var url: URL { Self.root.appending(path: path) }
    package var name: String { url.lastPathComponent }
    package var description: String { path }

    package var bytes: [UInt8] { get throws { try Array(Data(contentsOf: url)) } }
    package var text: String { get throws { try String(contentsOf: url, encoding: .utf8) } }

    /// The files directly in a folder of `Fixtures/`, hidden ones left out, in the order of their names.
    ///
    /// - Throws: `Failure.emptyFolder`, so that a test over a folder cannot pass by finding nothing in it.
    package static func all(in folder: String, withExtension suffix: String? = nil) throws -> [Fixture] {
        let directory = root.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        let fixtures = try names.sorted()
            .filter { !$0.hasPrefix(".") && (suffix == nil || $0.hasSuffix(".\(suffix ?? "")")) }
            .map { try Fixture("\(folder)/\($0)") }
        guard !fixtures.isEmpty else { throw Failure.emptyFolder(folder) }
        return fixtures
    }
}
