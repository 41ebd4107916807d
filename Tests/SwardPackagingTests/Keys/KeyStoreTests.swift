// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardCrypto
import SwardPackaging
import Testing

@Suite("Key store") struct KeyStoreTests {
    let home: TemporaryFolder
    let store: KeyStore

    init() throws {
        home = try TemporaryFolder()
        store = KeyStore(folder: home["config/sward/keys"].path)
    }

    func phrase(_ text: String) throws -> Passphrase {
        try Array(text.utf8).withUnsafeBytes { try Passphrase(SecretBytes($0)) }
    }

    func permissions(_ path: String) throws -> Int {
        try #require(
            FileManager.default.attributesOfItem(atPath: home[path].path)[.posixPermissions] as? Int)
    }

    static func unasked(_ name: String) throws(KeyStoreError) -> Passphrase {
        Issue.record("asked for the passphrase of \(name)")
        throw .interrupted
    }

    @Test("the folder comes from XDG_CONFIG_HOME, else from HOME, and relative paths do not count")
    func folder() throws {
        func path(_ variables: [String: String]) throws -> String {
            try KeyStore(environment: { variables[$0] }).path
        }
        #expect(try path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/sward/keys")
        #expect(try path(["XDG_CONFIG_HOME": "c", "HOME": "/h"]) == "/h/.config/sward/keys")
        #expect(try path(["XDG_CONFIG_HOME": "", "HOME": "/h"]) == "/h/.config/sward/keys")
        #expect(throws: KeyStoreError.noConfigurationFolder) { try path(["HOME": "h"]) }
    }

    @Test("a new key is for the user's eyes only, and loads again")
    func create() throws {
        let made = try store.create("mine", passphrase: nil)
        #expect(try permissions("config/sward") == 0o700)
        #expect(try permissions("config/sward/keys") == 0o700)
        #expect(try permissions("config/sward/keys/mine.key") == 0o600)
        #expect(try store.pathOpenToOthers("mine") == nil)
        let path = store.path + "/mine.key"
        for mode: mode_t in [0o640, 0o604, 0o610] {
            #expect(chmod(path, mode) == 0)
            #expect(try store.pathOpenToOthers("mine") == path)
        }
        #expect(chmod(path, 0o600) == 0)
        #expect(try store.load("mine", passphrase: Self.unasked).publicKey == made.publicKey)
        #expect(try store.load(made.path, passphrase: Self.unasked).publicKey == made.publicKey)
        #expect(try PublicKey(text: home.read("config/sward/keys/mine.pub")) == made.publicKey)
        #expect(try store.ownKeys() == [made])
        let files = try FileManager.default.contentsOfDirectory(atPath: home["config/sward/keys"].path)
        #expect(files.sorted() == ["mine.key", "mine.pub"])
    }

    @Test("no two keys are alike")
    func randomness() throws {
        let keys = try (0..<20).map { try store.create("k\($0)", passphrase: nil).publicKey }
        #expect(Set(keys).count == 20)
        #expect(Set(keys.map(\.id)).count == 20)
    }

    @Test("a key is never overwritten unless that is said")
    func overwriting() throws {
        let first = try store.create("mine", passphrase: nil)
        #expect(throws: KeyStoreError.exists(name: "mine", path: first.path)) {
            try store.create("mine", passphrase: nil)
        }
        #expect(try store.load("mine", passphrase: Self.unasked).publicKey == first.publicKey)
        let second = try store.create("mine", passphrase: nil, isReplacing: true)
        #expect(second.publicKey != first.publicKey)
        #expect(try store.ownKeys() == [second])
    }

    @Test("twenty at once make one key, and its two halves belong together")
    func race() async throws {
        let store = store
        let made = await withTaskGroup(of: KeyStore.OwnKey?.self) { group in
            for _ in 0..<20 { group.addTask { try? store.create("same", passphrase: nil) } }
            return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
        }
        #expect(made.count == 1)
        #expect(try store.ownKeys() == made)
        #expect(try store.load("same", passphrase: Self.unasked).publicKey == made.first?.publicKey)
    }

    @Test("a protected key asks for its passphrase, and a wrong one is named so")
    func passphrases() throws {
        let made = try store.create("mine", passphrase: phrase("right"), derivation: .least)
        var asked: [String] = []
        let key = try store.load("mine") { name throws(KeyStoreError) in
            asked.append(name)
            do { return try phrase("right") } catch { throw .noPassphrase }
        }
        #expect(asked == ["mine"])
        #expect(key.publicKey == made.publicKey)
        #expect(throws: KeyStoreError.unreadable(path: made.path, .wrongPassphrase)) {
            try store.load("mine") { _ throws(KeyStoreError) in
                do { return try phrase("wrong") } catch { throw .noPassphrase }
            }
        }
        #expect(throws: KeyStoreError.interrupted) {
            try store.load("mine") { _ throws(KeyStoreError) in throw .interrupted }
        }
        #expect(throws: KeyStoreError.emptyPassphrase) {
            try store.create("other", passphrase: phrase(""), derivation: .least)
        }
    }

    @Test("damaged and missing keys are told apart")
    func failures() throws {
        #expect(throws: KeyStoreError.notFound("none", folder: store.path)) {
            try store.load("none", passphrase: Self.unasked)
        }
        #expect(throws: KeyStoreError.noKeys(folder: store.path)) { try store.defaultKey() }
        let path = try home.write("untrusted comment: x\nAAAA\n", to: "bad.key").path
        #expect(throws: KeyStoreError.unreadable(path: path, .length(.secretKey, found: 3, expected: 158))) {
            try store.load(path, passphrase: Self.unasked)
        }
        let large = try home.write([UInt8](repeating: 65, count: 5000), to: "large.key").path
        #expect(throws: KeyStoreError.tooLarge(path: large, limit: SecretKeyFile.fileLimit)) {
            try store.load(large, passphrase: Self.unasked)
        }
        #expect(throws: KeyStoreError.self) { try store.load("/", passphrase: Self.unasked) }
    }

    @Test("the default is the key called so, or the only one")
    func defaults() throws {
        let first = try store.create("first", passphrase: nil)
        #expect(try store.defaultKey() == first)
        _ = try store.create("second", passphrase: nil)
        #expect(throws: KeyStoreError.ambiguous(names: ["first", "second"])) { try store.defaultKey() }
        let named = try store.create("default", passphrase: nil)
        #expect(try store.defaultKey() == named)
    }

    static let badNames = [
        "", ".", "..", ".hidden", "-f", "#x", "a/b", "a\tb", "a\nb", "a\u{0}", " a", "a ", "\u{202e}x",
        String(repeating: "x", count: 101), "a\\b",
    ]

    @Test("names that would hide, escape or break a line are refused", arguments: badNames)
    func names(_ name: String) throws {
        #expect(throws: KeyStoreError.badName(name)) { try store.create(name, passphrase: nil) }
        let key = try PublicKey(base64: "RWQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU")
        #expect(throws: KeyStoreError.badName(name)) { try store.trust(name, key) }
        #expect(!FileManager.default.fileExists(atPath: store.path))
    }

    @Test("an interrupted creation leaves nothing that counts as a key, and the next one succeeds")
    func leftovers() throws {
        try home.write("half a file", to: "config/sward/keys/.mine.key.1234.new")
        try home.write(
            "untrusted comment: x\nRWQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU\n",
            to: "config/sward/keys/mine.pub")
        #expect(try store.ownKeys().isEmpty)
        let made = try store.create("mine", passphrase: nil)
        #expect(try store.ownKeys() == [made])
        let files = try FileManager.default.contentsOfDirectory(atPath: store.path)
        #expect(files.sorted() == ["mine.key", "mine.pub"])
    }
}

@Suite("Trusted keys") struct TrustedKeyTests {
    let home: TemporaryFolder
    let store: KeyStore
    // Constants of this file; if one were wrong, every test here should stop.
    let alice = try! PublicKey(base64: "RWQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU")
    let bob = try! PublicKey(base64: "RWT1GOOgqMDUnWhBXqqzxzDieSwj7P+mzQdUTMpvkUPNdU2R64eiLuQz")

    init() throws {
        home = try TemporaryFolder()
        store = KeyStore(folder: home["keys"].path)
    }

    @Test("keys are named, listed, and taken off again")
    func life() throws {
        #expect(try store.name(for: alice) == nil)
        try store.trust("Alice Ünal", alice)
        try store.trust("bob", bob)
        try store.trust("bob", bob)
        #expect(try store.name(for: alice) == "Alice Ünal")
        #expect(try store.candidates(for: bob.id).map(\.name) == ["bob"])
        #expect(try store.trustedKeys().map(\.origin) == [.listed, .listed])
        #expect(try store.distrust("Alice Ünal").map(\.publicKey) == [alice])
        #expect(try store.name(for: alice) == nil)
        #expect(try store.distrust(bob.id.description).map(\.name) == ["bob"])
        #expect(throws: KeyStoreError.notTrusted("bob")) { try store.distrust("bob") }
        #expect(try store.trustedKeys().isEmpty)
    }

    @Test("a name stands for one key and a key has one name")
    func unique() throws {
        try store.trust("alice", alice)
        #expect(throws: KeyStoreError.nameTaken("alice", by: alice)) { try store.trust("alice", bob) }
        #expect(throws: KeyStoreError.alreadyTrusted(alice, as: "alice")) { try store.trust("other", alice) }
        let own = try store.create("mine", passphrase: nil).publicKey
        #expect(try store.name(for: own) == "mine")
        #expect(throws: KeyStoreError.alreadyTrusted(own, as: "mine")) { try store.trust("me", own) }
        #expect(throws: KeyStoreError.nameTaken("mine", by: own)) { try store.trust("mine", bob) }
        #expect(try store.trustedKeys().map(\.origin) == [.own, .listed])
    }

    @Test("another key with a trusted number is nobody")
    func impostor() throws {
        try store.trust("alice", alice)
        let seed = try [UInt8](repeating: 1, count: 32).withUnsafeBytes { try SecretBytes($0) }
        let impostor = try SecretKey(id: alice.id, seed: seed).publicKey
        #expect(try store.name(for: impostor) == nil)
    }

    @Test("comments and order survive, and a last line without its end is ended")
    func comments() throws {
        try home.write("# friends\n\nbob\t\(bob.base64)\n# end", to: "keys/trusted")
        try store.trust("alice", alice)
        #expect(
            try String(decoding: home.read("keys/trusted"), as: UTF8.self)
                == "# friends\n\nbob\t\(bob.base64)\n# end\nalice\t\(alice.base64)\n")
        _ = try store.distrust("bob")
        #expect(
            try String(decoding: home.read("keys/trusted"), as: UTF8.self)
                == "# friends\n\n# end\nalice\t\(alice.base64)\n")
    }

    @Test(
        "a damaged line is an error, not a friend less",
        arguments: ["bob", "bob\tx", "bob\tA\tB", "\tx", "bob \(1)"])
    func damaged(_ line: String) throws {
        try home.write("# x\n\(line)\n", to: "keys/trusted")
        #expect(throws: KeyStoreError.badTrustedLine(path: store.trustedPath, line: 2)) {
            try store.name(for: alice)
        }
    }

    @Test("a public key is read from text or from a file")
    func reading() throws {
        let file = try home.write(alice.fileText(), to: "alice.pub")
        #expect(try store.readPublicKey(file.path) == alice)
        #expect(try store.readPublicKey(alice.base64) == alice)
        #expect(throws: KeyStoreError.notFound("nowhere", folder: store.path)) {
            try store.readPublicKey("nowhere")
        }
    }
}
