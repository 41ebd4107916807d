// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode

/// Reads a v2 file tree without recursion. Source: BEP 52, "file tree".
struct FileTreeReader {
    private(set) var files: FileList
    private(set) var lengths: [Int64] = []
    /// Whether the tree is one file at its top: how v2 spells a torrent without a folder.
    private(set) var isSingleFile = false

    /// A directory whose entries are being read.
    private struct Level {
        var entries: BencodeValue.Entries
        let directory: Int32
        let node: UInt32
        /// In bytes, with a separator behind each element.
        let pathLength: Int
    }

    static func read(_ info: BencodeValue, name: String) throws(MetainfoError) -> FileTreeReader {
        guard let tree = info["file tree"], tree.isDictionary else {
            throw MetainfoError(.invalid, at: info["file tree"]?.range.lowerBound, key: "file tree")
        }
        var reader = FileTreeReader(files: FileList(document: info.document, name: name))
        try reader.walk(tree)
        guard !reader.lengths.isEmpty else { throw MetainfoError(.noPayload, key: "file tree") }
        reader.isSingleFile = tree.count == 1 && reader.lengths.count == 1 && reader.files.directories.isEmpty
        return reader
    }

    private mutating func walk(_ tree: BencodeValue) throws(MetainfoError) {
        var register = PathRegister()
        var stack = [
            Level(
                entries: tree.entries, directory: -1, node: PathRegister.root,
                pathLength: files.name.utf8.count + 1)
        ]
        while let level = stack.last {
            guard let (key, value) = stack[stack.count - 1].entries.next() else {
                stack.removeLast()
                continue
            }
            let place = value.document.value(at: value.index - 1).range.lowerBound
            // A file has its properties under "" and nothing beside it, so it is met before its "" is.
            if let reason = PathRules.refusal(of: key) {
                throw error(reason, at: place, in: level, name: key)
            }
            guard let element = String(validating: key, as: UTF8.self) else {
                throw error(.notText, at: place, in: level, name: key)
            }
            let pathLength = level.pathLength + key.count
            guard pathLength <= PathRules.maximumPathLength else {
                throw error(
                    .pathTooLong(found: pathLength, limit: PathRules.maximumPathLength), at: place, in: level,
                    name: key)
            }
            guard value.isDictionary else {
                throw error(.invalid, at: value.range.lowerBound, in: level, name: key)
            }
            do throws(MetainfoError) {
                if let leaf = value[""] {
                    guard value.count == 1 else { throw MetainfoError(.fileIsDirectory) }
                    try register.file(element, under: level.node)
                    try readLeaf(leaf, directory: level.directory)
                } else {
                    let node = try register.directory(element, under: level.node)
                    files.directories.append(.init(parent: level.directory, name: UInt32(value.index - 1)))
                    stack.append(
                        Level(
                            entries: value.entries, directory: Int32(files.directories.count - 1), node: node,
                            pathLength: pathLength + 1))
                }
            } catch {
                throw self.error(error.reason, at: error.offset ?? place, in: level, name: key)
            }
        }
    }

    private mutating func readLeaf(_ leaf: BencodeValue, directory: Int32) throws(MetainfoError) {
        guard lengths.count < PathRules.maximumFiles else {
            throw MetainfoError(.tooManyFiles(limit: PathRules.maximumFiles))
        }
        let place = leaf.range.lowerBound
        guard leaf.isDictionary else { throw MetainfoError(.invalid, at: place) }
        let properties = try InfoReader.properties(of: leaf)
        // Files are aligned by BEP 52 itself; a pad file would be a second way to say so.
        guard !properties.isPad else { throw MetainfoError(.padFile, at: place) }
        if properties.length > 0 {
            guard let root = leaf["pieces root"] else { throw MetainfoError(.missing, at: place) }
            guard let digest = root.string, digest.count == 32, digest.contains(where: { $0 != 0 }) else {
                throw MetainfoError(.invalid, at: root.range.lowerBound)
            }
        }
        lengths.append(properties.length)
        files.records.append(.init(value: UInt32(leaf.index), directory: directory))
    }

    /// Names the file only once there is something to say of it: paths are not built in passing.
    private func error(
        _ reason: MetainfoError.Reason, at offset: Int, in level: Level, name: ArraySlice<UInt8>
    ) -> MetainfoError {
        var names = [String(decoding: name, as: UTF8.self)]
        var directory = level.directory
        while directory >= 0 {
            let entry = files.directories[Int(directory)]
            names.append(files.document.value(at: Int(entry.name)).text ?? "")
            directory = entry.parent
        }
        return MetainfoError(
            reason, at: offset, key: "file tree", file: names.reversed().joined(separator: "/"))
    }
}
