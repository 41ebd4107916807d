// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardHash
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Pieces of v1 that failed") struct FailedPiecesTests {
    private static func digest(_ byte: UInt8) -> Digest256 { SHA256.hash([byte]) }
    private static let right = [digest(1), digest(2), digest(3)]

    @Test("who sent another block than the right piece has is named, and those who did not are cleared")
    func names() {
        var failed = FailedPieces()
        failed.note(7, digests: [Self.digest(1), Self.digest(9), Self.digest(3)], sources: [4, 5, 6])
        failed.note(7, digests: [Self.digest(8), Self.digest(2), Self.digest(3)], sources: [4, 6, 6])
        #expect(failed.contains(7) && !failed.contains(6))
        #expect(failed.settle(7, right: Self.right) == .init(liars: [5, 4], cleared: [6]))
        #expect(failed.isEmpty)
        #expect(failed.settle(7, right: Self.right) == .init())
    }

    @Test("who is of another failed piece is not cleared yet, and nobody is named for a stranger's number")
    func waits() {
        var failed = FailedPieces()
        failed.note(7, digests: Self.right, sources: [4, 5, 6])
        failed.note(8, digests: [Self.digest(9), Self.digest(2)], sources: [4, 6])
        failed.forget(source: 4)
        #expect(failed.settle(7, right: Self.right) == .init(liars: [], cleared: [5]))
        #expect(failed.settle(8, right: [Self.digest(1), Self.digest(2)]) == .init(liars: [], cleared: [6]))
    }

    @Test("what cannot be read names nobody, and goes")
    func forgets() {
        var failed = FailedPieces()
        failed.note(7, digests: [Self.digest(9)], sources: [4])
        #expect(failed.settle(7, right: nil) == .init())
        #expect(failed.isEmpty)
    }

    @Test("so much is kept and no more")
    func capped() {
        var failed = FailedPieces()
        let many = Array(repeating: Self.digest(1), count: 1024)
        let sources = [UInt32](repeating: 1, count: 1024)
        for piece in 0..<20 { failed.note(piece, digests: many, sources: sources) }
        #expect((0..<20).map { failed.contains($0) } == (0..<20).map { $0 < 16 })
        var one = FailedPieces()
        for _ in 0..<4 {
            #expect(one.hasRoom(for: 1, blockCount: 1))
            one.note(1, digests: [Self.digest(1)], sources: [1])
        }
        #expect(!one.hasRoom(for: 1, blockCount: 1) && one.hasRoom(for: 2, blockCount: 1))
    }

    // MARK: In the core

    private static func requests(_ log: [TorrentAction], to id: ConnectionID) -> [BlockRequest] {
        log.compactMap { if case .send(id, .request(let block)) = $0 { block } else { nil } }
    }

    @Test("the liar of the only piece there is gets its name when the piece has come right from another")
    func namesInCore() throws {
        var generator = SplitMix64(seed: 1)
        let made = try MadeTorrent(
            .v1, pieceLength: 2 * blockLength, files: [.init("a", generator.bytes(2 * blockLength))])
        var stage = Stage(made)
        let liar = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: liar)
        let blocks = [0, blockLength].map {
            BlockRequest(piece: PieceIndex(0), begin: $0, length: blockLength)
        }
        // It sends one block and stalls; another peer sends the other.
        stage.receive(stage.piece(blocks[1], spoilt: true), from: liar)
        let honest = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: honest)
        stage.pass(16_000)
        stage.receive(stage.piece(blocks[0]), from: honest)
        stage.workDisk()
        // What it was asked for before is answered.
        var log = Array(stage.take().drop { if case .digest = $0 { false } else { true } })
        #expect(stage.core.snapshot(at: stage.now).hashFailures == 1)
        #expect(!log.contains { if case .banned = $0 { true } else { false } })
        // Both blocks are wanted again; the honest one sends what it is asked for, the other nothing.
        for _ in 0..<4 where !stage.core.isComplete {
            for block in Self.requests(log, to: honest) { stage.receive(stage.piece(block), from: honest) }
            stage.workDisk()
            stage.pass(16_000)
            log = stage.take()
        }
        #expect(stage.core.isComplete)
        #expect(stage.core.snapshot(at: stage.now).bannedPeers == 1)
        let named = log.compactMap { if case .banned(let address, _) = $0 { address.host } else { nil } }
        #expect(named == [PeerAddress(ip: [10, 1, 1, 1], port: 0)!])
    }
}
