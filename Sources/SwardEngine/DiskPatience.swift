// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore

/// How long a disk that was full is left alone before it is tried again.
///
/// Whether there is room says nothing of a quota: only a write tells. So where the first write after a pause fails again
/// the next pause is twice as long, and what is fetched in vain meanwhile stays little.
struct DiskPatience: Sendable {
    private static let first = TimeAmount.seconds(5), longest = TimeAmount.seconds(600)

    private(set) var pause = first
    /// There seemed to be room, and nothing has been written since.
    private var isUnproved = false

    /// A write found no room.
    mutating func didFail() {
        pause = isUnproved ? min(pause * 2, Self.longest) : Self.first
        isUnproved = false
    }

    /// There is room, it seems.
    mutating func didResume() { isUnproved = true }

    mutating func didWrite() { isUnproved = false }
}
