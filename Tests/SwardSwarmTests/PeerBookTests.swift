// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@testable import SwardSwarm

@Suite("The book of peers") struct PeerBookTests {
    static func address(_ number: Int, port: UInt16 = 6881) throws -> PeerAddress {
        try #require(
            PeerAddress(
                ip: [93, UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff)],
                port: port))
    }

    static func id(_ number: Int) throws -> PeerID {
        try #require(PeerID(Array("-XX0000-\(number + 100_000_000_000)".utf8.prefix(20))))
    }

    /// A peer that comes, tells where it listens, and leaves.
    ///
    /// - Returns: whether there was room for it.
    static func visit(_ book: inout PeerBook, _ number: Int, isSeed: Bool) throws -> Bool {
        let from = try address(number, port: 40_000)
        guard
            let index = book.connected(from, isOutgoing: false, peerID: try id(number), slot: 3, at: number)
        else { return false }
        _ = book.learn(try address(number), ofPeer: index, slot: 3)
        book.disconnected(index, wasUseful: true, isSeed: isSeed, at: number)
        return true
    }

    @Test("whoever comes finds room, however many came before and left", arguments: [false, true])
    func keepsRoom(isSeed: Bool) throws {
        var book = PeerBook(maximumConnections: 10)
        var chance = Chance(seed: 1)
        _ = book.take(limit: 1, sparesSeeds: true, at: 0, chance: &chance)
        for number in 0..<(3 * book.capacity) {
            let hasRoom = try Self.visit(&book, number, isSeed: isSeed)
            #expect(hasRoom, "\(number)")
        }
        let evicted = book.takeEvicted()
        #expect(book.count == book.capacity && evicted.count == 2 * book.capacity)
    }

    @Test("who is here, banned or named by a person does not give way")
    func keeps() throws {
        var book = PeerBook(maximumConnections: 10)
        let kept = try (0..<3).map { try Self.address($0, port: 40_000) }
        let here = try #require(
            book.connected(kept[0], isOutgoing: false, peerID: try Self.id(0), slot: 0, at: 0))
        let banned = try #require(
            book.connected(kept[1], isOutgoing: false, peerID: try Self.id(1), slot: 1, at: 0))
        book.ban(banned)
        book.disconnected(banned, wasUseful: false, isSeed: false, at: 0)
        _ = book.add(kept[2], isFavoured: true, at: 0)
        for number in 3..<(3 * book.capacity) { _ = try Self.visit(&book, number, isSeed: true) }
        #expect(kept.allSatisfy { book.index(of: $0) != nil })
        #expect(book[here].state == .connected(slot: 0) && book[banned].isBanned)
    }

    @Test("hearsay fills half the book, and what of it came to nothing gives way to news")
    func hears() throws {
        var book = PeerBook(maximumConnections: 10)
        let half = book.capacity / 2
        let heard = try Self.add(0..<(half + 1), .dht, to: &book)
        #expect(heard == half)
        var chance = Chance(seed: 1)
        for round in 0..<3 {
            let time = round * 1_000_000
            for index in book.take(limit: half, sparesSeeds: false, at: time, chance: &chance) {
                book.failed(index, at: time, isHybrid: false)
            }
        }
        let news = try Self.add(half..<(2 * half + 1), .exchange, to: &book)
        #expect(news == half && book.count == half)
        let told = try Self.add((3 * half)..<(4 * half), .tracker, to: &book)
        #expect(told == half && book.count == book.capacity)
    }

    /// - Returns: how many were taken in.
    static func add(_ numbers: Range<Int>, _ source: PeerSource, to book: inout PeerBook) throws -> Int {
        try numbers.count { book.add(try address($0), isFavoured: false, source: source, at: 0) }
    }
}
