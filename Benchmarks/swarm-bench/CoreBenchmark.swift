// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMerkle
import SwardPrimitives
import SwardSwarm
import SwardWire

/// What the core costs per block of 16 KiB, without sockets, disk and hashing of payload: decoding, deciding, encoding.
enum CoreBenchmark {
    static let pieceLength = 1 << 20
    static let pieceCount = 2048
    static let leaf = Digest256([UInt8](repeating: 7, count: 32))!
    static let peerID = PeerID([UInt8]("-SW0100-abcdefghijkl".utf8))!

    /// 2 GiB in one file whose every block has the same hash.
    static func content() -> Content {
        let length = Int64(pieceLength * pieceCount)
        let shape = TreeShape(length: length, pieceLength: pieceLength)!
        let node = MerkleTree.pieceHash(
            leaves: Array(repeating: leaf, count: pieceLength / blockLength), shape: shape)
        let layer = Array(repeating: node, count: pieceCount)
        let root = MerkleTree.root(pieceLayer: layer, shape: shape)
        return Content(
            infoHashes: InfoHashes(v1: nil, v2: leaf)!, infoBytes: [], pieceLength: pieceLength,
            pieceCount: pieceCount,
            files: [
                Content.File(
                    index: 0, length: length, piecesRoot: root, firstPiece: 0, pieceCount: pieceCount)
            ],
            v1Pieces: [], v1Length: 0, layers: [root: layer.flatMap(\.bytes)[...]])
    }

    static func torrent(isSeed: Bool) -> (Torrent, ConnectionID, ActionQueue) {
        let now = ContinuousClock.now
        let content = content()
        var actions = ActionQueue()
        var torrent = Torrent(
            configuration: TorrentConfiguration(peerID: peerID), infoHashes: content.infoHashes,
            content: content, have: isSeed ? PieceSet(allOf: pieceCount) : nil, seed: 1, at: now)
        torrent.setGate(.open, at: now, into: &actions)
        let handshake = Handshake(
            features: [.fast, .extensions, .v2], infoHash: leaf.truncated,
            peerID: PeerID([UInt8](repeating: 65, count: 20))!)
        let address = PeerAddress(ip: [10, 0, 0, 1], port: 6881)!
        // The first peer of a torrent that takes fifty.
        let id = try! torrent.peerConnected(
            PeerArrival(address: address, isOutgoing: false, handshake: handshake), at: now, into: &actions)
        var extended = ExtensionHandshake()
        extended.requestQueue = 500
        torrent.received(isSeed ? .haveNone : .haveAll, from: id, at: now, into: &actions)
        torrent.received(.extended(id: 0, extended.payload()), from: id, at: now, into: &actions)
        torrent.received(isSeed ? .interested : .unchoke, from: id, at: now, into: &actions)
        return (torrent, id, actions)
    }

    static func seed() -> Double {
        var (torrent, id, actions) = torrent(isSeed: true)
        while actions.next() != nil {}
        var decoder = PeerMessageDecoder()
        var out = ByteBuffer()
        out.reserveCapacity(1 << 20)
        var blocks = 0
        var elapsed = Duration.zero
        for piece in 0..<pieceCount {
            var requests = ByteBuffer()
            for begin in stride(from: 0, to: pieceLength, by: blockLength) {
                PeerMessage.request(
                    BlockRequest(piece: PieceIndex(piece), begin: begin, length: blockLength)
                ).write(into: &requests)
            }
            let start = ContinuousClock.now
            let now = start
            decoder.append(requests)
            // What was encoded above.
            while let message = try! decoder.next() {
                torrent.received(message, from: id, at: now, into: &actions)
            }
            while let action = actions.next() {
                guard case .sendBlock(let id, let block) = action else { continue }
                PeerMessage.writePieceHeader(block, into: &out)
                torrent.blocksSent(id, count: 1, bytes: block.length, at: now, into: &actions)
                blocks += 1
            }
            elapsed += ContinuousClock.now - start
            out.clear(minimumCapacity: 1 << 20)
        }
        precondition(blocks == pieceCount * 64)
        return elapsed / .microseconds(1) / Double(blocks)
    }

    static func fetch() -> Double {
        var (torrent, id, actions) = torrent(isSeed: false)
        var decoder = PeerMessageDecoder()
        let payload = ByteBuffer(repeating: 1, count: blockLength)
        var requested: [BlockRequest] = []
        var out = ByteBuffer()
        var blocks = 0
        var elapsed = Duration.zero
        func drain(_ now: ContinuousClock.Instant) {
            while let action = actions.next() {
                switch action {
                case .write(let block, _):
                    torrent.blockWritten(block, leaf: leaf, at: now, into: &actions)
                    blocks += 1
                case .send(_, let message):
                    message.write(into: &out)
                    if case .request(let block) = message { requested.append(block) }
                default: break
                }
            }
        }
        drain(.now)
        while !torrent.isComplete {
            var chunk = ByteBuffer()
            let batch = requested.prefix(16)
            requested.removeFirst(batch.count)
            precondition(!batch.isEmpty)
            for block in batch {
                PeerMessage.piece(block.piece, begin: block.begin, payload).write(into: &chunk)
            }
            let start = ContinuousClock.now
            decoder.append(chunk)
            // What was encoded above.
            while let message = try! decoder.next() {
                torrent.received(message, from: id, at: start, into: &actions)
            }
            drain(start)
            elapsed += ContinuousClock.now - start
            out.clear(minimumCapacity: 1 << 16)
        }
        return elapsed / .microseconds(1) / Double(blocks)
    }

    static func run() {
        for _ in 0..<3 {
            print("seeding: \(seed()) µs per block, fetching: \(fetch()) µs per block")
        }
        print(
            "a connection takes \(MemoryLayout<PeerMessage>.size) + \(MemoryLayout<TorrentAction>.size) bytes"
        )
    }
}
