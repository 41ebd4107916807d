// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// The pieces that have been begun: which block is asked for, on its way to the disk, or there, and from whom.
///
/// One slab for all of them, so that no block costs an allocation.
///
/// - Memory: five bytes per block, and 32 more with leaves, of the pieces begun at the same time.
struct PartialPieces: Sendable {
    enum Stage: Sendable {
        case fetching, verifying, blaming
        /// What is on disk is held against what was written.
        case comparing
    }

    struct Piece: Sendable {
        var piece: Int
        var length: Int
        var blockCount: Int
        /// Blocks neither asked for nor here.
        var free: Int
        var written = 0
        var received = 0
        var stage = Stage.fetching
        /// The connection that began it and asks for most of it; -1 when that is gone.
        var owner: Int
        /// Nobody but the owner may be asked, so that a failure has one author.
        var isExclusive: Bool
        /// No free block lies before this one.
        fileprivate var hint = 0
        /// Where it lies in `open`; -1 when it has no free block.
        fileprivate var openPlace = -1
        var isInUse = true
    }

    /// States of a block; numbers between are how many peers were asked.
    private static let free: UInt8 = 0
    private static let maximumRequesters: UInt8 = 200
    private static let received: UInt8 = 254
    private static let written: UInt8 = 255
    static let unknownSource = UInt32.max

    private let blocksPerPiece: Int
    private let keepsLeaves: Bool
    private(set) var pieces: [Piece] = []
    private var unused: [Int] = []
    private var states: [UInt8] = []
    private var sources: [UInt32] = []
    private var leaves: [Digest256] = []
    /// Slots with a free block, in no order.
    private(set) var open: [Int] = []
    private(set) var count = 0
    /// Over all pieces.
    private(set) var freeBlocks = 0

    init(blocksPerPiece: Int, keepsLeaves: Bool) {
        self.blocksPerPiece = blocksPerPiece
        self.keepsLeaves = keepsLeaves
    }

    // MARK: Queries

    func isFree(_ slot: Int, _ block: Int) -> Bool { states[slot * blocksPerPiece + block] == Self.free }
    func isHere(_ slot: Int, _ block: Int) -> Bool { states[slot * blocksPerPiece + block] >= Self.received }
    func isWritten(_ slot: Int, _ block: Int) -> Bool {
        states[slot * blocksPerPiece + block] == Self.written
    }

    /// How many peers are being asked for a block that is not here.
    func requesters(_ slot: Int, _ block: Int) -> Int {
        let state = states[slot * blocksPerPiece + block]
        return state >= Self.received ? 0 : Int(state)
    }

    func source(_ slot: Int, _ block: Int) -> UInt32 { sources[slot * blocksPerPiece + block] }

    func leaves(_ slot: Int) -> [Digest256] {
        let start = slot * blocksPerPiece
        return Array(leaves[start..<(start + pieces[slot].blockCount)])
    }

    /// The one peer that sent every block; `nil` when there are several.
    func soleSource(_ slot: Int) -> UInt32? {
        let start = slot * blocksPerPiece
        let first = sources[start]
        return sources[start..<(start + pieces[slot].blockCount)].allSatisfy { $0 == first } ? first : nil
    }

    func blockLength(_ slot: Int, _ block: Int) -> Int {
        min(SwardPrimitives.blockLength, pieces[slot].length - block * SwardPrimitives.blockLength)
    }

    // MARK: Events

    mutating func begin(_ piece: Int, length: Int, owner: Int, isExclusive: Bool) -> Int {
        let blockCount = (length + SwardPrimitives.blockLength - 1) / SwardPrimitives.blockLength
        let new = Piece(
            piece: piece, length: length, blockCount: blockCount, free: blockCount, owner: owner,
            isExclusive: isExclusive)
        let slot: Int
        if let reused = unused.popLast() {
            slot = reused
            pieces[slot] = new
            for index in slot * blocksPerPiece..<(slot + 1) * blocksPerPiece {
                states[index] = Self.free
                sources[index] = Self.unknownSource
            }
        } else {
            slot = pieces.count
            pieces.append(new)
            states.append(contentsOf: repeatElement(Self.free, count: blocksPerPiece))
            sources.append(contentsOf: repeatElement(Self.unknownSource, count: blocksPerPiece))
            if keepsLeaves { leaves.append(contentsOf: repeatElement(.zero, count: blocksPerPiece)) }
        }
        freeBlocks += blockCount
        count += 1
        enlist(slot)
        return slot
    }

    mutating func end(_ slot: Int) {
        freeBlocks -= pieces[slot].free
        pieces[slot].isInUse = false
        delist(slot)
        unused.append(slot)
        count -= 1
    }

    /// Takes the first free block.
    mutating func takeFree(_ slot: Int) -> Int? {
        guard pieces[slot].free > 0 else { return nil }
        let start = slot * blocksPerPiece
        var block = pieces[slot].hint
        while states[start + block] != Self.free { block += 1 }
        states[start + block] = 1
        pieces[slot].hint = block + 1
        pieces[slot].free -= 1
        freeBlocks -= 1
        if pieces[slot].free == 0 { delist(slot) }
        return block
    }

    /// One more peer is asked for a block, in endgame.
    mutating func duplicate(_ slot: Int, _ block: Int) {
        let index = slot * blocksPerPiece + block
        if states[index] < Self.maximumRequesters { states[index] += 1 }
    }

    /// One peer less is asked; with the last the block is free.
    mutating func release(_ slot: Int, _ block: Int) {
        let index = slot * blocksPerPiece + block
        guard states[index] != Self.free, states[index] < Self.received else { return }
        states[index] -= 1
        if states[index] == Self.free { freed(slot, block) }
    }

    /// A block has come.
    ///
    /// - Returns: how many peers were asked for it; `nil` when it is not wanted (any more).
    @inline(__always)
    mutating func receive(_ slot: Int, _ block: Int, from source: UInt32) -> Int? {
        let index = slot * blocksPerPiece + block
        let state = states[index]
        guard state < Self.received, pieces[slot].stage == .fetching else { return nil }
        if state == Self.free {
            pieces[slot].free -= 1
            freeBlocks -= 1
            if pieces[slot].free == 0 { delist(slot) }
        }
        states[index] = Self.received
        sources[index] = source
        pieces[slot].received += 1
        return Int(state)
    }

    /// - Returns: whether the piece is whole now.
    @inline(__always)
    mutating func write(_ slot: Int, _ block: Int, leaf: Digest256?) -> Bool {
        let index = slot * blocksPerPiece + block
        guard states[index] == Self.received else { return false }
        states[index] = Self.written
        if keepsLeaves, let leaf { leaves[index] = leaf }
        pieces[slot].written += 1
        return pieces[slot].written == pieces[slot].blockCount
    }

    mutating func setStage(_ slot: Int, _ stage: Stage) { pieces[slot].stage = stage }

    mutating func setOwner(_ slot: Int, _ owner: Int, isExclusive: Bool) {
        pieces[slot].owner = owner
        pieces[slot].isExclusive = isExclusive
    }

    /// A connection asks for nothing more.
    mutating func disown(_ owner: Int) {
        for slot in pieces.indices where pieces[slot].isInUse && pieces[slot].owner == owner {
            setOwner(slot, -1, isExclusive: false)
        }
    }

    /// A block was bad, or lost: it must come again.
    mutating func discard(_ slot: Int, _ block: Int) {
        let index = slot * blocksPerPiece + block
        guard states[index] >= Self.received else { return }
        if states[index] == Self.written { pieces[slot].written -= 1 }
        pieces[slot].received -= 1
        states[index] = Self.free
        sources[index] = Self.unknownSource
        freed(slot, block)
    }

    /// A peer's number is given to another.
    mutating func forget(source: UInt32) {
        for index in sources.indices where sources[index] == source { sources[index] = Self.unknownSource }
    }

    // MARK: Helpers

    private mutating func freed(_ slot: Int, _ block: Int) {
        pieces[slot].free += 1
        freeBlocks += 1
        pieces[slot].hint = min(pieces[slot].hint, block)
        if pieces[slot].free == 1 { enlist(slot) }
    }

    private mutating func enlist(_ slot: Int) {
        pieces[slot].openPlace = open.count
        open.append(slot)
    }

    private mutating func delist(_ slot: Int) {
        let place = pieces[slot].openPlace
        guard place >= 0 else { return }
        pieces[slot].openPlace = -1
        let last = open.removeLast()
        if last != slot {
            open[place] = last
            pieces[last].openPlace = place
        }
    }
}
