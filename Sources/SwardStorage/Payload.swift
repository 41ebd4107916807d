// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import SwardMetainfo
package import SwardPrimitives
import Synchronization

/// The files of one torrent under a folder, addressed by piece.
///
/// Every method may wait for a disk and belongs on a ``DiskPool``. Descriptors come from a cache shared by the
/// session, so that an idle torrent holds none.
public final class Payload: Sendable {
    /// How room is made for a file when its first bytes are written.
    public enum Allocation: Sendable {
        /// Its length is set; blocks are taken as they are written.
        case sparse
        /// All blocks are taken at once, so that a full disk shows before the transfer and not in it.
        case full
    }

    package struct File: Hashable, Sendable {
        /// From the folder down, the torrent's own name included.
        package let path: [String]
        package let length: Int64
        package let isExecutable: Bool
        /// What a symbolic link here says; `nil` for a regular file.
        package let linkText: String?
    }

    package let folder: PayloadFolder
    package let layout: PieceLayout
    let root: [String]
    /// Entries are made when asked for: a payload of a million files costs nothing here while it is idle.
    private let entries: FileList
    /// Whether 16 KiB leaves are hashed as blocks are written.
    package let hasLeaves: Bool
    /// Whether whole pieces have a SHA-1.
    let hasPieceHashes: Bool
    /// `nil` while nothing is written.
    let running = Mutex<RunningDigests?>(nil)
    private let descriptors: DescriptorCache
    private let number: UInt64
    private let allocation: Allocation
    /// In bytes: of the file that found no room when all of it was to be taken at once.
    let wantedRoom = Atomic<Int64>(0)
    /// Files that lie under their name with ``partialSuffix`` behind it.
    let partial = Mutex<Set<Int>>([])

    /// - Parameter root: The path elements between `folder` and the files; by default the torrent's name, as every
    ///   client has it. Empty when `folder` is itself what was packed.
    package init(
        _ info: InfoDictionary, in folder: PayloadFolder, root: [String]? = nil, descriptors: DescriptorCache,
        allocation: Allocation = .sparse
    ) {
        self.folder = folder
        self.descriptors = descriptors
        self.allocation = allocation
        number = descriptors.makePayloadNumber()
        layout = info.layout
        hasLeaves = info.kind != .v1
        hasPieceHashes = info.kind != .v2
        self.root = root ?? (info.isSingleFile ? [] : [info.name])
        entries = info.files
    }

    /// The files of `other` in another folder, by their own names.
    init(_ other: Payload, in folder: PayloadFolder) {
        self.folder = folder
        descriptors = other.descriptors
        allocation = other.allocation
        number = descriptors.makePayloadNumber()
        layout = other.layout
        hasLeaves = other.hasLeaves
        hasPieceHashes = other.hasPieceHashes
        root = other.root
        entries = other.entries
    }

    package var fileCount: Int { entries.count }

    package func file(_ index: Int) -> File {
        let entry = entries[index]
        return File(
            path: root + entry.path, length: entry.length, isExecutable: entry.isExecutable,
            linkText: entry.symlinkTarget.map { Self.linkText(from: entry.path, to: $0) })
    }

    /// Where a file lies now.
    func path(_ index: Int) -> [String] {
        partial.withLock { $0.contains(index) } ? partialPath(index) : finalPath(index)
    }

    /// Where a file lies now, from the top of the file system.
    package func placeOnDisk(ofFile index: Int) -> String {
        folder.resolvedPath + "/" + path(index).joined(separator: "/")
    }

    func finalPath(_ index: Int) -> [String] { root + entries.path(of: index) }

    /// A link's text is relative to where the link lies; in the metainfo its target is relative to the torrent's
    /// root. Source: BEP 47, "symlink path".
    private static func linkText(from path: [String], to target: [String]) -> String {
        (Array(repeating: "..", count: path.count - 1) + target).joined(separator: "/")
    }

    // MARK: Reading

    /// Reads one block; bytes of pad files are zero.
    package func read(_ request: BlockRequest, into target: UnsafeMutableRawBufferPointer)
        throws(StorageError)
    {
        precondition(target.count >= request.length)
        var filled = 0
        try layout.forEachSegment(of: request.piece, begin: request.begin, length: request.length) {
            segment throws(StorageError) in
            let part = UnsafeMutableRawBufferPointer(rebasing: target[filled..<(filled + segment.length)])
            if let file = segment.file {
                try read(file, at: segment.fileOffset, into: part)
            } else {
                part.initializeMemory(as: UInt8.self, repeating: 0)
            }
            filled += segment.length
        }
    }

    func read(
        _ index: Int, at offset: Int64, into target: UnsafeMutableRawBufferPointer
    ) throws(StorageError) {
        let file = try openForReading(index)
        var filled = 0
        while filled < target.count {
            let count = pread(
                file.number, target.baseAddress! + filled, target.count - filled,
                off_t(offset) + off_t(filled))
            if count > 0 {
                filled += count
            } else if count == 0 {
                throw StorageError(
                    .tooShort(found: offset + Int64(filled), expected: layout.length(ofFile: index)),
                    at: path(index))
            } else if errno != EINTR {
                throw StorageError(.system(.read, code: errno), at: path(index))
            }
        }
    }

    func openForReading(_ index: Int) throws(StorageError) -> Descriptor {
        let file = try descriptors.descriptor(for: .init(payload: number, file: index), writable: false) {
            () throws(StorageError) in try folder.openFile(path(index), access: .read)
        }
        guard let file else {
            throw StorageError(.tooShort(found: 0, expected: layout.length(ofFile: index)), at: path(index))
        }
        return file
    }

    /// Of a file that is open already.
    func heldDescriptor(_ index: Int) -> Descriptor? { descriptors.held(.init(payload: number, file: index)) }

    /// A descriptor of its own for someone who closes it, or a negated `errno`; opened by the same rules.
    package func duplicateDescriptor(ofFile index: Int) -> Int32 {
        do throws(StorageError) {
            let copy = fcntl(try openForReading(index).number, F_DUPFD_CLOEXEC, 0)
            return copy >= 0 ? copy : -errno
        } catch {
            if case .system(_, let code) = error.reason { return -code }
            return -ENOENT
        }
    }

    /// The length of each file as it lies on disk; `nil` for one that is not there. Links count as not there.
    package func lengthsOnDisk() -> [Int64?] {
        (0..<fileCount).map { index in
            entries[index].isSymlink ? nil : (try? folder.length(of: path(index))) ?? nil
        }
    }

    // MARK: Writing

    func openForWriting(_ index: Int) throws(StorageError) -> Descriptor {
        let file = try descriptors.descriptor(for: .init(payload: number, file: index), writable: true) {
            () throws(StorageError) in try create(path(index), length: layout.length(ofFile: index))
        }
        // `create` opens for writing, which creates: it never finds nothing.
        return file!
    }

    private func create(_ path: [String], length: Int64) throws(StorageError) -> Descriptor? {
        guard let file = try folder.openFile(path, access: .write) else { return nil }
        var status = stat()
        guard fstat(file.number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: path)
        }
        let found = Int64(status.st_size)
        guard found <= length else { throw StorageError(.tooLong(found: found, expected: length), at: path) }
        switch allocation {
        case .sparse:
            guard found == length || ftruncate(file.number, off_t(length)) == 0 else {
                throw StorageError(.system(.resize, code: errno), at: path)
            }
        case .full:
            let taken = Int64(status.st_blocks) * 512
            guard found < length || taken < length else { return file }
            let code = posix_fallocate(file.number, 0, off_t(length))
            guard code == 0 else {
                wantedRoom.store(length - min(taken, length), ordering: .relaxed)
                throw StorageError(.system(.allocate, code: code), at: path)
            }
            wantedRoom.store(0, ordering: .relaxed)
        }
        return file
    }

    // MARK: Ending

    /// Makes what no piece brings: empty files, executable bits and, last, symbolic links. Links come last so that no
    /// write of ours can go through one; those refused by the rules of ``PayloadFolder`` stop us here.
    package func finish() throws(StorageError) {
        running.withLock { $0 = nil }
        var links: [Int] = []
        for index in 0..<fileCount {
            let file = self.file(index)
            if file.linkText != nil { links.append(index) }
            guard file.linkText == nil, file.length == 0 || file.isExecutable else { continue }
            let descriptor = try openForWriting(index)
            guard file.isExecutable else { continue }
            var status = stat()
            guard fstat(descriptor.number, &status) == 0 else {
                throw StorageError(.system(.readStatus, code: errno), at: file.path)
            }
            // Whoever may read may run: keeps what the umask took away taken away.
            let mode = status.st_mode | (status.st_mode & 0o444) >> 2
            guard mode == status.st_mode || fchmod(descriptor.number, mode & 0o7777) == 0 else {
                throw StorageError(.system(.setMode, code: errno), at: file.path)
            }
        }
        for index in links {
            let link = file(index)
            if let text = link.linkText { try folder.makeSymbolicLink(link.path, saying: text) }
        }
    }

    /// Waits until every file that is there has reached the disk, and its name.
    package func synchronize() throws(StorageError) {
        var folders: Set<[String]> = []
        for index in 0..<fileCount where layout.length(ofFile: index) > 0 {
            guard let descriptor = try folder.openFile(path(index), access: .read) else { continue }
            guard fdatasync(descriptor.number) == 0 else {
                throw StorageError(.system(.synchronize, code: errno), at: path(index))
            }
            let path = path(index)
            // The folders above it may be as new as the file.
            for depth in path.indices where folders.insert(Array(path[..<depth])).inserted {
                try folder.synchronizeParent(of: Array(path[...depth]))
            }
        }
    }

    /// Closes the files that are held open for this payload.
    package func releaseDescriptors() {
        descriptors.close(payload: number)
        folder.release()
    }
}
