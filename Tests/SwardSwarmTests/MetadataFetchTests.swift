// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardHash
import SwardPrimitives
import Testing

@testable import SwardSwarm

@Suite("Metadata from peers") struct MetadataFetchTests {
    private static let bytes: [UInt8] = {
        var generator = SplitMix64(seed: 1)
        return generator.bytes(40_000)
    }()
    private static let hashes = InfoHashes(v1: SHA1.hash(bytes), v2: SHA256.hash(bytes))!

    private func fetch() -> MetadataFetch { MetadataFetch(infoHashes: Self.hashes, maximumLength: 1 << 20) }

    private func piece(_ index: Int, spoilt: Bool = false) -> ByteBuffer {
        var piece = Array(Self.bytes[(index * 16_384)..<min((index + 1) * 16_384, Self.bytes.count)])
        if spoilt { piece[0] ^= 1 }
        return ByteBuffer(bytes: piece)
    }

    @Test("the first peer is asked for all pieces at once")
    func asksForAll() {
        var fetch = fetch()
        let requests = fetch.sourceFound(slot: 3, peer: 30, size: 40_000, at: 0)
        #expect(requests == (0..<3).map { MetadataFetch.Request(slot: 3, piece: $0) })
        for index in 0..<3 {
            let (outcome, more) = fetch.received(index, totalSize: 40_000, piece(index), from: 3, at: 5)
            #expect(more.isEmpty)
            if case .complete(let bytes) = outcome {
                #expect(index == 2 && bytes == Self.bytes)
            } else {
                #expect(index < 2)
            }
        }
    }

    @Test("sizes of 0, below, and above the cap are not believed", arguments: [0, -1, (1 << 20) + 1, .max])
    func capsSize(_ size: Int) {
        var fetch = fetch()
        #expect(fetch.sourceFound(slot: 0, peer: 0, size: size, at: 0).isEmpty)
        #expect(fetch.size == 0)
    }

    @Test("most peers decide the size")
    func votes() {
        var fetch = fetch()
        _ = fetch.sourceFound(slot: 0, peer: 0, size: 1 << 20, at: 0)
        #expect(fetch.size == 1 << 20)
        _ = fetch.sourceFound(slot: 1, peer: 1, size: 40_000, at: 0)
        #expect(fetch.size == 1 << 20)
        let requests = fetch.sourceFound(slot: 2, peer: 2, size: 40_000, at: 0)
        #expect(fetch.size == 40_000 && requests.count == 3)
        #expect(requests.allSatisfy { $0.slot != 0 })
    }

    @Test("a piece that does not come is asked of another")
    func asksAnother() {
        var fetch = fetch()
        _ = fetch.sourceFound(slot: 0, peer: 0, size: 40_000, at: 0)
        #expect(fetch.sourceFound(slot: 1, peer: 1, size: 40_000, at: 100).isEmpty)
        #expect(fetch.timerFired(at: 1500).isEmpty)
        let check = fetch.nextCheck ?? 0
        #expect(fetch.timerFired(at: check + 1500).map(\.slot) == [1, 1, 1])
    }

    @Test("a lone source that says nothing is asked again, less and less, and heard when it comes late")
    func asksAgain() {
        var fetch = fetch()
        #expect(fetch.sourceFound(slot: 0, peer: 0, size: 40_000, at: 0).count == 3)
        var times: [Int] = []
        while let check = fetch.nextCheck, check < 60_000 {
            let requests = fetch.timerFired(at: check)
            if !requests.isEmpty {
                #expect(requests.map(\.piece) == [0, 1, 2])
                times.append(check)
            }
        }
        #expect(times == [3000, 7000, 13_000, 23_000, 41_000])
        for index in 0..<3 {
            #expect(fetch.isExpected(index, from: 0))
            let (outcome, _) = fetch.received(index, totalSize: 40_000, piece(index), from: 0, at: 60_000)
            if case .complete(let bytes) = outcome {
                #expect(index == 2 && bytes == Self.bytes)
            } else {
                #expect(index < 2)
            }
        }
    }

    @Test("sources that say nothing lose their vote on the size")
    func silenceHasNoVote() {
        var fetch = fetch()
        for slot in 0..<2 { _ = fetch.sourceFound(slot: slot, peer: slot, size: 1 << 20, at: 0) }
        #expect(fetch.sourceFound(slot: 2, peer: 2, size: 40_000, at: 0).isEmpty)
        var requests: [MetadataFetch.Request] = []
        while requests.isEmpty, let check = fetch.nextCheck, check < 60_000 {
            requests = fetch.timerFired(at: check).filter { $0.slot == 2 }
        }
        #expect(requests.map(\.piece) == [0, 1, 2] && fetch.size == 40_000)
    }

    @Test("who is asked alone and says nothing makes room for the next")
    func silenceEndsExclusivity() {
        var fetch = fetch()
        var open = fetch.sourceFound(slot: 0, peer: 0, size: 40_000, at: 0)
        for slot in 1..<4 { open += fetch.sourceFound(slot: slot, peer: slot, size: 40_000, at: 0) }
        open += fetch.rejected(1, from: 0, at: 0)
        // Two authors of what does not fit: nobody is named, and from here on one is asked at a time.
        for request in open where request.slot != 0 || request.piece != 1 {
            _ = fetch.received(
                request.piece, totalSize: 40_000, piece(request.piece, spoilt: true), from: request.slot,
                at: 0)
        }
        #expect(fetch.received == 0)
        var result: [UInt8]?
        // Three of the four say nothing from now on.
        while result == nil, let check = fetch.nextCheck, check < 120_000 {
            for request in fetch.timerFired(at: check) where request.slot == 3 {
                let (outcome, _) = fetch.received(
                    request.piece, totalSize: 40_000, piece(request.piece), from: 3, at: check)
                if case .complete(let bytes) = outcome { result = bytes }
            }
        }
        #expect(result == Self.bytes)
    }

    @Test("of very many pieces a peer is asked for as many as it queues, and one that rejects some is kept")
    func asksForSome() {
        let count = 200
        var generator = SplitMix64(seed: 2)
        let bytes = generator.bytes(count * 16_384)
        var fetch = MetadataFetch(
            infoHashes: InfoHashes(v1: SHA1.hash(bytes), v2: nil)!, maximumLength: 1 << 23)
        var open = fetch.sourceFound(slot: 0, peer: 0, size: bytes.count, at: 0)
        #expect(open.count == 32)
        var result: [UInt8]?
        var rejected: Set<Int> = []
        while result == nil {
            while !open.isEmpty, result == nil {
                #expect(open.count <= 32)
                let index = open.removeFirst().piece
                guard !(10..<30).contains(index) || !rejected.insert(index).inserted else {
                    open += fetch.rejected(index, from: 0, at: 0)
                    continue
                }
                let piece = ByteBuffer(bytes: bytes[(index * 16_384)..<((index + 1) * 16_384)])
                let (outcome, more) = fetch.received(
                    index, totalSize: bytes.count, piece, from: 0, at: fetch.nextCheck ?? 0)
                open += more
                if case .complete(let whole) = outcome { result = whole }
            }
            guard result == nil, let check = fetch.nextCheck, check < 120_000 else { break }
            open += fetch.timerFired(at: check)
        }
        #expect(result == bytes)
    }

    @Test("a lone liar is named at once")
    func namesLiar() {
        var fetch = fetch()
        _ = fetch.sourceFound(slot: 0, peer: 10, size: 40_000, at: 0)
        for index in 0..<2 { _ = fetch.received(index, totalSize: 40_000, piece(index), from: 0, at: 0) }
        let (outcome, _) = fetch.received(2, totalSize: 40_000, piece(2, spoilt: true), from: 0, at: 0)
        guard case .failed(let liars) = outcome else {
            Issue.record("spoilt metadata passed")
            return
        }
        #expect(liars == [10])
    }

    @Test("a liar among honest ones is found by asking one at a time")
    func findsLiar() {
        var fetch = fetch()
        var open = fetch.sourceFound(slot: 0, peer: 10, size: 40_000, at: 0)
        open += fetch.sourceFound(slot: 1, peer: 11, size: 40_000, at: 0)
        _ = fetch.rejected(1, from: 0, at: 0)
        open = open.filter { $0.piece != 1 } + fetch.timerFired(at: 5000)
        var liars: [Int] = []
        var result: [UInt8]?
        var rounds = 0
        while result == nil, !open.isEmpty, rounds < 50 {
            rounds += 1
            let request = open.removeFirst()
            let spoilt = request.slot == 1
            let (outcome, more) = fetch.received(
                request.piece, totalSize: 40_000, piece(request.piece, spoilt: spoilt), from: request.slot,
                at: 6000)
            open += more
            if case .failed(let found) = outcome { liars += found }
            if case .complete(let bytes) = outcome { result = bytes }
        }
        #expect(result == Self.bytes)
        #expect(liars.allSatisfy { $0 == 11 })
    }

    @Test("pieces of the wrong length or size count for nothing")
    func ignoresMisfits() {
        var fetch = fetch()
        _ = fetch.sourceFound(slot: 0, peer: 10, size: 40_000, at: 0)
        _ = fetch.received(0, totalSize: 40_001, piece(0), from: 0, at: 0)
        _ = fetch.received(2, totalSize: 40_000, piece(0), from: 0, at: 0)
        _ = fetch.received(99, totalSize: 40_000, piece(0), from: 0, at: 0)
        #expect(fetch.received == 0)
    }
}
