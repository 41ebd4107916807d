// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Support
import SwardStorage
import Testing

@Suite("Payload folder") struct PayloadFolderTests {
    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    @Test("folders on the way to a file are made when it is written")
    func createsFolders() throws {
        let folder = try PayloadFolder(path: temporary("a/b/c"), creating: true)
        let file = try #require(try folder.openFile(["x", "y", "z.bin"], access: .write))
        #expect(pwrite(file.number, "hello", 5, 0) == 5)
        #expect(try temporary.read("a/b/c/x/y/z.bin") == Array("hello".utf8))
        #expect(try folder.length(of: ["x", "y", "z.bin"]) == 5)
    }

    @Test("what is not there is nil for a reader, and nothing is made")
    func missing() throws {
        let folder = try PayloadFolder(path: temporary.path, creating: false)
        #expect(try folder.openFile(["x", "y"], access: .read) == nil)
        #expect(try folder.length(of: ["x", "y"]) == nil)
        #expect(access(temporary("x"), F_OK) != 0)
    }

    static let escapes: [[String]] = [
        ["..", "x"], ["a", "..", "..", "x"], ["."], [""], ["a", ""], ["/etc/passwd"], ["a/../../x"], ["a\0b"],
        [],
    ]

    @Test("names that would leave the folder are refused", arguments: escapes)
    func refusesEscape(_ path: [String]) throws {
        let folder = try PayloadFolder(path: temporary("in"), creating: true)
        let error = StorageError(.unsafeName, at: path)
        #expect(throws: error) { try folder.openFile(path, access: .write) }
        #expect(throws: error) { try folder.openFile(path, access: .read) }
        #expect(throws: error) { try folder.length(of: path) }
        #expect(throws: error) { try folder.makeSymbolicLink(path, saying: "x") }
    }

    @Test("a symbolic link in the way is refused, as folder and as file, for reading and writing")
    func refusesLinks() throws {
        mkdir(temporary("outside"), 0o755)
        try temporary.write([1, 2, 3], to: "outside/secret")
        let folder = try PayloadFolder(path: temporary("in"), creating: true)
        symlink(temporary("outside"), temporary("in/folder"))
        symlink(temporary("outside/secret"), temporary("in/file"))
        symlink(temporary("outside/new"), temporary("in/dangling"))
        for access in [PayloadFolder.Access.read, .write] {
            #expect(throws: StorageError(.symbolicLinkInTheWay, at: "folder")) {
                try folder.openFile(["folder", "secret"], access: access)
            }
            #expect(throws: StorageError(.symbolicLinkInTheWay, at: "file")) {
                try folder.openFile(["file"], access: access)
            }
            #expect(throws: StorageError(.symbolicLinkInTheWay, at: "dangling")) {
                try folder.openFile(["dangling"], access: access)
            }
        }
        #expect(throws: StorageError(.symbolicLinkInTheWay, at: "file")) { try folder.length(of: ["file"]) }
        #expect(access(temporary("outside/new"), F_OK) != 0)
        #expect(try temporary.read("outside/secret") == [1, 2, 3])
    }

    @Test("what is no regular file is refused, and a FIFO does not hang us")
    func refusesOthers() throws {
        let folder = try PayloadFolder(path: temporary.path, creating: false)
        mkfifo(temporary("fifo"), 0o644)
        mkdir(temporary("folder"), 0o755)
        try temporary.write([UInt8](), to: "plain")
        #expect(throws: StorageError(.notARegularFile, at: "fifo")) {
            try folder.openFile(["fifo"], access: .read)
        }
        #expect(throws: StorageError(.notARegularFile, at: "folder")) {
            try folder.openFile(["folder"], access: .write)
        }
        #expect(throws: StorageError(.notADirectory, at: "plain")) {
            try folder.openFile(["plain", "x"], access: .write)
        }
    }

    @Test("a symbolic link is made once, and another thing in its place is an error")
    func makesLinks() throws {
        let folder = try PayloadFolder(path: temporary.path, creating: false)
        try folder.makeSymbolicLink(["a", "link"], saying: "../target")
        try folder.makeSymbolicLink(["a", "link"], saying: "../target")
        #expect(throws: StorageError(.system(.link, code: EEXIST), at: "a/link")) {
            try folder.makeSymbolicLink(["a", "link"], saying: "../other")
        }
    }
}

@Suite("Descriptor cache") struct DescriptorCacheTests {
    let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    @Test("at most the limit stay open, the longest unused go first, and one in use lives on")
    func bounded() throws {
        let folder = try PayloadFolder(path: temporary.path, creating: false)
        let cache = DescriptorCache(limit: 3)
        let payload = cache.makePayloadNumber()
        func get(_ file: Int) throws -> Descriptor? {
            try cache.descriptor(for: .init(payload: payload, file: file), writable: true) {
                () throws(StorageError) in try folder.openFile(["\(file)"], access: .write)
            }
        }
        let first = try #require(try get(0))
        for file in 1...2 { _ = try get(file) }
        let again = try get(0)
        #expect(again === first)
        _ = try get(3)
        #expect(cache.count == 3)
        #expect(try get(0) === first)
        for file in 4...9 { _ = try get(file) }
        #expect(cache.count == 3)
        #expect(fcntl(first.number, F_GETFD) >= 0)
        cache.close(payload: payload)
        #expect(cache.count == 0)
    }

    @Test("a reader's descriptor is not handed to a writer")
    func modes() throws {
        let folder = try PayloadFolder(path: temporary.path, creating: false)
        try temporary.write([1], to: "x")
        let cache = DescriptorCache()
        let key = DescriptorCache.Key(payload: cache.makePayloadNumber(), file: 0)
        let reader = try cache.descriptor(for: key, writable: false) { () throws(StorageError) in
            try folder.openFile(["x"], access: .read)
        }
        let writer = try #require(
            try cache.descriptor(for: key, writable: true) { () throws(StorageError) in
                try folder.openFile(["x"], access: .write)
            })
        #expect(reader !== writer)
        #expect(pwrite(writer.number, [2], 1, 0) == 1)
        let last = try cache.descriptor(for: key, writable: false) { () throws(StorageError) in nil }
        #expect(last === writer)
    }
}
