// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

extension FuzzEntry {
    /// A stream of messages, in one read and in reads of as many bytes as the first byte says.
    package static let peerStream = FuzzEntry(name: "peer-stream") { (bytes: [UInt8]) throws(Violation) in
        let step = max(1, Int(bytes.first ?? 1))
        let stream = bytes.dropFirst()
        let (whole, error) = messages(in: [ByteBuffer(bytes: stream)])
        var reads: [ByteBuffer] = []
        var rest = stream
        while !rest.isEmpty {
            reads.append(ByteBuffer(bytes: rest.prefix(step)))
            rest = rest.dropFirst(step)
        }
        let (cut, cutError) = messages(in: reads)
        try check("how it is cut changes no message", whole == cut && error == cutError)
        var again = ByteBuffer()
        for message in whole where !isUnknown(message) { message.write(into: &again) }
        let (reread, _) = messages(in: [again])
        try check("what is read is written and read the same", reread == whole.filter { !isUnknown($0) })
    }

    private static func isUnknown(_ message: PeerMessage) -> Bool {
        if case .unknown = message { true } else { false }
    }

    private static func messages(in reads: [ByteBuffer]) -> ([PeerMessage], WireError?) {
        var decoder = PeerMessageDecoder()
        var messages: [PeerMessage] = []
        do throws(WireError) {
            for read in reads {
                decoder.append(read)
                while let message = try decoder.next() { messages.append(message) }
            }
            return (messages, nil)
        } catch {
            return (messages, error)
        }
    }

    package static let extensionHandshake = FuzzEntry(name: "extension-handshake") {
        (bytes: [UInt8]) throws(Violation) in
        guard let handshake = try? ExtensionHandshake(reading: ByteBuffer(bytes: bytes)) else { return }
        let again = try? ExtensionHandshake(reading: handshake.payload())
        try check("what is read is written and read the same", again == handshake)
    }

    package static let metadataMessage = FuzzEntry(name: "metadata-message") {
        (bytes: [UInt8]) throws(Violation) in
        guard let message = try? MetadataMessage(reading: ByteBuffer(bytes: bytes), id: 1) else { return }
        if case .unknown = message { return }
        let again = try? MetadataMessage(reading: message.payload(), id: 1)
        try check("what is read is written and read the same", again == message)
    }

    /// Messages of one peer to a whole torrent, of each kind, seeding, fetching and with nothing but its name.
    package static let peerConnection = FuzzEntry(name: "peer-connection") {
        (bytes: [UInt8]) throws(Violation) in
        let choice = Int(bytes.first ?? 0)
        let pieceCount = 5
        let root = Digest256([UInt8](repeating: 3, count: 32))
        let v1 = choice & 1 == 0 ? Digest160([UInt8](repeating: 1, count: 20)) : nil
        let v2 = choice & 2 == 0 || v1 == nil ? Digest256([UInt8](repeating: 2, count: 32)) : nil
        guard let root, let hashes = InfoHashes(v1: v1, v2: v2), let name = hashes.swarms.last,
            let us = PeerID([UInt8](repeating: 7, count: 20)),
            let them = PeerID([UInt8](repeating: 8, count: 20)),
            let address = PeerAddress(ip: [10, 0, 0, 1], port: 6881)
        else { return }
        let length = Int64(pieceCount * 2 * blockLength - 100)
        let content = Content(
            infoHashes: hashes, infoBytes: [UInt8](repeating: 0, count: 20_000)[...],
            pieceLength: 2 * blockLength,
            pieceCount: pieceCount,
            files: v2 == nil
                ? []
                : [
                    Content.File(
                        index: 0, length: length, piecesRoot: root, firstPiece: 0, pieceCount: pieceCount)
                ],
            v1Pieces: [UInt8](repeating: 0, count: v1 == nil ? 0 : pieceCount * 20)[...], v1Length: length,
            layers: [:])
        let now = ContinuousClock.now
        var actions = ActionQueue()
        var torrent = Torrent(
            configuration: TorrentConfiguration(peerID: us), infoHashes: hashes,
            content: choice & 4 == 0 ? content : nil,
            have: choice & 12 == 0 ? PieceSet(allOf: pieceCount) : nil,
            seed: 1, at: now)
        if choice & 16 == 0 { torrent.setGate(.open, at: now, into: &actions) }
        let handshake = Handshake(
            features: choice & 32 == 0 ? [.fast, .extensions, .v2] : [.extensions, .v2], infoHash: name,
            peerID: them)
        let arrival = PeerArrival(address: address, isOutgoing: choice & 64 == 0, handshake: handshake)
        guard let id = try? torrent.peerConnected(arrival, at: now, into: &actions) else { return }
        for (offset, message) in messages(in: [ByteBuffer(bytes: bytes.dropFirst())]).0.enumerated() {
            let now = now + .milliseconds(offset * 700)
            torrent.received(message, from: id, at: now, into: &actions)
            if torrent.deadline.map({ $0 <= now }) ?? false { torrent.timerFired(at: now, into: &actions) }
            var steps = 0
            while let action = actions.next(), steps < 1000 {
                steps += 1
                switch action {
                case .write(let block, _):
                    torrent.blockWritten(block, leaf: v2 == nil ? nil : root, at: now, into: &actions)
                case .check(let piece): torrent.pieceChecked(piece, sha1: v1, at: now, into: &actions)
                case .digest(let piece):
                    torrent.blocksDigested(piece, digests: [root, root], at: now, into: &actions)
                case .sendBlock(let id, let block):
                    torrent.blocksSent(id, count: 1, bytes: block.length, at: now, into: &actions)
                case .readLeaves(let id, let request, let pieces):
                    torrent.leavesRead(
                        request, for: id, leaves: Array(repeating: root, count: pieces.count * 2), at: now,
                        into: &actions)
                default: break
                }
            }
            try check("one message has an end", steps < 1000)
        }
        let snapshot = torrent.snapshot(at: now)
        try check("there is never more than one peer", snapshot.peers.count <= 1)
        try check("nothing is left with the disk", snapshot.unwritten == 0)
    }
}
