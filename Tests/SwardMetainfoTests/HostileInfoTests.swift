// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardMetainfo
import SwardPrimitives
import Testing

@Suite("Info dictionaries that are refused") struct HostileInfoTests {
    /// Info dictionaries with as little in them as is needed, to be spoiled in one place.
    static let root = Bencode.string([UInt8](repeating: 7, count: 32))
    static let sha1 = Bencode.string([UInt8](repeating: 8, count: 20))

    static func file(_ path: [String], _ more: [String: Bencode?] = [:]) -> Bencode {
        changed(["length": 1, "path": .list(path.map(Bencode.text))], more)
    }

    static func v1(_ files: [Bencode], pieces: Bencode = sha1, _ more: [String: Bencode?] = [:]) -> Bencode {
        changed(["files": .list(files), "name": "work", "piece length": 16384, "pieces": pieces], more)
    }

    static func v2(_ tree: Bencode, _ more: [String: Bencode?] = [:]) -> Bencode {
        changed(["file tree": tree, "meta version": 2, "name": "work", "piece length": 16384], more)
    }

    static func leaf(_ more: [String: Bencode?] = [:]) -> Bencode {
        ["": changed(["length": 1, "pieces root": root], more)]
    }

    static func changed(_ value: Bencode, _ changes: [String: Bencode?]) -> Bencode {
        guard case .dictionary(var entries) = value else { return value }
        for (key, change) in changes { entries[Array(key.utf8)] = change }
        return .dictionary(entries)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let info: Bencode
        let reason: MetainfoError.Reason
        var key: String?
        var file: String?

        init(
            _ name: String, _ info: Bencode, _ reason: MetainfoError.Reason, key: String? = nil,
            file: String? = nil
        ) {
            (self.name, self.info, self.reason, self.key, self.file) = (name, info, reason, key, file)
        }
        var testDescription: String { name }
    }

    static let long = String(repeating: "x", count: 256)
    /// Seventeen elements of 240 bytes and their separators are 4096 bytes and more.
    static let deep = [String](repeating: String(repeating: "y", count: 240), count: 17)

    static let paths: [Row] = [
        Row("parent", v1([file(["..", "x"])]), .dotElement, key: "files", file: "../x"),
        Row("dot", v1([file(["a", "."])]), .dotElement, key: "files", file: "a/."),
        Row("absolute", v1([file(["/etc/passwd"])]), .separatorInElement, key: "files", file: "/etc/passwd"),
        Row("leading empty element", v1([file(["", "etc"])]), .emptyElement, key: "files", file: "/etc"),
        Row("no element", v1([file([])]), .emptyElement, key: "files", file: ""),
        Row("slash", v1([file(["a/b"])]), .separatorInElement, key: "files", file: "a/b"),
        Row("NUL", v1([file(["a\0b"])]), .nulInElement, key: "files", file: "a\0b"),
        Row(
            "long element", v1([file([long])]), .elementTooLong(found: 256, limit: 255), key: "files",
            file: long),
        Row(
            "long path", v1([file(deep)]), .pathTooLong(found: 4101, limit: 4096), key: "files",
            file: deep.joined(separator: "/")),
        Row("twice", v1([file(["a"]), file(["a"])]), .duplicatePath, key: "files", file: "a"),
        Row("case", v1([file(["A", "x"]), file(["a", "X"])]), .duplicatePath, key: "files", file: "a/X"),
        Row(
            "normal form", v1([file(["\u{E9}"]), file(["e\u{301}"])]), .duplicatePath, key: "files",
            file: "e\u{301}"),
        Row(
            "sharp s", v1([file(["straße"]), file(["STRASSE"])]), .duplicatePath, key: "files",
            file: "STRASSE"),
        Row("kelvin", v1([file(["\u{212A}"]), file(["k"])]), .duplicatePath, key: "files", file: "k"),
        Row("long s", v1([file(["\u{17F}"]), file(["S"])]), .duplicatePath, key: "files", file: "S"),
        Row(
            "file then folder", v1([file(["a"]), file(["a", "b"])]), .fileIsDirectory, key: "files",
            file: "a/b"),
        Row(
            "folder then file", v1([file(["a", "b"]), file(["A"])]), .fileIsDirectory, key: "files", file: "A"
        ),
        Row(
            "not text", v1([changed(file([]), ["path": .list([.string([0xFF])])])]), .notText, key: "files",
            file: "\u{FFFD}"),
        Row("number in path", v1([changed(file([]), ["path": [1]])]), .invalid, key: "files", file: ""),
        Row("path of text", v1([changed(file([]), ["path": "a"])]), .invalid, key: "files", file: ""),
        Row("no path", v1([changed(file([]), ["path": nil])]), .missing, key: "files"),

        Row("name parent", v1([file(["a"])], ["name": ".."]), .dotElement, key: "name", file: ".."),
        Row("name slash", v1([file(["a"])], ["name": "a/b"]), .separatorInElement, key: "name", file: "a/b"),
        Row("name empty", v1([file(["a"])], ["name": ""]), .emptyElement, key: "name", file: ""),
        Row("name NUL", v1([file(["a"])], ["name": "\0"]), .nulInElement, key: "name", file: "\0"),
        Row("name missing", v1([file(["a"])], ["name": nil]), .missing, key: "name"),
        Row("name number", v1([file(["a"])], ["name": 1]), .invalid, key: "name"),
        Row(
            "name not text", v1([file(["a"])], ["name": .string([0xC0, 0xAF])]), .notText, key: "name",
            file: "\u{FFFD}\u{FFFD}"),

        Row("tree parent", v2(["..": ["x": leaf()]]), .dotElement, key: "file tree", file: ".."),
        Row("tree slash", v2(["d": ["a/b": leaf()]]), .separatorInElement, key: "file tree", file: "d/a/b"),
        Row("tree NUL", v2(["a\0": leaf()]), .nulInElement, key: "file tree", file: "a\0"),
        Row("tree is a file", v2(leaf()), .emptyElement, key: "file tree", file: ""),
        Row("tree case", v2(["A": leaf(), "a": leaf()]), .duplicatePath, key: "file tree", file: "a"),
        Row(
            "tree folder case", v2(["A": ["b": leaf()], "a": leaf()]), .fileIsDirectory, key: "file tree",
            file: "a"),
        Row(
            "file with siblings", v2(["a": changed(leaf(), ["b": leaf()])]), .fileIsDirectory,
            key: "file tree", file: "a"),
        Row(
            "tree long", v2([long: leaf()]), .elementTooLong(found: 256, limit: 255), key: "file tree",
            file: long),
        Row(
            "tree long path", v2(nested(deep)), .pathTooLong(found: 4101, limit: 4096), key: "file tree",
            file: deep.joined(separator: "/")),
        Row(
            "tree not text", v2(.dictionary([[0xFF]: leaf()])), .notText, key: "file tree", file: "\u{FFFD}"),
        Row("empty tree", v2([:]), .noPayload, key: "file tree"),
        Row("empty folder alone", v2(["a": [:]]), .noPayload, key: "file tree"),
        Row("tree of a number", v2(["a": 1]), .invalid, key: "file tree", file: "a"),
    ]

    static func nested(_ path: [String]) -> Bencode {
        path.reversed().reduce(leaf()) { inner, name in .dictionary([Array(name.utf8): inner]) }
    }

    static func link(_ target: Bencode?, length: Bencode? = 0) -> Bencode {
        changed(file(["l"]), ["attr": "l", "length": length, "symlink path": target])
    }

    static let symlinks: [Row] = [
        Row("link out", v1([file(["a"]), link(["..", "x"])]), .dotElement, key: "files", file: "l"),
        Row(
            "link absolute", v1([file(["a"]), link(["/etc"])]), .separatorInElement, key: "files", file: "l"),
        Row("link nowhere", v1([file(["a"]), link([])]), .symlinkWithoutTarget, key: "files", file: "l"),
        Row("link untold", v1([file(["a"]), link(nil)]), .symlinkWithoutTarget, key: "files", file: "l"),
        Row("link of text", v1([file(["a"]), link("a")]), .symlinkWithoutTarget, key: "files", file: "l"),
        Row(
            "link with length", v1([file(["a"]), link(["a"], length: 5)]), .symlinkWithLength(5),
            key: "files",
            file: "l"),
        Row(
            "file behind a link", v1([link(["a"]), file(["l", "x"])]), .fileIsDirectory, key: "files",
            file: "l/x"),
        Row(
            "tree link out", v2(["a": leaf(), "l": ["": ["attr": "l", "symlink path": ["..", "x"]]]]),
            .dotElement, key: "file tree", file: "l"),
    ]

    static let numbers: [Row] = [
        Row("no piece length", v1([file(["a"])], ["piece length": nil]), .missing, key: "piece length"),
        Row(
            "piece length 0", v1([file(["a"])], ["piece length": 0]), .invalidPieceLength(0),
            key: "piece length"),
        Row(
            "negative piece length", v1([file(["a"])], ["piece length": -16384]), .invalidPieceLength(-16384),
            key: "piece length"),
        Row(
            "vast piece length", v1([file(["a"])], ["piece length": 10_000_000_000]),
            .invalidPieceLength(10_000_000_000), key: "piece length"),
        Row("piece length of text", v1([file(["a"])], ["piece length": "1"]), .invalid, key: "piece length"),
        Row(
            "v2 short pieces", v2(["a": leaf()], ["piece length": 8192]), .invalidPieceLength(8192),
            key: "piece length"),
        Row(
            "v2 odd pieces", v2(["a": leaf()], ["piece length": 49152]), .invalidPieceLength(49152),
            key: "piece length"),
        Row(
            "negative length", v1([file(["a"], ["length": -1])]), .negativeLength(-1), key: "files", file: "a"
        ),
        Row("no length", v1([file(["a"], ["length": nil])]), .missing, key: "files", file: "a"),
        Row("length of text", v1([file(["a"], ["length": "1"])]), .invalid, key: "files", file: "a"),
        Row(
            "lengths overflow",
            v1([file(["a"], ["length": .integer(.max)]), file(["b"], ["length": .integer(.max)])]),
            .tooLong, key: "files", file: "b"),
        Row("vast length", v1([file(["a"], ["length": .integer(.max)])]), .tooManyPieces(limit: 1 << 21)),
        Row("v2 vast length", v2(["a": leaf(["length": .integer(.max)])]), .tooLong),
        Row(
            "v2 too many pieces", v2(["a": leaf(["length": 34_359_738_368]), "b": leaf()]),
            .tooManyPieces(limit: 1 << 21)),
        Row("all empty", v1([file(["a"], ["length": 0])], pieces: ""), .noPayload),
        Row("v2 all empty", v2(["a": leaf(["length": 0])]), .noPayload),
        Row("no files", v1([], pieces: ""), .noPayload, key: "files"),
        Row("only padding", v1([file(["p"], ["attr": "p"])]), .noPayload, key: "files"),
        Row("files of text", v1([], ["files": "a"]), .invalid, key: "files"),
        Row("file of text", v1(["a"]), .invalid, key: "files"),
        Row("no file list", v1([], ["files": nil]), .missing, key: "files"),
        Row("two file lists", v1([file(["a"])], ["length": 1]), .conflicting(with: "length"), key: "files"),
        Row("attr of a number", v1([file(["a"], ["attr": 1])]), .invalid, key: "files", file: "a"),
        Row("no pieces", v1([file(["a"])], ["pieces": nil]), .missing, key: "pieces"),
        Row("odd pieces", v1([file(["a"])], pieces: "123"), .invalid, key: "pieces"),
        Row(
            "too few pieces", v1([file(["a"])], pieces: ""), .pieceHashes(found: 0, expected: 1),
            key: "pieces"),
        Row(
            "too many pieces", v1([file(["a"])], pieces: .string([UInt8](repeating: 1, count: 40))),
            .pieceHashes(found: 2, expected: 1), key: "pieces"),
        Row(
            "later version", v2(["a": leaf()], ["meta version": 3]), .unsupportedVersion(3),
            key: "meta version"),
        Row("version of text", v2(["a": leaf()], ["meta version": "2"]), .invalid, key: "meta version"),
        Row("no version", v2(["a": leaf()], ["meta version": nil]), .missing, key: "meta version"),
        Row("no tree", v2([:], ["file tree": nil]), .missing, key: "file tree"),
        Row("tree of text", v2("a"), .invalid, key: "file tree"),
        Row("no root", v2(["a": leaf(["pieces root": nil])]), .missing, key: "file tree", file: "a"),
        Row("short root", v2(["a": leaf(["pieces root": "x"])]), .invalid, key: "file tree", file: "a"),
        Row(
            "zero root", v2(["a": leaf(["pieces root": .string([UInt8](repeating: 0, count: 32))])]),
            .invalid,
            key: "file tree", file: "a"),
        Row("leaf of text", v2(["a": ["": "x"]]), .invalid, key: "file tree", file: "a"),
        Row("pad in a tree", v2(["a": leaf(["attr": "p"])]), .padFile, key: "file tree", file: "a"),
        Row("half a hybrid", v2(["a": leaf()], ["length": 1]), .missing, key: "pieces"),
        Row("not a dictionary", [], .invalid),
    ]

    @Test("a path that is unsafe or ambiguous is refused with its name", arguments: paths)
    func refusesPaths(_ row: Row) { check(row) }

    @Test("a symlink cannot leave the bundle", arguments: symlinks)
    func refusesSymlinks(_ row: Row) { check(row) }

    @Test("a number or a hash out of its range is refused with its key", arguments: numbers)
    func refusesNumbers(_ row: Row) { check(row) }

    private func check(_ row: Row) {
        do throws(MetainfoError) {
            _ = try InfoDictionary.parse(row.info.encoded())
            Issue.record("accepted")
        } catch {
            #expect(error.reason == row.reason)
            #expect(error.key == row.key)
            #expect(error.offset != nil)
            #expect(error.file == row.file)
        }
    }

    @Test("the dotless i is a letter of its own, folders may differ in case")
    func accepts() throws {
        #expect(throws: Never.self) {
            try InfoDictionary.parse(Self.v1([Self.file(["ılık"]), Self.file(["ilik"])]).encoded())
        }
        #expect(throws: Never.self) {
            try InfoDictionary.parse(Self.v1([Self.file(["A", "x"]), Self.file(["a", "y"])]).encoded())
        }
        let longest = Array(Self.deep.dropLast()) + [String(repeating: "z", count: 4096 - 5 - 16 * 241)]
        #expect(throws: Never.self) { try InfoDictionary.parse(Self.v1([Self.file(longest)]).encoded()) }
        #expect(throws: MetainfoError.self) {
            try InfoDictionary.parse(Self.v1([Self.file(longest.dropLast() + [longest[16] + "z"])]).encoded())
        }
    }

    @Test("what is at fault is named by its offset")
    func locates() throws {
        let info = Self.v1([Self.file(["good"]), Self.file(["a", "..", "b"])]).encoded()
        let place = try #require(String(decoding: info, as: UTF8.self).firstRange(of: "2:.."))
        let offset = place.lowerBound.utf16Offset(in: String(decoding: info, as: UTF8.self))
        #expect(throws: MetainfoError(.dotElement, at: offset, key: "files", file: "a/../b")) {
            try InfoDictionary.parse(info)
        }
    }

    @Test("a bomb is refused in milliseconds")
    func refusesBombs() {
        let nested = Array("d9:file tree".utf8) + Array(String(repeating: "d1:a", count: 100_000).utf8)
        let integer = Array("d6:lengthi".utf8) + [UInt8](repeating: UInt8(ascii: "9"), count: 1 << 20)
        let bombs: [([UInt8], BencodeError.Reason)] = [
            ([UInt8](repeating: UInt8(ascii: "l"), count: 100_000), .tooDeep(limit: 64)),
            (nested, .tooDeep(limit: 64)),
            (integer, .integerOverflow),
            (Array("d6:pieces10000000000:".utf8), .truncated),
            ([], .truncated),
            ([UInt8](repeating: UInt8(ascii: "i"), count: (32 << 20) + 1), .tooLarge(limit: 32 << 20)),
        ]
        for (bytes, reason) in bombs {
            let time = processorTime {
                do throws(MetainfoError) {
                    _ = try InfoDictionary.parse(bytes)
                    Issue.record("accepted")
                } catch { #expect(error.reason == .bencode(reason)) }
            }
            #expect(time < .milliseconds(100))
        }
    }

    @Test("every proper prefix is refused")
    func refusesTruncations() {
        let info = Self.v1([Self.file(["a"]), Self.file(["b"])]).encoded()
        for end in info.indices {
            #expect(throws: MetainfoError.self) { try InfoDictionary.parse(Array(info[..<end])) }
        }
    }
}
