// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// The state of a torrent as values, for progress lines and for a control API.
public struct TorrentSnapshot: Sendable {
    public struct Peer: Sendable {
        public var connection: ConnectionID
        public var address: PeerAddress
        public var isOutgoing: Bool
        /// Over uTP, not TCP.
        public var isUTP: Bool
        /// Who told us of it; an incoming one told us itself.
        public var source: PeerSource
        /// From its extension handshake, else from its peer id.
        public var client: String
        public var isV2: Bool
        public var pieceCount: Int
        public var weChoke: Bool
        public var weWant: Bool
        public var theyChoke: Bool
        public var theyWant: Bool
        public var isSnubbed: Bool
        /// In bytes per second of payload.
        public var downloadRate: Double
        public var uploadRate: Double
        /// In bytes of payload.
        public var downloaded: Int64
        public var uploaded: Int64
        public var requestsOut: Int
        public var requestsIn: Int
        /// Given to us and taken from us over all works and runs; `nil` where that is not counted.
        package var reciprocity: ReciprocityBook.Entry?
    }

    public var hasMetadata: Bool
    /// Bytes of metadata come in so far, and in all; 0 of 0 while the size is unknown.
    public var metadataReceived: Int
    public var metadataLength: Int
    public var pieceCount: Int
    public var pieceLength: Int
    public var piecesComplete: Int
    /// In bytes, of wire length, verified.
    public var bytesComplete: Int64
    public var bytesTotal: Int64
    /// In bytes of payload, since the start of this run.
    public var downloaded: Int64
    public var uploaded: Int64
    /// In bytes: duplicates, and blocks of pieces that failed.
    public var wasted: Int64
    public var hashFailures: Int
    public var downloadRate: Double
    public var uploadRate: Double
    /// Whole copies among the peers we see, and the fraction of pieces that have one more; without ours.
    public var availability: Double
    public var unwritten: Int
    public var knownPeers: Int
    public var halfOpen: Int
    public var bannedPeers: Int
    public var peers: [Peer]
    public var gate: GatePermissions
    /// All that is wanted is here.
    public var isComplete: Bool
    /// All there is is here.
    public var isWhole: Bool
}
