// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBencode
package import SwardPrimitives

/// Writes the info dictionary of a tree of files, as the creators of BEP 52 and libtorrent write it.
///
/// - Files are put in the order of the file tree, in every kind, so that one tree has one info-hash.
/// - In a hybrid each file is padded to the end of its piece by a file `.pad/N`, the last one too unless it is the
///   only file.
package struct InfoDictionaryBuilder: Sendable {
    package struct File: Sendable {
        package var path: [String]
        /// In bytes; 0 for a symlink.
        package var length: Int64
        /// For v2 and hybrid, unless it is empty or a symlink.
        package var piecesRoot: Digest256?
        package var attributes: FileAttributes
        /// From the folder of the torrent.
        package var symlinkTarget: [String]?
        /// Further keys of its leaf, and of its entry in `files`; a single file of v1 has no place for them.
        package var extra: [String: Bencode]

        package init(
            path: [String], length: Int64, piecesRoot: Digest256? = nil, attributes: FileAttributes = [],
            symlinkTarget: [String]? = nil, extra: [String: Bencode] = [:]
        ) {
            self.path = path
            self.length = length
            self.piecesRoot = piecesRoot
            self.attributes = attributes
            self.symlinkTarget = symlinkTarget
            self.extra = extra
        }
    }

    package let kind: InfoDictionary.Kind
    package let name: String
    package let pieceLength: Int
    /// Whether the payload is the one file called `name`, without a folder.
    package let isSingleFile: Bool
    /// In the order of the file tree, which is that in which v1 pieces are hashed.
    package private(set) var files: [File]
    /// SHA-1 of each piece, end to end, for v1 and hybrid. A piece of a hybrid ends in the zeros of its padding.
    package var v1Pieces: [UInt8] = []
    package var isPrivate = false
    /// Further keys of the info dictionary.
    package var extra: [String: Bencode] = [:]

    /// - Precondition: a single file has the path `[name]`.
    package init(
        kind: InfoDictionary.Kind, name: String, pieceLength: Int, files: [File], isSingleFile: Bool = false
    ) {
        precondition(!isSingleFile || (files.count == 1 && files[0].path == [name]))
        self.kind = kind
        self.name = name
        self.pieceLength = pieceLength
        self.isSingleFile = isSingleFile
        self.files = files.sorted { Self.precedes($0.path, $1.path) }
    }

    /// Sets the root of a file, by index into ``files``.
    package mutating func setRoot(_ root: Digest256?, ofFile index: Int) { files[index].piecesRoot = root }

    /// Whether a path comes first in the file tree: element by element, by bytes.
    package static func precedes(_ a: [String], _ b: [String]) -> Bool {
        a.lexicographicallyPrecedes(b) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// By bytes: `==` would take two normal forms of one name for the same.
    private static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    /// The piece length for files: the least power of two, from 16 KiB to 16 MiB, that makes at most 2048 pieces.
    ///
    /// In v2 and hybrid each file begins a piece of its own, so there are as many more as there are files; larger pieces
    /// would not make them fewer, and in a hybrid SHA-1 goes over the padding that fills each file's last piece.
    package static func pieceLength(for lengths: some Sequence<Int64>, kind: InfoDictionary.Kind) -> Int {
        let lengths = lengths.filter { $0 > 0 }
        guard kind != .v1 else { return pieceLength(forTotal: lengths.reduce(0, +)) }
        var pieceLength = blockLength
        while pieceLength < 16 << 20 {
            let length = Int64(pieceLength)
            let pieces = lengths.reduce(0) { $0 + ($1 - 1) / length + 1 }
            if pieces <= 2048 + lengths.count { break }
            pieceLength *= 2
        }
        return pieceLength
    }

    /// The same for a payload without gaps between files.
    package static func pieceLength(forTotal length: Int64) -> Int {
        var pieceLength = blockLength
        while pieceLength < 16 << 20, length > Int64(pieceLength) * 2048 { pieceLength *= 2 }
        return pieceLength
    }

    /// Whether the last file of a hybrid is padded as well.
    private var isTailPadded: Bool { kind == .hybrid && files.count > 1 }

    /// Where pieces lie in ``files``.
    ///
    /// - Throws: `tooLong` or `tooManyPieces`.
    package func layout() throws(MetainfoError) -> PieceLayout {
        if kind == .v1 {
            return try PieceLayout(
                unaligned: files.lazy.map { ($0.length, false) }, pieceLength: pieceLength)
        }
        return try PieceLayout(
            aligned: files.map(\.length), pieceLength: pieceLength, isTailPadded: kind == .v2 || isTailPadded)
    }

    /// The info dictionary; ``InfoDictionary/parse(_:)`` says what is wrong with what it was made of.
    package func build() -> [UInt8] {
        var keys: [Key] = extra.map { Key(name: $0.key, value: $0.value) }
        if kind != .v1 {
            keys.append(Key(name: "file tree", write: writeFileTree))
            keys.append(Key(name: "meta version", value: 2))
        }
        if kind != .v2 {
            keys.append(Key(name: "pieces", value: .string(v1Pieces)))
            if isSingleFile {
                // Its extra keys stay in the leaf: here they would mix with those of the torrent.
                let file = files[0]
                if !file.attributes.isEmpty {
                    keys.append(Key(name: "attr", value: .text(file.attributes.letters)))
                }
                keys.append(Key(name: "length", value: .integer(file.length)))
                if let target = file.symlinkTarget {
                    keys.append(Key(name: "symlink path", value: .list(target.map(Bencode.text))))
                }
            } else {
                keys.append(Key(name: "files", write: writeV1Files))
            }
        }
        keys.append(Key(name: "name", value: .text(name)))
        keys.append(Key(name: "piece length", value: .integer(Int64(pieceLength))))
        if isPrivate { keys.append(Key(name: "private", value: 1)) }
        var writer = BencodeWriter(reservingBytes: sizeEstimate)
        Self.write(&keys, into: &writer)
        return writer.bytes
    }

    /// A little more than the dictionary takes, in bytes: of a hundred thousand files it is many MiB, and growing by doubling
    /// would take twice that.
    private var sizeEstimate: Int {
        let names = files.reduce(0) { $0 + $1.path.reduce(0) { $0 + $1.utf8.count + 6 } }
        let tree = kind == .v1 ? 0 : names + files.count * 85
        let list = kind == .v2 ? 0 : names + files.count * (kind == .hybrid ? 95 : 40)
        return tree + list + v1Pieces.count + 4096
    }

    private struct Key {
        enum Content {
            case value(Bencode)
            /// What is too long to be held beside the whole.
            case written((inout BencodeWriter) -> Void)
        }

        let name: String
        let content: Content

        init(name: String, value: Bencode) { (self.name, content) = (name, .value(value)) }
        init(name: String, write: @escaping (inout BencodeWriter) -> Void) {
            (self.name, content) = (name, .written(write))
        }
    }

    private static func write(_ keys: inout [Key], into writer: inout BencodeWriter) {
        keys.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        writer.beginDictionary()
        for key in keys {
            writer.text(key.name)
            switch key.content {
            case .value(let value): writer.value(value)
            case .written(let write): write(&writer)
            }
        }
        writer.end()
    }

    /// What is said of a file in one of the two views, in the order of the keys.
    ///
    /// Written as it goes: of a hundred thousand files no lists of keys are made.
    private func writeProperties(
        of file: File, isLeaf: Bool, path: [String]? = nil, into writer: inout BencodeWriter
    ) {
        var rest = file.extra.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }[...]
        func begin(_ key: String, _ writer: inout BencodeWriter) {
            writeExtra(&rest, before: key, into: &writer)
            writer.text(key)
        }
        if !file.attributes.isEmpty {
            begin("attr", &writer)
            writer.text(file.attributes.letters)
        }
        let isLink = file.symlinkTarget != nil
        // Of a link BEP 47 wants it where old clients read it.
        if !isLink || !isLeaf {
            begin("length", &writer)
            writer.integer(isLink ? 0 : file.length)
        }
        if let path {
            begin("path", &writer)
            writer.list(path)
        }
        if isLeaf, !isLink, file.length > 0, let root = file.piecesRoot {
            begin("pieces root", &writer)
            writer.string(root.bytes)
        }
        if let target = file.symlinkTarget {
            begin("symlink path", &writer)
            writer.list(target)
        }
        writeExtra(&rest, before: nil, into: &writer)
    }

    private func writeExtra(
        _ rest: inout ArraySlice<(key: String, value: Bencode)>, before key: String?,
        into writer: inout BencodeWriter
    ) {
        while let next = rest.first, key.map({ next.key.utf8.lexicographicallyPrecedes($0.utf8) }) ?? true {
            writer.text(next.key)
            writer.value(next.value)
            rest.removeFirst()
        }
    }

    private func writeFileTree(_ writer: inout BencodeWriter) {
        writer.beginDictionary()
        var open: ArraySlice<String> = []
        for file in files {
            let directories = file.path.dropLast()
            var shared = 0
            while shared < min(open.count, directories.count), Self.isSame(open[shared], directories[shared])
            {
                shared += 1
            }
            for _ in shared..<open.count { writer.end() }
            for name in directories[shared...] {
                writer.text(name)
                writer.beginDictionary()
            }
            open = directories
            writer.text(file.path.last ?? "")
            writer.beginDictionary()
            writer.text("")
            writer.beginDictionary()
            writeProperties(of: file, isLeaf: true, into: &writer)
            writer.end()
            writer.end()
        }
        for _ in open { writer.end() }
        writer.end()
    }

    private func writeV1Files(_ writer: inout BencodeWriter) {
        writer.beginList()
        for (index, file) in files.enumerated() {
            writer.beginDictionary()
            writeProperties(of: file, isLeaf: false, path: file.path, into: &writer)
            writer.end()
            let rest = Int(file.length % Int64(pieceLength))
            // Behind the file, not in front of the next: so does the creator of BEP 52.
            if kind == .hybrid, rest > 0, isTailPadded || index < files.count - 1 {
                writePad(Int64(pieceLength - rest), into: &writer)
            }
        }
        writer.end()
    }

    private func writePad(_ length: Int64, into writer: inout BencodeWriter) {
        writer.beginDictionary()
        writer.text("attr")
        writer.text("p")
        writer.text("length")
        writer.integer(length)
        writer.text("path")
        writer.list([".pad", "\(length)"])
        writer.end()
    }
}
