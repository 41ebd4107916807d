// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardArchive
import Testing

@Suite("Archives") struct ArchiveReaderTests {
    static let formats = [
        "work.tar", "work.tar.gz", "work.tar.bz2", "work.tar.xz", "work.tar.zst", "work.tar.lz4",
        "work.tar.lz",
        "work.zip", "work.7z", "work.iso",
    ]

    @Test("every format gives the same files, links and executable bits", arguments: formats)
    func extracts(_ name: String) throws {
        let folder = try TemporaryFolder()
        let archive = try ArchiveReader(path: Fixture("bundles/archives/\(name)").url.path)
        let extraction = try folder.withDescriptor { try archive.extractAll(into: $0) }
        #expect(extraction.files == 3 && extraction.symlinks == 1 && extraction.bytes == 6 + 18 + 6)
        #expect(try folder.read("hello.txt") == Array("hello\n".utf8))
        #expect(try folder.read("ünï.txt") == Array("café\n".utf8))
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder["sub/link"].path)
                == "../hello.txt")
        #expect(access(folder["sub/run.sh"].path, X_OK) == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: folder["hello.txt"].path)[
            .posixPermissions]
        #expect((mode as? Int).map { $0 & 0o111 } == 0)
    }

    @Test("an archive cut short anywhere is an error, not a shorter work", arguments: formats.dropLast())
    func truncated(_ name: String) throws {
        let bytes = try Fixture("bundles/archives/\(name)").bytes
        // A tar may lose its closing zero blocks; nothing is missing then.
        let end = name == "work.tar" ? 4000 : bytes.count - 13
        for length in [1, end / 3, end / 2, end] {
            #expect(throws: ArchiveError.self, "\(length) bytes") {
                let archive = try ArchiveReader(bytes: Array(bytes[..<length]), name: name)
                var count = 0
                while let entry = try archive.next() {
                    count += entry.kind == .file ? try archive.contents(limit: 1 << 20).count : 0
                }
                // A gzip or zip cut in its trailer may still give everything.
                if count == 30 { throw ArchiveError(.damaged("complete"), archive: name) }
            }
        }
    }

    typealias Reason = ArchiveError.Reason
    static let refusals: [(entries: [Tar], reason: Reason)] = [
        ([Tar("../up")], .unsafeName), ([Tar("/etc/passwd")], .unsafeName), ([Tar("a/../../b")], .unsafeName),
        ([Tar("a//b")], .unsafeName), ([Tar("a\\b")], .unsafeName),
        ([Tar(String(repeating: "x", count: 60) + "/../y")], .unsafeName),
        ([Tar("a"), Tar("a")], .duplicateName(first: "a")),
        ([Tar("Readme"), Tar("README")], .duplicateName(first: "Readme")),
        ([Tar("\u{E9}"), Tar("e\u{301}")], .duplicateName(first: "\u{E9}")),
        ([Tar("l", type: "2", link: "../out")], .unsafeLink(target: "../out")),
        ([Tar("l", type: "2", link: "/etc")], .unsafeLink(target: "/etc")),
        ([Tar("d/l", type: "2", link: "x/../../..")], .unsafeLink(target: "x/../../..")),
        ([Tar("h", type: "1", link: "nowhere")], .unsafeLink(target: "nowhere")),
        ([Tar("h", type: "1", link: "../../etc/passwd")], .unsafeName),
        ([Tar("dev", type: "3")], .notAFile), ([Tar("fifo", type: "6")], .notAFile),
    ]

    @Test("a name or link that could leave the folder is refused with its entry", arguments: refusals)
    func refuses(_ row: (entries: [Tar], reason: Reason)) throws {
        let folder = try TemporaryFolder()
        let archive = try ArchiveReader(bytes: Tar.archive(row.entries), name: "bad.tar")
        let error = #expect(throws: ArchiveError.self) {
            try folder.withDescriptor { _ = try archive.extractAll(into: $0) }
        }
        #expect(error?.reason == row.reason)
        #expect(error?.entryIndex == row.entries.count - 1)
        #expect(error?.entry == row.entries.last?.name)
    }

    @Test("a folder replaced by a link is not written through")
    func writesThroughNoLink() throws {
        let outside = try TemporaryFolder()
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(at: folder["d"], withDestinationURL: outside.url)
        let archive = try ArchiveReader(bytes: Tar.archive([Tar("d/file", content: "x")]), name: "t.tar")
        #expect(throws: ArchiveError.self) {
            try folder.withDescriptor { _ = try archive.extractAll(into: $0) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
    }

    @Test("a file that exists is not overwritten")
    func overwritesNothing() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "file")
        let archive = try ArchiveReader(bytes: Tar.archive([Tar("file", content: "theirs")]), name: "t.tar")
        let error = #expect(throws: ArchiveError.self) {
            try folder.withDescriptor { _ = try archive.extractAll(into: $0) }
        }
        #expect(error?.reason == .cannotWrite(EEXIST))
        #expect(try folder.read("file") == Array("mine".utf8))
    }

    @Test("hard links share the content of the earlier entry")
    func hardLinks() throws {
        let folder = try TemporaryFolder()
        let entries = [Tar("a/one", content: "same"), Tar("b/two", type: "1", link: "a/one")]
        let archive = try ArchiveReader(bytes: Tar.archive(entries), name: "t.tar")
        try folder.withDescriptor { _ = try archive.extractAll(into: $0) }
        #expect(try folder.read("b/two") == Array("same".utf8))
    }

    @Test("limits on entries and bytes hold before more is read")
    func limits() throws {
        var limits = ArchiveLimits()
        limits.entries = 2
        let many = try ArchiveReader(
            bytes: Tar.archive([Tar("a"), Tar("b"), Tar("c")]), name: "t.tar", limits: limits)
        #expect(throws: ArchiveError(.tooManyEntries(limit: 2), archive: "t.tar", entryIndex: 2)) {
            while try many.next() != nil {}
        }
        limits = ArchiveLimits()
        limits.bytes = 3
        let large = try ArchiveReader(
            bytes: Tar.archive([Tar("a", content: "1234")]), name: "t.tar", limits: limits)
        _ = try large.next()
        #expect(throws: ArchiveError(.tooManyBytes(limit: 3), archive: "t.tar", entry: "a", entryIndex: 0)) {
            try large.contents(limit: 100)
        }
    }

    @Test(
        "bytes that are no archive are an error",
        arguments: [[], Array("plain text".utf8), [UInt8](repeating: 7, count: 4096)])
    func unknown(_ bytes: [UInt8]) {
        #expect(throws: ArchiveError.self) {
            let archive = try ArchiveReader(bytes: bytes, name: "x")
            // Nothing at all passes for an empty tar in libarchive.
            if try archive.next() == nil { throw ArchiveError(.unknownFormat, archive: "x") }
        }
    }

    @Test("an EPUB is a work, a tarball an archive")
    func names() {
        #expect(ArchiveReader.isArchiveName("w.TAR.gz") && ArchiveReader.isArchiveName("w-1.0.zip"))
        #expect(!ArchiveReader.isArchiveName("book.epub") && !ArchiveReader.isArchiveName(".tar"))
        #expect(ArchiveReader.stem(of: "w-1.0.tar.gz") == "w-1.0" && ArchiveReader.stem(of: "w.7z") == "w")
    }
}

extension TemporaryFolder {
    /// Opens the folder, calls `body` and closes it.
    func withDescriptor<R>(_ body: (Int32) throws -> R) throws -> R {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        return try body(descriptor)
    }
}
