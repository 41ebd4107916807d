// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardHash
import SwardMerkle
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Hashes of BEP 52 between peers") struct TorrentHashTests {
    /// Five blocks in pieces of two: a tree of eight leaves, whose nodes are made by hand below.
    private static func work() throws -> MadeTorrent {
        var generator = SplitMix64(seed: 21)
        return try MadeTorrent(
            .v2, pieceLength: 2 * blockLength,
            files: [
                .init("a.bin", generator.bytes(4 * blockLength + 100)), .init("b.bin", generator.bytes(100)),
            ])
    }

    private static func leaves(_ made: MadeTorrent) -> [Digest256] {
        let bytes = made.files[0].bytes
        return stride(from: 0, to: bytes.count, by: blockLength).map {
            SHA256.hash(Array(bytes[$0..<min($0 + blockLength, bytes.count)]))
        } + [.zero, .zero, .zero]
    }

    private static func above(_ row: [Digest256]) -> [Digest256] {
        stride(from: 0, to: row.count, by: 2).map { SHA256.hash(row[$0], row[$0 + 1]) }
    }

    private static func request(_ made: MadeTorrent, base: Int, index: Int, length: Int, proof: Int)
        -> HashRequest
    {
        HashRequest(
            piecesRoot: made.info.files[0].piecesRoot!, baseLayer: base, index: index, length: length,
            proofLayers: proof)
    }

    private static func buffer(_ hashes: [Digest256]) -> ByteBuffer {
        ByteBuffer(bytes: hashes.flatMap(\.bytes))
    }

    // MARK: Serving

    @Test("the piece layer is sent with the uncles that prove it")
    func servesLayer() throws {
        let made = try Self.work()
        let pieces = Self.above(Self.leaves(made))
        let nodes = Self.above(pieces)
        var stage = Stage(made, isSeed: true)
        let id = try stage.connect()
        _ = stage.take()
        let whole = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        stage.receive(.hashRequest(whole), from: id)
        #expect(stage.messages(to: id) == [.hashes(whole, Self.buffer(pieces))])
        let half = Self.request(made, base: 1, index: 2, length: 2, proof: 1)
        stage.receive(.hashRequest(half), from: id)
        #expect(stage.messages(to: id) == [.hashes(half, Self.buffer([pieces[2], pieces[3], nodes[0]]))])
        let bare = Self.request(made, base: 1, index: 0, length: 2, proof: 0)
        stage.receive(.hashRequest(bare), from: id)
        #expect(stage.messages(to: id) == [.hashes(bare, Self.buffer([pieces[0], pieces[1]]))])
    }

    @Test("leaves are read from disk for a peer that is unchoked, and sent with their proof")
    func servesLeaves() throws {
        let made = try Self.work()
        let leaves = Self.leaves(made)
        let pieces = Self.above(leaves)
        var stage = Stage(made, isSeed: true)
        let id = try stage.connect()
        _ = stage.take()
        let request = Self.request(made, base: 0, index: 2, length: 2, proof: 2)
        stage.receive(.hashRequest(request), from: id)
        #expect(stage.messages(to: id) == [.hashReject(request)])
        stage.receive(.interested, from: id)
        _ = stage.take()
        stage.receive(.hashRequest(request), from: id)
        guard case .readLeaves(id, request, let range)? = stage.take().first else {
            Issue.record("nothing is read")
            return
        }
        #expect(range == 1..<2)
        stage.act { $0.leavesRead(request, for: id, leaves: Array(leaves[2..<4]), at: $1, into: &$2) }
        let uncles = [pieces[0], Self.above(pieces)[1]]
        #expect(stage.messages(to: id) == [.hashes(request, Self.buffer(Array(leaves[2..<4]) + uncles))])
        stage.receive(.hashRequest(request), from: id)
        _ = stage.take()
        stage.act { $0.leavesRead(request, for: id, leaves: nil, at: $1, into: &$2) }
        #expect(stage.messages(to: id) == [.hashReject(request)])
    }

    @Test("whoever asks now of one file and now of another pays for the trees")
    func chargesForTrees() throws {
        var generator = SplitMix64(seed: 22)
        let made = try MadeTorrent(
            .v2, pieceLength: blockLength,
            files: [
                .init("a", generator.bytes(256 * blockLength)),
                .init("b", generator.bytes(256 * blockLength)),
            ])
        func answers(files: Int) throws -> Int {
            var stage = Stage(made, isSeed: true)
            let id = try stage.connect()
            for number in 0..<1000 {
                let root = try #require(made.info.files[number % files].piecesRoot)
                let request = HashRequest(
                    piecesRoot: root, baseLayer: 0, index: 0, length: 2, proofLayers: 0)
                stage.receive(.hashRequest(request), from: id)
            }
            return stage.messages(to: id).count { if case .hashes = $0 { true } else { false } }
        }
        // Of 16 384 tokens: 18 for an answer, and four for a tree.
        #expect(try answers(files: 1) == 910)
        #expect(try answers(files: 2) == 744)
    }

    struct Senseless: CustomTestStringConvertible {
        var base = 1, index = 0, length = 2, proof = 0
        var root: Digest256?
        var testDescription: String { "\(base) \(index) \(length) \(proof)" }
    }

    static let senseless = [
        Senseless(length: 0), Senseless(length: 3), Senseless(length: 1 << 31), Senseless(index: 1),
        Senseless(index: 4), Senseless(index: 1 << 31), Senseless(length: 8), Senseless(proof: 2),
        Senseless(proof: Int(UInt32.max)), Senseless(base: 4), Senseless(base: 63),
        Senseless(base: Int(UInt32.max)),
        Senseless(root: .zero),
    ]

    @Test("senseless requests are rejected", arguments: senseless)
    func rejects(_ row: Senseless) throws {
        let made = try Self.work()
        var stage = Stage(made, isSeed: true)
        let id = try stage.connect()
        _ = stage.take()
        let request = HashRequest(
            piecesRoot: row.root ?? made.info.files[0].piecesRoot!, baseLayer: row.base, index: row.index,
            length: row.length, proofLayers: row.proof)
        stage.receive(.hashRequest(request), from: id)
        #expect(stage.messages(to: id) == [.hashReject(request)])
        // Nor is a tree made for it.
        #expect(stage.core.treeCache == nil)
    }

    @Test("a flood of hash requests is rejected when its bucket is empty, and served again later")
    func limits() throws {
        let made = try Self.work()
        var stage = Stage(made, isSeed: true)
        let id = try stage.connect()
        _ = stage.take()
        let request = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        for _ in 0..<2500 { stage.receive(.hashRequest(request), from: id) }
        let served = stage.messages(to: id).count { if case .hashes = $0 { true } else { false } }
        #expect((500...1500).contains(served))
        stage.pass(1000)
        _ = stage.take()
        stage.receive(.hashRequest(request), from: id)
        #expect(stage.messages(to: id).count { if case .hashes = $0 { true } else { false } } == 1)
    }

    @Test("while held, no hashes are served")
    func holds() throws {
        let made = try Self.work()
        var stage = Stage(made, isSeed: true, gate: .quarantine)
        let id = try stage.connect()
        _ = stage.take()
        let request = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        stage.receive(.hashRequest(request), from: id)
        #expect(stage.messages(to: id) == [.hashReject(request)])
    }

    // MARK: Fetching

    @Test("without a piece layer nothing of its file is asked for until the layer is proved")
    func fetchesLayer() throws {
        let made = try Self.work()
        let pieces = Self.above(Self.leaves(made))
        var stage = Stage(made, withoutLayers: true)
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        let first = stage.messages(to: id)
        let asked = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        #expect(first.contains(.hashRequest(asked)))
        // The short file proves itself.
        #expect(first.requests == [BlockRequest(piece: PieceIndex(3), begin: 0, length: 100)])
        stage.receive(.hashes(asked, Self.buffer(pieces)), from: id)
        let log = stage.take()
        #expect(
            log.contains {
                if case .layerComplete(_, let layer) = $0 {
                    layer == pieces[0..<3].flatMap(\.bytes)
                } else {
                    false
                }
            })
        let requests = log.compactMap { if case .send(id, let message) = $0 { message } else { nil } }
            .requests
        #expect(Set(requests.map(\.piece.rawValue)) == [0, 1, 2])
    }

    @Test("a false layer ends the connection, and another peer is asked")
    func refusesFalseLayer() throws {
        let made = try Self.work()
        var pieces = Self.above(Self.leaves(made))
        var stage = Stage(made, withoutLayers: true)
        let liar = try stage.connect()
        let other = try stage.connect()
        stage.receive(.haveAll, from: liar)
        stage.receive(.haveAll, from: other)
        _ = stage.take()
        let asked = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        pieces[1] = .zero
        stage.receive(.hashes(asked, Self.buffer(pieces)), from: liar)
        let log = stage.take()
        #expect(log.contains { if case .close(liar, .lied) = $0 { true } else { false } })
        #expect(log.contains { if case .send(other, .hashRequest(asked)) = $0 { true } else { false } })
    }

    @Test("a layer of zeros is a lie, as are hashes too few and too many", arguments: [4 + 1, 4, 6])
    func refusesZeros(_ count: Int) throws {
        let made = try Self.work()
        var stage = Stage(made, withoutLayers: true)
        let liar = try stage.connect()
        stage.receive(.haveAll, from: liar)
        _ = stage.take()
        let asked = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        let zeros = Array(repeating: Digest256.zero, count: count)
        stage.receive(.hashes(asked, Self.buffer(zeros)), from: liar)
        #expect(stage.closings() == [.lied])
        #expect(stage.core.content?.layers.isEmpty == true && stage.core.fault() == nil)
    }

    @Test("who is choked has no leaves read from disk")
    func readsNothingForTheChoked() throws {
        let made = try Self.work()
        var stage = Stage(made, isSeed: true)
        let id = try stage.connect()
        _ = stage.take()
        let asked = Self.request(made, base: 0, index: 0, length: 4, proof: 2)
        stage.receive(.hashRequest(asked), from: id)
        let log = stage.take()
        #expect(!log.contains { if case .readLeaves = $0 { true } else { false } })
        #expect(log.contains { if case .send(id, .hashReject(asked)) = $0 { true } else { false } })
    }

    @Test(
        "of a torrent that has no v2, who claims it is neither believed nor answered",
        arguments: [true, false])
    func knowsNoV2(_ fromMagnet: Bool) throws {
        let made = try MadeTorrent.random(.v1, seed: 5)
        for message: PeerMessage in [
            .hashRequest(HashRequest(piecesRoot: .zero, baseLayer: 0, index: 0, length: 2, proofLayers: 0)),
            .hashReject(HashRequest(piecesRoot: .zero, baseLayer: 0, index: 0, length: 2, proofLayers: 0)),
            .hashes(
                HashRequest(piecesRoot: .zero, baseLayer: 0, index: 0, length: 2, proofLayers: 0),
                ByteBuffer(repeating: 0, count: 64)),
        ] {
            var stage = Stage(made, fromMagnet: fromMagnet)
            let id = try stage.connect(features: [.fast, .extensions, .v2])
            #expect(!stage.core.connections[id.slot].isV2)
            _ = stage.take()
            stage.receive(message, from: id)
            #expect(stage.closings() == [.wire(.notNegotiated(message: message.identifier ?? 0))])
        }
    }

    @Test("hashes that nobody asked for change nothing")
    func ignoresUnasked() throws {
        let made = try Self.work()
        var stage = Stage(made)
        let id = try stage.connect()
        _ = stage.take()
        let asked = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        stage.receive(.hashes(asked, ByteBuffer(repeating: 0, count: 128)), .hashReject(asked), from: id)
        #expect(stage.take().isEmpty)
    }

    @Test("a rejected request is made again after a while")
    func asksAgain() throws {
        let made = try Self.work()
        var stage = Stage(made, withoutLayers: true)
        let id = try stage.connect()
        stage.receive(.haveAll, from: id)
        let asked = Self.request(made, base: 1, index: 0, length: 4, proof: 1)
        #expect(stage.messages(to: id).contains(.hashRequest(asked)))
        stage.receive(.hashReject(asked), from: id)
        #expect(stage.messages(to: id).isEmpty)
        stage.pass(3000)
        #expect(stage.messages(to: id).contains(.hashRequest(asked)))
    }

    // MARK: Blame

    @Test("of a spoilt piece with two senders only the bad block is dropped, and only its sender")
    func blames() throws {
        let made = try Self.work()
        let leaves = Self.leaves(made)
        var stage = Stage(made)
        let liar = try stage.connect()
        let honest = try stage.connect()
        let third = try stage.connect()
        stage.receive(.haveAll, from: third)
        stage.receive(.bitfield(ByteBuffer(bytes: [0x80])), .unchoke, from: liar)
        _ = stage.take()
        // The liar sends one block of piece 0 and stalls; another peer sends the other.
        let blocks = [0, blockLength].map {
            BlockRequest(piece: PieceIndex(0), begin: $0, length: blockLength)
        }
        stage.receive(stage.piece(blocks[1], spoilt: true), from: liar)
        stage.receive(.bitfield(ByteBuffer(bytes: [0x80])), .unchoke, from: honest)
        stage.pass(16_000)
        stage.receive(stage.piece(blocks[0]), from: honest)
        stage.workDisk()
        let log = stage.take()
        let request = Self.request(made, base: 0, index: 0, length: 2, proof: 0)
        let asked = log.compactMap { if case .send(let id, .hashRequest(request)) = $0 { id } else { nil } }
        let witness = try #require(asked.first)
        stage.receive(.hashes(request, Self.buffer(Array(leaves[0..<2]))), from: witness)
        let outcome = stage.take()
        #expect(outcome.contains { if case .close(liar, .banned) = $0 { true } else { false } })
        #expect(outcome.count { if case .banned = $0 { true } else { false } } == 1)
        let again = outcome.compactMap { if case .send(_, .request(let block)) = $0 { block } else { nil } }
        #expect(again.filter { $0.piece.rawValue == 0 } == [blocks[1]])
    }
}
