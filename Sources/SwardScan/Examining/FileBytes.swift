// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Where the bytes of one file come from.
enum FileBytes {
    /// An open file; stays the caller's.
    case file(Int32)
    case memory(UnsafeRawBufferPointer)
    /// Bytes that come in order and once, as those of a member of an archive; a negative count is a failure.
    case stream((UnsafeMutableRawBufferPointer) -> Int)

    /// Up to `count` bytes at `offset`; fewer at the end, or where reading fails. Of a stream nothing.
    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        switch self {
        case .memory(let all):
            guard offset >= 0, offset < all.count else { return [] }
            return Array(all[Int(offset)..<min(all.count, Int(offset) + count)])
        case .file(let descriptor):
            var status = stat()
            guard count > 0, offset >= 0, fstat(descriptor, &status) == 0, offset < status.st_size else {
                return []
            }
            let wanted = Int(min(Int64(count), Int64(status.st_size) - offset))
            return [UInt8](unsafeUninitializedCapacity: wanted) { buffer, done in
                done = max(0, Self.read(descriptor, at: offset, into: UnsafeMutableRawBufferPointer(buffer)))
            }
        case .stream: return []
        }
    }

    /// Reads until `buffer` is full or the file ends.
    ///
    /// - Returns: How many bytes there were, or `-errno`.
    static func read(_ descriptor: Int32, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int
    {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return -Int(errno) }
            if count == 0 { break }
            done += count
        }
        return done
    }
}
