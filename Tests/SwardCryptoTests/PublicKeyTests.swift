// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto
import SwardPrimitives
import Testing

@Suite("Public keys") struct PublicKeyTests {
    @Test("a file of minisign's is read and written again byte for byte")
    func roundTrip() throws {
        let key = try PublicKey(text: Array(Vectors.publicFile.utf8))
        #expect(key.id.description == "E3F2EBC34A60BC1C")
        #expect(try key.fileText() == Vectors.publicFile)
        #expect(key.base64 == Vectors.publicBase64)
        #expect(key.bytes.count == 42)
        #expect(try PublicKey(key.bytes) == key)
        #expect(try PublicKey(base64: Vectors.publicBase64) == key)
    }

    @Test(
        "bare text, CRLF and a missing last newline are read",
        arguments: [
            Vectors.publicBase64, Vectors.publicBase64 + "\n",
            "untrusted comment: \r\n\(Vectors.publicBase64)\r\n",
            "untrusted comment: x\n\(Vectors.publicBase64)",
        ])
    func spellings(_ text: String) throws {
        #expect(try PublicKey(text: Array(text.utf8)).base64 == Vectors.publicBase64)
    }

    static let refusals: [(text: String, error: CryptoError)] = [
        ("", .line(1, of: .publicKey, .missing)),
        ("untrusted comment: x\n", .line(2, of: .publicKey, .missing)),
        ("comment: x\n\(Vectors.publicBase64)\n", .trailingText(.publicKey)),
        ("\(Vectors.publicBase64)\n\n", .trailingText(.publicKey)),
        ("untrusted comment: x\n\(Vectors.publicBase64)\nmore", .trailingText(.publicKey)),
        ("untrusted comment: \u{1b}[2J\nAAAA\n", .line(1, of: .publicKey, .notPrintable)),
        (
            "untrusted comment: " + String(repeating: "x", count: 1004) + "\n",
            .line(1, of: .publicKey, .tooLong(limit: 1022))
        ),
        ("RWQc", .length(.publicKey, found: 3, expected: 42)),
        ("RWQcvGBKw+vy44PS8aBYM1Fq+_3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU", .base64(.publicKey)),
        (
            "RUQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU",
            .algorithm(.publicKey, found: Array("ED".utf8))
        ),
        (String(repeating: "A", count: 129), .line(1, of: .publicKey, .tooLong(limit: 128))),
    ]

    @Test("damaged text is refused with its reason", arguments: refusals)
    func refuses(_ row: (text: String, error: CryptoError)) {
        #expect(throws: row.error) { try PublicKey(text: Array(row.text.utf8)) }
    }

    @Test("key numbers are shown with leading zeros and read with and without")
    func keyID() throws {
        let id = try #require(KeyID([0x0d, 0xc0, 0xde, 0, 0, 0, 0, 0]))
        #expect(id.description == "0000000000DEC00D")
        #expect(KeyID(hex: "DEC00D") == id)
        #expect(KeyID(hex: "0000000000dec00d") == id)
        #expect(KeyID(hex: "") == nil)
        #expect(KeyID(hex: "+1") == nil)
        #expect(KeyID(hex: "00000000000000001") == nil)
        #expect(KeyID([1, 2, 3]) == nil)
        #expect(id.bytes == [0x0d, 0xc0, 0xde, 0, 0, 0, 0, 0])
    }

    @Test("a seed makes the public key of RFC 8032, test 1")
    func knownSeed() throws {
        let seed = try #require(
            [UInt8](hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let key = try SecretKey(id: try #require(KeyID([UInt8](repeating: 0, count: 8))), seed: secret(seed))
        #expect(
            key.publicKey.point.hex == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    }
}
