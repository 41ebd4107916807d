// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import Testing

@testable import SwardSwarm

@Suite("Picking pieces") struct PiecePickerTests {
    private func set(_ count: Int, _ pieces: some Sequence<Int>) -> PieceSet {
        var set = PieceSet(pieceCount: count)
        for piece in pieces { set.insert(piece) }
        return set
    }

    @Test("the rarest piece that the peer has comes first")
    func picksRarest() {
        var chance = Chance(seed: 1)
        var picker = PiecePicker(opening: PieceSet(allOf: 10), chance: &chance)
        for piece in 0..<10 { for _ in 0...piece { picker.peerGained(piece, chance: &chance) } }
        var order: [Int] = []
        let peer = set(10, [9, 4, 7, 2])
        while let piece = picker.pick(from: peer, completed: 4, chance: &chance) {
            order.append(piece)
            picker.close(piece)
        }
        #expect(order == [2, 4, 7, 9])
        #expect(picker.openCount == 6)
    }

    @Test("what only a seed has is asked of the seed first, and of no other")
    func leavesSeedsTheirOwn() {
        var chance = Chance(seed: 2)
        var picker = PiecePicker(opening: PieceSet(allOf: 3), chance: &chance)
        picker.peerGained(0, chance: &chance)
        #expect(picker.pick(from: set(3, [0]), completed: 4, chance: &chance) == 0)
        #expect(picker.pick(from: nil, completed: 4, chance: &chance) != 0)
        #expect(picker.openElsewhere == 1)
    }

    @Test("ties are broken by chance, differently for each seed")
    func breaksTies() {
        let firsts = (0..<40).map { seed in
            var chance = Chance(seed: UInt64(seed))
            let picker = PiecePicker(opening: PieceSet(allOf: 100), chance: &chance)
            return picker.pick(from: nil, completed: 4, chance: &chance)
        }
        #expect(Set(firsts).count > 20)
    }

    @Test("a random history leaves it as a plain count says", arguments: 0..<30)
    func followsModel(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var chance = Chance(seed: UInt64(seed))
        let count = 1 + generator.below(200)
        var open = set(count, (0..<count).filter { _ in !generator.oneIn(4) })
        var picker = PiecePicker(opening: open, chance: &chance)
        var availability = [Int](repeating: 0, count: count)
        for _ in 0..<2000 {
            let piece = generator.below(count)
            switch generator.below(4) {
            case 0:
                picker.peerGained(piece, chance: &chance)
                availability[piece] += 1
            case 1 where availability[piece] > 0:
                picker.peerLost(piece, chance: &chance)
                availability[piece] -= 1
            case 2:
                picker.close(piece)
                open.remove(piece)
            case 3:
                picker.reopen(piece, chance: &chance)
                open.insert(piece)
            default: break
            }
        }
        #expect(picker.openCount == open.count)
        #expect(picker.openElsewhere == (0..<count).count { open.contains($0) && availability[$0] > 0 })
        // Emptied by a peer that has everything but is no seed, it comes out by rarity.
        var order: [Int] = []
        let all = PieceSet(allOf: count)
        while let piece = picker.pick(from: all, completed: 4, chance: &chance) {
            order.append(availability[piece])
            picker.close(piece)
        }
        #expect(
            order == order.sorted()
                && order.count == (0..<count).count { open.contains($0) && availability[$0] > 0 })
    }

    @Test("a peer with one piece among a hundred thousand is served at once")
    func findsTheNeedle() {
        var chance = Chance(seed: 3)
        let count = 100_000
        var picker = PiecePicker(opening: PieceSet(allOf: count), chance: &chance)
        picker.peerJoined(PieceSet(allOf: count), chance: &chance)
        picker.peerGained(77_777, chance: &chance)
        #expect(picker.pick(from: set(count, [77_777]), completed: 4, chance: &chance) == 77_777)
        #expect(picker.pick(from: set(count, []), completed: 4, chance: &chance) == nil)
    }
}

@Suite("Sets of pieces") struct PieceSetTests {
    @Test("a bitfield is read back", arguments: [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 1000])
    func roundTrips(_ count: Int) throws {
        var generator = SplitMix64(seed: UInt64(count))
        var set = PieceSet(pieceCount: count)
        for piece in 0..<count where generator.oneIn(2) { set.insert(piece) }
        let bitfield = set.bitfield()
        #expect(bitfield.readableBytes == (count + 7) / 8)
        #expect(PieceSet(bitfield: bitfield, pieceCount: count) == set)
        #expect(PieceSet(bitfield: PieceSet(allOf: count).bitfield(), pieceCount: count)?.isFull == true)
        var found: [Int] = []
        set.forEach { found.append($0) }
        #expect(found == (0..<count).filter(set.contains) && found.count == set.count)
    }

    @Test("the first piece is the highest bit of the first byte")
    func hasOrder() {
        let set = PieceSet(bitfield: ByteBuffer(bytes: [0x80, 0x40]), pieceCount: 10)
        #expect(set?.contains(0) == true && set?.contains(9) == true && set?.count == 2)
    }

    @Test("wrong sizes and bits past the end are refused")
    func refuses() {
        #expect(PieceSet(bitfield: ByteBuffer(bytes: [0, 0]), pieceCount: 8) == nil)
        #expect(PieceSet(bitfield: ByteBuffer(bytes: []), pieceCount: 1) == nil)
        #expect(PieceSet(bitfield: ByteBuffer(bytes: [0, 0x20]), pieceCount: 10) == nil)
        #expect(
            PieceSet(bitfield: ByteBuffer(bytes: [UInt8](repeating: 0, count: 8) + [1]), pieceCount: 71)
                == nil)
    }
}
