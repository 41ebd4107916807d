// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardPrimitives
import Testing

/// Messages and digests of FIPS 180-4 and its examples.
enum FIPSVectors {
    /// A message is `text`, repeated: a test must not print a million letters.
    static let rows: [(text: String, times: Int, sha256: String, sha1: String)] = [
        (
            "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709"
        ),
        (
            "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "a9993e364706816aba3e25717850c26c9cd0d89d"
        ),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (
            "a", 1_000_000,
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            "34aa973cd4c4daa4f61eeb2bdbad27316534016f"
        ),
    ]

    static func message(_ text: String, _ times: Int) -> [UInt8] {
        Array(String(repeating: text, count: times).utf8)
    }
}

@Suite("One stream") struct OneStreamTests {
    @Test("the published digests come out", arguments: FIPSVectors.rows)
    func vectors(_ row: (text: String, times: Int, sha256: String, sha1: String)) {
        let message = FIPSVectors.message(row.text, row.times)
        #expect(SHA256.hash(message).hex == row.sha256)
        #expect(SHA1.hash(message).hex == row.sha1)
    }

    @Test("parts of any length give the digest of the whole")
    func parts() {
        let message = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for width in [1, 3, 63, 64, 65, 999, 1_000, 2_000] {
            var sha256 = SHA256Stream()
            var sha1 = SHA1Stream()
            for start in stride(from: 0, to: message.count, by: width) {
                let part = Array(message[start..<min(start + width, message.count)])
                sha256.update(part)
                sha1.update(part)
            }
            #expect(sha256.finalize() == SHA256.hash(message))
            #expect(sha1.finalize() == SHA1.hash(message[...]))
        }
    }

    @Test("a node is the digest of its children, left first")
    func node() throws {
        let left = SHA256.hash([1])
        let right = SHA256.hash([2])
        #expect(SHA256.hash(left, right) == SHA256.hash(left.bytes + right.bytes))
        #expect(SHA256.hash(left, right) != SHA256.hash(right, left))
    }
}
