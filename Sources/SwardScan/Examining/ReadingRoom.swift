// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Room for a few small files at once, each with zeros behind its bytes; one for each thread.
final class ReadingRoom {
    /// As many as the widest hashing kernel takes side by side.
    static let slotCount = 16
    /// A little more than a file may have: slots a power of two apart would fall into the same few lines of the cache.
    private static let slotBytes = ScanListing.room + 320

    private struct Slot {
        let path: String
        let count: Int
        let identity: FileIdentity
    }

    private let memory: UnsafeMutableRawBufferPointer
    private var slots: [Slot] = []
    /// By slot, how far it was ever written; behind it all is zero.
    private var written = [Int](repeating: 0, count: slotCount)
    private var next = 0

    init() {
        memory = .allocate(byteCount: Self.slotCount * Self.slotBytes, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { memory.deallocate() }

    /// Forgets the files of before.
    func clear() {
        slots.removeAll(keepingCapacity: true)
        next = 0
    }

    /// Reads a whole regular file.
    ///
    /// - Returns: `nil` for what is none, does not fit or cannot be read: who looks at it next finds that out.
    func read(_ descriptor: Int32, number: Int, path: String) -> ScanListing.Contents? {
        guard slots.count < Self.slotCount else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Int(status.st_size) <= ScanListing.room
        else { return nil }
        let place = slots.count
        let start = place * Self.slotBytes
        let slot = UnsafeMutableRawBufferPointer(rebasing: memory[start..<(start + ScanListing.room)])
        // Not asked for its end too, as who packs it looks at the file once more when all is done.
        let count = FileBytes.read(
            descriptor, at: 0, into: UnsafeMutableRawBufferPointer(rebasing: slot[..<Int(status.st_size)]))
        if written[place] > max(count, 0) {
            UnsafeMutableRawBufferPointer(rebasing: slot[max(count, 0)..<written[place]])
                .initializeMemory(as: UInt8.self, repeating: 0)
        }
        written[place] = max(count, 0)
        guard count >= 0 else { return nil }
        let identity = FileIdentity(status)
        slots.append(Slot(path: path, count: count, identity: identity))
        return ScanListing.Contents(
            number: number, bytes: UnsafeRawBufferPointer(rebasing: slot[..<count]),
            padded: UnsafeRawBufferPointer(slot), changedAt: identity.changedAt)
    }

    /// The bytes of a file, if it is the next of those that were read.
    func take(_ path: String) -> (bytes: UnsafeRawBufferPointer, identity: FileIdentity)? {
        guard next < slots.count, slots[next].path == path else { return nil }
        defer { next += 1 }
        let start = next * Self.slotBytes
        return (
            UnsafeRawBufferPointer(rebasing: memory[start..<(start + slots[next].count)]),
            slots[next].identity
        )
    }
}
