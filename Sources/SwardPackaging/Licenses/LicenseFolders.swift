// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import Glibc

/// Where license texts of this machine and this user lie.
public struct LicenseFolders: Hashable, Sendable {
    /// Where `license update` puts them: `$XDG_DATA_HOME/sward/licenses`.
    public var user: String?
    /// One `sward/licenses` for each of `$XDG_DATA_DIRS`, and what distributions have of the SPDX list.
    public var shared: [String]
    /// Debian's texts, under names of its own.
    public var common: String

    public init(user: String?, shared: [String] = [], common: String = "/usr/share/common-licenses") {
        self.user = user
        self.shared = shared
        self.common = common
    }

    /// - Parameter environment: Looks a variable up. Relative paths count as none, as XDG has it.
    public init(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
        func absolute(_ path: String?) -> String? { path.flatMap { $0.hasPrefix("/") ? $0 : nil } }
        let home = absolute(environment("HOME")).map { $0 + "/.local/share" }
        let data =
            environment("XDG_DATA_DIRS").flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share"
        self.init(
            user: (absolute(environment("XDG_DATA_HOME")) ?? home).map { $0 + "/sward/licenses" },
            shared: data.split(separator: ":").compactMap { absolute(String($0)) }.map {
                $0 + "/sward/licenses"
            }
                + ["/usr/share/licenses/spdx"])
    }
}
