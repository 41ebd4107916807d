// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CArchive
internal import Glibc

/// Reads a tar (in any compression), zip, 7z or ISO 9660 archive, entry by entry.
///
/// Names come out the same whatever the user's locale: libarchive converts through the thread's locale, so each
/// call runs under C.UTF-8. Filters that start other programs are not enabled.
package final class ArchiveReader {
    private static let ratioGrace: Int64 = 64 << 20

    package let name: String
    private let limits: ArchiveLimits
    private let handle: OpaquePointer
    private let descriptor: Int32
    private var memory: UnsafeMutableRawBufferPointer?
    private var locale: locale_t?
    private var index = -1
    private var current: String?
    private var expanded: Int64 = 0
    /// Folded names to names; `String` compares by canonical equivalence, so NFC and NFD meet here.
    private var seen: [String: String] = [:]

    /// Opens the file at `path`; nothing of it is extracted yet.
    package convenience init(path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError(.cannotOpen(errno), archive: path) }
        try self.init(name: path, limits: limits, descriptor: descriptor, memory: nil)
    }

    /// Reads an archive that is in memory; `name` is used in errors only.
    package convenience init(
        bytes: [UInt8], name: String, limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        memory.copyBytes(from: bytes)
        try self.init(
            name: name, limits: limits, descriptor: -1, memory: .init(rebasing: memory[..<bytes.count]))
    }

    private init(
        name: String, limits: ArchiveLimits, descriptor: Int32, memory: UnsafeMutableRawBufferPointer?
    ) throws(ArchiveError) {
        guard let handle = archive_read_new() else {
            throw ArchiveError(.damaged("out of memory"), archive: name)
        }
        self.name = name
        self.limits = limits
        self.handle = handle
        self.descriptor = descriptor
        self.memory = memory
        // 1 is LC_CTYPE_MASK, a macro Swift cannot see.
        locale = newlocale(1, "C.UTF-8", nil)
        for filter in [
            archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
            archive_read_support_filter_xz,
            archive_read_support_filter_lzma, archive_read_support_filter_lzip,
            archive_read_support_filter_zstd,
            archive_read_support_filter_lz4, archive_read_support_filter_compress,
        ] {
            _ = filter(handle)
        }
        // A zip is read by its directory alone: without it, as in one cut short, a link would come out as a file.
        for format in [
            archive_read_support_format_tar, archive_read_support_format_zip_seekable,
            archive_read_support_format_7zip, archive_read_support_format_iso9660,
        ] {
            _ = format(handle)
        }
        let status =
            memory.map { archive_read_open_memory(handle, $0.baseAddress, $0.count) }
            ?? archive_read_open_fd(handle, descriptor, 256 << 10)
        guard status == ARCHIVE_OK else { throw failure() }
    }

    deinit {
        archive_read_free(handle)
        if descriptor >= 0 { close(descriptor) }
        if let locale { freelocale(locale) }
        memory?.deallocate()
    }

    /// The next entry, or `nil` at the end; content not read is skipped. The root folder itself is never listed.
    package func next() throws(ArchiveError) -> ArchiveEntry? {
        while true {
            var raw: OpaquePointer?
            current = nil
            let status = inUTF8 { archive_read_next_header(handle, &raw) }
            if status == ARCHIVE_EOF { return nil }
            // A warning is about a name that cannot be converted, or a header that was repaired; the name is checked below.
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let raw else { throw failure() }
            index += 1
            guard index < limits.entries else { throw error(.tooManyEntries(limit: limits.entries)) }
            do {
                if let entry = try inUTF8({ () throws(ArchiveEntry.Refusal) in try self.entry(raw) }) {
                    return entry
                }
            } catch {
                throw self.error(error.reason)
            }
        }
    }

    /// Reads up to `buffer.count` bytes of the current entry; 0 at its end. Holes come as zeros.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        let count = inUTF8 { archive_read_data(handle, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw failure() }
        expanded += Int64(count)
        guard expanded <= limits.bytes else { throw error(.tooManyBytes(limit: limits.bytes)) }
        if expanded > Self.ratioGrace {
            let consumed = max(1, archive_filter_bytes(handle, -1))
            guard expanded / consumed <= limits.ratio else { throw error(.tooDense(limit: limits.ratio)) }
        }
        return count
    }

    /// All bytes of the current entry, or an error once they are more than `limit`.
    package func contents(limit: Int) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try read(into: buffer)
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw error(.tooManyBytes(limit: Int64(limit))) }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// An error about the entry at hand.
    func error(_ reason: ArchiveError.Reason) -> ArchiveError {
        ArchiveError(reason, archive: name, entry: current, entryIndex: index < 0 ? nil : index)
    }

    private func entry(_ raw: OpaquePointer) throws(ArchiveEntry.Refusal) -> ArchiveEntry? {
        guard let bytes = archive_entry_pathname(raw) else { throw ArchiveEntry.Refusal(.nameNotUTF8) }
        current = String(decoding: UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)), as: UTF8.self)
        guard let stored = String(validatingCString: bytes) else { throw ArchiveEntry.Refusal(.nameNotUTF8) }
        if archive_entry_is_encrypted(raw) != 0 { throw ArchiveEntry.Refusal(.encrypted) }
        let path = try ArchiveEntry.elements(of: stored, limits: limits)
        let kind = try kind(of: raw, at: path)
        guard !path.isEmpty else { return nil }
        if kind != .directory {
            let name = path.joined(separator: "/")
            if let first = seen.updateValue(name, forKey: name.lowercased()) {
                throw ArchiveEntry.Refusal(.duplicateName(first: first))
            }
        }
        return ArchiveEntry(
            path: path, kind: kind,
            length: archive_entry_size_is_set(raw) != 0 ? archive_entry_size(raw) : nil,
            isExecutable: kind != .directory && archive_entry_perm(raw) & 0o100 != 0)
    }

    private func kind(of raw: OpaquePointer, at path: [String]) throws(ArchiveEntry.Refusal)
        -> ArchiveEntry.Kind
    {
        if let bytes = archive_entry_hardlink(raw) {
            guard let text = String(validatingCString: bytes) else {
                throw ArchiveEntry.Refusal(.nameNotUTF8)
            }
            let target = try ArchiveEntry.elements(of: text, limits: limits)
            guard seen[target.joined(separator: "/").lowercased()] != nil else {
                throw ArchiveEntry.Refusal(.unsafeLink(target: text))
            }
            return .hardLink(target: target)
        }
        switch archive_entry_filetype(raw) & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        case S_IFLNK:
            guard let bytes = archive_entry_symlink(raw), let target = String(validatingCString: bytes) else {
                throw ArchiveEntry.Refusal(.nameNotUTF8)
            }
            guard ArchiveEntry.staysInside(linkAt: path, target: target) else {
                throw ArchiveEntry.Refusal(.unsafeLink(target: target))
            }
            return .symlink(target: target)
        default: throw ArchiveEntry.Refusal(.notAFile)
        }
    }

    private func failure() -> ArchiveError {
        let text = archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
        if text.contains("Unrecognized archive format") { return error(.unknownFormat) }
        if text.lowercased().contains("passphrase") || text.lowercased().contains("encrypt") {
            return error(.encrypted)
        }
        return error(.damaged(text))
    }

    private func inUTF8<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        guard let locale else { return try body() }
        let before = uselocale(locale)
        defer { uselocale(before) }
        return try body()
    }
}

extension ArchiveReader {
    /// Whether `name` ends as archives do that `pack` opens; an EPUB or ODT is a zip too, but a work in itself.
    package static func isArchiveName(_ name: String) -> Bool {
        let name = name.lowercased()
        let endings = [
            ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst",
            ".tar.lz", ".tar.lzma", ".tar.lz4", ".tar.z", ".zip", ".7z", ".iso",
        ]
        return endings.contains { name.hasSuffix($0) && name.count > $0.count }
    }

    /// `name` without the ending that makes it an archive.
    package static func stem(of name: String) -> String {
        let endings = [
            ".tar.bz2", ".tar.zst", ".tar.lzma", ".tar.lz4", ".tar.gz", ".tar.xz", ".tar.lz", ".tar.z",
            ".tbz2",
            ".tzst", ".tar", ".tgz", ".tbz", ".txz", ".zip", ".iso", ".7z",
        ]
        guard let ending = endings.first(where: { name.lowercased().hasSuffix($0) }) else { return name }
        return String(name.dropLast(ending.count))
    }
}
