// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardPrimitives
import Testing

@Suite("Node names") struct NodeIDTests {
    /// BEP 42, "test vectors".
    static let vectors: [(ip: [UInt8], name: String)] = [
        ([124, 31, 75, 21], "5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401"),
        ([21, 75, 31, 124], "5a3ce9c14e7a08645677bbd1cfe7d8f956d53256"),
        ([65, 23, 51, 170], "a5d43220bc8f112a3d426c84764f8c2a1150e616"),
        ([84, 124, 73, 14], "1b0321dd1bb1fe518101ceef99462b947a01ff41"),
        ([43, 213, 53, 83], "e56f6cbf5b7c4be0237986d5243b87aa6d51305a"),
    ]

    @Test("the vectors of BEP 42 fit their addresses and no others", arguments: vectors)
    func fits(_ row: (ip: [UInt8], name: String)) throws {
        let id = try NodeID(#require(Digest160(hex: row.name)))
        for other in Self.vectors {
            let address = try #require(PeerAddress(ip: other.ip, port: 6881))
            #expect(id.fits(address) == (other.ip == row.ip))
        }
    }

    @Test("a name made for an address fits it", arguments: 0..<200)
    func made(_ number: Int) {
        var chance = Chance(seed: UInt64(number))
        for address in [SimulatedNetwork.address(number), SimulatedNetwork.address6(number)] {
            #expect(NodeID(fitting: address, using: &chance).fits(address))
        }
    }

    @Test(
        "a neighbour shares as many bits as asked", arguments: [0, 1, 7, 8, 63, 64, 65, 127, 128, 140, 159])
    func neighbours(_ count: Int) {
        var chance = Chance(seed: 4)
        for _ in 0..<20 {
            let id = NodeID(using: &chance)
            #expect(id.neighbour(sharing: count, using: &chance).sharedBits(with: id) == count)
        }
    }

    @Test("bytes make the name that made them")
    func bytes() throws {
        var chance = Chance(seed: 4)
        let id = NodeID(using: &chance)
        #expect(NodeID(id.bytes) == id)
        #expect(NodeID(id.digest) == id)
        #expect(NodeID(id.bytes.dropLast()) == nil)
        #expect(id.sharedBits(with: id) == 160)
    }
}
