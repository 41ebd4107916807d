// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Which files REUSE asks to have terms of their own. Source: REUSE 3.3, "Covered File"; reuse 6.2, `covered_files.py`.
package enum CoveredFiles {
    /// Whether a file at `path` needs a license and a notice.
    ///
    /// - Parameter includesMesonSubprojects: Meson subprojects are works of their own: folders below `subprojects/`.
    package static func covers(
        _ path: [String], length: Int64, isSymlink: Bool, includesMesonSubprojects: Bool = false
    ) -> Bool {
        guard !isSymlink, length > 0, let name = path.last else { return false }
        for folder in path.dropLast() where [".git", ".hg", ".sl", "LICENSES", ".reuse"].contains(folder) {
            return false
        }
        if !includesMesonSubprojects, isInSubproject(path) { return false }
        return !isIgnored(name)
    }

    static func isInSubproject(_ path: [String]) -> Bool {
        path.count > 2 && path.dropLast(2).contains("subprojects")
    }

    private static func isIgnored(_ name: String) -> Bool {
        for word in ["LICENSE", "LICENCE", "COPYING"] where name.hasPrefix(word) {
            let rest = name.utf8.dropFirst(word.utf8.count)
            if rest.isEmpty || rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: ".") {
                return true
            }
        }
        if [".git", ".hgtags", "REUSE.toml"].contains(name) || name.hasSuffix(".license") { return true }
        // Texts that contain their own tag.
        for odd in ["CAL-1.0", "CAL-1.0-Combined-Work-Exception", "SHL-2.1"]
        where name == odd || name.hasPrefix(odd + ".") {
            return true
        }
        return FileRole.isSPDXDocument(path: name)
    }
}
