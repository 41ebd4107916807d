// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPolicy

/// Tells members of archives from files whose names merely have a `!`.
struct ArchivePaths {
    private let archives: Set<String>

    init(_ report: ScanReport) {
        archives = Set(report.files.lazy.filter { $0.file.content == .archive }.map(\.file.path))
    }

    /// The file of the tree that holds `path`, and the innermost archive; `nil` for a file of the tree.
    func container(of path: String) -> (outermost: String, innermost: String)? {
        guard !archives.isEmpty, path.utf8.contains(UInt8(ascii: "!")) else { return nil }
        var outermost: String?
        var innermost: String?
        var index = path.startIndex
        while let mark = path[index...].utf8.firstIndex(of: UInt8(ascii: "!")) {
            let head = String(path[..<mark])
            if archives.contains(head) {
                if outermost == nil { outermost = head }
                innermost = head
            }
            index = path.utf8.index(after: mark)
        }
        guard let outermost, let innermost else { return nil }
        return (outermost, innermost)
    }
}
