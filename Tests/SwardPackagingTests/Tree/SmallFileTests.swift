// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import SwardPackaging
import Testing

@Suite("Files a person names for output") struct SmallFileTests {
    @Test("a link leads to what is written, and stays a link")
    func link() throws {
        let folder = try TemporaryFolder()
        try SmallFile.write([1], to: "\(folder.path)/target")
        #expect(symlink("target", "\(folder.path)/link") == 0)
        try SmallFile.writeOutput([2, 3], to: "\(folder.path)/link")
        #expect(try SmallFile.read("\(folder.path)/target", limit: 8) == [2, 3])
        var status = stat()
        #expect(lstat("\(folder.path)/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test("what is no file is written into, not put out of the way")
    func pipe() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try SmallFile.writeOutput([7], to: path)
        var byte: UInt8 = 0
        #expect(read(reader, &byte, 1) == 1 && byte == 7)
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test("a new file is made, and one that is there is replaced whole")
    func file() throws {
        let folder = try TemporaryFolder()
        for bytes in [[1, 2, 3], [4]] as [[UInt8]] {
            try SmallFile.writeOutput(bytes, to: "\(folder.path)/file")
            #expect(try SmallFile.read("\(folder.path)/file", limit: 8) == bytes)
        }
    }
}
