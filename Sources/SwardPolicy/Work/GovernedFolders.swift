// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a package says of itself may lie in a folder of its own beside what it speaks of. Sources: PyPA, "Recording installed
/// projects" (`.dist-info`); setuptools, "Internal structure of Python eggs" (`EGG-INFO`, `.egg-info`); the JAR file
/// specification (`META-INF`); Debian policy 12.5 (`usr/share/doc/PACKAGE/copyright`).
package struct GovernedFolders {
    /// By folder of metadata.
    private var governed: [String: String] = [:]
    /// Folders of metadata, by what they speak for.
    private var speakers: [String: Int] = [:]

    /// - Parameter paths: Of all files that state something.
    package init(of paths: some Sequence<String>) {
        for path in paths {
            let folder = path.folder
            guard governed[folder] == nil, let above = Self.governed(by: path, in: folder) else { continue }
            governed[folder] = above
            speakers[above, default: 0] += 1
        }
    }

    /// The folder that what lies in `folder` speaks for: another one where it is a package's metadata, and the only such
    /// there, as where many packages are installed side by side none speaks for all; else itself.
    package func folder(of folder: String) -> String {
        guard let above = governed[folder], speakers[above] == 1 else { return folder }
        return above
    }

    private static func governed(by path: String, in folder: String) -> String? {
        let name = folder.lastName
        if name == "META-INF" || name == "EGG-INFO" || name.hasSuffix(".dist-info")
            || name.hasSuffix(".egg-info")
        {
            return folder.folder
        }
        guard path.lastName == "copyright" else { return nil }
        var above = folder.folder
        for expected in ["doc", "share", "usr"] {
            guard above.lastName == expected else { return nil }
            above = above.folder
        }
        return above
    }
}
