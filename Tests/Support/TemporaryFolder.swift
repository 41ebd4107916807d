// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation

/// A new empty folder that is deleted with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
    package let url: URL
    package var path: String { url.path }

    package init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "sward-test-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    package subscript(_ path: String) -> URL { url.appending(path: path) }

    /// Writes a file, and the folders above it.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to path: String) throws -> URL {
        let file = self[path]
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }

    @discardableResult
    package func write(_ text: String, to path: String) throws -> URL { try write(text.utf8, to: path) }

    package func read(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: self[path])) }
}
