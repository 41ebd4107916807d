// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import Testing

@testable import SwardCLI

@Suite("Folders that are followed") struct FollowedFoldersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func looks(_ followed: inout FollowedFolders, _ count: Int = 1) -> [[String]] {
        var told: [[String]] = []
        for _ in 0..<count {
            let (gone, come) = followed.look()
            let lead = folder.path.count + 1
            told.append(gone.map { "-\($0.dropFirst(lead))" } + come.map { "+\($0.dropFirst(lead))" })
        }
        return told
    }

    @Test("what comes is told of when it rests, what goes at once, what others put there never")
    func comesAndGoes() throws {
        try folder.write([1], to: "old.torrent")
        let old = "\(folder.path)/old.torrent"
        var followed = FollowedFolders([folder.path], knowing: [old])
        #expect(looks(&followed, 2) == [[], []])
        try folder.write([1], to: "new.torrent")
        try folder.write([1], to: ".hidden.torrent")
        try folder.write([1], to: "readme.txt")
        #expect(looks(&followed) == [[]])
        // Still being written.
        try folder.write([1, 2], to: "new.torrent")
        #expect(looks(&followed, 3) == [[], ["+new.torrent"], []])
        unlink(old)
        #expect(looks(&followed, 2) == [["-old.torrent"], []])
    }

    @Test("what is written over in place is found, if not at once")
    func overwritten() throws {
        try folder.write([1], to: "a.torrent")
        let path = "\(folder.path)/a.torrent"
        var followed = FollowedFolders([folder.path], knowing: [path])
        _ = looks(&followed)
        let file = open(path, O_WRONLY | O_APPEND)
        #expect(write(file, "xx", 2) == 2)
        close(file)
        let told = looks(&followed, 20).filter { !$0.isEmpty }
        #expect(told == [["-a.torrent"], ["+a.torrent"]])
    }

    @Test("a folder that cannot be read takes nothing away")
    func unreadable() throws {
        try folder.write([1], to: "in/a.torrent")
        var followed = FollowedFolders(["\(folder.path)/in"], knowing: ["\(folder.path)/in/a.torrent"])
        #expect(rename("\(folder.path)/in", "\(folder.path)/out") == 0)
        #expect(looks(&followed, 2) == [[], []])
        #expect(rename("\(folder.path)/out", "\(folder.path)/in") == 0)
        #expect(looks(&followed, 2) == [[], []])
    }
}
