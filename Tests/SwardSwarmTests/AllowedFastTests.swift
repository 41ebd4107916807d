// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetainfo
import SwardPrimitives
import SwardWire
import Testing
import TorrentSupport

@testable import SwardSwarm

@Suite("Pieces allowed while choked") struct AllowedFastTests {
    private func set(_ count: Int, of pieceCount: Int = 1313) -> [Int] {
        AllowedFast.pieces(
            count: count, pieceCount: pieceCount, infoHash: Digest160([UInt8](repeating: 0xAA, count: 20))!,
            ip: [80, 4, 4, 200])
    }

    @Test("the sets are those of BEP 6")
    func followsVectors() {
        #expect(set(7) == [1059, 431, 808, 1217, 287, 376, 1188])
        #expect(set(9) == [1059, 431, 808, 1217, 287, 376, 1188, 353, 508])
    }

    @Test("a torrent with fewer pieces allows them all, an empty one none")
    func endsWithPieces() {
        #expect(set(10, of: 3).sorted() == [0, 1, 2])
        #expect(set(10, of: 0) == [])
    }

    @Test("when all slots are taken a newcomer gets as many blocks as it is allowed")
    func grants() throws {
        let made = try MadeTorrent(
            .v1, pieceLength: blockLength, files: [.init("a", [UInt8](repeating: 1, count: 40 * blockLength))]
        )
        var stage = Stage(made, isSeed: true) { $0.uploadSlots = 1 }
        let first = try stage.connect()
        stage.receive(.interested, from: first)
        #expect(!stage.messages(to: first).contains { if case .allowedFast = $0 { true } else { false } })
        let second = try stage.connect()
        let allowed = stage.messages(to: second).compactMap {
            if case .allowedFast(let piece) = $0 { piece } else { nil }
        }
        #expect(allowed.count == AllowedFast.count)
        let block = BlockRequest(piece: allowed[0], begin: 0, length: blockLength)
        for _ in 0..<AllowedFast.count {
            stage.receive(.request(block), from: second)
            #expect(stage.take().contains { if case .sendBlock(second, block) = $0 { true } else { false } })
        }
        stage.receive(.request(block), from: second)
        #expect(stage.messages(to: second) == [.reject(block)])
    }
}
