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
            "Send at most so much a second, all works and peers together, as 500K or 2MiB; 0 is no limit.",
            valueName: "rate"
        ))
    var uploadLimit: ByteSize?

    @Option(help: ArgumentHelp("Fetch at most so much a second.", valueName: "rate"))
    var downloadLimit: ByteSize?

    @Option(help: ArgumentHelp("Send at most so much a second of each work.", valueName: "rate"))
    var workUploadLimit: ByteSize?

    @Option(help: ArgumentHelp("Send at most so much a second to each peer.", valueName: "rate"))
    var peerUploadLimit: ByteSize?

    @Option(
        help: ArgumentHelp(
            "Connect to at most so many peers for each work, 50 if not given. The configuration may set this and the limits above (network.max-peers, network.upload-limit and so on).",
            valueName: "count"))
    var maxPeers: Int?

    @Option(
        help: ArgumentHelp(
            "Keep away from the addresses in this file: P2P or eMule lines, or CIDR. May be given more than once; the configuration may name more (network.blocklists).",
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
        if let maxPeers, maxPeers < 1 { throw ValidationError("--max-peers must be at least 1") }
    }

    /// The option that asks for the DHT, where one does.
    var wishForDHT: String? { !dhtNode.isEmpty ? "--dht-node" : dht == true ? "--dht" : nil }

    func apply(to settings: inout SessionConfiguration, _ configuration: Configuration) throws {
        let saved = DHTOptions.saved(underOurName: true)
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
            settings.dhtNodes =
                DHTOptions.saved(underOurName: settings.proxy == nil && DHTOptions.hasOurName)
        }
        let network = configuration.network
        settings.uploadLimit = try Self.limit(uploadLimit, network?.uploadLimit, "upload-limit")
        settings.downloadLimit = try Self.limit(downloadLimit, network?.downloadLimit, "download-limit")
        settings.exchangesPeers = peerExchange
        if reciprocity ?? configuration.network?.reciprocity ?? false {
            settings.reciprocity = Reciprocity(ReciprocityFile.read(), day: ReciprocityFile.today)
        }
        var bytes: [UInt8] = []
        for path in blocklist + (network?.blocklists ?? []) {
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

    func apply(to options: inout TorrentOptions, _ configuration: Configuration) throws {
        let network = configuration.network
        if let maxPeers = network?.maxPeers, maxPeers < 1 {
            throw Misfortune("\(Folders.live.configurationFile): network.max-peers: must be at least 1")
        }
        options.maximumConnections = maxPeers ?? network?.maxPeers ?? Self.usualPeers
        options.limits.upload = try Self.limit(
            workUploadLimit, network?.workUploadLimit, "work-upload-limit")
        options.limits.peerUpload = try Self.limit(
            peerUploadLimit, network?.peerUploadLimit, "peer-upload-limit")
    }

    private static let usualPeers = 50

    /// In bytes a second.
    private static func limit(_ option: ByteSize?, _ configured: String?, _ key: String) throws -> Int? {
        // Zero lifts what the configuration says.
        if let option { return option.bytes > 0 ? option.bytes : nil }
        guard let configured else { return nil }
        guard let size = ByteSize(argument: configured) else {
            throw Misfortune(
                "\(Folders.live.configurationFile): network.\(key): \(Words.quoted(configured)) is no rate as 500K or 2MiB"
            )
        }
        return size.bytes > 0 ? size.bytes : nil
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

    @Flag(
        help:
            "Write over files that lie where the work's go and are not the work's, and cut longer ones; else nothing is fetched where one is in the way."
    )
    var overwrite = false

    @Flag(inversion: .prefixedNo, help: "Fetch from the web seeds that the torrent names (BEP 17, 19).")
    var webSeeds = true

    /// - Parameter magnet: what a magnet link selects (BEP 53), where the command line selects nothing.
    func apply(to options: inout TorrentOptions, magnet: MagnetLink? = nil) {
        options.isSequential = sequential
        options.usesWebSeeds = webSeeds
        options.reuse = reuse
        options.allocation = allocate.value
        options.marksPartialFiles = markPartial
        options.overwrites = overwrite
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

    /// - Throws: `Misfortune` for what can be told to be amiss before anybody is asked.
    func check(_ origin: Fetch.Origin) throws {
        for folder in reuse where SmallFile.names(inFolder: folder) == nil {
            throw Misfortune("--reuse \(Words.quoted(folder)): no such folder, or it cannot be read")
        }
        if case .file(let metainfo) = origin { try check(metainfo.info, link: nil) }
    }

    /// - Throws: `Misfortune` for a pattern or a number that no file of the work fits.
    func check(_ info: InfoDictionary, link: MagnetLink?) throws {
        for (option, texts) in [("--select", select), ("--first", first)] {
            for text in texts where !Choice([text]).fits(info) {
                throw Misfortune(
                    "\(option) \(Words.quoted(text)): \(Words.quoted(info.name)) has no such file among its \(info.files.count), numbered from 0; `sward inspect --files` lists those of a torrent"
                )
            }
        }
        if select.isEmpty, let numbers = link?.selectOnly, !numbers.isEmpty,
            numbers.allSatisfy({ $0.lowerBound >= info.files.count })
        {
            throw Misfortune("the link selects no file that the work has; say with --select which to fetch")
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

        /// Whether each of the numbers, or what was given as a path, is a file of the work.
        func fits(_ info: InfoDictionary) -> Bool {
            if globs.isEmpty {
                return !numbers.isEmpty && numbers.allSatisfy { $0.upperBound < info.files.count }
            }
            return info.files.indices.contains { index in
                contains(index, info.files.path(of: index).joined(separator: "/"))
            }
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
