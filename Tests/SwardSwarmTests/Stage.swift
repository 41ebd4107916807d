// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardHash
import SwardMetainfo
import SwardPrimitives
import SwardWire
import TorrentSupport

@testable import SwardSwarm

/// One core alone, with peers played by the test and a disk that answers at once when told to.
struct Stage {
    let made: MadeTorrent
    var core: Torrent
    var time = 0
    private let origin = ContinuousClock().now
    private var actions = ActionQueue()
    private var peers = 0
    /// Everything since last asked.
    private(set) var log: [TorrentAction] = []
    var blocks: [BlockRequest: ByteBuffer] = [:]

    init(
        _ made: MadeTorrent, isSeed: Bool = false, have: PieceSet? = nil, fromMagnet: Bool = false,
        withoutLayers: Bool = false, gate: GatePermissions? = .open,
        configure: (inout TorrentConfiguration) -> Void = { _ in }
    ) {
        self.made = made
        var configuration = TorrentConfiguration(peerID: PeerID([UInt8]("-SW0100-testtesttest".utf8))!)
        configure(&configuration)
        let content = Content(
            made.info, layers: withoutLayers ? [:] : made.metainfo.pieceLayers.mapValues(\.bytes))
        core = Torrent(
            configuration: configuration, infoHashes: made.info.infoHashes,
            content: fromMagnet ? nil : content,
            have: have ?? (isSeed ? PieceSet(allOf: made.info.layout.pieceCount) : nil), seed: 1, at: origin)
        if let gate { core.setGate(gate, at: origin, into: &actions) }
        collect()
    }

    var now: ContinuousClock.Instant { origin + .milliseconds(time) }

    // MARK: Events

    mutating func connect(
        isFast: Bool = true, isOutgoing: Bool = false, infoHash: Digest160? = nil, host: UInt8? = nil,
        port: UInt16 = 6881, isUTP: Bool = false, likesRuns: Bool = false, id: UInt8? = nil,
        features chosen: Handshake.Features? = nil
    ) throws -> ConnectionID {
        peers += 1
        var features: Handshake.Features = [.extensions]
        if made.info.kind != .v1 { features.insert(.v2) }
        if isFast { features.insert(.fast) }
        let handshake = Handshake(
            features: chosen ?? features, infoHash: infoHash ?? made.info.infoHashes.swarms.last!,
            peerID: PeerID([UInt8](repeating: id ?? UInt8(peers), count: 20))!)
        var arrival = PeerArrival(
            address: PeerAddress(ip: [10, 1, 1, host ?? UInt8(peers)], port: port)!, isOutgoing: isOutgoing,
            handshake: handshake)
        arrival.isUTP = isUTP
        arrival.likesRuns = likesRuns
        defer { collect() }
        return try core.peerConnected(arrival, at: now, into: &actions)
    }

    mutating func receive(_ messages: PeerMessage..., from id: ConnectionID) {
        for message in messages { core.received(message, from: id, at: now, into: &actions) }
        collect()
    }

    mutating func act(_ body: (inout Torrent, ContinuousClock.Instant, inout ActionQueue) -> Void) {
        body(&core, now, &actions)
        collect()
    }

    /// Lets time pass, and timers fire as they fall due.
    mutating func pass(_ milliseconds: Int) {
        let end = time + milliseconds
        while let deadline = core.deadline, deadline <= origin + .milliseconds(end) {
            // Rounded, as a quotient may fall short of a whole number.
            time = max(time, Int(((deadline - origin) / .milliseconds(1)).rounded()))
            core.timerFired(at: now, into: &actions)
            collect()
        }
        time = end
    }

    /// The disk does all it was asked since last time; what it answers may ask for more.
    ///
    /// - Parameter rots: What was written is something else when it is read back.
    mutating func workDisk(spoilSHA1: Bool = false, rots: Bool = false) {
        var done = 0
        while done < log.count {
            switch log[done] {
            case .write(let block, let bytes):
                blocks[block] = bytes
                let leaf = made.info.kind == .v1 ? nil : SHA256.hash(Array(bytes.readableBytesView))
                core.blockWritten(block, leaf: leaf, at: now, into: &actions)
            case .check(let piece):
                if rots, let block = Array(made.info.layout.blocks(of: piece)).first,
                    var bytes = blocks[block]
                {
                    let byte = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self) ?? 0
                    bytes.setInteger(byte ^ 1, at: bytes.readerIndex)
                    blocks[block] = bytes
                }
                var bytes = made.info.layout.blocks(of: piece).flatMap {
                    Array((blocks[$0] ?? ByteBuffer()).readableBytesView)
                }
                bytes += [UInt8](repeating: 0, count: made.info.layout.paddedLength(of: piece) - bytes.count)
                if spoilSHA1 { bytes[0] ^= 1 }
                core.pieceChecked(piece, sha1: SHA1.hash(bytes), at: now, into: &actions)
            case .digest(let piece):
                let digests = made.info.layout.blocks(of: piece).map {
                    SHA256.hash(Array((blocks[$0] ?? ByteBuffer()).readableBytesView))
                }
                core.blocksDigested(piece, digests: digests, at: now, into: &actions)
            default: break
            }
            done += 1
            collect()
        }
    }

    private mutating func collect() {
        while let action = actions.next() { log.append(action) }
    }

    // MARK: What came of it

    mutating func take() -> [TorrentAction] {
        defer { log = [] }
        return log
    }

    mutating func messages(to id: ConnectionID) -> [PeerMessage] {
        take().compactMap { action in
            if case .send(id, let message) = action { return message }
            return nil
        }
    }

    mutating func closings() -> [CloseReason] {
        take().compactMap { action in
            if case .close(_, let reason) = action { return reason }
            return nil
        }
    }

    func piece(_ block: BlockRequest, spoilt: Bool = false) -> PeerMessage {
        var bytes = made.bytes(of: block)
        if spoilt { bytes[0] ^= 1 }
        return .piece(block.piece, begin: block.begin, ByteBuffer(bytes: bytes))
    }
}

extension [PeerMessage] {
    var requests: [BlockRequest] {
        compactMap { message in
            if case .request(let block) = message { return block }
            return nil
        }
    }
}
