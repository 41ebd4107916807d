// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardDHT
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardScan
import SwardStorage
import SwardSwarm

/// How much may move, with whom, and in what order.
struct TransferOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Send at most so much a second, all works and peers together, as 500K or 2MiB.", valueName: "rate"
        ))
    var uploadLimit: ByteSize?

    @Option(help: ArgumentHelp("Fetch at most so much a second.", valueName: "rate"))
    var downloadLimit: ByteSize?

    @Option(help: ArgumentHelp("Send at most so much a second of each work.", valueName: "rate"))
    var workUploadLimit: ByteSize?

    @Option(help: ArgumentHelp("Send at most so much a second to each peer.", valueName: "rate"))
    var peerUploadLimit: ByteSize?

    @Option(help: ArgumentHelp("Connect to at most so many peers for each work.", valueName: "count"))
    var maxPeers = 50

    @Option(
        help: ArgumentHelp(
            "Keep away from the addresses in this file: P2P or eMule lines, or CIDR. May be given more than once.",
            valueName: "file"), completion: .file())
    var blocklist: [String] = []

    @Flag(inversion: .prefixedNo, help: "Tell peers of each other and hear of more from them (BEP 11).")
    var peerExchange = true

    @Flag(
        inversion: .prefixedNo,
        help: "Find peers in the DHT and be found there (BEP 5). On where a node of it is known.")
    var dht: Bool?

    @Option(
        help: ArgumentHelp(
            "A node of the DHT to begin with; may be given more than once. The configuration may name more (network.dht-nodes).",
            valueName: "host:port"))
    var dhtNode: [HostAndPort] = []

    @Flag(
        inversion: .prefixedNo,
        help:
            "Where peers are otherwise equal, serve first who has given to the commons: count what each gives and takes, and keep the counts. Nobody is refused for them. Off unless the configuration says otherwise (network.reciprocity)."
    )
    var reciprocity: Bool?

    func validate() throws {
        if maxPeers < 1 { throw ValidationError("--max-peers must be at least 1") }
    }

    /// The option that asks for the DHT, where one does.
    var wishForDHT: String? { !dhtNode.isEmpty ? "--dht-node" : dht == true ? "--dht" : nil }

    func apply(to settings: inout SessionConfiguration, _ configuration: Configuration) throws {
        let saved = DHTOptions.saved(isProxied: settings.proxy != nil)
        let configured = (configuration.network?.dhtNodes ?? []).compactMap { HostAndPort($0) }
        let isKnown = !dhtNode.isEmpty || !configured.isEmpty || !(saved?.nodes.isEmpty ?? true)
        if dht ?? isKnown {
            var node = DHTConfiguration()
            if settings.proxy != nil {
                settings.proxiedNodes = dhtNode + configured
            } else {
                node.bootstrap = (dhtNode + configured).compactMap { $0.resolve() }
            }
            settings.dht = node
            settings.dhtNodes = saved
        }
        settings.uploadLimit = uploadLimit?.bytes
        settings.downloadLimit = downloadLimit?.bytes
        settings.exchangesPeers = peerExchange
        if reciprocity ?? configuration.network?.reciprocity ?? false {
            settings.reciprocity = Reciprocity(ReciprocityFile.read(), day: ReciprocityFile.today)
        }
        var bytes: [UInt8] = []
        for path in blocklist {
            guard let list = try SmallFile.read(path, limit: Self.longestBlocklist) else {
                throw Misfortune("\(path): no such file; --blocklist takes a file of address ranges")
            }
            let reading = AddressFilter.read(list)
            if reading.filter.isEmpty, let line = reading.firstIgnored {
                throw Misfortune(
                    "\(path): line \(line): no address range; lines are NAME:FIRST-LAST, ADDRESS/BITS or FIRST - LAST , LEVEL , NAME"
                )
            }
            bytes += list + [UInt8(ascii: "\n")]
        }
        if !bytes.isEmpty { settings.filter = AddressFilter.read(bytes).filter }
    }

    func apply(to options: inout TorrentOptions) {
        options.maximumConnections = maxPeers
        options.limits.upload = workUploadLimit?.bytes
        options.limits.peerUpload = peerUploadLimit?.bytes
    }

    /// In bytes; the longest lists in use are a tenth of that.
    private static let longestBlocklist = 256 << 20
}

enum Allocation: String, ExpressibleByArgument, CaseIterable {
    case sparse, full

    var value: Payload.Allocation {
        switch self {
        case .sparse: .sparse
        case .full: .full
        }
    }
}

/// Which files to fetch, which first, and how they are put on the disk.
struct FileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Fetch only these files: paths inside the work, where * and ** stand for anything, or numbers as 0,2-4. License texts always come along. May be given more than once.",
            valueName: "files"))
    var select: [String] = []

    @Option(help: ArgumentHelp("Fetch these files first.", valueName: "files"))
    var first: [String] = []

    @Flag(help: "Fetch pieces in their order, to read them while they come.") var sequential = false

    @Option(
        help: ArgumentHelp(
            "Look in this folder for files of the work that are here already, under whatever name, and copy them instead. May be given more than once.",
            valueName: "folder"), completion: .directory)
    var reuse: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take room on the disk as blocks are written (sparse), or for each file at once (full).",
            valueName: "sparse|full"))
    var allocate = Allocation.sparse

    @Flag(help: "Call files that are not whole by their names with .part behind.") var markPartial = false

    @Flag(inversion: .prefixedNo, help: "Fetch from the web seeds that the torrent names (BEP 17, 19).")
    var webSeeds = true

    /// - Parameter magnet: what a magnet link selects (BEP 53), where the command line selects nothing.
    func apply(to options: inout TorrentOptions, magnet: MagnetLink? = nil) {
        options.isSequential = sequential
        options.usesWebSeeds = webSeeds
        options.reuse = reuse
        options.allocation = allocate.value
        options.marksPartialFiles = markPartial
        let wanted = Choice(select, numbers: select.isEmpty ? magnet?.selectOnly ?? [] : [])
        let first = Choice(first)
        guard !wanted.isEmpty || !first.isEmpty else { return }
        options.priorities = { info in
            info.files.indices.map { index in
                let path = info.files.path(of: index).joined(separator: "/")
                if first.contains(index, path) { return .high }
                return wanted.isEmpty || wanted.contains(index, path) || Self.isOfTerms(path)
                    ? .normal : .skip
            }
        }
    }

    /// What tells under which terms the work stands goes with every part of it.
    static func isOfTerms(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return path.hasPrefix("LICENSES/") || name == "REUSE.toml" || name.hasSuffix(".license")
            || name.hasSuffix(".spdx.json") || name.hasSuffix(".minisig")
    }

    /// Files by path and by number.
    private struct Choice: Sendable {
        private var globs: [PathGlob] = []
        private var numbers: [ClosedRange<Int>]

        init(_ texts: [String], numbers: [ClosedRange<Int>] = []) {
            self.numbers = numbers
            for text in texts {
                if let ranges = Self.ranges(text) {
                    self.numbers += ranges
                } else {
                    // A folder stands for all that is in it.
                    globs += [PathGlob(text), PathGlob(text.hasSuffix("/") ? "\(text)**" : "\(text)/**")]
                }
            }
        }

        var isEmpty: Bool { globs.isEmpty && numbers.isEmpty }

        func contains(_ index: Int, _ path: String) -> Bool {
            numbers.contains { $0 ~= index } || globs.contains { $0.matches(path) }
        }

        private static func ranges(_ text: String) -> [ClosedRange<Int>]? {
            var ranges: [ClosedRange<Int>] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
                guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                    first <= last
                else { return nil }
                ranges.append(first...last)
            }
            return ranges
        }
    }
}
