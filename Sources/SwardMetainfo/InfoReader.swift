// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
internal import SwardPrimitives

/// The steps of reading an info dictionary.
enum InfoReader {
    /// What `files` and `length` of BEP 3 say.
    struct V1List {
        var files: FileList
        /// In the order of the list, pads included.
        var entries: [(length: Int64, isPad: Bool)] = []
        var isSingleFile = false
        var paddedLength: Int64 = 0
        var endOfLastFile: Int64 = 0
    }

    static func pieceLength(_ root: BencodeValue, kind: InfoDictionary.Kind) throws(MetainfoError) -> Int {
        guard let value = root["piece length"] else { throw MetainfoError(.missing, key: "piece length") }
        let place = value.range.lowerBound
        guard let length = value.integer else {
            throw MetainfoError(.invalid, at: place, key: "piece length")
        }
        let isAllowed =
            length > 0 && length <= Int64(PieceLayout.maximumPieceLength)
            && (kind == .v1 || (length >= Int64(blockLength) && length & (length - 1) == 0))
        guard isAllowed else {
            throw MetainfoError(.invalidPieceLength(length), at: place, key: "piece length")
        }
        return Int(length)
    }

    /// Old v1 torrents have the name in some other encoding, and in UTF-8 under a second key.
    static func name(_ root: BencodeValue, kind: InfoDictionary.Kind) throws(MetainfoError) -> String {
        let key = kind == .v1 && root["name.utf-8"] != nil ? "name.utf-8" : "name"
        guard let value = root[key] else { throw MetainfoError(.missing, key: key) }
        return try element(value, key: key)
    }

    private static func element(_ value: BencodeValue, key: String) throws(MetainfoError) -> String {
        let place = value.range.lowerBound
        guard let bytes = value.string else { throw MetainfoError(.invalid, at: place, key: key) }
        let reason = PathRules.refusal(of: bytes)
        guard reason == nil, let text = value.text else {
            throw MetainfoError(
                reason ?? .notText, at: place, key: key, file: String(decoding: bytes, as: UTF8.self))
        }
        return text
    }

    /// Length and attributes of a `files` entry, a leaf, or the info dictionary of a single file.
    static func properties(of value: BencodeValue) throws(MetainfoError) -> (length: Int64, isPad: Bool) {
        var (attributes, isPad): (FileAttributes, Bool) = ([], false)
        if let attr = value["attr"] {
            guard let letters = attr.string else { throw MetainfoError(.invalid, at: attr.range.lowerBound) }
            (attributes, isPad) = FileAttributes.read(letters)
        }
        let length = value["length"]
        if attributes.contains(.symlink) {
            // BEP 47 lets the length of a symlink be left out.
            if let length, length.integer != 0 {
                throw MetainfoError(
                    length.integer.map { .symlinkWithLength($0) } ?? .invalid, at: length.range.lowerBound)
            }
            try checkTarget(of: value)
            return (0, isPad)
        }
        guard let length else { throw MetainfoError(.missing, at: value.range.lowerBound) }
        guard let number = length.integer else { throw MetainfoError(.invalid, at: length.range.lowerBound) }
        guard number >= 0 else { throw MetainfoError(.negativeLength(number), at: length.range.lowerBound) }
        return (number, isPad)
    }

    /// A target is a path from the folder of the torrent, under the rules for paths, so it cannot leave it.
    private static func checkTarget(of value: BencodeValue) throws(MetainfoError) {
        guard let target = value["symlink path"], target.isList, target.count > 0 else {
            throw MetainfoError(.symlinkWithoutTarget, at: value.range.lowerBound)
        }
        _ = try checkPath(target)
    }

    /// - Returns: the length of the path in bytes, separators between elements counted.
    private static func checkPath(_ path: BencodeValue) throws(MetainfoError) -> Int {
        var length = -1
        for value in path.elements {
            let place = value.range.lowerBound
            guard let bytes = value.string else { throw MetainfoError(.invalid, at: place) }
            if let reason = PathRules.refusal(of: bytes) { throw MetainfoError(reason, at: place) }
            guard isText(bytes) else { throw MetainfoError(.notText, at: place) }
            length += bytes.count + 1
            guard length <= PathRules.maximumPathLength else {
                throw MetainfoError(
                    .pathTooLong(found: length, limit: PathRules.maximumPathLength), at: place)
            }
        }
        return length
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }

    /// - Parameter isHybrid: Paths that meet are then left to the file tree, which must hold the same.
    static func v1List(
        _ root: BencodeValue, name: String, isHybrid: Bool
    ) throws(MetainfoError) -> V1List {
        var list = V1List(files: FileList(document: root.document, name: name))
        if let files = root["files"] {
            let place = files.range.lowerBound
            guard files.isList else { throw MetainfoError(.invalid, at: place, key: "files") }
            guard root["length"] == nil else {
                throw MetainfoError(.conflicting(with: "length"), at: place, key: "files")
            }
            try readFiles(files, into: &list, register: isHybrid ? nil : PathRegister())
        } else {
            list.isSingleFile = true
            guard root["length"] != nil else { throw MetainfoError(.missing, key: "files") }
            do {
                let (length, _) = try properties(of: root)
                list.entries = [(length, false)]
                (list.paddedLength, list.endOfLastFile) = (length, length)
            } catch {
                throw MetainfoError(error.reason, at: error.offset, key: "length", file: name)
            }
            list.files.records = [.init(value: 0, directory: FileList.Record.nameAlone)]
        }
        return list
    }

    private static func readFiles(
        _ files: BencodeValue, into list: inout V1List, register: consuming PathRegister?
    ) throws(MetainfoError) {
        for entry in files.elements {
            let place = entry.range.lowerBound
            let path = entry["path.utf-8"] ?? entry["path"]
            do throws(MetainfoError) {
                guard entry.isDictionary else { throw MetainfoError(.invalid) }
                guard list.entries.count < 2 * PathRules.maximumFiles else {
                    throw MetainfoError(.tooManyFiles(limit: PathRules.maximumFiles))
                }
                let (length, isPad) = try properties(of: entry)
                list.entries.append((length, isPad))
                let (end, overflow) = list.paddedLength.addingReportingOverflow(length)
                guard !overflow else { throw MetainfoError(.tooLong) }
                list.paddedLength = end
                // BEP 47: the path of a pad file is of no use, and may be left out.
                guard !isPad else { continue }
                if length > 0 { list.endOfLastFile = end }
                guard list.files.records.count < PathRules.maximumFiles else {
                    throw MetainfoError(.tooManyFiles(limit: PathRules.maximumFiles))
                }
                guard let path else { throw MetainfoError(.missing) }
                guard path.isList, path.count > 0 else {
                    throw MetainfoError(path.isList ? .emptyElement : .invalid, at: path.range.lowerBound)
                }
                let found = try checkPath(path) + list.files.name.utf8.count + 1
                guard found <= PathRules.maximumPathLength else {
                    throw MetainfoError(
                        .pathTooLong(found: found, limit: PathRules.maximumPathLength),
                        at: path.range.lowerBound)
                }
                try register?.file(at: path.elements.lazy.map { $0.text ?? "" }, count: path.count)
            } catch {
                // Made here and not before: only a refused file has its path built.
                let elements = path?.elements.map { String(decoding: $0.string ?? [], as: UTF8.self) }
                throw MetainfoError(
                    error.reason, at: error.offset ?? place, key: "files",
                    file: elements?.joined(separator: "/"))
            }
            list.files.records.append(
                .init(value: UInt32(entry.index), directory: FileList.Record.pathInList))
        }
        guard !list.files.records.isEmpty else {
            throw MetainfoError(.noPayload, at: files.range.lowerBound, key: "files")
        }
    }

    static func v1Pieces(_ root: BencodeValue, layout: PieceLayout) throws(MetainfoError) -> Range<Int> {
        guard let pieces = root["pieces"] else { throw MetainfoError(.missing, key: "pieces") }
        guard let range = pieces.stringRange, range.count % Digest160.byteCount == 0 else {
            throw MetainfoError(.invalid, at: pieces.range.lowerBound, key: "pieces")
        }
        let found = range.count / Digest160.byteCount
        guard found == layout.pieceCount else {
            throw MetainfoError(
                .pieceHashes(found: found, expected: layout.pieceCount), at: pieces.range.lowerBound,
                key: "pieces")
        }
        return range
    }

    /// Refuses a hybrid whose two views are not the same files at the same offsets. Source: BEP 52, "Upgrade Path".
    static func compare(
        _ v1: V1List, _ v2: FileTreeReader, layout: PieceLayout
    ) throws(MetainfoError) {
        func differ(_ view: MetainfoError.View, _ file: Int?) -> MetainfoError {
            MetainfoError(
                .viewsDiffer(view), at: file.map { v1.files[$0].value.range.lowerBound },
                key: v1.isSingleFile ? "length" : "files",
                file: file.map { v2.files.path(of: $0).joined(separator: "/") })
        }
        guard v1.files.count == v2.files.count else {
            throw differ(.fileCount(v1: v1.files.count, v2: v2.files.count), nil)
        }
        var file = 0
        var offset: Int64 = 0
        for entry in v1.entries {
            defer { offset += entry.length }
            guard !entry.isPad else { continue }
            guard v1.files.hasSamePath(file, as: v2.files) else {
                let (a, b) = (v1.files.path(of: file), v2.files.path(of: file))
                throw differ(.path(v1: a.joined(separator: "/"), v2: b.joined(separator: "/")), file)
            }
            guard entry.length == v2.lengths[file] else {
                throw differ(.length(v1: entry.length, v2: v2.lengths[file]), file)
            }
            // A link has no length.
            if entry.length == 0, v1.files[file].symlinkTarget != v2.files[file].symlinkTarget {
                throw differ(.symlink, file)
            }
            let expected = layout.start(ofFile: file)
            guard entry.length == 0 || offset == expected else {
                throw differ(.offset(v1: offset, v2: expected), file)
            }
            file += 1
        }
        // The tail may be padded to the end of its piece or not at all.
        guard v1.paddedLength == layout.paddedLength else {
            throw differ(.offset(v1: v1.paddedLength, v2: layout.paddedLength), nil)
        }
    }
}
