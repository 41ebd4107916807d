// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a parse may cost at most; each limit is checked before the memory it guards is taken.
///
/// - Memory: eight bytes per value and per end of a container, beside the bytes themselves.
package struct BencodeLimits: Hashable, Sendable {
    package var maximumBytes: Int
    /// How many containers may lie inside each other.
    package var maximumDepth: Int
    /// Values of every kind, dictionary keys included.
    package var maximumValues: Int

    package init(maximumBytes: Int, maximumDepth: Int = 64, maximumValues: Int) {
        // Offsets are kept in 32 bits.
        precondition(maximumBytes <= Int(UInt32.max) && maximumDepth > 0 && maximumValues > 0)
        self.maximumBytes = maximumBytes
        self.maximumDepth = maximumDepth
        self.maximumValues = maximumValues
    }

    /// An info dictionary: 32 MiB, and as many values as a million files of v1 need, with room for the rest.
    package static let info = BencodeLimits(maximumBytes: 32 << 20, maximumValues: 8_000_000)
    /// A `.torrent` file: an info dictionary, one level further down, and the layers of two million pieces.
    package static let metainfo = BencodeLimits(
        maximumBytes: 128 << 20, maximumDepth: 65, maximumValues: 9_000_000)
    /// One message of a peer or a tracker.
    package static let message = BencodeLimits(
        maximumBytes: 1 << 20, maximumDepth: 16, maximumValues: 100_000)
}
