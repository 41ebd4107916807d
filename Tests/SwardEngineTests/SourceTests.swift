// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import NIOCore
import NIOPosix
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Synchronization
import Testing
import TorrentSupport

/// Where peers and bytes come from besides a peer that was named.
@Suite("Sources", .timeLimit(.minutes(5))) struct SourceTests {
    static let kinds: [InfoDictionary.Kind] = [.v1, .v2, .hybrid]

    private func work(_ kind: InfoDictionary.Kind, seed: UInt64 = 1, name: String = "work") throws
        -> MadeTorrent
    {
        try MadeTorrent(
            kind, name: name, pieceLength: 32_768,
            files: [
                .init("a/long.bin", SplitMix64.bytes(9 * 32_768 + 5, seed: seed)), .init("b", [1, 2, 3]),
                .init("c d/ü.bin", SplitMix64.bytes(70_000, seed: seed + 1)),
            ])
    }

    private func stop(_ peers: TestPeer...) async { for peer in peers { await peer.session.stop() } }

    // MARK: Peer exchange

    @Test(
        "two that know only a third, which gives them nothing, meet by peer exchange",
        arguments: [true, false])
    func exchange(_ isOn: Bool) async throws {
        let torrent = try work(.hybrid)
        let seeder = try await TestPeer("seeder")
        let middle = try await TestPeer("middle", configure: { $0.exchangesPeers = isOn })
        let fetcher = try await TestPeer("fetcher")
        _ = try await seeder.seed(torrent).checked()
        var options = middle.options(peers: [seeder.address])
        options.limits.download = 1
        let idle = middle.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        _ = try await idle.first { event in
            if case .progress(let snapshot) = event, !snapshot.peers.isEmpty { true } else { nil }
        }
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [middle.address]),
            judge: TestPeer.admitted)
        if isOn {
            _ = try await fetching.completion()
            #expect(torrent.faults(in: fetcher.folder.url) == [])
        } else {
            var ticks = 0
            let peers = try await fetching.first { event -> Int? in
                guard case .progress(let snapshot) = event else { return nil }
                ticks += 1
                return ticks < 6 ? nil : snapshot.peers.count
            }
            #expect(peers == 1)
        }
        await stop(fetcher, middle, seeder)
    }

    // MARK: Web seeds

    /// A web server in memory.
    private final class Server: Sendable {
        struct State {
            var requests: [String] = []
            var isOpen = true
        }
        let files: [String: [UInt8]]
        let spoils: Bool
        let state = Mutex(State())

        init(_ torrent: MadeTorrent, spoils: Bool = false) {
            var files: [String: [UInt8]] = [:]
            for file in torrent.files {
                let path = ([torrent.info.name] + file.path).joined(separator: "/")
                let allowed = CharacterSet(charactersIn: "/-._~").union(
                    .alphanumerics.intersection(CharacterSet(charactersIn: "a"..."z")))
                files["http://web.example/" + path.addingPercentEncoding(withAllowedCharacters: allowed)!] =
                    file.bytes
            }
            self.files = files
            self.spoils = spoils
        }

        var requests: [String] { state.withLock { $0.requests } }

        var transport: WebTransport {
            { [self] url, wanted, consume, done in
                state.withLock { $0.requests.append(url) }
                guard case .range(let range) = wanted, let bytes = files[url],
                    range.upperBound < Int64(bytes.count)
                else {
                    return done(WebFailure("not found", isFinal: true))
                }
                var part = Array(bytes[Int(range.lowerBound)...Int(range.upperBound)])
                if spoils { part[0] ^= 1 }
                var rest = part[...]
                while !rest.isEmpty {
                    let next = Array(rest.prefix(10_000))
                    rest = rest.dropFirst(next.count)
                    guard next.withUnsafeBytes(consume) else { break }
                }
                // The end is told of later than the last byte, as by any transport.
                MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .milliseconds(5)) { done(nil) }
            }
        }
    }

    private func withWebSeed(_ torrent: MadeTorrent) throws -> TorrentSource {
        .metainfo(
            try Metainfo(
                info: torrent.info, pieceLayers: torrent.metainfo.pieceLayers.mapValues { Array($0.bytes) },
                webSeeds: ["http://web.example/"]))
    }

    @Test("a web server alone gives everything, in few requests", arguments: kinds)
    func web(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try work(kind)
        let server = Server(torrent)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = server.transport })
        let fetching = fetcher.session.add(
            try withWebSeed(torrent), options: fetcher.options(), judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        #expect(snapshot.wasted == 0 && server.requests.count < 30)
        await stop(fetcher)
    }

    @Test("a held work is asked of no web server")
    func webHeld() async throws {
        let torrent = try work(.v2)
        let server = Server(torrent)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = server.transport })
        let fetching = fetcher.session.add(
            try withWebSeed(torrent), options: fetcher.options(), judge: TestPeer.held)
        _ = try await fetching.checked()
        #expect(server.requests.isEmpty)
        await stop(fetcher)
    }

    @Test("a web server that lies is banned, and one that fails is told of", arguments: kinds)
    func webLies(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try work(kind)
        let server = Server(torrent, spoils: true)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = server.transport })
        let fetching = fetcher.session.add(
            try withWebSeed(torrent), options: fetcher.options(), judge: TestPeer.admitted)
        let banned = try await fetching.first {
            if case .banned(let address, _) = $0 { address } else { nil }
        }
        #expect(banned.scope == .none)
        await stop(fetcher)
        let other = try await TestPeer(
            "other", configure: { $0.web = { _, _, _, done in done(WebFailure("no ranges", isFinal: true)) } }
        )
        let failing = other.session.add(
            try withWebSeed(torrent), options: other.options(), judge: TestPeer.admitted)
        let failure = try await failing.first {
            if case .webSeed(_, let failure) = $0 { failure } else { nil }
        }
        #expect(failure == WebFailure("no ranges", isFinal: true))
        await stop(other)
    }

    // MARK: HTTP seeds

    /// A script of BEP 17, in memory.
    private final class Script: Sendable {
        let torrent: MadeTorrent
        let failure: WebFailure?
        let requests = Mutex<[String]>([])

        /// - Parameter failure: of the first request.
        init(_ torrent: MadeTorrent, failingOnce failure: WebFailure? = nil) {
            self.torrent = torrent
            self.failure = failure
        }

        var transport: WebTransport {
            { [self] url, wanted, consume, done in
                let count = requests.withLock { requests in
                    requests.append(url)
                    return requests.count
                }
                if count == 1, let failure { return done(failure) }
                guard case .whole(let length) = wanted, let bytes = answer(url), bytes.count == length else {
                    return done(WebFailure("bad request \(url)", isFinal: true))
                }
                if bytes.withUnsafeBytes(consume) { done(nil) }
            }
        }

        private func answer(_ url: String) -> [UInt8]? {
            let hash = (torrent.info.infoHashes.v1?.bytes ?? torrent.info.infoHashes.swarms[0].bytes)
            guard let query = URLComponents(string: url)?.percentEncodedQueryItems,
                query.first(where: { $0.name == "key" })?.value == "1",
                query.first(where: { $0.name == "info_hash" })?.value.map(Self.bytes) == hash,
                let piece = query.first(where: { $0.name == "piece" })?.value.flatMap({ Int($0) }),
                torrent.info.layout.pieces.contains(piece)
            else { return nil }
            let index = PieceIndex(piece)
            let whole = torrent.info.layout.paddedLength(of: index)
            let spans = query.first { $0.name == "ranges" }?.value ?? "0-\(whole - 1)"
            return spans.split(separator: ",").flatMap { span -> [UInt8] in
                let ends = span.split(separator: "-").compactMap { Int($0) }
                return torrent.bytes(
                    of: BlockRequest(piece: index, begin: ends[0], length: ends[1] - ends[0] + 1))
            }
        }

        private static func bytes(_ text: String) -> [UInt8] {
            var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "%") else {
                    bytes.append(byte)
                    continue
                }
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            }
            return bytes
        }
    }

    private func withHTTPSeed(_ torrent: MadeTorrent) throws -> TorrentSource {
        .metainfo(
            try Metainfo(
                info: torrent.info, pieceLayers: torrent.metainfo.pieceLayers.mapValues { Array($0.bytes) },
                httpSeeds: ["http://script.example/seed.php?key=1"]))
    }

    @Test("a script alone gives everything, piece by piece", arguments: kinds)
    func script(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try work(kind)
        let script = Script(torrent)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = script.transport })
        let fetching = fetcher.session.add(
            try withHTTPSeed(torrent), options: fetcher.options(), judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        let asked = script.requests.withLock { $0 }
        #expect(snapshot.wasted == 0 && asked.count < 2 * torrent.info.layout.pieceCount)
        await stop(fetcher)
    }

    @Test("one that has too much to do is asked again when it says, and not counted as failing")
    func busyScript() async throws {
        let torrent = try work(.v1)
        var busy = WebFailure("busy", isFinal: false)
        busy.retryAfter = .seconds(1)
        let script = Script(torrent, failingOnce: busy)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = script.transport })
        let fetching = fetcher.session.add(
            try withHTTPSeed(torrent), options: fetcher.options(), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await stop(fetcher)
    }

    @Test("a held work is asked of no script")
    func scriptHeld() async throws {
        let torrent = try work(.v2)
        let script = Script(torrent)
        let fetcher = try await TestPeer("fetcher", configure: { $0.web = script.transport })
        let fetching = fetcher.session.add(
            try withHTTPSeed(torrent), options: fetcher.options(), judge: TestPeer.held)
        _ = try await fetching.checked()
        #expect(script.requests.withLock { $0.isEmpty })
        await stop(fetcher)
    }

    // MARK: UDP trackers

    /// Answers connects and announces as BEP 15 has it.
    private final class Tracker: ChannelInboundHandler, Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>
        let peer: PeerAddress
        let announced = Mutex<[[UInt8]]>([])

        init(_ peer: PeerAddress) { self.peer = peer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = Self.unwrapInboundIn(data)
            let bytes = Array(envelope.data.readableBytesView)
            var reply = ByteBuffer()
            if bytes.count == 16 {
                reply.writeBytes([0, 0, 0, 0] + bytes[12..<16] + [9, 9, 9, 9, 9, 9, 9, 9])
            } else if bytes.count >= 98, bytes.starts(with: [9, 9, 9, 9, 9, 9, 9, 9]) {
                announced.withLock { $0.append(Array(bytes[16..<36])) }
                reply.writeBytes([0, 0, 0, 1] + bytes[12..<16] + [0, 0, 7, 8, 0, 0, 0, 1, 0, 0, 0, 1])
                reply.writeBytes(peer.ip + [UInt8(peer.port >> 8), UInt8(peer.port & 255)])
            } else {
                return
            }
            context.writeAndFlush(
                Self.wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: reply)),
                promise: nil)
        }
    }

    @Test("a UDP tracker brings peers, and knows of both swarms of a hybrid")
    func udpTracker() async throws {
        let torrent = try work(.hybrid)
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let tracker = Tracker(seeder.address)
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(tracker) }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        let fetcher = try await TestPeer(
            "fetcher", transport: { _, _, done in done(.failure(TrackerUnreachable("none"))) })
        let metainfo = try Metainfo(
            info: torrent.info, pieceLayers: torrent.metainfo.pieceLayers.mapValues { Array($0.bytes) },
            announceTiers: [["udp://127.0.0.1:\(port)/announce"]])
        let fetching = fetcher.session.add(
            .metainfo(metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        let names = tracker.announced.withLock { Set($0) }
        #expect(names == Set(torrent.info.infoHashes.swarms.map(\.bytes)))
        await stop(seeder)
        try await channel.close()
    }

    // MARK: What is here already

    @Test(
        "files of an earlier release are copied, and only the rest is fetched",
        arguments: [InfoDictionary.Kind.v2, .hybrid])
    func reuses(_ kind: InfoDictionary.Kind) async throws {
        let shared = (0..<9).map {
            MadeTorrent.File("f\($0)", SplitMix64.bytes(40_000 + 7 * $0, seed: UInt64($0)))
        }
        let old = try MadeTorrent(
            kind, name: "old", pieceLength: 16_384, files: shared + [.init("z", [1, 2])])
        let new = try MadeTorrent(
            kind, name: "new", pieceLength: 32_768,
            files: shared.map { .init("moved/" + $0.path[0], $0.bytes) } + [
                .init("new.bin", SplitMix64.bytes(40_000, seed: 99))
            ])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(new).checked()
        let library = try TemporaryFolder()
        try old.write(to: library.url)
        let fetcher = try await TestPeer("fetcher")
        var options = fetcher.options(peers: [seeder.address], resume: true)
        options.reuse = [library.path, "/nonexistent"]
        let fetching = fetcher.session.add(
            .metainfo(new.metainfo), options: options, judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        #expect(new.faults(in: fetcher.folder.url) == [])
        // At most eleven in a hundred of its bytes.
        #expect(snapshot.downloaded <= 40_000 && snapshot.bytesTotal > 9 * 40_000)
        #expect(old.faults(in: library.url) == [])
        await stop(fetcher, seeder)
    }

    @Test("of the files only those that are wanted come", arguments: kinds)
    func selects(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try work(kind)
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher")
        var options = fetcher.options(peers: [seeder.address])
        options.priorities = { info in
            info.files.indices.map { info.files.path(of: $0).first == "c d" ? .high : .skip }
        }
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        #expect(snapshot.isComplete && !snapshot.isWhole && snapshot.downloaded < 140_000)
        let path = fetcher.folder.url.appending(path: "work/c d/ü.bin")
        #expect(
            try Array(Data(contentsOf: path)) == torrent.files.first { $0.path == ["c d", "ü.bin"] }?.bytes)
        await stop(fetcher, seeder)
    }
}
