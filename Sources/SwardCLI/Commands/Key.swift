// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardCrypto
import SwardPackaging

/// `sward key`: the user's own keys, and names for the keys of others.
struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make signing keys, and give names to the keys you trust.",
        discussion: """
            Keys are minisign's: the minisign program reads and checks what sward makes, and the reverse. A secret key lies in \
            $XDG_CONFIG_HOME/sward/keys/NAME.key, readable by you alone; its public half beside it as NAME.pub.

            A signature says which key made it. Whose key that is, you say: with `sward key trust`.
            """,
        subcommands: [New.self, List.self, Trust.self, Distrust.self])

    static var store: KeyStore { KeyStore(folder: Folders.live.keys) }

    /// A key to sign with; asks for its passphrase, if it has one.
    static func unlocked(_ nameOrPath: String) throws -> SecretKey {
        if let path = try store.pathOpenToOthers(nameOrPath) {
            Console.live.warn(
                "others on this machine may read the secret key \(Words.shown(path)); `chmod 600` closes it, and if someone has read it, make another"
            )
        }
        return try store.load(nameOrPath) { name throws(KeyStoreError) in
            try PassphrasePrompt().ask("Passphrase of the key \(Words.shown(name)): ")
        }
    }
}

extension Key {
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key pair.",
            discussion: """
                The passphrase is asked for on the terminal, or read as one line from standard input where that is no terminal.
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "What to call the key.") var name = "default"
        @Flag(help: "Store the secret key as it is, for machines that sign by themselves.") var noPassphrase =
            false

        func run() throws {
            let passphrase =
                noPassphrase
                ? nil
                : try PassphrasePrompt().askNew("Passphrase for the new key: ", again: "The same again: ")
            let key = try Key.store.create(name, passphrase: passphrase)
            try output.show(KeyReport(key)) { console in
                console.print("key      \(Words.shown(key.name)), number \(key.publicKey.id)")
                console.print("secret   \(Words.shown(key.path))")
                console.print("public   \(key.publicKey.base64)")
                console.print(
                    "Give the public key to those who are to know your works by it; keep a copy of the secret one."
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your own keys and those you trust.")

        @OptionGroup var output: OutputOptions

        func run() throws {
            let keys = try Key.store.trustedKeys().map(KeyReport.init)
            try output.show(keys) { console in
                if keys.isEmpty { console.remark("no keys yet; make one with `sward key new`") }
                for key in keys {
                    console.print(
                        "\(key.isOwn ? "own    " : "trusted") \(key.publicKey) \(Words.shown(key.name))")
                }
            }
        }
    }

    struct Trust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a name to a key, so that its signatures are shown with it.")

        @OptionGroup var output: OutputOptions
        @Argument(help: "What you call whoever holds the key.") var name: String
        @Argument(help: "The public key, or a file that holds it.", completion: .file()) var key: String

        func run() throws {
            let publicKey = try Key.store.readPublicKey(key)
            try Key.store.trust(name, publicKey)
            try output.show(KeyReport(name: name, publicKey: publicKey.base64, isOwn: false)) { console in
                console.print("trusted \(publicKey.base64) \(Words.shown(name))")
            }
        }
    }

    struct Distrust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a key off the list.")

        @OptionGroup var output: OutputOptions
        @Argument(help: "The name, the number, or the public key.", completion: .keys) var which: String

        func run() throws {
            let gone = try Key.store.distrust(which).map(KeyReport.init)
            try output.show(gone) { console in
                for key in gone {
                    console.print("no longer trusted: \(key.publicKey) \(Words.shown(key.name))")
                }
            }
        }
    }
}

/// A key as it is shown: never with its secret.
struct KeyReport: Encodable {
    let name: String
    let publicKey: String
    let isOwn: Bool
    var path: String?

    init(name: String, publicKey: String, isOwn: Bool) {
        self.name = name
        self.publicKey = publicKey
        self.isOwn = isOwn
    }

    init(_ key: KeyStore.OwnKey) {
        self.init(name: key.name, publicKey: key.publicKey.base64, isOwn: true)
        path = key.path
    }

    init(_ key: TrustedKey) {
        self.init(name: key.name, publicKey: key.publicKey.base64, isOwn: key.origin == .own)
    }
}
