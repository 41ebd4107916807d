// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardCrypto
import Testing

/// The `minisign` program of the system, driven as a person would.
struct Minisign {
    struct Missing: Error, CustomStringConvertible {
        var description: String { "the program minisign is not installed; on Debian: apt install minisign" }
    }

    let program: URL

    init() throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let found = folders.map { URL(filePath: "\($0)/minisign") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else { throw Missing() }
        program = found
    }

    /// - Returns: The exit code and what was printed.
    @discardableResult
    func run(_ arguments: [String], input: String = "", in folder: TemporaryFolder) throws -> (Int32, String)
    {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        let output = Pipe()
        let typed = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = typed
        try process.run()
        try typed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try typed.fileHandleForWriting.close()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
    }
}

@Suite("minisign and sward", .serialized) struct MinisignTests {
    let minisign: Minisign
    let folder: TemporaryFolder

    init() throws {
        minisign = try Minisign()
        folder = try TemporaryFolder()
    }

    static let comments = [
        "", "timestamp:1790000000\tfile:work.torrent\thashed", "vérifié par l'auteur ✓ 🌱",
        // As long as minisign reads, in one-byte and in three-byte characters.
        String(repeating: "x", count: TrustedComment.limit),
        String(repeating: "€", count: TrustedComment.limit / 3),
    ]

    @Test(
        "minisign verifies the signatures of a hundred keys of sward's, and sward those minisign makes with them"
    )
    func keysOfSward() throws {
        var random = SplitMix64(seed: 100)
        for round in 0..<100 {
            let key = try makeKey(&random)
            let message = random.bytes(random.oneIn(10) ? random.below(300_000) : random.below(500))
            let comment = Self.comments[round % Self.comments.count]
            try folder.write(message, to: "message")
            try folder.write(key.publicKey.fileText(), to: "key.pub")
            let text = try SecretKeyFile.text(of: key).withBytes { Array($0) }
            try folder.write(text, to: "key.key")

            let made = key.sign(message, trustedComment: try TrustedComment(comment))
            try folder.write(made.fileText(), to: "message.minisig")
            for which in [["-p", "key.pub"], ["-P", key.publicKey.base64]] {
                let (code, printed) = try minisign.run(["-V", "-H", "-m", "message"] + which, in: folder)
                #expect(code == 0, "\(printed)")
                #expect(printed.contains("Trusted comment: \(comment)\n"))
            }

            // The key's own file, used by minisign; it asks for no passphrase.
            let style = round.isMultiple(of: 3) ? ["-l"] : []
            let (code, printed) = try minisign.run(
                ["-S", "-s", "key.key", "-m", "message", "-x", "theirs", "-t", "theirs \(round)"] + style,
                in: folder)
            #expect(code == 0, "\(printed)")
            let theirs = try Minisig(text: folder.read("theirs"))
            #expect(theirs.signature.algorithm == (style.isEmpty ? .prehashed : .legacy))
            #expect(theirs.trustedComment.text == "theirs \(round)")
            try key.publicKey.verify(theirs, of: message)

            let recreated = try minisign.run(["-R", "-f", "-s", "key.key", "-p", "again.pub"], in: folder)
            #expect(recreated.0 == 0, "\(recreated.1)")
            #expect(try PublicKey(text: folder.read("again.pub")) == key.publicKey)
        }
    }

    @Test(
        "sward reads a hundred keys of minisign's and signs with them what minisign verifies, byte for byte")
    func keysOfMinisign() throws {
        var random = SplitMix64(seed: 200)
        for round in 0..<100 {
            let made = try minisign.run(["-G", "-W", "-f", "-p", "key.pub", "-s", "key.key"], in: folder)
            #expect(made.0 == 0, "\(made.1)")
            let key = try SecretKeyFile(text: secret(folder.read("key.key"))).unlock(nil)
            #expect(try key.publicKey == PublicKey(text: folder.read("key.pub")))
            // minisign 0.11 leaves leading zeros of the number out of its comment.
            let comment = try String(decoding: folder.read("key.pub"), as: UTF8.self).prefix { $0 != "\n" }
            #expect(KeyID(hex: comment.split(separator: " ").last ?? "") == key.id)

            let message = random.bytes(random.below(2000))
            try folder.write(message, to: "message")
            let trusted = "round \(round)"
            let signed = try minisign.run(
                ["-S", "-s", "key.key", "-m", "message", "-t", trusted], in: folder)
            #expect(signed.0 == 0, "\(signed.1)")
            // Ed25519 is deterministic: both programs must come to the same file.
            let ours = try key.sign(message, trustedComment: TrustedComment(trusted))
                .fileText(comment: "signature from minisign secret key")
            #expect(try folder.read("message.minisig") == Array(ours.utf8))
            try folder.write(ours, to: "message.minisig")
            let verified = try minisign.run(["-V", "-p", "key.pub", "-m", "message"], in: folder)
            #expect(verified.0 == 0, "\(verified.1)")
        }
    }

    @Test("a hundred corrupted signatures, messages and keys are refused by both")
    func corrupted() throws {
        var random = SplitMix64(seed: 300)
        for round in 0..<100 {
            let key = try makeKey(&random)
            var message = random.bytes(1 + random.below(1000))
            let made = key.sign(message, trustedComment: try TrustedComment("round \(round)"))
            var (signature, comment, global) = (
                made.signature.bytes, made.trustedComment.bytes, made.globalSignature
            )
            var publicKey = key.publicKey.bytes
            let bit = UInt8(1) << UInt8(random.below(8))
            switch round % 5 {
            case 0: message[random.below(message.count)] ^= bit
            case 1: signature[random.below(signature.count)] ^= bit
            case 2: comment[random.below(comment.count)] ^= 1
            case 3: global[random.below(global.count)] ^= bit
            default: publicKey[random.below(publicKey.count)] ^= bit
            }
            let text = """
                untrusted comment: corrupted
                \(Data(signature).base64EncodedString())
                trusted comment: \(String(decoding: comment, as: UTF8.self))
                \(Data(global).base64EncodedString())

                """
            try folder.write(text, to: "message.minisig")
            try folder.write(message, to: "message")
            let (code, _) = try minisign.run(
                ["-V", "-m", "message", "-P", Data(publicKey).base64EncodedString()], in: folder)
            #expect(code != 0, "minisign accepts what was corrupted in round \(round)")
            #expect(throws: CryptoError.self, "sward accepts what was corrupted in round \(round)") {
                try PublicKey(publicKey).verify(Minisig(text: Array(text.utf8)), of: message)
            }
        }
    }

    @Test("encrypted keys of either program unlock in the other, and only with the passphrase")
    func encrypted() throws {
        var random = SplitMix64(seed: 400)
        try folder.write("message", to: "message")
        // One at minisign's full price, the others cheap: it reads the limits from the file.
        let prices: [KeyDerivation] = [
            .sensitive, .least, .least, KeyDerivation(operations: 1_048_576, memory: 33_554_432),
        ]
        for (round, price) in prices.enumerated() {
            let key = try makeKey(&random)
            let phrase = "pass ✓ phrase \(round)"
            let (text, used) = try SecretKeyFile.text(
                of: key, passphrase: Passphrase(secret(Array(phrase.utf8))), salt: random.bytes(32),
                derivation: price)
            #expect(used == price)
            try folder.write(text.withBytes { Array($0) }, to: "key.key")
            let sign = ["-S", "-s", "key.key", "-m", "message", "-t", "t"]
            let (code, printed) = try minisign.run(sign, input: phrase + "\n", in: folder)
            #expect(code == 0, "\(printed)")
            try key.publicKey.verify(Minisig(text: folder.read("message.minisig")), of: Array("message".utf8))
            if price != .sensitive { #expect(try minisign.run(sign, input: "wrong\n", in: folder).0 != 0) }
        }

        let made = try minisign.run(
            ["-G", "-f", "-p", "key.pub", "-s", "key.key"], input: "theirs\ntheirs\n", in: folder)
        #expect(made.0 == 0, "\(made.1)")
        let file = try SecretKeyFile(text: secret(folder.read("key.key")))
        #expect(file.derivation == .sensitive)
        let key = try file.unlock(Passphrase(secret(Array("theirs".utf8))))
        #expect(try key.publicKey == PublicKey(text: folder.read("key.pub")))
    }

    private func makeKey(_ random: inout SplitMix64) throws -> SecretKey {
        try SecretKey(id: #require(KeyID(random.bytes(8))), seed: secret(random.bytes(32)))
    }

    private func secret(_ bytes: [UInt8]) throws -> SecretBytes {
        try bytes.withUnsafeBytes { try SecretBytes($0) }
    }
}
