// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Names one connection to a peer for as long as it lives; made by ``Torrent/peerConnected(_:at:into:)``.
///
/// - Note: a slot is reused, so a shell that goes by slots compares whole ids before it acts.
public struct ConnectionID: Hashable, Sendable {
    /// Small and dense, reused after the connection is gone: good as an index into an array of channels.
    public let slot: Int
    /// Tells a connection from an earlier one in the same slot.
    let generation: UInt32

    init(slot: Int, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }
}
