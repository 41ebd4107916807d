// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
package import SwardPolicy
package import SwardPrimitives

/// The operator's decisions to let held works pass, each with its reason, kept from run to run.
package struct ReleaseStore: Sendable {
    /// One decision.
    package struct Entry: Hashable, Sendable {
        /// The work's: of v2 where it has one, else of v1.
        package let infoHash: String
        /// The work's; `nil` where it was not kept.
        package let name: String?
        package let reason: String
    }

    private let folder: String

    /// Before the name and the reason; a file without it is the reason alone.
    private static let head = "sward release 1\n"
    /// In bytes.
    private static let limit = 16 << 10

    /// - Parameter folder: An absolute path; made when the first decision is.
    package init(folder: String) { self.folder = folder }

    package func release(for hashes: InfoHashes) throws(PackagingError) -> OperatorRelease? {
        guard let bytes = try SmallFile.read(path(of: hashes), limit: Self.limit) else { return nil }
        return OperatorRelease(reason: Self.entry("", bytes).reason)
    }

    /// - Parameter name: The work's.
    package func record(
        _ release: OperatorRelease, for hashes: InfoHashes, name: String
    ) throws(PackagingError) {
        try SmallFile.makeFolder(folder)
        let line = String(name.map { $0.isNewline ? " " : $0 })
        try SmallFile.write(Array((Self.head + line + "\n" + release.reason).utf8), to: path(of: hashes))
    }

    /// All of them, by name.
    package func all() throws(PackagingError) -> [Entry] {
        var entries: [Entry] = []
        for hash in SmallFile.names(inFolder: folder) ?? [] where Self.isHash(hash) {
            guard let bytes = try SmallFile.read("\(folder)/\(hash)", limit: Self.limit) else { continue }
            entries.append(Self.entry(hash, bytes))
        }
        return entries.sorted { ($0.name ?? "", $0.infoHash) < ($1.name ?? "", $1.infoHash) }
    }

    /// - Returns: Whether there was one.
    package func withdraw(_ infoHash: String) throws(PackagingError) -> Bool {
        guard Self.isHash(infoHash) else { return false }
        let path = "\(folder)/\(infoHash)"
        if unlink(path) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw PackagingError(.system("unlink", errno), path: path)
        }
        return false
    }

    package static func name(of hashes: InfoHashes) -> String { hashes.v2?.hex ?? hashes.v1?.hex ?? "" }

    private static func isHash(_ text: String) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func entry(_ hash: String, _ bytes: [UInt8]) -> Entry {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix(head) else { return Entry(infoHash: hash, name: nil, reason: text) }
        let rest = text.dropFirst(head.count)
        let end = rest.firstIndex(of: "\n") ?? rest.endIndex
        return Entry(
            infoHash: hash, name: String(rest[..<end]),
            reason: end < rest.endIndex ? String(rest[rest.index(after: end)...]) : "")
    }

    private func path(of hashes: InfoHashes) -> String { "\(folder)/\(Self.name(of: hashes))" }
}
