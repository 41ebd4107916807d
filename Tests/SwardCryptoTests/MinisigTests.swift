// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardCrypto
import SwardPrimitives
import Testing

@Suite("Signatures with trusted comments") struct MinisigTests {
    // A constant of this file; if it were wrong, every test here should stop.
    let key = try! PublicKey(base64: Vectors.publicBase64)

    @Test("signatures of minisign's, prehashed and legacy, verify")
    func vectors() throws {
        let prehashed = try Minisig(text: Array(Vectors.prehashed.utf8))
        #expect(prehashed.trustedComment.text == "héllo\t€ 🌱")
        #expect(prehashed.signature.algorithm == .prehashed)
        try key.verify(prehashed, of: Vectors.message)
        try key.verify(prehashed, of: Prehash(of: Vectors.message))
        let legacy = try Minisig(text: Array(Vectors.legacy.utf8))
        #expect(legacy.signature.algorithm == .legacy)
        try key.verify(legacy, of: Vectors.message)
        #expect(throws: CryptoError.legacySignature) {
            try key.verify(legacy, of: Prehash(of: Vectors.message))
        }
    }

    @Test("signing with minisign's key gives minisign's bytes")
    func sameBytes() throws {
        let secretKey = try SecretKeyFile(text: secret(Vectors.secretFile)).unlock(nil)
        let made = secretKey.sign(Vectors.message, trustedComment: try TrustedComment("héllo\t€ 🌱"))
        #expect(try made.fileText(comment: "signature from minisign secret key") == Vectors.prehashed)
    }

    @Test("the structures round-trip as values, as a bundle carries them")
    func values() throws {
        let made = try makeKey().sign([1, 2, 3], trustedComment: try TrustedComment(""))
        #expect(made.signature.bytes.count == 74)
        #expect(made.globalSignature.count == 64)
        let again = try Minisig(
            signature: Signature(made.signature.bytes),
            trustedComment: TrustedComment(made.trustedComment.bytes),
            globalSignature: made.globalSignature)
        #expect(again == made)
        #expect(try Minisig(text: Array(made.fileText().utf8)) == made)
        try makeKey().publicKey.verify(again, of: [1, 2, 3])
    }

    @Test("an empty message can be signed")
    func emptyMessage() throws {
        let made = try makeKey().sign([], trustedComment: try TrustedComment("nothing"))
        try makeKey().publicKey.verify(made, of: [UInt8]())
        #expect(throws: CryptoError.badSignature) { try makeKey().publicKey.verify(made, of: [0]) }
    }

    @Test("a foreign key, another message and another comment are told apart")
    func wrongs() throws {
        let minisig = try Minisig(text: Array(Vectors.prehashed.utf8))
        let other = try PublicKey(base64: Vectors.otherBase64)
        #expect(throws: CryptoError.otherKey(signature: key.id, key: other.id)) {
            try other.verify(minisig, of: Vectors.message)
        }
        // Somebody else's key under the same number: the number alone convinces nobody.
        let impostor = try SecretKey(id: key.id, seed: secret([UInt8](repeating: 9, count: 32))).publicKey
        #expect(throws: CryptoError.badSignature) { try impostor.verify(minisig, of: Vectors.message) }
        #expect(throws: CryptoError.badSignature) { try key.verify(minisig, of: Vectors.message + [10]) }
        let renamed = try Minisig(
            signature: minisig.signature, trustedComment: TrustedComment("hello"),
            globalSignature: minisig.globalSignature)
        #expect(throws: CryptoError.badCommentSignature) { try key.verify(renamed, of: Vectors.message) }
    }

    @Test("no flipped bit in any of the three signed parts goes unseen")
    func flippedBits() throws {
        let minisig = try Minisig(text: Array(Vectors.prehashed.utf8))
        var survivors: [Int] = []
        for bit in 0..<(74 * 8) {
            var bytes = minisig.signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let isAccepted =
                (try? key.verify(
                    Minisig(
                        signature: Signature(bytes), trustedComment: minisig.trustedComment,
                        globalSignature: minisig.globalSignature), of: Vectors.message)) != nil
            if isAccepted { survivors.append(bit) }
        }
        for bit in 0..<(64 * 8) {
            var global = minisig.globalSignature
            global[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = try Minisig(
                signature: minisig.signature, trustedComment: minisig.trustedComment, globalSignature: global)
            if (try? key.verify(changed, of: Vectors.message)) != nil { survivors.append(1000 + bit) }
        }
        #expect(survivors.isEmpty)
    }

    static let refusals: [(text: String, error: CryptoError)] = {
        let lines = Vectors.prehashed.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        func with(_ number: Int, _ text: String) -> String {
            var lines = lines
            lines[number - 1] = text
            return lines.joined(separator: "\n")
        }
        return [
            ("", .line(1, of: .signature, .missing)),
            (with(1, "comment"), .line(1, of: .signature, .badPrefix(expected: "untrusted comment: "))),
            (with(2, lines[1] + "A"), .base64(.signature)),
            (with(2, "RUQc"), .length(.signature, found: 3, expected: 74)),
            (with(2, "RkQ" + lines[1].dropFirst(3)), .algorithm(.signature, found: [0x46, 0x44])),
            (
                with(3, "Trusted comment: x"),
                .line(3, of: .signature, .badPrefix(expected: "trusted comment: "))
            ),
            (with(3, "trusted comment: \u{1b}[31m"), .line(3, of: .signature, .notPrintable)),
            (with(3, "trusted comment: a\rb"), .line(3, of: .signature, .notPrintable)),
            (
                with(3, "trusted comment: " + String(repeating: "x", count: 8174)),
                .line(3, of: .signature, .tooLong(limit: 8190))
            ),
            (with(4, "AAAA"), .length(.globalSignature, found: 3, expected: 64)),
            (with(4, ""), .length(.globalSignature, found: 0, expected: 64)),
            (lines[..<3].joined(separator: "\n"), .line(4, of: .signature, .missing)),
            (Vectors.prehashed + "x", .trailingText(.signature)),
            // The same bytes, spelled with stray bits in the last digit.
            (with(2, String(lines[1].dropLast(2)) + "N="), .base64(.signature)),
        ]
    }()

    @Test("damaged text is refused with its reason", arguments: refusals)
    func refuses(_ row: (text: String, error: CryptoError)) {
        #expect(throws: row.error) { try Minisig(text: Array(row.text.utf8)) }
    }

    @Test("random damage to a file never makes another message verify")
    func randomDamage() throws {
        var random = SplitMix64(seed: 2)
        for _ in 0..<2000 {
            var text = Array(Vectors.prehashed.utf8)
            for _ in 0...random.below(3) { text[random.below(text.count)] = UInt8(random.below(256)) }
            guard let minisig = try? Minisig(text: text) else { continue }
            if (try? key.verify(minisig, of: Vectors.message)) != nil {
                // Only the untrusted comment may differ.
                #expect(minisig == (try Minisig(text: Array(Vectors.prehashed.utf8))))
            }
        }
    }

    @Test("a trusted comment is printable, and as long as minisign can read")
    func commentRules() throws {
        let longest = String(repeating: "x", count: 8173)
        #expect(TrustedComment.limit == 8173)
        let made = try makeKey().sign([1], trustedComment: TrustedComment(longest))
        #expect(try Minisig(text: Array(made.fileText().utf8)) == made)
        #expect(throws: CryptoError.commentTooLong(length: 8174, limit: 8173)) {
            try TrustedComment(longest + "x")
        }
        // Counted in bytes: 2725 characters of three bytes are 8175.
        #expect(throws: CryptoError.commentTooLong(length: 8175, limit: 8173)) {
            try TrustedComment(String(repeating: "€", count: 2725))
        }
        for good in ["", "\t", "a\tb", "ÿ ✓ 🌱", "\u{a0}"] {
            #expect(throws: Never.self) { try TrustedComment(good) }
        }
        for bad in ["\n", "a\r", "\0", "\u{1b}[0m", "\u{7f}", "\u{80}", "\u{9f}", "\u{8}"] {
            #expect(throws: CryptoError.commentNotPrintable) { try TrustedComment(bad) }
        }
        for bad: [UInt8] in [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]] {
            #expect(throws: CryptoError.commentNotPrintable) { try TrustedComment(bad) }
        }
    }

    @Test("two comments that look alike are not the same signed bytes")
    func normalization() throws {
        #expect(try TrustedComment("é") != TrustedComment("e\u{301}"))
    }

    @Test("an untrusted comment that would break the file is refused")
    func untrustedComments() throws {
        let made = try makeKey().sign([1], trustedComment: TrustedComment("t"))
        #expect(throws: CryptoError.commentNotPrintable) { try made.fileText(comment: "a\nb") }
        #expect(throws: CryptoError.commentTooLong(length: 1004, limit: 1003)) {
            try made.fileText(comment: String(repeating: "x", count: 1004))
        }
        let text = try made.fileText(comment: String(repeating: "x", count: 1003))
        #expect(try Minisig(text: Array(text.utf8)) == made)
    }
}

@Suite("Prehash") struct PrehashTests {
    @Test("BLAKE2b-512 of \"abc\" is that of RFC 7693")
    func vector() {
        #expect(
            Prehash(of: Array("abc".utf8)).bytes.hex
                == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")
    }

    @Test("parts hash as the whole, wherever they are cut")
    func parts() {
        var random = SplitMix64(seed: 1)
        for length in [0, 1, 127, 128, 129, 4096, 70_000] {
            let bytes = random.bytes(length)
            var stream = PrehashStream()
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = rest.prefix(1 + random.below(rest.count))
                part.withUnsafeBytes { stream.update($0) }
                rest = rest.dropFirst(part.count)
            }
            #expect(stream.finish() == Prehash(of: bytes))
        }
    }
}
