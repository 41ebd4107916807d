// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
@testable import SwardCrypto
import SwardPrimitives
import Testing

@Suite("Secret keys") struct SecretKeyTests {
    let salt = [UInt8](repeating: 5, count: 32)

    @Test("minisign's unencrypted key with a zero checksum unlocks")
    func zeroChecksum() throws {
        let file = try SecretKeyFile(text: secret(Vectors.secretFile))
        #expect(!file.needsPassphrase)
        #expect(file.comment == "minisign encrypted secret key")
        #expect(try file.unlock(nil).publicKey.base64 == Vectors.publicBase64)
    }

    @Test("what sward writes unencrypted carries the true checksum and reads back")
    func trueChecksum() throws {
        let key = try makeKey()
        let text = try SecretKeyFile.text(of: key)
        let structure = try decode(text)
        #expect(structure.count == 158)
        #expect(Array(structure[..<6]) == Array("Ed".utf8) + [0, 0] + Array("B2".utf8))
        #expect(structure[6..<54].allSatisfy { $0 == 0 })
        #expect(structure[126...].contains { $0 != 0 })
        #expect(try SecretKeyFile(text: text).unlock(nil).publicKey == key.publicKey)
    }

    @Test("a checksum that is neither zero nor true is refused")
    func badChecksum() throws {
        var structure = try decode(SecretKeyFile.text(of: makeKey()))
        structure[157] ^= 1
        #expect(throws: CryptoError.checksum) { try SecretKeyFile(text: encode(structure)).unlock(nil) }
    }

    @Test("an encrypted key unlocks with its passphrase alone")
    func encrypted() throws {
        let key = try makeKey()
        let (text, derivation) = try SecretKeyFile.text(
            of: key, passphrase: passphrase("open ✓ sesame"), salt: salt, derivation: .least)
        #expect(derivation == .least)
        let file = try SecretKeyFile(text: text)
        #expect(file.derivation == .least)
        #expect(file.comment == "sward encrypted secret key")
        #expect(try file.unlock(passphrase("open ✓ sesame")).publicKey == key.publicKey)
        #expect(throws: CryptoError.wrongPassphrase) { try file.unlock(passphrase("open sesame")) }
        #expect(throws: CryptoError.wrongPassphrase) { try file.unlock(passphrase("")) }
        #expect(throws: CryptoError.passphraseNeeded) { try file.unlock(nil) }
        // Nothing of the pair shows through.
        let structure = try decode(text)
        #expect(!structure.hex.contains(key.publicKey.point.hex))
        #expect(!structure.hex.contains([UInt8](repeating: 7, count: 16).hex))
    }

    @Test("a flipped bit anywhere in the covered block is seen")
    func encryptedDamage() throws {
        let (text, _) = try SecretKeyFile.text(
            of: makeKey(), passphrase: passphrase("p"), salt: salt, derivation: .least)
        for index in [6, 54, 62, 100, 126, 157] {
            var structure = try decode(text)
            structure[index] ^= 0x10
            let file = try SecretKeyFile(text: encode(structure))
            #expect(throws: CryptoError.wrongPassphrase) { try file.unlock(passphrase("p")) }
        }
    }

    @Test("a public half that is not the seed's is refused, as signing with it gives the seed away")
    func mismatchedHalves() throws {
        var structure = try decode(secret(Vectors.secretFile))
        structure[54 + 8 + 40] ^= 1
        #expect(throws: CryptoError.mismatchedHalves) {
            try SecretKeyFile(text: encode(structure)).unlock(nil)
        }
    }

    static let limits: [(operations: UInt64, memory: UInt64, isRefused: Bool)] = [
        (33_554_432, 1_073_741_824, false), (1_048_576, 33_554_432, false),
        (33_554_432, 1_073_741_825, true), (.max, 16_777_216, true), (32_768, .max, true),
        (134_217_729, 16_777_216, true),
    ]

    @Test(
        "a file that asks for more than a gibibyte or for endless work is refused unread", arguments: limits)
    func ceilings(_ row: (operations: UInt64, memory: UInt64, isRefused: Bool)) throws {
        var structure = try decode(secret(Vectors.secretFile))
        structure.replaceSubrange(2..<4, with: Array("Sc".utf8))
        structure.replaceSubrange(38..<46, with: littleEndian(row.operations))
        structure.replaceSubrange(46..<54, with: littleEndian(row.memory))
        let text = try encode(structure)
        let limits = KeyDerivation(operations: row.operations, memory: row.memory)
        if row.isRefused {
            #expect(throws: CryptoError.derivationLimits(limits)) { try SecretKeyFile(text: text) }
        } else {
            #expect(try SecretKeyFile(text: text).derivation == limits)
        }
    }

    @Test("headers of other formats are refused with what was found")
    func headers() throws {
        let good = try decode(secret(Vectors.secretFile))
        func refusal(at index: Int) throws -> CryptoError? {
            var bad = good
            bad[index] = UInt8(ascii: "?")
            let text = try encode(bad)
            do { _ = try SecretKeyFile(text: text) } catch { return error }
            return nil
        }
        #expect(try refusal(at: 0) == .algorithm(.secretKey, found: Array("?d".utf8)))
        #expect(try refusal(at: 2) == .keyDerivation(found: [0x3f, 0]))
        #expect(try refusal(at: 5) == .checksumAlgorithm(found: Array("B?".utf8)))
        #expect(throws: CryptoError.length(.secretKey, found: 157, expected: 158)) {
            try SecretKeyFile(text: encode(Array(good.dropLast())))
        }
        #expect(throws: CryptoError.line(2, of: .secretKey, .missing)) {
            try SecretKeyFile(text: secret("untrusted comment: x\n"))
        }
        #expect(throws: CryptoError.line(1, of: .secretKey, .badPrefix(expected: "untrusted comment: "))) {
            try SecretKeyFile(text: secret(Vectors.publicBase64))
        }
        #expect(throws: CryptoError.base64(.secretKey)) {
            try SecretKeyFile(text: secret("untrusted comment: x\n?\n"))
        }
    }

    @Test("limits are halved together until the memory is there, and no further than libsodium's least")
    func halving() {
        var tried: [UInt64] = []
        let found = KeyDerivation.sensitive.firstThatFits { setting in
            tried.append(setting.memory)
            return setting.memory <= 200_000_000
        }
        #expect(found == KeyDerivation(operations: 33_554_432 / 8, memory: 1_073_741_824 / 8))
        #expect(tried == [1_073_741_824, 536_870_912, 268_435_456, 134_217_728])
        #expect(KeyDerivation.sensitive.firstThatFits { _ in false } == nil)
        #expect(KeyDerivation.least.halved == nil)
    }

    @Test("neither printing nor reflection shows a secret")
    func redaction() throws {
        let key = try makeKey()
        let phrase = try passphrase("hunter2")
        let file = try SecretKeyFile(text: secret(Vectors.secretFile))
        var shown = ""
        for value in [key, phrase, file, try secret("hunter2")] as [any Sendable] {
            print(value, to: &shown)
            debugPrint(value, to: &shown)
            dump(value, to: &shown)
            shown += String(describing: value) + String(reflecting: value)
            #expect(Mirror(reflecting: value).children.isEmpty)
        }
        for secret in ["hunter2", "0707", "7, 7", "HLxgSs"] { #expect(!shown.contains(secret)) }
        #expect(shown.contains("not shown"))
    }

    @Test("passphrases minisign would cut short are refused")
    func passphraseLimits() throws {
        #expect(throws: Never.self) { try passphrase(String(repeating: "x", count: 1023)) }
        #expect(throws: CryptoError.passphraseTooLong(limit: 1023)) {
            try passphrase(String(repeating: "x", count: 1024))
        }
        #expect(throws: CryptoError.passphraseContainsNUL) { try passphrase("a\0b") }
        #expect(try passphrase("").isEmpty)
        #expect(try passphrase("a").matches(passphrase("a")))
        #expect(try !passphrase("a").matches(passphrase("b")))
        #expect(try !passphrase("a").matches(passphrase("ab")))
    }
}

private func decode(_ text: SecretBytes) throws -> [UInt8] {
    let lines = String(decoding: reveal(text), as: UTF8.self).split(separator: "\n")
    return try #require(Data(base64Encoded: String(lines[1])).map { Array($0) })
}

private func encode(_ structure: [UInt8]) throws -> SecretBytes {
    try secret("untrusted comment: x\n" + Data(structure).base64EncodedString() + "\n")
}

private func littleEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
