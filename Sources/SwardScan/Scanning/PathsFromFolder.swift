// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy

/// Paths from the top of a repository, as they are seen from the folder of it that is scanned: `../COPYING` for what lies
/// outside.
struct PathsFromFolder {
    /// From the top, ending in `/`; empty at the top.
    private let prefix: String

    init(_ prefix: String) { self.prefix = prefix }

    func path(of path: String) -> String {
        guard !prefix.isEmpty else { return path }
        if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
        let folders = prefix.split(separator: "/")
        let elements = path.split(separator: "/")
        let shared = zip(folders, elements).prefix { $0 == $1 }.count
        return String(repeating: "../", count: folders.count - shared)
            + elements.dropFirst(shared).joined(separator: "/")
    }

    func file(_ file: ScannedFile) -> ScannedFile {
        guard !prefix.isEmpty else { return file }
        var file = file
        file.path = path(of: file.path)
        file.declaredIn = file.declaredIn.map(path)
        for index in file.findings.indices {
            let rule = file.findings[index].rule
            guard rule.hasPrefix(Self.pointer) else { continue }
            file.findings[index].rule = Self.pointer + path(of: String(rule.dropFirst(Self.pointer.count)))
        }
        return file
    }

    private static let pointer = "pointer:"
}
