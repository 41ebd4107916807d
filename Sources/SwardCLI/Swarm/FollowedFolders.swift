// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardPackaging

/// Tells what torrents come to folders, and what goes, from one look to the next.
struct FollowedFolders {
    /// What tells one state of a file from another.
    private struct Stamp: Hashable {
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int

        /// - Parameter kind: `S_IFREG` or `S_IFDIR`.
        /// - Returns: `nil` for what is something else, or not there any more.
        init?(_ path: String, _ kind: mode_t = S_IFREG) {
            var status = Glibc.stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == kind else { return nil }
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        }
    }

    /// Between two looks.
    static let period = Duration.seconds(2)

    private let folders: [String]
    /// Told of, in this state.
    private var known: [String: Stamp] = [:]
    /// Seen once: what is still being written has another state at the next look.
    private var fresh: [String: Stamp] = [:]
    /// The folders' own, at the last look.
    private var unchanged: [Stamp?] = []
    private var looks = 0
    /// In looks: how often each of perhaps thousands of files is looked at though no folder changed, as a file may be
    /// written over in place.
    private static let thoroughness = 15

    /// - Parameter paths: Of those in them that need not be told of.
    init(_ folders: [String], knowing paths: [String]) {
        self.folders = folders
        let told = Set(paths)
        for path in folders.flatMap({ Self.torrents(in: $0) ?? [] }) where told.contains(path) {
            known[path] = Stamp(path)
        }
    }

    var isEmpty: Bool { folders.isEmpty }

    /// The torrents in a folder; `nil` where it cannot be read.
    static func torrents(in folder: String) -> [String]? {
        guard let names = SmallFile.names(inFolder: folder) else { return nil }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return names.filter { $0.hasSuffix(".torrent") && !$0.hasPrefix(".") }.sorted().map { prefix + $0 }
    }

    /// What was changed has gone and come.
    mutating func look() -> (gone: [String], come: [String]) {
        looks += 1
        let stamps = folders.map { Stamp($0, S_IFDIR) }
        if stamps == unchanged, fresh.isEmpty, !looks.isMultiple(of: Self.thoroughness) { return ([], []) }
        unchanged = stamps
        var there: [String: Stamp] = [:]
        for folder in folders {
            // A disk that is not mounted for a while takes nothing away.
            guard let paths = Self.torrents(in: folder) else { return ([], []) }
            for path in paths { there[path] = Stamp(path) }
        }
        let gone = known.filter { there[$0.key] != $0.value }.keys.sorted()
        for path in gone { known[path] = nil }
        let come = there.filter { known[$0.key] == nil && fresh[$0.key] == $0.value }.keys.sorted()
        for path in come { known[path] = there[path] }
        fresh = there.filter { known[$0.key] == nil }
        return (gone, come)
    }
}
