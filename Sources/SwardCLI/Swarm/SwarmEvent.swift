// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm

/// One line of `--format json` of `seed` and `fetch`.
///
/// `event` says which of the other fields are there: listening, proxied,
/// proxy-failed, datagrams, no-datagrams, mapped, not-mapped,
/// nobody-to-ask, metadata, judged, resumed, progress, banned, kept-out, unreached,
/// tracker, web-seed, held-up, going-on, reused, complete, examined, moved, failed, files,
/// let-go, passed-over, stats, stopped.
struct SwarmEvent: Encodable {
    let event: String
    var name: String?
    var infoHashV1: String?
    var infoHashV2: String?
    /// Since the start of the session.
    var seconds: Double?
    var address: String?
    var appraisal: AppraisalReport?
    /// Of names and links that other systems cannot hold, or that may deceive.
    var warnings: [String]?
    var verifiedBytes: Int64?
    var totalBytes: Int64?
    var downloadedBytes: Int64?
    var uploadedBytes: Int64?
    var wastedBytes: Int64?
    /// In bytes per second.
    var downloadRate: Double?
    var uploadRate: Double?
    var availability: Double?
    var peers: [Peer]?
    var piece: Int?
    /// How long who was let go is not let in again.
    var keptOutSeconds: Int?
    var url: String?
    var peerCount: Int?
    var seeds: Int?
    var leeches: Int?
    var folder: String?
    var torrent: String?
    /// Of the work, and how many of them were asked for, with how many bytes.
    var fileCount: Int?
    var selectedFileCount: Int?
    var selectedBytes: Int64?
    var message: String?
    var verification: VerificationResult?
    var files: [File]?
    var stats: SessionStatistics?

    struct File: Encodable {
        let path: String
        let length: Int64
        let verifiedBytes: Int64
    }

    struct Peer: Encodable {
        let address: String
        let client: String
        let isV2: Bool
        let downloadRate: Double
        let uploadRate: Double
        let downloadedBytes: Int64
        let uploadedBytes: Int64
        /// Share of the pieces it has, 0 to 1.
        let progress: Double
        /// As clients show them: d and D, whether it sends what we want; u and U, whether we send what it wants; I came in,
        /// H from the DHT, X from another peer, L from the local network; S keeps us waiting; P over uTP.
        let flags: String
        /// To us and from us over all works and runs; only where reciprocity is on.
        let givenBytes: Int64?
        let takenBytes: Int64?
    }

    init(_ event: String) { self.event = event }

    init(_ event: String, _ snapshot: TorrentSnapshot) {
        self.event = event
        verifiedBytes = snapshot.bytesComplete
        totalBytes = snapshot.bytesTotal
        downloadedBytes = snapshot.downloaded
        uploadedBytes = snapshot.uploaded
        wastedBytes = snapshot.wasted
        downloadRate = snapshot.downloadRate.rounded()
        uploadRate = snapshot.uploadRate.rounded()
        availability = snapshot.availability
        peers = snapshot.peers.map { Peer($0, pieceCount: snapshot.pieceCount) }
    }

    init(_ event: String, _ info: InfoDictionary) {
        self.event = event
        name = info.name
        infoHashV1 = info.infoHashes.v1?.hex
        infoHashV2 = info.infoHashes.v2?.hex
    }
}

extension SwarmEvent.Peer {
    init(_ peer: TorrentSnapshot.Peer, pieceCount: Int) {
        address = "\(peer.address)"
        client = peer.client
        isV2 = peer.isV2
        downloadRate = peer.downloadRate.rounded()
        uploadRate = peer.uploadRate.rounded()
        downloadedBytes = peer.downloaded
        uploadedBytes = peer.uploaded
        progress = pieceCount > 0 ? Double(peer.pieceCount) / Double(pieceCount) : 0
        var flags = ""
        if peer.weWant { flags += peer.theyChoke ? "d" : "D" }
        if peer.theyWant { flags += peer.weChoke ? "u" : "U" }
        if !peer.isOutgoing { flags += "I" }
        switch peer.source {
        case .dht: flags += "H"
        case .exchange: flags += "X"
        case .localDiscovery: flags += "L"
        case .user, .magnet, .tracker, .incoming: break
        }
        if peer.isSnubbed { flags += "S" }
        if peer.isUTP { flags += "P" }
        self.flags = flags
        givenBytes = peer.reciprocity?.given
        takenBytes = peer.reciprocity?.taken
    }
}
