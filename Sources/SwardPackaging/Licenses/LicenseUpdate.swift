// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
package import SwardArchive
package import SwardFetch
internal import SwardHash
package import SwardPrimitives

/// Why no license texts were installed; those that were there are as before.
package enum LicenseUpdateError: Error, Hashable, Sendable {
    /// Not of the form `3.28.0`.
    case badVersion(String)
    case fetch(FetchError, url: String)
    case archive(ArchiveError)
    case wrongDigest(found: Digest256, expected: Digest256, source: String)
    /// The archive holds no `text/IDENTIFIER.txt`.
    case noTexts(source: String)
    case tooManyTexts(limit: Int)
    case files(PackagingError)
    /// A folder that we did not make lies where ours must go.
    case inTheWay(String)
    /// The system call that failed, on what, and its `errno`.
    case system(call: String, path: String, errno: Int32)
}

/// Installs the texts of an official release of the SPDX license list for this user.
///
/// - Shape: `licenses` is a link to a folder named for the digest of the archive, so that an update is one step
///   and a kill at any instant leaves the old texts or the new ones.
package struct LicenseUpdate: Sendable {
    package enum Source: Hashable, Sendable {
        /// Of the list, as `3.28.0`.
        case release(String)
        case url(String)
        case file(String)
    }

    package struct Report: Hashable, Sendable {
        /// Where the archive came from in the end.
        package let source: String
        /// Of the archive; also kept in ``LicenseUpdate/recordName``.
        package let digest: Digest256
        /// In bytes.
        package let length: Int64
        package let count: Int
        package let folder: String
    }

    package static let recordName = "SOURCE"
    static let archiveLimit: Int64 = 512 << 20, textCountLimit = 20_000

    private let folder: String

    /// - Parameter folder: ``LicenseFolders/user``.
    package init(folder: String) { self.folder = folder }

    /// - Parameter template: With `{version}` where the version goes.
    package static func url(
        ofVersion version: String,
        template: String = "https://github.com/spdx/license-list-data/archive/refs/tags/v{version}.tar.gz"
    ) throws(LicenseUpdateError) -> String {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        guard 2...4 ~= parts.count,
            parts.allSatisfy({ 1...5 ~= $0.utf8.count && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
        else { throw .badVersion(version) }
        guard let hole = template.firstRange(of: "{version}") else { return template }
        return template[..<hole.lowerBound] + version + template[hole.upperBound...]
    }

    /// Fetches, checks, unpacks, installs. Unpacking takes its thread for about a second.
    ///
    /// - Parameter expected: Of the archive; without it the digest is only reported and recorded.
    package func run(
        from source: Source, expected: Digest256? = nil, client: FetchClient
    ) async throws(LicenseUpdateError) -> Report {
        let (parent, name) = SmallFile.split(folder)
        try files { () throws(PackagingError) in try SmallFile.makeFolder(parent) }
        let url: String
        switch source {
        case .release(let version): url = try Self.url(ofVersion: version)
        case .url(let given): url = given
        case .file(let path):
            let (digest, length) = try Self.digest(ofFile: path)
            return try install(path, from: path, digest: digest, length: length, expected: expected)
        }
        let archive = "\(parent)/.\(name).\(getpid()).archive"
        defer { unlink(archive) }
        var request = FetchRequest(url: url)
        request.byteLimit = Self.archiveLimit
        request.timeout = nil
        request.allowsCompression = false
        let download: FetchClient.Download
        do { download = try await client.download(request, to: archive) } catch {
            throw .fetch(error, url: url)
        }
        return try install(
            archive, from: download.response.url, digest: download.digest, length: download.response.length,
            expected: expected)
    }

    private func install(
        _ archive: String, from source: String, digest: Digest256, length: Int64, expected: Digest256?
    ) throws(LicenseUpdateError) -> Report {
        if let expected, expected != digest {
            throw .wrongDigest(found: digest, expected: expected, source: source)
        }
        let (parent, name) = SmallFile.split(folder)
        let final = "\(name)-\(digest.hex.prefix(16))"
        let staging = "\(parent)/.\(final).\(getpid())"
        defer { SmallFile.removeTree(staging) }
        SmallFile.removeTree(staging)
        try files { () throws(PackagingError) in try SmallFile.makeFolder(staging) }
        let count = try unpack(archive, from: source, into: staging)
        let record = "source: \(source)\nsha256: \(digest.hex)\nlength: \(length)\ntexts: \(count)\n"
        try files { () throws(PackagingError) in
            _ = try SmallFile.write(Array(record.utf8), to: "\(staging)/\(Self.recordName)")
        }
        // A folder of this digest is whole: it got its name in one step. Only its record may differ.
        if rename(staging, "\(parent)/\(final)") != 0 {
            guard errno == ENOTEMPTY || errno == EEXIST else { throw system("rename", "\(parent)/\(final)") }
        }
        try link(to: final, in: parent)
        removeOthers(than: final, in: parent, name: name)
        return Report(source: source, digest: digest, length: length, count: count, folder: folder)
    }

    private func unpack(
        _ archive: String, from source: String, into staging: String
    ) throws(LicenseUpdateError) -> Int {
        var limits = ArchiveLimits()
        limits.entries = 200_000
        limits.bytes = 4 << 30
        var count = 0
        var problem: PackagingError?
        do throws(ArchiveError) {
            let reader = try ArchiveReader(path: archive, limits: limits)
            while problem == nil, let entry = try reader.next() {
                guard entry.kind == .file, let identifier = Self.identifier(ofEntry: entry.path) else {
                    continue
                }
                count += 1
                guard count <= Self.textCountLimit else { break }
                let text = try reader.contents(limit: LicenseTexts.textLimit)
                do throws(PackagingError) {
                    try SmallFile.write(text, to: "\(staging)/\(identifier).txt")
                } catch {
                    problem = error
                }
            }
        } catch { throw .archive(error) }
        if let problem { throw .files(problem) }
        guard count <= Self.textCountLimit else { throw .tooManyTexts(limit: Self.textCountLimit) }
        guard count > 0 else { throw .noTexts(source: source) }
        return count
    }

    /// The identifier of `TOP/text/IDENTIFIER.txt`. Deprecated ones are filed under their plain names.
    static func identifier(ofEntry path: [String]) -> String? {
        guard 2...3 ~= path.count, path[path.count - 2] == "text", let name = path.last,
            name.hasSuffix(".txt"),
            !name.hasSuffix(".html.txt")
        else { return nil }
        let stem = String(name.dropLast(".txt".count))
        let identifier = stem.hasPrefix("deprecated_") ? String(stem.dropFirst("deprecated_".count)) : stem
        return LicenseTexts.isIdentifier(identifier) ? identifier : nil
    }

    private func link(to target: String, in parent: String) throws(LicenseUpdateError) {
        var status = stat()
        if lstat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFLNK { throw .inTheWay(folder) }
        let temporary = "\(parent)/.\(target).\(getpid()).link"
        unlink(temporary)
        guard symlink(target, temporary) == 0 else { throw system("symlink", temporary) }
        guard rename(temporary, folder) == 0 else {
            defer { unlink(temporary) }
            throw system("rename", folder)
        }
    }

    private func removeOthers(than final: String, in parent: String, name: String) {
        for other in FolderListing.names(in: parent) where other.hasPrefix(name + "-") && other != final {
            let digits = other.dropFirst(name.count + 1)
            if digits.count == 16, digits.allSatisfy(\.isHexDigit) {
                SmallFile.removeTree("\(parent)/\(other)")
            }
        }
    }

    private static func digest(ofFile path: String) throws(LicenseUpdateError) -> (Digest256, Int64) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(call: "open", path: path, errno: errno) }
        defer { close(file) }
        var hasher = SHA256Stream()
        var length: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(call: "read", path: path, errno: errno) }
            if count == 0 { return (hasher.finalize(), length) }
            hasher.update(Array(buffer[..<count]))
            length += Int64(count)
        }
    }

    private func files<R>(_ body: () throws(PackagingError) -> R) throws(LicenseUpdateError) -> R {
        do { return try body() } catch { throw .files(error) }
    }

    private func system(_ call: String, _ path: String) -> LicenseUpdateError {
        .system(call: call, path: path, errno: errno)
    }
}
