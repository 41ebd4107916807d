// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Reads what a file's fields say of its terms, by its name and its first bytes.
package enum MetadataReader {
    /// - Parameters:
    ///   - path: With `/` between elements; a reader looks at the last, and at most at the few before it.
    ///   - bytes: The whole file, or its beginning up to what the caller is willing to map.
    /// - Returns: One value per format that said something; what is malformed is noted in it, never thrown.
    package static func read(
        path: String, bytes: UnsafeRawBufferPointer, limits: MetadataLimits = MetadataLimits()
    ) -> [FileMetadata] {
        let file = unsafe MetadataFile(path: path, bytes: bytes, limits: limits)
        var result: [FileMetadata] = []
        for format in MetadataTable.shared.candidates(for: file) where format.applies(file) {
            if let found = format.read(file), !found.isEmpty || found.isMalformed { result.append(found) }
        }
        return result
    }

    /// Whether a file that is too long to be held should be read through ``read(path:source:)``.
    ///
    /// - Parameter head: Its first bytes, 512 of them are enough.
    package static func wantsRandomAccess(path: String, head: [UInt8]) -> Bool {
        MediaReader.wantsRandomAccess(head: head, name: MetadataFile.name(of: path))
    }

    /// Reads a medium or document by pieces: a film of 4 GiB costs a few reads.
    package static func read(path: String, source: ByteSource) -> [FileMetadata] {
        guard let found = MediaReader.read(source, name: MetadataFile.name(of: path)), !found.isEmpty else {
            return []
        }
        return [found]
    }
}

/// One kind of file, how it is told, and how it is read.
struct MetadataFormat: Sendable {
    let name: String
    /// Last path elements in lower case, such as `package.json`.
    var names: [String] = []
    /// What follows a dot in the last path element, in lower case, such as `nuspec` or `podspec.json`.
    var extensions: [String] = []
    /// First bytes of such a file; where there are only these, any name will do.
    var magics: [[UInt8]] = []
    /// A further condition.
    var applies: @Sendable (MetadataFile) -> Bool = { _ in true }
    let read: @Sendable (MetadataFile) -> FileMetadata?

    /// All that are known.
    static let all = PackageFormats.all + DataFormats.all + WebFormats.all + MediaFormats.all
}

/// A file as a reader sees it.
///
/// `@safe` because the pointer is only ever read through checked ranges, and no reader keeps the value.
@safe struct MetadataFile {
    /// As given.
    let path: String
    /// The last element, in lower case.
    let name: String
    let limits: MetadataLimits
    /// What one reader found out and another asks for too.
    let memory = Memory()
    private let buffer: UnsafeRawBufferPointer

    final class Memory {
        /// Of the whole file.
        var json: (value: LocatedValue, isMalformed: Bool)??
    }

    init(path: String, bytes: UnsafeRawBufferPointer, limits: MetadataLimits) {
        self.path = path
        self.name = Self.name(of: path)
        self.limits = limits
        unsafe self.buffer = bytes
    }

    static func name(of path: String) -> String {
        let path = path.utf8
        guard let end = path.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return "" }
        let whole = path[...end]
        let start = whole.lastIndex(of: UInt8(ascii: "/")).map { path.index(after: $0) } ?? path.startIndex
        return String(Substring(whole[start...])).lowercased()
    }

    var count: Int { unsafe buffer.count }

    /// The first `limits.manifestBytes`.
    var bytes: [UInt8] { bytes(in: 0..<limits.manifestBytes) }

    /// A copy of what lies in `range`, clamped to the file.
    func bytes(in range: Range<Int>) -> [UInt8] {
        let part = unsafe range.clamped(to: 0..<buffer.count)
        return unsafe Array(buffer[part])
    }

    subscript(offset: Int) -> UInt8? {
        unsafe offset >= 0 && offset < buffer.count ? buffer[offset] : nil
    }

    func starts(with magic: some Collection<UInt8>, at offset: Int = 0) -> Bool {
        var index = offset
        for byte in magic {
            guard self[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// The elements before the last, the nearest first.
    var folders: [Substring] { path.split(separator: "/").dropLast().reversed() }
}

/// Formats by name and ending, so that a file costs two look-ups and not a walk over all formats.
struct MetadataTable: Sendable {
    static let shared = MetadataTable(MetadataFormat.all)

    private var byName: [String: [MetadataFormat]] = [:]
    private var byExtension: [String: [MetadataFormat]] = [:]
    private var byMagic: [UInt8: [(magic: [UInt8], format: MetadataFormat)]] = [:]
    /// Told by neither name nor magic: each is asked about every file, so they must answer at once.
    private var rest: [MetadataFormat] = []

    init(_ formats: [MetadataFormat]) {
        for format in formats {
            for name in format.names { byName[name, default: []].append(format) }
            for ending in format.extensions { byExtension[ending, default: []].append(format) }
            for magic in format.magics where !magic.isEmpty {
                byMagic[magic[0], default: []].append((magic, format))
            }
            if format.names.isEmpty, format.extensions.isEmpty, format.magics.isEmpty { rest.append(format) }
        }
    }

    /// Each format once, in the order: name, endings from the longest, magic, the rest.
    func candidates(for file: MetadataFile) -> [MetadataFormat] {
        var found = byName[file.name] ?? []
        var ending = Substring(file.name)
        while let dot = ending.firstIndex(of: ".") {
            ending = ending[ending.index(after: dot)...]
            if let more = byExtension[String(ending)] { found += more }
        }
        if let first = file[0], let more = byMagic[first] {
            found += more.filter { file.starts(with: $0.magic) }.map(\.format)
        }
        if found.isEmpty { return rest }
        found += rest
        var seen: Set<String> = []
        return found.filter { seen.insert($0.name).inserted }
    }
}
