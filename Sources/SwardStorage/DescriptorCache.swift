// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// The open payload files of a whole session: at most `limit`, the longest unused closed first.
///
/// A descriptor that is closed here while a worker reads or writes through it lives on until that worker is done.
package final class DescriptorCache: Sendable {
    package struct Key: Hashable, Sendable {
        package let payload: UInt64
        package let file: Int

        package init(payload: UInt64, file: Int) {
            self.payload = payload
            self.file = file
        }
    }

    private struct Entry {
        let descriptor: Descriptor
        let isWritable: Bool
        var lastUse: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var clock: UInt64 = 0
        var nextPayload: UInt64 = 0
    }

    package let limit: Int
    private let state = Mutex(State())

    package init(limit: Int = 128) {
        precondition(limit > 0)
        self.limit = limit
    }

    /// How many descriptors are held open.
    package var count: Int { state.withLock { $0.entries.count } }

    /// A number by which one payload's files are told from another's.
    package func makePayloadNumber() -> UInt64 {
        state.withLock { state in
            state.nextPayload += 1
            return state.nextPayload
        }
    }

    /// The descriptor for `key`, if it is held open.
    func held(_ key: Key) -> Descriptor? {
        state.withLock { state in
            state.clock += 1
            state.entries[key]?.lastUse = state.clock
            return state.entries[key]?.descriptor
        }
    }

    /// The descriptor for `key`, opened by `open` if it is not held. A writable one serves readers too.
    package func descriptor(
        for key: Key, writable: Bool, open: () throws(StorageError) -> Descriptor?
    ) throws(StorageError) -> Descriptor? {
        let held: Descriptor? = state.withLock { state in
            state.clock += 1
            guard let entry = state.entries[key], entry.isWritable || !writable else { return nil }
            state.entries[key]?.lastUse = state.clock
            return entry.descriptor
        }
        if let held { return held }
        // Opened outside the lock: it may wait for a disk. Two threads may open one file; the later one is kept.
        guard let opened = try open() else { return nil }
        state.withLock { state in
            state.entries[key] = Entry(descriptor: opened, isWritable: writable, lastUse: state.clock)
            while state.entries.count > limit,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.entries[oldest.key] = nil
            }
        }
        return opened
    }

    /// Closes what is held open of one payload.
    package func close(payload: UInt64) {
        state.withLock { state in state.entries = state.entries.filter { $0.key.payload != payload } }
    }
}
