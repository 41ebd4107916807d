// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("A torrent and its peers") struct TorrentMessageTests {
    private static func work(_ kind: InfoDictionary.Kind = .v1, pieces: Int = 6) throws -> MadeTorrent {
        var generator = SplitMix64(seed: 11)
        return try MadeTorrent(
            kind, pieceLength: 2 * blockLength,
            files: [
                .init("a.bin", generator.bytes(pieces * 2 * blockLength)),
                .init("b.txt", generator.bytes(10)),
            ])
    }

    private static func block(_ piece: Int, _ begin: Int = 0, _ length: Int = blockLength) -> BlockRequest {
        BlockRequest(piece: PieceIndex(piece), begin: begin, length: length)
    }

    // MARK: Hostile

    struct Offence: CustomTestStringConvertible {
        var name: String
        var isFast = true
        var isSeed = false
        var messages: [PeerMessage]
        var error: WireError
        var testDescription: String { name }
    }

    static let offences: [Offence] = [
        Offence(
            name: "a have past the end", messages: [.have(PieceIndex(7))],
            error: .indexOutOfRange(message: 4, index: 7)),
        Offence(
            name: "a have of 2^32 - 1", messages: [.have(PieceIndex(Int(UInt32.max)))],
            error: .indexOutOfRange(message: 4, index: Int(UInt32.max))),
        Offence(
            name: "a bitfield too long", messages: [.bitfield(ByteBuffer(bytes: [0, 0]))],
            error: .badBitfield(length: 2, pieceCount: 7)),
        Offence(
            name: "an empty bitfield", messages: [.bitfield(ByteBuffer())],
            error: .badBitfield(length: 0, pieceCount: 7)),
        Offence(
            name: "a bitfield with a spare bit", messages: [.bitfield(ByteBuffer(bytes: [1]))],
            error: .badBitfield(length: 1, pieceCount: 7)),
        Offence(
            name: "a later bitfield with a spare bit",
            messages: [.bitfield(ByteBuffer(bytes: [2])), .bitfield(ByteBuffer(bytes: [3]))],
            error: .badBitfield(length: 1, pieceCount: 7)),
        Offence(
            name: "have all after have none", messages: [.haveNone, .haveAll], error: .notFirst(message: 14)),
        Offence(
            name: "a bitfield after have all", messages: [.haveAll, .bitfield(ByteBuffer(bytes: [0xFE]))],
            error: .notFirst(message: 5)),
        Offence(
            name: "have all without the fast extension", isFast: false, messages: [.haveAll],
            error: .notNegotiated(message: 14)),
        Offence(
            name: "have none without the fast extension", isFast: false, messages: [.haveNone],
            error: .notNegotiated(message: 15)),
        Offence(
            name: "a suggestion without the fast extension", isFast: false,
            messages: [.suggest(PieceIndex(0))], error: .notNegotiated(message: 13)),
        Offence(
            name: "a reject without the fast extension", isFast: false, messages: [.reject(block(0))],
            error: .notNegotiated(message: 16)),
        Offence(
            name: "allowed fast without the extension", isFast: false,
            messages: [.allowedFast(PieceIndex(0))], error: .notNegotiated(message: 17)),
        Offence(
            name: "allowed fast past the end", messages: [.allowedFast(PieceIndex(7))],
            error: .indexOutOfRange(message: 17, index: 7)),
        Offence(name: "a reject of nothing", messages: [.reject(block(0))], error: .unsolicited(message: 16)),
        Offence(
            name: "a block nobody asked for",
            messages: [.piece(PieceIndex(0), begin: 0, ByteBuffer(repeating: 0, count: 16_384))],
            error: .unsolicited(message: 7)),
        Offence(
            name: "a block past the end",
            messages: [.piece(PieceIndex(9), begin: 0, ByteBuffer(repeating: 0, count: 4))],
            error: .badBlock(message: 7, piece: 9, begin: 0, length: 4)),
        Offence(
            name: "a block off the grid",
            messages: [.piece(PieceIndex(0), begin: 5, ByteBuffer(repeating: 0, count: 4))],
            error: .badBlock(message: 7, piece: 0, begin: 5, length: 4)),
        Offence(
            name: "a request past the end", isSeed: true, messages: [.request(block(7))],
            error: .badBlock(message: 6, piece: 7, begin: 0, length: 16_384)),
        Offence(
            name: "a request past the end of a piece", isSeed: true, messages: [.request(block(0, 16_385))],
            error: .badBlock(message: 6, piece: 0, begin: 16_385, length: 16_384)),
        Offence(
            name: "a request at 2^32 - 1", isSeed: true,
            messages: [.request(block(0, Int(UInt32.max), Int(UInt32.max)))],
            error: .badBlock(message: 6, piece: 0, begin: Int(UInt32.max), length: Int(UInt32.max))),
        Offence(
            name: "a request for nothing", isSeed: true, messages: [.request(block(0, 0, 0))],
            error: .badBlock(message: 6, piece: 0, begin: 0, length: 0)),
        Offence(
            name: "a hash request on a v1 connection",
            messages: [
                .hashRequest(
                    HashRequest(piecesRoot: .zero, baseLayer: 0, index: 0, length: 2, proofLayers: 0))
            ], error: .notNegotiated(message: 21)),
        Offence(
            name: "an extension handshake that is none",
            messages: [.extended(id: 0, ByteBuffer(string: "x"))], error: .badExtension(id: 0)),
        Offence(
            name: "a metadata message that is none", messages: [.extended(id: 1, ByteBuffer(string: "x"))],
            error: .badExtension(id: 1)),
    ]

    @Test("what breaks the protocol ends the connection, with its reason", arguments: offences)
    func closes(_ row: Offence) throws {
        var stage = Stage(try Self.work(), isSeed: row.isSeed)
        let id = try stage.connect(isFast: row.isFast)
        for message in row.messages { stage.receive(message, from: id) }
        #expect(stage.closings() == [.wire(row.error)])
        // It is gone: nothing more is heard from it.
        stage.receive(.interested, from: id)
        #expect(stage.take().isEmpty)
    }

    @Test("a later bitfield adds to what was told, as aria2 sends it")
    func laterBitfield() throws {
        var stage = Stage(try Self.work())
        let id = try stage.connect()
        stage.receive(.bitfield(ByteBuffer(bytes: [0b1000_0000])), from: id)
        stage.receive(.have(PieceIndex(1)), from: id)
        // Bits that are not set take nothing back.
        stage.receive(.bitfield(ByteBuffer(bytes: [0b0010_0000])), from: id)
        var told = 0
        stage.act { core, now, _ in told = core.snapshot(at: now).peers[0].pieceCount }
        #expect(told == 3)
        #expect(stage.closings().isEmpty)
    }

    @Test("bitfields before metadata are judged when it has come")
    func judgesLate() throws {
        let made = try Self.work()
        var stage = Stage(made, fromMagnet: true, gate: nil)
        let good = try stage.connect()
        let bad = try stage.connect()
        let worse = try stage.connect()
        stage.receive(.bitfield(ByteBuffer(bytes: [0xFE])), from: good)
        stage.receive(.bitfield(ByteBuffer(bytes: [0xFF])), from: bad)
        stage.receive(.have(PieceIndex(1000)), from: worse)
        _ = stage.take()
        stage.act { core, now, actions in
            core.setContent(Content(made.info, layers: [:]), have: nil, at: now, into: &actions)
            core.setGate(.open, at: now, into: &actions)
        }
        let log = stage.take()
        let closed = log.compactMap { if case .close(let id, _) = $0 { id } else { nil } }
        #expect(closed == [bad, worse])
        #expect(log.contains { if case .send(good, .interested) = $0 { true } else { false } })
    }

    @Test(
        "who has told that it has all is one seed, whatever bitfield follows before metadata",
        arguments: [0xFE, 0x80] as [UInt8])
    func countsSeedsOnce(_ bits: UInt8) throws {
        let made = try Self.work()
        var stage = Stage(made, fromMagnet: true, gate: nil)
        let (honest, liar) = (try stage.connect(), try stage.connect())
        stage.receive(.haveAll, from: honest)
        stage.receive(.haveAll, .bitfield(ByteBuffer(bytes: [bits])), from: liar)
        #expect(stage.closings() == [.wire(.notFirst(message: 5))])
        stage.act { core, now, actions in
            core.setContent(Content(made.info, layers: [:]), have: nil, at: now, into: &actions)
        }
        #expect(stage.core.seedCount == 1 && stage.core.fault() == nil)
    }

    @Test("random messages from peers never break the books", arguments: 0..<24)
    func survivesNoise(_ seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let kind = generator.element(of: [InfoDictionary.Kind.v1, .v2, .hybrid])
        let made = try Self.work(kind)
        var stage = Stage(
            made, isSeed: generator.oneIn(3), fromMagnet: generator.oneIn(4),
            withoutLayers: generator.oneIn(2))
        var ids: [ConnectionID] = []
        let root = made.info.files[0].piecesRoot ?? .zero
        for step in 0..<250 {
            if ids.count < 4 || generator.oneIn(20) {
                if let id = try? stage.connect(
                    isFast: !generator.oneIn(3), isOutgoing: generator.oneIn(2),
                    infoHash: generator.element(of: made.info.infoHashes.swarms), host: UInt8(step & 255),
                    id: UInt8(step & 255))
                {
                    ids.append(id)
                }
            }
            guard !ids.isEmpty else { continue }
            let id = generator.element(of: ids)
            let piece = PieceIndex(generator.below(8))
            let block = BlockRequest(
                piece: piece, begin: generator.below(4) * blockLength,
                length: generator.oneIn(4) ? generator.below(40_000) : blockLength)
            let request = HashRequest(
                piecesRoot: root, baseLayer: generator.below(4), index: generator.below(9),
                length: generator.below(9), proofLayers: generator.below(5))
            let message: PeerMessage =
                switch generator.below(22) {
                case 0: .choke
                case 1, 2: .unchoke
                case 3, 4: .interested
                case 5: .notInterested
                case 6, 7: .have(PieceIndex(generator.below(generator.oneIn(5) ? 8 : 7)))
                case 8: .bitfield(ByteBuffer(bytes: generator.bytes(1)))
                case 9: .haveAll
                case 10, 11: .request(block)
                case 12: .cancel(block)
                case 13: .reject(block)
                case 14: .allowedFast(piece)
                case 15: .hashRequest(request)
                case 16: .hashReject(request)
                case 17: .hashes(request, ByteBuffer(bytes: generator.bytes(32 * generator.below(6))))
                case 18:
                    .extended(
                        id: 0,
                        ByteBuffer(
                            string: "d1:md11:ut_metadatai1ee13:metadata_sizei\(generator.below(40_000))ee"))
                case 19:
                    .extended(
                        id: 1,
                        ByteBuffer(
                            string:
                                "d8:msg_typei\(generator.below(3))e5:piecei\(generator.below(3))e10:total_sizei\(made.info.bytes.count)eeabc"
                        ))
                case 20:
                    .piece(
                        piece, begin: generator.below(3) * blockLength,
                        ByteBuffer(bytes: generator.bytes(blockLength)))
                default: .suggest(piece)
                }
            stage.receive(message, from: id)
            if generator.oneIn(3) { stage.workDisk() }
            if generator.oneIn(10) { stage.pass(generator.below(20_000)) }
            // Half of what is asked is answered, in any order, some of it wrongly.
            for action in stage.take() {
                if case .send(let to, .request(let block)) = action, generator.oneIn(2) {
                    stage.receive(stage.piece(block, spoilt: generator.oneIn(8)), from: to)
                }
                if case .sendBlock(let to, let block) = action {
                    stage.act { $0.blocksSent(to, count: 1, bytes: block.length, at: $1, into: &$2) }
                }
            }
            #expect(stage.core.fault() == nil)
        }
        stage.act { $0.stop(at: $1, into: &$2) }
        #expect(stage.core.deadline == nil && stage.core.liveRequests == 0)
        #expect(stage.core.connectionCount == 0 && stage.core.unchokedCount == 0)
    }

    // MARK: Serving

    @Test("a peer that is interested is unchoked at once, and its request is one action")
    func servesAtOnce() throws {
        var stage = Stage(try Self.work(), isSeed: true)
        let id = try stage.connect()
        #expect(stage.messages(to: id).first == .haveAll)
        stage.receive(.interested, from: id)
        #expect(stage.messages(to: id).first == .unchoke)
        stage.receive(.request(Self.block(0)), from: id)
        let log = stage.take().filter { if case .send(_, .suggest) = $0 { false } else { true } }
        guard log.count == 1, case .sendBlock(id, let block) = log[0] else {
            Issue.record("\(log)")
            return
        }
        #expect(block == Self.block(0))
    }

    @Test("requests beyond the window wait, and are rejected by a choke")
    func rejectsOnChoke() throws {
        var stage = Stage(try Self.work(), isSeed: true) { $0.uploadWindow = 2 * blockLength }
        let id = try stage.connect()
        stage.receive(.interested, from: id)
        _ = stage.take()
        for piece in 0..<5 { stage.receive(.request(Self.block(piece)), from: id) }
        #expect(stage.take().count { if case .sendBlock = $0 { true } else { false } } == 2)
        stage.receive(.cancel(Self.block(4)), from: id)
        #expect(stage.messages(to: id) == [.reject(Self.block(4))])
        stage.act { $0.blocksSent(id, count: 1, bytes: blockLength, at: $1, into: &$2) }
        #expect(stage.take().count == 1)
        stage.receive(.notInterested, from: id)
        #expect(stage.messages(to: id) == [.choke, .reject(Self.block(3))])
        stage.receive(.request(Self.block(0)), from: id)
        #expect(stage.messages(to: id) == [.reject(Self.block(0))])
    }

    @Test("a flood of requests that are refused ends the connection")
    func endsFlood() throws {
        var stage = Stage(try Self.work(), isSeed: true)
        let id = try stage.connect()
        for _ in 0..<2001 { stage.receive(.request(Self.block(0)), from: id) }
        #expect(stage.closings() == [.flood])
    }

    @Test("metadata is served even while all is held, and not without end")
    func servesMetadata() throws {
        let made = try Self.work()
        var stage = Stage(made, isSeed: true, gate: .shut)
        let id = try stage.connect()
        #expect(stage.messages(to: id).first == .haveNone)
        stage.receive(.extended(id: 0, ByteBuffer(string: "d1:md11:ut_metadatai9eee")), from: id)
        let request = PeerMessage.extended(id: 1, MetadataMessage.request(piece: 0).payload())
        stage.receive(request, from: id)
        let expected = MetadataMessage.data(
            piece: 0, totalSize: made.info.bytes.count, ByteBuffer(bytes: made.info.bytes)
        ).payload()
        #expect(stage.messages(to: id) == [.extended(id: 9, expected)])
        stage.receive(.extended(id: 1, MetadataMessage.request(piece: 1).payload()), from: id)
        #expect(stage.messages(to: id) == [.extended(id: 9, MetadataMessage.reject(piece: 1).payload())])
        for _ in 0..<100 { stage.receive(request, from: id) }
        let rejected = stage.messages(to: id).filter {
            $0 == .extended(id: 9, MetadataMessage.reject(piece: 0).payload())
        }
        #expect(rejected.count > 80)
    }

    // MARK: Fetching

    @Test("above the cap of bytes with the disk nothing is asked for, below it is again")
    func feelsPressure() throws {
        var stage = Stage(try Self.work(pieces: 60)) { $0.maximumUnwritten = 4 * blockLength }
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        var asked = stage.messages(to: id).requests
        #expect(asked.count == 16)
        for block in asked.prefix(16) { stage.receive(stage.piece(block), from: id) }
        // Four fill the cap; what was under way still comes, and one refill that was sent before.
        let log = stage.log
        asked = log.compactMap { if case .send(_, let message) = $0 { message } else { nil } }.requests
        #expect(asked.count <= 8)
        #expect(stage.core.unwritten == 16 * blockLength)
        stage.workDisk()
        #expect(stage.core.unwritten == 0)
        #expect(stage.messages(to: id).requests.count >= 12)
    }

    @Test("a peer that lets requests wait loses them to another")
    func takesFromSnubber() throws {
        var stage = Stage(try Self.work(pieces: 4))
        let slow = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: slow)
        let asked = Set(stage.messages(to: slow).requests)
        #expect(asked.count == 9)
        stage.pass(14_000)
        let quick = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: quick)
        _ = stage.take()
        stage.pass(3000)
        let log = stage.take()
        let cancelled = log.compactMap { if case .send(slow, .cancel(let block)) = $0 { block } else { nil } }
        #expect(Set(cancelled) == asked)
        let again = log.compactMap { if case .send(quick, .request(let block)) = $0 { block } else { nil } }
        #expect(!again.isEmpty && Set(again).isSubset(of: asked))
    }

    @Test("a peer that hangs up leaves its blocks to others, and comes back")
    func takesFromLost() throws {
        var stage = Stage(try Self.work(pieces: 4))
        let first = try stage.connect()
        let second = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: first)
        let asked = Set(stage.messages(to: first).requests)
        stage.receive(.haveAll, .unchoke, from: second)
        _ = stage.take()
        stage.act { $0.peerDisconnected(first, error: nil, at: $1, into: &$2) }
        stage.receive(.choke, .unchoke, from: second)
        #expect(Set(stage.messages(to: second).requests).isSubset(of: asked))
        #expect(stage.core.fault() == nil)
    }

    @Test("pieces arrive, are checked and told to others", arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func completes(_ kind: InfoDictionary.Kind) throws {
        var stage = Stage(try Self.work(kind))
        let id = try stage.connect()
        let other = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        var finished = false
        var told = 0
        for _ in 0..<20 where !finished {
            stage.workDisk()
            for action in stage.take() {
                if case .send(id, .request(let block)) = action {
                    stage.receive(stage.piece(block), from: id)
                }
                if case .send(other, .have) = action { told += 1 }
                if case .finished = action { finished = true }
            }
        }
        #expect(finished && stage.core.isComplete && told == 7)
        // Two that are complete have nothing to say to each other.
        #expect(stage.core.connectionCount == 1)
    }

    @Test(
        "a piece that was hashed on its way to the disk is not read back; of a wrong one the sender is banned",
        arguments: [nil, 1])
    func takesDigests(wrong: Int?) throws {
        var stage = Stage(try Self.work(.v1))
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        var written: [Int: Int] = [:]
        var banned: [PieceIndex] = []
        for _ in 0..<20 {
            for action in stage.take() {
                switch action {
                case .send(id, .request(let block)): stage.receive(stage.piece(block), from: id)
                case .check(let piece): Issue.record("\(piece) is read back")
                case .banned(_, let piece): banned.append(piece)
                case .write(let block, _):
                    let piece = block.piece.rawValue
                    written[piece, default: 0] += block.length
                    let isLast = written[piece] == stage.made.info.layout.length(of: block.piece)
                    let digest = stage.made.info.v1Hash(of: PieceIndex(piece == wrong ? piece + 1 : piece))
                    stage.act {
                        $0.blockWritten(block, leaf: nil, sha1: isLast ? digest : nil, at: $1, into: &$2)
                    }
                default: break
                }
            }
        }
        #expect(stage.core.isComplete == (wrong == nil))
        #expect(banned == (wrong.map { [PieceIndex($0)] } ?? []))
    }

    @Test("a piece that only SHA-1, or only the tree, finds right stops a hybrid")
    func stopsOnConflict() throws {
        var stage = Stage(try Self.work(.hybrid))
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        for block in stage.messages(to: id).requests { stage.receive(stage.piece(block), from: id) }
        stage.workDisk(spoilSHA1: true)
        let failures = stage.take().compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
        guard case .hybridConflict = failures.first else {
            Issue.record("\(failures)")
            return
        }
        #expect(stage.core.connectionCount == 0)
    }

    @Test("what a disk does not keep is fetched again, and nobody is to blame")
    func blamesNobodyForDisk() throws {
        var stage = Stage(try Self.work(.hybrid))
        let id = try stage.connect()
        stage.receive(.haveAll, .unchoke, from: id)
        for block in stage.messages(to: id).requests { stage.receive(stage.piece(block), from: id) }
        stage.workDisk(rots: true)
        #expect(stage.core.snapshot(at: stage.now).piecesComplete == 0 && stage.core.fault() == nil)
        for _ in 0..<20 where !stage.core.isComplete {
            for action in stage.take() {
                switch action {
                case .send(id, .request(let block)): stage.receive(stage.piece(block), from: id)
                case .failed, .banned, .close: Issue.record("\(action)")
                default: break
                }
            }
            stage.workDisk()
        }
        #expect(stage.core.isComplete)
    }
}
