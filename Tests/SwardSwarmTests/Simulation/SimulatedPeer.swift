// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardHash
import SwardMetainfo
import SwardPrimitives
import SwardWire
import TorrentSupport

@testable import SwardSwarm

/// One core with a disk in memory, and a watch over what it does.
final class SimulatedPeer {
    struct Link {
        let number: Int
        let isDialler: Bool
        let isFast: Bool
        // What the watch has seen.
        var weChoke = true
        var theyChoke = true
        var requested: Set<BlockRequest> = []
        var granted: Set<PieceIndex> = []
    }

    let number: Int
    let address: PeerAddress
    let made: MadeTorrent
    let peerID: PeerID
    /// Serves wrong bytes.
    let isLiar: Bool
    /// In bytes per second.
    let uplink: Int
    let startsFromMagnet: Bool
    let gate: GatePermissions

    var core: Torrent?
    /// Tells events of an earlier life.
    var life = 0
    var actions = ActionQueue()
    /// By connection slot.
    var links: [Int: (id: ConnectionID, link: Link)] = [:]
    var blocks: [BlockRequest: ByteBuffer] = [:]
    /// What its resume file says; `nil` before there is metadata.
    var resume: PieceSet?
    var metadata: [UInt8]?
    var uplinkFreeAt = 0
    var timerAt: Int?
    var isComplete = false
    var failure: TorrentFailure?
    var payloadReceived = 0
    var payloadSent = 0
    var banned: Set<PeerAddress> = []

    init(
        number: Int, made: MadeTorrent, isSeed: Bool, isLiar: Bool, uplink: Int, startsFromMagnet: Bool,
        gate: GatePermissions
    ) throws {
        self.number = number
        self.made = made
        self.isLiar = isLiar
        self.uplink = uplink
        self.startsFromMagnet = startsFromMagnet
        self.gate = gate
        address = PeerAddress(ip: [10, 0, UInt8(number >> 8), UInt8(number & 255)], port: 6881)!
        peerID = PeerID(
            [UInt8]("-SW0100-".utf8) + (0..<12).map { UInt8(truncatingIfNeeded: number >> $0) ^ UInt8($0) })!
        let count = made.info.layout.pieceCount
        if isSeed {
            resume = PieceSet(allOf: count)
            for block in made.blocks { blocks[block] = ByteBuffer(bytes: made.bytes(of: block)) }
        }
    }

    func start(seed: UInt64, at now: ContinuousClock.Instant) {
        life += 1
        var configuration = TorrentConfiguration(peerID: peerID)
        configuration.listenPort = address.port
        configuration.maximumConnections = 20
        let content = startsFromMagnet && metadata == nil ? nil : content()
        core = Torrent(
            configuration: configuration, infoHashes: made.info.infoHashes, content: content, have: resume,
            seed: seed, at: now)
        if content != nil {
            if resume == nil { resume = PieceSet(pieceCount: made.info.layout.pieceCount) }
            core?.setGate(gate, at: now, into: &actions)
        }
        isComplete = core?.isComplete ?? false
    }

    func content() -> Content {
        let layers = startsFromMagnet ? [:] : made.metainfo.pieceLayers.mapValues(\.bytes)
        return Content(made.info, layers: layers)
    }

    /// The bytes a request gets: what is on disk, or a lie.
    func payload(of request: BlockRequest) -> ByteBuffer? {
        // A request may be for padding too, or for a part of a block.
        let start = request.begin / blockLength * blockLength
        let length = min(blockLength, made.info.layout.length(of: request.piece) - start)
        guard length > 0,
            let block = blocks[BlockRequest(piece: request.piece, begin: start, length: length)]
        else { return nil }
        var bytes = [UInt8](block.readableBytesView.dropFirst(request.begin - start).prefix(request.length))
        bytes += [UInt8](repeating: 0, count: request.length - bytes.count)
        if isLiar, (request.piece.rawValue + request.begin / blockLength) % 3 == 0 { bytes[0] ^= 0x80 }
        return ByteBuffer(bytes: bytes)
    }

    func pieceBytes(_ piece: PieceIndex) -> [UInt8] {
        let layout = made.info.layout
        var bytes = layout.blocks(of: piece).flatMap { Array((blocks[$0] ?? ByteBuffer()).readableBytesView) }
        bytes += [UInt8](repeating: 0, count: max(0, layout.paddedLength(of: piece) - bytes.count))
        return bytes
    }

    func leaves(of pieces: Range<Int>) -> [Digest256]? {
        var leaves: [Digest256] = []
        for piece in pieces {
            for block in made.info.layout.blocks(of: PieceIndex(piece)) {
                guard let bytes = blocks[block] else { return nil }
                leaves.append(SHA256.hash([UInt8](bytes.readableBytesView)))
            }
        }
        return leaves
    }
}
