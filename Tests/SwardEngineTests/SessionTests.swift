// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import Testing
import TorrentSupport

@testable import SwardEngine

@Suite("Session", .timeLimit(.minutes(5))) struct SessionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: InfoDictionary.Kind
        var isMagnet: Bool
        var seed: UInt64
        var testDescription: String { "\(kind)\(isMagnet ? " magnet" : "") \(seed)" }
    }

    static let cases: [Case] = [.v1, .v2, .hybrid].flatMap { kind in
        [false, true].flatMap { magnet in (0..<3).map { Case(kind: kind, isMagnet: magnet, seed: $0) } }
    }

    func source(_ torrent: MadeTorrent, isMagnet: Bool) -> TorrentSource {
        isMagnet
            ? .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)) : .metainfo(torrent.metainfo)
    }

    @Test("what one peer seeds another fetches, byte for byte", arguments: cases)
    func transfers(_ row: Case) async throws {
        let torrent = try MadeTorrent.random(row.kind, seed: row.seed)
        let seeder = try await TestPeer("seeder", loops: 2)
        let fetcher = try await TestPeer("fetcher", loops: row.seed == 1 ? 3 : 1)
        let seeding = try seeder.seed(torrent)
        #expect(try await seeding.checked().isComplete)
        let fetching = fetcher.session.add(
            source(torrent, isMagnet: row.isMagnet), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        let snapshot = try await fetching.completion()
        #expect(snapshot.isComplete)
        // `complete` means written: nothing is waited for.
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("peers meet over IPv6 as well")
    func overIPv6() async throws {
        let torrent = try MadeTorrent.random(.v2, seed: 7)
        let seeder = try await TestPeer("seeder", host: "::1")
        let fetcher = try await TestPeer("fetcher", host: "::1")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("a v1 magnet of a hybrid ends with the whole hybrid")
    func v1MagnetOfHybrid() async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 5)
        let seeder = try await TestPeer("seeder")
        let fetcher = try await TestPeer("fetcher")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        let link = MagnetLink(infoHashes: InfoHashes(v1: torrent.info.infoHashes.v1, v2: nil)!)
        let fetching = fetcher.session.add(
            .magnet(link), options: fetcher.options(peers: [seeder.address]), judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        // It is found by the name that was learnt too, until it is removed.
        let names = torrent.info.infoHashes.swarms
        #expect(names.count == 2 && names.allSatisfy { fetcher.session.directory[$0] != nil })
        await fetcher.session.remove(fetching)
        #expect(names.allSatisfy { fetcher.session.directory[$0] == nil })
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("one session runs several torrents, each on a loop of its own")
    func several() async throws {
        let seeder = try await TestPeer("seeder", loops: 3)
        let fetcher = try await TestPeer("fetcher", loops: 2)
        let torrents = try (0..<6).map { index in
            try MadeTorrent(
                [.v1, .v2, .hybrid][index % 3], name: "work\(index)",
                files: MadeTorrent.random(.v1, seed: UInt64(index)).files)
        }
        var fetching: [TorrentHandle] = []
        for torrent in torrents { _ = try seeder.seed(torrent) }
        for torrent in torrents {
            fetching.append(
                fetcher.session.add(
                    .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
                    judge: TestPeer.admitted))
        }
        for handle in fetching { _ = try await handle.completion() }
        for torrent in torrents { #expect(torrent.faults(in: fetcher.folder.url) == []) }
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test(
        "ten peers that know one another share what one of them had",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func swarm(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent(
            kind, files: [.init("a", SplitMix64.bytes(60 * 32_768 + 5, seed: 1)), .init("b", [1, 2, 3])])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        var peers: [TestPeer] = []
        for index in 0..<9 { peers.append(try await TestPeer("fetcher\(index)")) }
        let addresses = [seeder.address] + peers.map(\.address)
        var fetching: [TorrentHandle] = []
        for peer in peers {
            fetching.append(
                peer.session.add(
                    .metainfo(torrent.metainfo),
                    options: peer.options(peers: addresses.filter { $0 != peer.address }),
                    judge: TestPeer.admitted))
        }
        for handle in fetching { _ = try await handle.completion() }
        for peer in peers { #expect(torrent.faults(in: peer.folder.url) == []) }
        for peer in peers { await peer.session.stop() }
        await seeder.session.stop()
    }

    /// At fifty pieces a second, as it once was, this takes longer than it may.
    @Test(
        "four thousand small files do not wait for a timer", .serialized, .timeLimit(.minutes(1)),
        arguments: [InfoDictionary.Kind.v2, .hybrid])
    func smallFiles(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent(
            kind, files: (0..<4000).map { .init("d\($0 / 100)/f\($0)", [UInt8($0 & 255), UInt8($0 >> 8)]) })
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address], resume: true),
            judge: TestPeer.admitted)
        _ = try await fetching.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test(
        "a peer that sends other bytes is named, and the work still comes out right",
        arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func liar(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent(
            kind, pieceLength: 131_072,
            files: [.init("a", SplitMix64.bytes(40 * 131_072, seed: 1)), .init("b", [1])])
        let honest = try await TestPeer("honest")
        _ = try await honest.seed(torrent).checked()
        let liar = try await TestPeer("liar")
        _ = try await liar.seed(torrent).checked()
        // Every block of it goes bad behind its back.
        let handle = try FileHandle(forWritingTo: liar.folder["work/a"])
        for block in 0..<320 {
            try handle.seek(toOffset: UInt64(block * blockLength + 99))
            try handle.write(contentsOf: [UInt8](repeating: 0xAA, count: 8))
        }
        try handle.close()
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [liar.address, honest.address]),
            judge: TestPeer.admitted)
        var banned: Set<PeerAddress> = []
        let snapshot = try await fetching.first { event -> TorrentSnapshot? in
            if case .banned(let address, _) = event { banned.insert(address) }
            if case .complete(let snapshot) = event { return snapshot }
            return nil
        }
        #expect(banned == (snapshot.wasted > 0 ? [liar.address] : []))
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await liar.session.stop()
        await honest.session.stop()
    }

    @Test("what was verified is not fetched again after a restart")
    func resumes() async throws {
        let torrent = try MadeTorrent(
            .hybrid, files: [.init("a", SplitMix64.bytes(40 * 32_768, seed: 1)), .init("b", [1, 2, 3])])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let first = try await TestPeer("fetcher")
        let options = first.options(peers: [seeder.address], resume: true)
        let fetching = first.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        _ = try await fetching.completion()
        await first.session.stop()

        // As if two pieces had been lost: the record forgets a file that is shorter than it says.
        let handle = try FileHandle(forWritingTo: first.folder["work/a"])
        try handle.truncate(atOffset: 38 * 32_768)
        try handle.close()
        let second = try await TestPeer("fetcher", folder: first.folder)
        let again = second.session.add(
            .metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        #expect(try await again.checked().piecesComplete == 39)
        let snapshot = try await again.completion()
        #expect(snapshot.downloaded == 2 * 32_768)
        #expect(torrent.faults(in: first.folder.url) == [])
        await second.session.stop()

        // Without its record everything is hashed, and nothing fetched.
        try FileManager.default.removeItem(atPath: options.resumePath!)
        let third = try await TestPeer("fetcher", folder: first.folder)
        let last = third.session.add(.metainfo(torrent.metainfo), options: options, judge: TestPeer.admitted)
        #expect(try await last.completion().downloaded == 0)
        await third.session.stop()
        await seeder.session.stop()
    }

    @Test(
        "a magnet that was complete is complete again with nobody there to ask",
        arguments: [InfoDictionary.Kind.v2, .hybrid])
    func magnetAlone(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 1)
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let link = MagnetLink(infoHashes: torrent.info.infoHashes)
        let first = try await TestPeer("fetcher")
        var options = first.options(peers: [seeder.address], resume: true)
        _ = try await first.session.add(.magnet(link), options: options, judge: TestPeer.admitted)
            .completion()
        await first.session.stop()
        await seeder.session.stop()
        options.peers = []
        let second = try await TestPeer("fetcher", folder: first.folder)
        let again = second.session.add(.magnet(link), options: options, judge: TestPeer.admitted)
        #expect(try await again.completion().downloaded == 0)
        await second.session.stop()
    }

    @Test(
        "a magnet ends with every piece layer told, also when it learnt none",
        arguments: [InfoDictionary.Kind.v2, .hybrid])
    func layers(_ kind: InfoDictionary.Kind) async throws {
        let torrent = try MadeTorrent.random(kind, seed: 2)
        let fetcher = try await TestPeer("fetcher")
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        // The payload is there already, its record is not, and the magnet knows of no layer.
        try torrent.write(to: fetcher.folder.url)
        let fetching = fetcher.session.add(
            .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)),
            options: fetcher.options(peers: [seeder.address]), judge: TestPeer.admitted)
        var layers: [Digest256: [UInt8]] = [:]
        let snapshot = try await fetching.first { event -> TorrentSnapshot? in
            if case .layerReceived(let root, let bytes) = event { layers[root] = bytes }
            if case .complete(let snapshot) = event { return snapshot }
            return nil
        }
        #expect(snapshot.downloaded == 0)
        #expect(
            layers
                == torrent.metainfo.pieceLayers.mapValues { Array($0.bytes) }.filter { $0.value.count > 32 })
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("a refused work has none of its payload asked for, and no file made")
    func refused() async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 2)
        let seeder = try await TestPeer("seeder")
        let seeding = try seeder.seed(torrent)
        _ = try await seeding.checked()
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .magnet(MagnetLink(infoHashes: torrent.info.infoHashes)),
            options: fetcher.options(peers: [seeder.address]), judge: TestPeer.held)
        _ = try await fetching.checked()
        let snapshot = await fetching.snapshot()
        #expect(snapshot.hasMetadata && snapshot.downloaded == 0)
        await fetcher.session.stop()
        #expect(try FileManager.default.contentsOfDirectory(atPath: fetcher.folder.path) == [])
        #expect(await seeding.snapshot().uploaded == 0)
        await seeder.session.stop()
    }

    @Test("a torrent that cannot write says which file and why")
    func storageFailure() async throws {
        let torrent = try MadeTorrent(.v2, files: [.init("a", [1, 2, 3]), .init("b", [4])])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher")
        try FileManager.default.createDirectory(
            at: fetcher.folder["work"], withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: fetcher.folder["work/a"].path, withDestinationPath: "/tmp/sward-nowhere")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        await #expect(throws: TorrentHandle.Unexpected.self) { try await fetching.completion() }
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("a torrent that failed says so once, and is not announced any more")
    func failureIsTold() async throws {
        let torrent = try MadeTorrent(
            .v2, files: [.init("a", SplitMix64.bytes(64 * 32_768, seed: 1)), .init("b")],
            announceTiers: [["http://tracker.test/announce"]])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let (told, tell) = AsyncStream.makeStream(of: String.self)
        let fetcher = try await TestPeer(
            "fetcher",
            transport: { url, _, done in
                tell.yield(url)
                done(.success(Array("d8:intervali1800e5:peers0:e".utf8)))
            })
        try FileManager.default.createDirectory(
            at: fetcher.folder["work"], withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: fetcher.folder["work/a"].path, withDestinationPath: "/tmp/sward-nowhere")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(), judge: TestPeer.admitted)
        var urls = told.makeAsyncIterator()
        #expect(await urls.next()?.contains("event=started") == true)
        await fetching.addPeers([seeder.address])
        #expect(await urls.next()?.contains("event=stopped") == true)
        await fetcher.session.stop()
        var failures = 0
        for await event in fetching.events { if case .failed = event { failures += 1 } }
        #expect(failures == 1)
        await seeder.session.stop()
    }

    @Test("stopping ends the events with `stopped`, in the middle of a transfer too")
    func stops() async throws {
        let torrent = try MadeTorrent(
            .v2, files: [.init("a", SplitMix64.bytes(64 * 32_768, seed: 1)), .init("b")])
        let seeder = try await TestPeer("seeder")
        _ = try await seeder.seed(torrent).checked()
        let fetcher = try await TestPeer("fetcher")
        let fetching = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address], resume: true),
            judge: TestPeer.admitted)
        try await fetching.first { if case .peerConnected = $0 { () } else { nil } }
        await fetcher.session.stop()
        var last: TorrentEvent?
        for await event in fetching.events { last = event }
        guard case .stopped = last else {
            Issue.record("the last event was \(String(describing: last))")
            return
        }
        await seeder.session.stop()
    }
}

extension SplitMix64 {
    static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        return generator.bytes(count)
    }
}
