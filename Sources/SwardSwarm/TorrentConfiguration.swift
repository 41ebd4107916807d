// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Limits and names that do not change while a torrent runs.
package struct TorrentConfiguration: Sendable {
    package var peerID: PeerID
    /// What we call ourselves in extension handshakes.
    package var clientName = "sward"
    /// Where we listen, for peers we connect to; `nil` when we do not.
    package var listenPort: UInt16?
    /// Where our DHT node listens; `nil` without one. Source: BEP 5.
    package var dhtPort: UInt16?
    package var maximumConnections = 50
    package var maximumHalfOpen = 10
    /// Loopback addresses are not counted: there, peers share one.
    package var maximumConnectionsPerHost = 3
    /// Peers that may be sent blocks at once, optimistic ones beside.
    package var uploadSlots = 8
    /// Blocks a peer may have asked of us; told to it as `reqq`, and cut off at that and a quarter.
    package var maximumRequestsIn = 6000
    /// 94 MiB: 450 MiB a second from a peer 200 ms away.
    package var maximumRequestsOut = 6000
    /// In bytes, handed to the disk and not yet written; above it nothing is requested.
    package var maximumUnwritten = 32 << 20
    /// In bytes per connection, handed to the shell by `sendBlock` and not yet reported sent.
    package var uploadWindow = 1 << 20
    /// In bytes.
    package var maximumMetadataLength = 32 << 20
    package var reach = Reach()
    /// No connection is made of our own accord; for tests and for private use.
    package var dials = true
    /// Whether peers are told of each other (BEP 11); never those of a private torrent.
    package var exchangesPeers = true
    /// Whether pieces are first asked for in their order, for reading while they come.
    package var isSequential = false
    /// Whether a seed shows each peer a few pieces at a time, so that no piece is sent often. Source: BEP 16.
    package var isSuperSeed = false
    /// Who is neither dialled nor let in.
    package var filter = AddressFilter()
    package var limits = RateLimits()
    /// Who has misbehaved; shared by the torrents of a session.
    package var penalties = PenaltyBox()
    /// Who has given goes first among equals; `nil` counts nothing and treats all alike.
    package var reciprocity: Reciprocity?

    package init(peerID: PeerID) { self.peerID = peerID }
}

/// What the gate lets a torrent do. Metadata may always move.
public struct GatePermissions: Hashable, Sendable {
    /// Payload may be requested.
    public var download: Bool
    /// Payload may be served, and what we have may be told.
    public var upload: Bool

    public init(download: Bool, upload: Bool) {
        self.download = download
        self.upload = upload
    }

    public static let shut = GatePermissions(download: false, upload: false)
    public static let quarantine = GatePermissions(download: true, upload: false)
    public static let open = GatePermissions(download: true, upload: true)
}

/// Who told us of a peer.
public enum PeerSource: Hashable, Sendable {
    case user, magnet, tracker, localDiscovery, incoming
    /// Another peer. Source: BEP 11.
    case exchange
    case dht

    /// Whether a private torrent may be asked of a peer learnt this way. Source: BEP 27.
    var isFitForPrivate: Bool {
        switch self {
        case .user, .magnet, .tracker, .incoming: true
        case .localDiscovery, .exchange, .dht: false
        }
    }
}
