// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDHT
import SwardHash
import SwardPrimitives
import Testing

@Suite("Data in the DHT") struct DHTItemTests {
    /// BEP 44, "Test Vectors" 1 and 2.
    static let key = "77ff84905a91936367c01360803104f92432fcd904a43511876df5cdf3e7e548"
    static let vectors: [(salt: String, target: String, signature: String)] = [
        (
            "", "4a533d47ec9c7d95b1ad75f576cffc641853b750",
            "305ac8aeb6c9c151fa120f120ea2cfb923564e11552d06a5d856091e5e853cff"
                + "1260d3f39e4999684aa92eb73ffd136e6f4f3ecbfda0ce53a1608ecd7ae21f01"
        ),
        (
            "foobar", "411eba73b6f087ca51a3795d9c8c938d365e32c1",
            "6834284b6b24c3204eb2fea824d82f88883a3d95e8b4a21b8c0ded553d17d17d"
                + "df9a8a7104b1258f30bed3787e6cb896fca78c58f8e03b5f18f14951a87d9a08"
        ),
    ]

    @Test("the signatures of BEP 44 fit, and nothing near them", arguments: vectors)
    func signatures(_ row: (salt: String, target: String, signature: String)) throws {
        let key = try #require([UInt8](hex: Self.key)), signature = try #require([UInt8](hex: row.signature))
        let value = Array("12:Hello World!".utf8), salt = Array(row.salt.utf8)
        let item = try #require(
            MutableItem(publicKey: key, salt: salt, sequence: 1, value: value, signature: signature))
        #expect(item.target.description == row.target)
        #expect(
            MutableItem(publicKey: key, salt: salt, sequence: 2, value: value, signature: signature) == nil)
        #expect(
            MutableItem(publicKey: key, salt: salt + [0], sequence: 1, value: value, signature: signature)
                == nil)
        #expect(
            MutableItem(publicKey: key, salt: salt, sequence: 1, value: value + [0], signature: signature)
                == nil)
        #expect(
            MutableItem(publicKey: [], salt: salt, sequence: 1, value: value, signature: signature) == nil)
        #expect(MutableItem(publicKey: key, salt: salt, sequence: 1, value: value, signature: []) == nil)
    }

    @Test("a signature is checked of who may put, and only then")
    func checksLate() throws {
        let key = try #require([UInt8](hex: Self.key))
        var forged = Array("d1:ad2:id20:abcdefghij01234567891:k32:".utf8) + key
        forged += Array("3:seqi1e3:sig64:".utf8) + [UInt8](repeating: 7, count: 64)
        forged += Array("5:token2:no1:v12:Hello World!e1:q3:put1:t2:aa1:y1:qe".utf8)
        guard case .query(let query) = try KRPCMessage.parse(forged[...]).body,
            case .put(let arguments, _, _) = query.method
        else {
            Issue.record("a put is not read")
            return
        }
        #expect(throws: KRPCError.self) { try arguments.item() }
        let now = ContinuousClock.now
        var node = DHTNode(configuration: DHTConfiguration(), id: nil, chance: SecretChance(seed: 1), at: now)
        var actions: [DHTAction] = []
        node.received(forged[...], from: SimulatedNetwork.address(1), at: now, into: &actions)
        var errors: [Int64] = []
        for case .send(let bytes, _) in actions {
            if case .error(let error) = try KRPCMessage.parse(bytes[...]).body { errors.append(error.code) }
        }
        // Of the token, not of the signature.
        #expect(errors == [203])
    }

    @Test("the immutable vector of BEP 44 has its target")
    func immutable() throws {
        let item = try DHTItem(immutable: Array("12:Hello World!".utf8))
        #expect(item.target.description == "e5f96f6f38320f0f33959cb4d3d656452117aadb")
    }

    @Test("targets of BEP 46 are those of its vectors")
    func pointers() throws {
        let key = try #require(
            [UInt8](hex: "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e"))
        #expect(
            MutableItem.target(publicKey: key, salt: []).description
                == "cc3f9d90b572172053626f9980ce261a850d050b")
        #expect(
            MutableItem.target(publicKey: key, salt: [0x6E]).description
                == "59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f")
    }

    @Test("what is no value is refused before it is sent")
    func refusals() {
        #expect(throws: DHTItem.Problem.valueNotBencode) { try DHTItem(immutable: Array("hello".utf8)) }
        #expect(throws: DHTItem.Problem.valueNotBencode) { try DHTItem(immutable: []) }
        let long = Array("1001:".utf8) + [UInt8](repeating: 1, count: 1001)
        #expect(throws: DHTItem.Problem.valueTooBig(1006)) { try DHTItem(immutable: long) }
    }
}

@Suite("Scrape filters") struct ScrapeFilterTests {
    @Test("the vector of BEP 33 comes out")
    func vector() throws {
        var filter = ScrapeFilter()
        for last in 0...255 {
            filter.insert(try #require(PeerAddress(ip: [192, 0, 2, UInt8(last)], port: 1)))
        }
        for last in 0...0x3E7 {
            let tail = [UInt8(last >> 8), UInt8(last & 0xFF)]
            let ip = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 10) + tail
            filter.insert(try #require(PeerAddress(ip: ip, port: 1)))
        }
        let expected =
            "F6C3F5EAA07FFD91BDE89F777F26FB2BFF37BDB8FB2BBAA2FD3DDDE7BACFFF75EE7CCBAEFE5EEDB1FBFAFF67F6ABFF5E43DDBCA3FD9B"
            + "9FFDF4FFD3E9DFF12D1BDF59DB53DBE9FA5B7FF3B8FDFCDE1AFB8BEDD7BE2F3EE71EBBBFE93BCDEEFE148246C2BC5DBFF7E7EFDCF24F"
            + "D8DC7ADFFD8FFFDFDDFFF7A4BBEEDF5CB95CE81FC7FCFF1FF4FFFFDFE5F7FDCBB7FD79B3FA1FC77BFE07FFF905B7B7FFC7FEFEFFE0B8"
            + "370BB0CD3F5B7F2BD93FEB4386CFDD6F7FD5BFAF2E9EBFFFFEECD67ADBF7C67F17EFD5D75EBA6FFEBA7FFF47A91EB1BFBB53E8ABFB57"
            + "62ABE8FF237279BFEFBFEEF5FFC5FEBFDFE5ADFFADFEE1FB737FFFFBFD9F6AEFFEEE76B6FD8F72EF"
        #expect(filter.bytes == [UInt8](hex: expected))
        // 1224.9308 by the formula.
        #expect(filter.estimatedCount == 1225)
    }
}
