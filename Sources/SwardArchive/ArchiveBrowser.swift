// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CArchive
internal import Glibc

/// Looks into any archive that libarchive knows, entry by entry, and takes it as it is: odd names, repeated names, links and
/// devices are told of and are no error. For looking only; ``ArchiveReader`` is the one to extract with.
///
/// Reads tar, cpio, ar, zip, 7z, ISO 9660, cab, rar, lha, xar, warc and rpm, in any compression, and a single compressed file
/// as an archive of one. Filters that start other programs are not enabled. Writes nothing.
package final class ArchiveBrowser {
    package enum Source {
        /// An open file that can be sought in; stays the caller's.
        case file(Int32)
        /// Must outlive the browser.
        case memory(UnsafeRawBufferPointer)
        /// Fills a buffer with the next bytes; 0 at the end, negative when it fails. Formats with their directory at the end
        /// (7z, ISO 9660) cannot be read so.
        case stream((UnsafeMutableRawBufferPointer) -> Int)
    }

    package struct Entry: Hashable, Sendable {
        /// As stored, without what leads up or to the root; bytes that are no UTF-8 show as U+FFFD. Never empty.
        package let path: String
        /// The stored name is absolute, leads up, or holds NUL or a backslash.
        package let hasOddName: Bool
        package let isFile: Bool
        /// In bytes, as declared; `nil` if the archive does not say before the content.
        package let length: Int64?
        package let isEncrypted: Bool
        /// The path of the earlier entry whose content it is.
        package let hardLink: String?
    }

    private let name: String
    private let limits: ArchiveLimits
    private let handle: OpaquePointer
    private let source: SourceBox
    private var locale: locale_t?
    private var index = -1
    private var current: String?
    /// Whether the whole is one compressed file rather than an archive.
    private var isRaw = false

    /// - Parameters:
    ///   - name: For errors, and for the name of what a single compressed file holds.
    /// - Throws: `.unknownFormat` for what is no archive.
    package init(_ source: Source, name: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError)
    {
        guard let handle = archive_read_new() else {
            throw ArchiveError(.damaged("out of memory"), archive: name)
        }
        self.name = name
        self.limits = limits
        self.handle = handle
        // 1 is LC_CTYPE_MASK, a macro Swift cannot see.
        locale = newlocale(1, "C.UTF-8", nil)
        for filter in [
            archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
            archive_read_support_filter_xz,
            archive_read_support_filter_lzma, archive_read_support_filter_lzip,
            archive_read_support_filter_zstd,
            archive_read_support_filter_lz4, archive_read_support_filter_compress,
            archive_read_support_filter_rpm,
        ] {
            _ = filter(handle)
        }
        for format in [
            archive_read_support_format_tar, archive_read_support_format_cpio, archive_read_support_format_ar,
            archive_read_support_format_7zip, archive_read_support_format_iso9660,
            archive_read_support_format_cab,
            archive_read_support_format_rar, archive_read_support_format_rar5,
            archive_read_support_format_lha,
            archive_read_support_format_xar, archive_read_support_format_warc,
            archive_read_support_format_raw,
        ] {
            _ = format(handle)
        }
        let status: Int32
        switch source {
        case .file(let descriptor):
            self.source = SourceBox { _ in 0 }
            lseek(descriptor, 0, SEEK_SET)
            _ = archive_read_support_format_zip(handle)
            status = archive_read_open_fd(handle, descriptor, 128 << 10)
        case .memory(let bytes):
            self.source = SourceBox { _ in 0 }
            _ = archive_read_support_format_zip(handle)
            status = archive_read_open_memory(handle, bytes.baseAddress, bytes.count)
        case .stream(let read):
            self.source = SourceBox(read)
            _ = archive_read_support_format_zip_streamable(handle)
            // The box lives as long as this object, which frees the handle first.
            status = archive_read_open(
                handle, Unmanaged.passUnretained(self.source).toOpaque(), nil,
                { _, box, start in
                    guard let box, let start else { return -1 }
                    return Unmanaged<SourceBox>.fromOpaque(box).takeUnretainedValue().read(start)
                }, nil)
        }
        guard status == ARCHIVE_OK else { throw failure() }
    }

    deinit {
        archive_read_free(handle)
        if let locale { freelocale(locale) }
    }

    /// The next entry, folders left out, or `nil` at the end; content not read is skipped.
    package func next() throws(ArchiveError) -> Entry? {
        while true {
            var raw: OpaquePointer?
            current = nil
            let status = inUTF8 { archive_read_next_header(handle, &raw) }
            if status == ARCHIVE_EOF { return nil }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let raw else { throw failure() }
            // 0xF0000 is the family of formats, 0x90000 is raw: anything at all.
            if index < 0, archive_format(handle) & 0xFF0000 == 0x90000 {
                isRaw = true
                guard archive_filter_count(handle) > 1 else {
                    throw ArchiveError(.unknownFormat, archive: name)
                }
            }
            index += 1
            guard index < limits.entries else {
                throw ArchiveError(.tooManyEntries(limit: limits.entries), archive: name)
            }
            let entry = inUTF8 { self.entry(raw) }
            current = entry.path
            if archive_entry_filetype(raw) & S_IFMT == S_IFDIR { continue }
            return entry
        }
    }

    /// Reads up to `buffer.count` bytes of the current entry; 0 at its end. Holes come as zeros.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
        let count = inUTF8 { archive_read_data(handle, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw failure() }
        return count
    }

    /// Bytes of the archive itself that were read so far.
    package var consumed: Int64 { archive_filter_bytes(handle, -1) }

    private func entry(_ raw: OpaquePointer) -> Entry {
        var stored: [UInt8] = []
        if let bytes = archive_entry_pathname(raw) ?? archive_entry_pathname_utf8(raw) {
            stored = Array(UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)))
        }
        if isRaw { stored = Array(Self.inner(of: name).utf8) }
        let text = String(decoding: stored.prefix(limits.pathBytes), as: UTF8.self)
        var elements: [Substring] = []
        var isOdd =
            stored.isEmpty || stored.count > limits.pathBytes || text.hasPrefix("/") || text.contains("\\")
        for element in text.split(separator: "/") where element != "." {
            if element == ".." { isOdd = true } else { elements.append(element) }
        }
        if elements.isEmpty { elements = ["entry-\(index)"] }
        let type = archive_entry_filetype(raw) & S_IFMT
        let hardLink = archive_entry_hardlink(raw).map { String(cString: $0) }
        return Entry(
            path: elements.joined(separator: "/"), hasOddName: isOdd,
            // A zip written elsewhere has no type.
            isFile: hardLink == nil && (type == S_IFREG || type == 0),
            length: archive_entry_size_is_set(raw) != 0 ? archive_entry_size(raw) : nil,
            isEncrypted: archive_entry_is_encrypted(raw) != 0, hardLink: hardLink)
    }

    /// What `a.js.gz` holds: `a.js`.
    private static func inner(of name: String) -> String {
        let last = String(name.split(whereSeparator: { $0 == "/" || $0 == "!" }).last ?? "content")
        if last.lowercased().hasSuffix(".svgz") { return String(last.dropLast()) }
        for ending in [".gz", ".bz2", ".xz", ".zst", ".lzma", ".lz4", ".lz", ".z"]
        where last.lowercased().hasSuffix(ending) && last.count > ending.count {
            return String(last.dropLast(ending.count))
        }
        return "content"
    }

    private func failure() -> ArchiveError {
        let text = archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
        let lowered = text.lowercased()
        let reason: ArchiveError.Reason =
            if text.contains("Unrecognized archive format") {
                .unknownFormat
            } else if lowered.contains("passphrase") || lowered.contains("encrypt") {
                .encrypted
            } else {
                .damaged(text)
            }
        return ArchiveError(reason, archive: name, entry: current, entryIndex: index < 0 ? nil : index)
    }

    private func inUTF8<R>(_ body: () -> R) -> R {
        guard let locale else { return body() }
        let before = uselocale(locale)
        defer { uselocale(before) }
        return body()
    }
}

/// Keeps the buffer that libarchive reads from, and what fills it.
private final class SourceBox {
    private let fill: (UnsafeMutableRawBufferPointer) -> Int
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    init(_ fill: @escaping (UnsafeMutableRawBufferPointer) -> Int) { self.fill = fill }

    deinit { buffer.deallocate() }

    func read(_ start: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        start.pointee = UnsafeRawPointer(buffer.baseAddress)
        return fill(buffer)
    }
}
