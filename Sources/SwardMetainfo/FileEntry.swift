// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBencode
public import SwardPrimitives

/// What BEP 47 lets a file be, beside pad files, which are never listed.
public struct FileAttributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let executable = FileAttributes(rawValue: 1)
    public static let hidden = FileAttributes(rawValue: 2)
    public static let symlink = FileAttributes(rawValue: 4)

    /// The letters of `attr`, unknown ones left out, and whether there was a `p`.
    static func read(_ letters: some Sequence<UInt8>) -> (attributes: FileAttributes, isPad: Bool) {
        var attributes: FileAttributes = []
        var isPad = false
        for letter in letters {
            switch letter {
            case UInt8(ascii: "x"): attributes.insert(.executable)
            case UInt8(ascii: "h"): attributes.insert(.hidden)
            case UInt8(ascii: "l"): attributes.insert(.symlink)
            case UInt8(ascii: "p"): isPad = true
            default: continue
            }
        }
        return (attributes, isPad)
    }

    /// In the order in which libtorrent writes them.
    var letters: String {
        (contains(.hidden) ? "h" : "") + (contains(.executable) ? "x" : "") + (contains(.symlink) ? "l" : "")
    }
}

/// One file of the payload.
public struct FileEntry: Sendable {
    /// Below the folder of the torrent; checked against every rule of ``PathRules``.
    public let path: [String]
    /// In bytes; 0 for a symlink.
    public let length: Int64
    /// `nil` in v1, and for an empty file or a symlink.
    public let piecesRoot: Digest256?
    public let attributes: FileAttributes
    /// From the folder of the torrent, not from the link; `nil` for what is no symlink.
    public let symlinkTarget: [String]?
    /// Its leaf in the file tree, or in v1 its entry of `files`, or the info dictionary of a single file.
    package let value: BencodeValue
    /// In a hybrid its entry of `files`, or the info dictionary of a single file.
    package let v1Value: BencodeValue?

    public var isSymlink: Bool { attributes.contains(.symlink) }
    public var isExecutable: Bool { attributes.contains(.executable) }
}

/// The files of a torrent without its pad files, in the order of the file tree or, in v1, of the list.
///
/// - Memory: eight bytes per file and directory beside the bencoded bytes; an entry is made when asked for.
public struct FileList: RandomAccessCollection, Sendable {
    struct Directory: Sendable {
        /// Where in `directories` the one above it is; -1 at the top.
        let parent: Int32
        /// The token of the key that names it.
        let name: UInt32
    }

    struct Record: Sendable {
        /// The token of ``FileEntry/value``.
        let value: UInt32
        /// Where in `directories` the one around it is, -1 at the top. `pathInList` and `nameAlone` are v1.
        let directory: Int32

        static let pathInList: Int32 = -2
        static let nameAlone: Int32 = -3
    }

    let document: BencodeDocument
    var directories: [Directory] = []
    var records: [Record] = []
    /// The tokens of ``FileEntry/v1Value`` in a hybrid.
    var v1Values: [UInt32] = []
    /// For a single file in v1.
    let name: String

    public var startIndex: Int { 0 }
    public var endIndex: Int { records.count }

    public subscript(index: Int) -> FileEntry {
        let value = document.value(at: Int(records[index].value))
        let attributes = value["attr"]?.string.map { FileAttributes.read($0).attributes } ?? []
        let isSymlink = attributes.contains(.symlink)
        let length = isSymlink ? 0 : value["length"]?.integer ?? 0
        return FileEntry(
            path: path(of: index), length: length,
            piecesRoot: length > 0 && records[index].directory >= -1
                ? value["pieces root"]?.string.flatMap { Digest256($0) } : nil,
            attributes: attributes,
            symlinkTarget: isSymlink ? value["symlink path"]?.elements.compactMap(\.text) : nil,
            value: value,
            v1Value: v1Values.isEmpty ? nil : document.value(at: Int(v1Values[index])))
    }

    /// The root of one file; `nil` in v1, and for an empty file or a symlink. Cheaper than the whole entry.
    public func piecesRoot(of index: Int) -> Digest256? {
        guard records[index].directory >= -1 else { return nil }
        let value = document.value(at: Int(records[index].value))
        return value["pieces root"]?.string.flatMap { Digest256($0) }
    }

    /// The path of one file, below the folder of the torrent.
    public func path(of index: Int) -> [String] {
        let record = records[index]
        switch record.directory {
        case Record.nameAlone:
            return [name]
        case Record.pathInList:
            let value = document.value(at: Int(record.value))
            return (value["path.utf-8"] ?? value["path"])?.elements.compactMap(\.text) ?? []
        default:
            // A leaf is the value of "" in the dictionary under its name.
            var names = [text(Int(record.value) - 3)]
            var directory = record.directory
            while directory >= 0 {
                names.append(text(Int(directories[Int(directory)].name)))
                directory = directories[Int(directory)].parent
            }
            return names.reversed()
        }
    }

    /// Whether a file of a `files` list, or a single file, has the path of the file of the same number in a file tree.
    ///
    /// Compared by bytes: `==` of `String` would take two normal forms for the same.
    func hasSamePath(_ index: Int, as tree: FileList) -> Bool {
        let record = records[index]
        guard record.directory == Record.pathInList else {
            return path(of: index).elementsEqual(tree.path(of: index)) { $0.utf8.elementsEqual($1.utf8) }
        }
        let value = document.value(at: Int(record.value))
        guard let path = value["path.utf-8"] ?? value["path"] else { return false }
        return tree.hasPath(path, of: index)
    }

    /// Whether the file has the path whose elements are those of a list.
    private func hasPath(_ path: BencodeValue, of index: Int) -> Bool {
        // From the name up to the top, and then down again.
        var names = [Int(records[index].value) - 3]
        var directory = records[index].directory
        while directory >= 0 {
            names.append(Int(directories[Int(directory)].name))
            directory = directories[Int(directory)].parent
        }
        guard names.count == path.count else { return false }
        for element in path.elements {
            guard let name = names.popLast(), let bytes = element.string,
                document.value(at: name).string == bytes
            else { return false }
        }
        return true
    }

    private func text(_ token: Int) -> String { document.value(at: token).text ?? "" }
}
