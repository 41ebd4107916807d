// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardBencode
import SwardCrypto
import SwardDHT
import SwardEngine
import SwardPackaging
import SwardPrimitives

/// `sward dht`: the distributed hash table by itself.
struct DHT: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dht",
        abstract: "Look things up in the DHT, and leave things there.",
        discussion: """
            The DHT is how peers find each other without a tracker (BEP 5). It also keeps small values for two hours at a time: \
            fixed ones under their own hash, and ones that the holder of a key may change (BEP 44), such as a pointer to the \
            newest release of a work (BEP 46).

            No node is known from the start: name one with --bootstrap, or in the configuration. Nodes that were met are \
            remembered.
            """,
        subcommands: [Get.self, Put.self, Peers.self, Ping.self, Stat.self])
}

extension DHT {
    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Get a value by its hash, or the newest under a key.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var options: DHTOptions
        @Argument(
            help: ArgumentHelp(
                "The hash, as 40 hexadecimal digits; or a public key: a name you trust, a minisign key, or 64 digits.",
                valueName: "hash-or-key"))
        var name: String
        @Option(help: "Which of the key's values, as text.") var salt = ""

        func run() async throws {
            let target = NodeID(hex: name)
            let key = try target == nil ? publicKey(name) : []
            let configuration = try Configuration.load()
            let service = try await options.visit(configuration)
            let outcome =
                if let target { await service.get(target) } else {
                    await service.get(publicKey: key, salt: Array(salt.utf8))
                }
            await DHTOptions.save(service.savedNodes(), underOurName: false)
            guard let item = outcome.item else {
                throw Misfortune(
                    "\(Words.quoted(name)): no node has it (\(outcome.nodes.count) asked that are near it); values are forgotten after two hours unless they are put again"
                )
            }
            let report = ItemReport(item)
            try output.show(report) { console in
                if console.outputIsTerminal || report.text != nil || report.magnet != nil {
                    console.print(report.shown)
                } else {
                    console.write(item.value)
                }
                if let sequence = report.sequence, !output.quiet {
                    console.remark("change number \(sequence)")
                }
            }
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Leave a value, or change the one under your key.",
            discussion: """
                A value is text of at most some 990 bytes. It is gone after two hours unless it is put again; who reads it can \
                put it again too.
                """)

        @OptionGroup var output: OutputOptions
        @OptionGroup var options: DHTOptions
        @Argument(help: "The value, as text.") var text: String?
        @Option(
            help: ArgumentHelp(
                "Point to this torrent instead of text: an info-hash of 40 or 64 hexadecimal digits (BEP 46).",
                valueName: "info-hash"))
        var torrent: String?
        @Option(
            help: "Put it under this key of yours, so that you can change it later.", completion: .ownKeys)
        var key: String?
        @Option(help: "Which of the key's values, as text.") var salt = ""

        func validate() throws {
            if (text == nil) == (torrent == nil) { throw ValidationError("give either a text or --torrent") }
            if torrent != nil, key == nil { throw ValidationError("a pointer to a torrent needs --key") }
        }

        func run() async throws {
            let value = try encodedValue()
            let signer = try key.map(Key.unlocked)
            let configuration = try Configuration.load()
            let service = try await options.visit(configuration)
            var item: DHTItem
            var previous: Int64?
            do throws(DHTItem.Problem) {
                if let signer {
                    let saltBytes = Array(salt.utf8)
                    let found = await service.get(publicKey: signer.publicKey.point, salt: saltBytes).item
                    if case .mutable(let old)? = found { previous = old.sequence }
                    item = .mutable(
                        try MutableItem(
                            signing: value, salt: saltBytes, sequence: (previous ?? 0) + 1, with: signer))
                } else {
                    item = try DHTItem(immutable: value)
                }
            } catch {
                throw Misfortune(Self.words(error))
            }
            let outcome = await service.put(item, compareAndSwap: previous)
            await DHTOptions.save(service.savedNodes(), underOurName: false)
            guard outcome.storedCount > 0 else {
                let reason = outcome.refusal.map { "refused: \(Words.shown($0.text))" } ?? "no node answered"
                throw Misfortune("not stored: \(reason); try again, or begin with other nodes")
            }
            try output.show(PutReport(item, outcome)) { console in
                console.print(item.target.description)
                if !output.quiet {
                    console.remark(
                        "stored on \(Amounts.count(outcome.storedCount, "node")) for two hours; put it again to keep it"
                    )
                }
            }
        }

        private func encodedValue() throws -> [UInt8] {
            if let text { return Bencode.text(text).encoded() }
            let name = torrent ?? ""
            guard let hash = Digest160(hex: name) ?? Digest256(hex: name)?.truncated else {
                throw Misfortune("\(Words.quoted(name)): not an info-hash; give 40 or 64 hexadecimal digits")
            }
            return MutableItem.pointer(to: hash)
        }

        private static func words(_ problem: DHTItem.Problem) -> String {
            switch problem {
            case .valueTooBig(let count):
                "the value takes \(count) bytes of \(DHTItem.maximumValueByteCount); shorten it, or pack it as a bundle"
            case .saltTooBig(let count):
                "the salt has \(count) bytes of \(DHTItem.maximumSaltByteCount); shorten it"
            case .valueNotBencode: "the value is no bencode; report this as an error of sward"
            }
        }
    }

    struct Peers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the peers of a torrent that the DHT knows.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var options: DHTOptions
        @Argument(help: ArgumentHelp("40 or 64 hexadecimal digits.", valueName: "info-hash")) var torrent:
            String

        func run() async throws {
            guard let hash = Digest160(hex: torrent) ?? Digest256(hex: torrent)?.truncated else {
                throw Misfortune(
                    "\(Words.quoted(torrent)): not an info-hash; give 40 or 64 hexadecimal digits")
            }
            let configuration = try Configuration.load()
            let service = try await options.visit(configuration)
            let found = PeerCollector()
            let outcome = await service.lookUpPeers(of: hash, wantsScrape: true) { found.add($0) }
            await DHTOptions.save(service.savedNodes(), underOurName: false)
            let peers = found.peers.sorted().map(\.description)
            try output.show(PeersReport(peers: peers, seeds: outcome.seedCount, leeches: outcome.leechCount))
            { console in
                for peer in peers { console.print(peer) }
                if peers.isEmpty {
                    console.remark(
                        "no peers found; \(Amounts.count(outcome.nodes.count, "node near it was", plural: "nodes near it were")) asked"
                    )
                }
            }
        }
    }

    struct Ping: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask whether a node answers.")

        @OptionGroup var output: OutputOptions
        @Argument(help: ArgumentHelp("Where it is.", valueName: "host:port")) var node: HostAndPort
        @OptionGroup var route: ProxyOptions

        func run() async throws {
            let proxy = try route.proxy(Configuration.load())
            // The resolver would be asked around the proxy.
            guard let address = proxy == nil ? node.resolve() : node.literal else {
                throw Misfortune("\(node): no address found; give an IP address")
            }
            let service =
                if let proxy { try await DHTOptions.visit([], by: proxy) } else {
                    try await DHTOptions.visit(
                        [], from: DHTOptions.anywhere.filter { $0.isIPv4 == address.isIPv4 })
                }
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = await service.ping(address)
            let time = clock.now - start
            guard let contact = outcome.nodes.first else {
                throw Misfortune(
                    "\(node): no answer within six seconds; it may be off, or its datagrams filtered")
            }
            let milliseconds = time / .milliseconds(1)
            try output.show(
                PingReport(
                    node: contact.id.description, address: address.description, milliseconds: milliseconds,
                    fitsAddress: contact.id.fits(address))
            ) { console in
                console.print("\(contact.id)  \(Amounts.milliseconds(milliseconds))")
                if !contact.id.fits(address), !output.quiet {
                    console.remark("its name does not fit its address (BEP 42)")
                }
            }
        }
    }

    struct Stat: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Join, and say what the DHT looks like from here.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var options: DHTOptions

        func run() async throws {
            let configuration = try Configuration.load()
            let service = try await options.visit(configuration)
            guard let snapshot = await service.snapshot() else { return }
            await DHTOptions.save(service.savedNodes(), underOurName: false)
            let report = StatReport(snapshot)
            try output.show(report) { console in
                console.print("name      \(report.id)")
                for address in report.externalAddresses { console.print("seen as   \(address)") }
                console.print("nodes     \(report.nodes) known, \(report.goodNodes) good")
                console.print(
                    "queries   \(report.queriesSent) sent, \(report.responses) answered, \(report.timeouts) without answer"
                )
            }
            if report.nodes == 0 {
                throw Misfortune(
                    "no node answered; name others with --bootstrap, or see whether datagrams get through")
            }
        }
    }
}

/// A public key as 32 bytes: from a name, a minisign key, or 64 digits.
private func publicKey(_ text: String) throws -> [UInt8] {
    if let digest = Digest256(hex: text) { return digest.bytes }
    if let known = try Key.store.trustedKeys().first(where: { $0.name == text }) {
        return known.publicKey.point
    }
    return try Key.store.readPublicKey(text).point
}

extension NodeID {
    fileprivate init?(hex: String) {
        guard let digest = Digest160(hex: hex) else { return nil }
        self.init(digest)
    }
}
