// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardHash
import SwardMetainfo
package import SwardPrimitives
package import SwardSwarm
import SwardWire
package import TorrentSupport

/// One core with a disk in memory, and a watch over what it does.
package final class SimulatedPeer {
    struct Link {
        let wire: Int
        /// 0 for who dialled, 1 for who was dialled.
        let end: Int
        let isFast: Bool
        // What the watch has seen.
        var weChoke = true
        var theyChoke = true
        var requested: Set<BlockRequest> = []
        var granted: Set<PieceIndex> = []
    }

    package let number: Int
    package let address: PeerAddress
    package let role: Role
    let work: SharedWork
    let peerID: PeerID
    let uplink: Int
    let downlink: Int
    /// Whether bytes are kept as they came; otherwise every peer's disk holds the right ones.
    let keepsBytes: Bool

    package var core: Torrent?
    /// Whether there is a core; asked often, and a look at the core itself copies it.
    var isRunning = false
    /// Tells events of an earlier life.
    package internal(set) var life = 0
    package var actions = ActionQueue()
    var gate: GatePermissions
    /// By connection slot.
    var links: [Int: (id: ConnectionID, link: Link)] = [:]
    var blocks: [BlockRequest: ByteBuffer] = [:]
    /// What its resume file says; `nil` before there is metadata.
    var resume: PieceSet?
    package internal(set) var metadata: [UInt8]?
    var timerAt: Int?
    // The line out: one parcel at a time, from links in turn.
    var isSending = false
    var waiting = CircularBuffer<(wire: Int, end: Int)>()
    var downlinkFreeAt = 0
    /// Behind a NAT: to whom it has sent datagrams, and when; those are let in.
    var doors: [Int: Int] = [:]

    package internal(set) var isComplete = false
    package internal(set) var completedAt: Int?
    package internal(set) var failure: TorrentFailure?
    package internal(set) var payloadReceived = 0
    package internal(set) var payloadSent = 0
    package internal(set) var banned: Set<PeerAddress> = []
    var bannedThisLife: Set<PeerAddress> = []
    /// Of this life: bytes it had when it began, and payload that came since.
    var bytesAtStart: Int64 = 0
    var receivedThisLife = 0
    var sentThisLife = 0
    var isDiskFull = false

    init(number: Int, work: SharedWork, role: Role, uplink: Int, downlink: Int, keepsBytes: Bool) {
        self.number = number
        self.work = work
        self.role = role
        self.uplink = uplink
        self.downlink = downlink
        self.keepsBytes = keepsBytes
        gate = role.gate
        // A network of its own for each: limits by host and by network shall not meet honest peers.
        address = PeerAddress(
            ip: [80 + UInt8(number >> 16 & 31), UInt8(number >> 8 & 255), UInt8(number & 255), 7], port: 6881)!
        peerID = PeerID(
            [UInt8]("-SW0100-".utf8) + (0..<12).map { UInt8(truncatingIfNeeded: number >> $0) ^ UInt8($0) })!
        if role.isSeed || role.mischief == .boasts {
            resume = PieceSet(allOf: work.made.info.layout.pieceCount)
            if keepsBytes { blocks = work.blocks }
        }
    }

    package var made: MadeTorrent { work.made }

    func start(seed: UInt64, exchangesPeers: Bool, at now: ContinuousClock.Instant) {
        life += 1
        isRunning = true
        var configuration = TorrentConfiguration(peerID: peerID)
        configuration.listenPort = role.isReachable ? address.port : nil
        configuration.maximumConnections = role.maximumConnections
        configuration.reach.dialsUTP = role.speaksUTP
        configuration.exchangesPeers = exchangesPeers
        if let slots = role.uploadSlots { configuration.uploadSlots = slots }
        configuration.reciprocity = role.reciprocity
        let content = role.startsFromMagnet && metadata == nil ? nil : content()
        core = Torrent(
            configuration: configuration, infoHashes: made.info.infoHashes, content: content, have: resume,
            seed: seed, at: now)
        bytesAtStart = core?.snapshot(at: now).bytesComplete ?? 0
        (receivedThisLife, sentThisLife) = (0, 0)
        isDiskFull = false
        bannedThisLife = []
        if content != nil {
            if resume == nil { resume = PieceSet(pieceCount: made.info.layout.pieceCount) }
            core?.setGate(gate, at: now, into: &actions)
        }
        isComplete = core?.isComplete ?? false
    }

    func content() -> Content {
        let layers = role.startsFromMagnet ? [:] : made.metainfo.pieceLayers.mapValues(\.bytes)
        return Content(made.info, layers: layers)
    }

    /// The bytes a request gets: what is on disk, or a lie; `nil` for a refusal.
    func payload(of request: BlockRequest) -> ByteBuffer? {
        if role.mischief == .boasts { return nil }
        let stored = keepsBytes ? blocks : work.blocks
        if let whole = stored[request] { return isSpoilt(request) ? spoilt(whole) : whole }
        // A request may be for padding too, or for a part of a block.
        let start = request.begin / blockLength * blockLength
        let length = min(blockLength, made.info.layout.length(of: request.piece) - start)
        guard length > 0,
            let block = stored[BlockRequest(piece: request.piece, begin: start, length: length)]
        else { return nil }
        var bytes = [UInt8](block.readableBytesView.dropFirst(request.begin - start).prefix(request.length))
        bytes += [UInt8](repeating: 0, count: request.length - bytes.count)
        let buffer = ByteBuffer(bytes: bytes)
        return isSpoilt(request) ? spoilt(buffer) : buffer
    }

    private func isSpoilt(_ request: BlockRequest) -> Bool {
        role.mischief == .badBlocks && (request.piece.rawValue + request.begin / blockLength) % 3 == 0
    }

    private func spoilt(_ bytes: ByteBuffer) -> ByteBuffer {
        var bytes = bytes
        let first: UInt8 = bytes.getInteger(at: bytes.readerIndex) ?? 0
        bytes.setInteger(first ^ 0x80, at: bytes.readerIndex)
        return bytes
    }

    func leaf(of block: BlockRequest) -> Digest256? {
        guard made.info.kind != .v1 else { return nil }
        guard keepsBytes else { return work.leaves[block] }
        let bytes = blocks[block]
        return bytes == work.blocks[block]
            ? work.leaves[block] : bytes.map { SHA256.hash([UInt8]($0.readableBytesView)) }
    }

    func sha1(of piece: PieceIndex) -> Digest160 {
        if isRight(piece) { return work.sha1[piece.rawValue] }
        let layout = made.info.layout
        var bytes = layout.blocks(of: piece).flatMap { Array((blocks[$0] ?? ByteBuffer()).readableBytesView) }
        bytes += [UInt8](repeating: 0, count: max(0, layout.paddedLength(of: piece) - bytes.count))
        return SHA1.hash(bytes)
    }

    /// Of each block as it lies there.
    func digests(of piece: PieceIndex) -> [Digest256] {
        made.info.layout.blocks(of: piece).map {
            SHA256.hash(
                [UInt8](
                    (keepsBytes ? blocks : work.blocks)[$0]?.readableBytesView
                        ?? ByteBuffer().readableBytesView))
        }
    }

    /// Whether every byte of a piece on its disk is the right one.
    func isRight(_ piece: PieceIndex) -> Bool {
        !keepsBytes || made.info.layout.blocks(of: piece).allSatisfy { blocks[$0] == work.blocks[$0] }
    }

    func leaves(of pieces: Range<Int>) -> [Digest256]? {
        var leaves: [Digest256] = []
        for piece in pieces {
            for block in made.info.layout.blocks(of: PieceIndex(piece)) {
                guard let leaf = leaf(of: block) else { return nil }
                leaves.append(leaf)
            }
        }
        return leaves
    }
}
