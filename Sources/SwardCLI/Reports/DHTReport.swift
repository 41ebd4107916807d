// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardDHT
import SwardEngine
import SwardPrimitives
import Synchronization

/// A value of the DHT.
struct ItemReport: Encodable {
    let target: String
    /// Of the value, as hexadecimal digits of its bencode.
    let value: String
    /// Where the value is text.
    let text: String?
    /// Where it points to a torrent (BEP 46).
    let torrent: String?
    let magnet: String?
    let publicKey: String?
    let salt: String?
    let sequence: Int64?

    init(_ item: DHTItem) {
        target = item.target.description
        value = item.value.hex
        text = (try? BencodeDocument(item.value, limits: .message).root)?.text
        guard case .mutable(let mutable) = item else {
            (torrent, magnet, publicKey, salt, sequence) = (nil, nil, nil, nil, nil)
            return
        }
        torrent = mutable.torrentPointer?.hex
        magnet = torrent.map { "magnet:?xt=urn:btih:\($0)" }
        publicKey = mutable.publicKey.hex
        salt = mutable.salt.isEmpty ? nil : String(decoding: mutable.salt, as: UTF8.self)
        sequence = mutable.sequence
    }

    /// For a terminal: no control characters of strangers.
    var shown: String { magnet ?? text.map(Words.shown) ?? value }
}

struct PutReport: Encodable {
    let target: String
    let publicKey: String?
    let sequence: Int64?
    let storedOn: Int

    init(_ item: DHTItem, _ outcome: DHTOutcome) {
        target = item.target.description
        storedOn = outcome.storedCount
        guard case .mutable(let mutable) = item else {
            (publicKey, sequence) = (nil, nil)
            return
        }
        publicKey = mutable.publicKey.hex
        sequence = mutable.sequence
    }
}

struct PeersReport: Encodable {
    let peers: [String]
    /// Estimates (BEP 33).
    let seeds: Int?
    let leeches: Int?
}

struct PingReport: Encodable {
    let node: String
    let address: String
    let milliseconds: Double
    let fitsAddress: Bool
}

struct StatReport: Encodable {
    let id: String
    let externalAddresses: [String]
    let nodes: Int
    let goodNodes: Int
    let queriesSent: Int
    let responses: Int
    let timeouts: Int
    let bytesSent: Int
    let bytesReceived: Int

    init(_ snapshot: DHTSnapshot) {
        id = snapshot.id.description
        externalAddresses = snapshot.externalAddresses.map(\.description)
        nodes = snapshot.nodeCounts.values.reduce(0, +)
        goodNodes = snapshot.goodNodeCounts.values.reduce(0, +)
        queriesSent = snapshot.counters.queriesSent
        responses = snapshot.counters.responsesReceived
        timeouts = snapshot.counters.timeouts
        bytesSent = snapshot.counters.bytesSent
        bytesReceived = snapshot.counters.bytesReceived
    }
}

/// Peers as they come in on the event loop.
final class PeerCollector: Sendable {
    private let known = Mutex<Set<PeerAddress>>([])

    func add(_ peers: [PeerAddress]) { known.withLock { $0.formUnion(peers) } }

    var peers: Set<PeerAddress> { known.withLock { $0 } }
}
