// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// The state of a torrent as values, for progress lines and for a control API.
package struct TorrentSnapshot: Sendable {
    package struct Peer: Sendable {
        package var connection: ConnectionID
        package var address: PeerAddress
        package var isOutgoing: Bool
        /// Over uTP, not TCP.
        package var isUTP: Bool
        /// Who told us of it; an incoming one told us itself.
        package var source: PeerSource
        /// From its extension handshake, else from its peer id.
        package var client: String
        package var isV2: Bool
        package var pieceCount: Int
        package var weChoke: Bool
        package var weWant: Bool
        package var theyChoke: Bool
        package var theyWant: Bool
        package var isSnubbed: Bool
        /// In bytes per second of payload.
        package var downloadRate: Double
        package var uploadRate: Double
        /// In bytes of payload.
        package var downloaded: Int64
        package var uploaded: Int64
        package var requestsOut: Int
        package var requestsIn: Int
        /// Given to us and taken from us over all works and runs; `nil` where that is not counted.
        package var reciprocity: ReciprocityBook.Entry?
    }

    package var hasMetadata: Bool
    /// Bytes of metadata come in so far, and in all; 0 of 0 while the size is unknown.
    package var metadataReceived: Int
    package var metadataLength: Int
    package var pieceCount: Int
    package var pieceLength: Int
    package var piecesComplete: Int
    /// In bytes, of wire length, verified.
    package var bytesComplete: Int64
    package var bytesTotal: Int64
    /// In bytes of payload, since the start of this run.
    package var downloaded: Int64
    package var uploaded: Int64
    /// In bytes: duplicates, and blocks of pieces that failed.
    package var wasted: Int64
    package var hashFailures: Int
    package var downloadRate: Double
    package var uploadRate: Double
    /// Whole copies among the peers we see, and the fraction of pieces that have one more; without ours.
    package var availability: Double
    package var unwritten: Int
    package var knownPeers: Int
    package var halfOpen: Int
    package var bannedPeers: Int
    package var peers: [Peer]
    package var gate: GatePermissions
    /// All that is wanted is here.
    package var isComplete: Bool
    /// All there is is here.
    package var isWhole: Bool
}
