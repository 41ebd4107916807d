// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo

/// Files that lie where the work's go and may be somebody else's.
extension Payload {
    /// - Throws: `.tooLong` for the first file that holds more bytes than the work's.
    package func refuseLonger(among files: [Int]) throws(StorageError) {
        for index in files {
            guard let found = lengthOnDisk(index), found > layout.length(ofFile: index) else { continue }
            throw StorageError(
                .tooLong(found: found, expected: layout.length(ofFile: index)), at: path(index))
        }
    }

    /// - Parameter isRight: Whether a piece on disk is the torrent's.
    /// - Throws: `.notOurs` for the first file of which no piece is right. One of zeros alone is room that some client has
    ///   made, and holds nothing that could be lost.
    package func refuseForeign(
        among files: [Int], isRight: (Int) -> Bool
    ) throws(StorageError) {
        for index in files {
            guard let found = lengthOnDisk(index), found > 0,
                !layout.pieces(ofFile: index).contains(where: isRight), try !isBlank(index, length: found)
            else { continue }
            throw StorageError(.notOurs, at: path(index))
        }
    }

    /// Cuts files to the lengths the torrent says.
    package func cutLonger() throws(StorageError) {
        for index in 0..<fileCount {
            let length = layout.length(ofFile: index)
            guard let found = lengthOnDisk(index), found > length else { continue }
            guard let file = try folder.openFile(path(index), access: .write) else { continue }
            guard ftruncate(file.number, off_t(length)) == 0 else {
                throw StorageError(.system(.resize, code: errno), at: path(index))
            }
        }
    }

    private func lengthOnDisk(_ index: Int) -> Int64? {
        file(index).linkText == nil ? (try? folder.length(of: path(index))) ?? nil : nil
    }

    /// Whether the file has no byte but zeros; holes are not read.
    private func isBlank(_ index: Int, length: Int64) throws(StorageError) -> Bool {
        guard let file = try folder.openFile(path(index), access: .read) else { return true }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { room.deallocate() }
        var offset: Int64 = 0
        while offset < length {
            // 3 is SEEK_DATA, which the C library shows only to those who ask in C.
            let data = lseek(file.number, off_t(offset), 3)
            if data < 0, errno == ENXIO { return true }
            // A file system that knows of no holes has data everywhere.
            if data > 0 { offset = max(offset, Int64(data)) }
            let count = pread(file.number, room.baseAddress, room.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StorageError(.system(.read, code: errno), at: path(index)) }
            if count == 0 { return true }
            if room.prefix(count).contains(where: { $0 != 0 }) { return false }
            offset += Int64(count)
        }
        return true
    }
}
