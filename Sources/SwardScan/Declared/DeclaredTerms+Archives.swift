// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension DeclaredTerms {
    /// The Debian package whose files, or whose words to the package manager, a scope holds: `a.deb!` of
    /// `a.deb!control.tar.xz!`. Source: deb(5).
    static func deb(of scope: String) -> String? {
        guard let mark = scope.dropLast().lastIndex(of: "!"), scope[...mark].hasSuffix(".deb!") else {
            return nil
        }
        let name = scope[scope.index(after: mark)...]
        return name.hasPrefix("data.tar") || name.hasPrefix("control.tar") ? String(scope[...mark]) : nil
    }
}
