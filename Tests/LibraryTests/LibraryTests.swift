// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging
import SwardBundle
import SwardDHT
import SwardDetection
import SwardEngine
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardReport
import SwardSPDX
import SwardScan
import SwardSwarm
import Testing

// The terms below are those of works that the tests make.
// REUSE-IgnoreStart

/// Written as by a stranger: this target sees only what is public. The examples of docs/library.md stand here too.
@Suite("The library, from outside", .timeLimit(.minutes(5))) final class LibraryTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sward-library-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "work"), withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: path))
    }

    @Test("a scan tells the terms of each file, and its report is rendered")
    func scans() throws {
        try write("/* SPDX-License-Identifier: GPL-3.0-or-later */\n", to: "work/a.c")
        try write("Not for commercial use. You may not redistribute this file.\n", to: "work/b.txt")
        var options = ScanOptions()
        options.policy = .commons
        options.prepare(for: [.json])
        let report = try Scanner(options).scan(folder.path + "/work")
        #expect(report.files.map(\.file.path) == ["a.c", "b.txt"])
        #expect(report.files[0].file.concluded?.description == "GPL-3.0-or-later")
        #expect(report.judgement.marks.contains { $0.path == "b.txt" && $0.severity == .forbids })
        let json = try JSONSerialization.jsonObject(with: Data(ReportFormat.json.rendered(report)))
        #expect((json as? [String: Any])?["files"] != nil)
    }

    @Test("expressions are read, explained and held against each other")
    func explains() throws {
        let part = try LicenseExpression.parse("MIT OR Apache-2.0")
        let whole = try LicenseExpression.parse("GPL-2.0-only")
        #expect(Compatibility.of(part, in: whole).answer == .yes)
        #expect(LicenseExplanation(whole).licenses.first?.facts?.copyleft == .work)
    }

    @Test("a work is packed, verified, seeded, fetched under the gate, and found sound")
    func shares() async throws {
        try write("A poem.\n", to: "work/poem.txt")
        var options = PackOptions()
        options.license = "CC-BY-SA-4.0"
        options.creators = ["A. Name"]
        let text = "The text of the license.\n"
        let packed = try Packer(options: options) { _ in
            LicenseTextSearch(text: Array(text.utf8), searched: [])
        }.pack(folder.path + "/work")
        let torrent = try #require(packed.torrents.first)
        #expect(try Verifier().verify(torrent: torrent.path).isSound)

        let metainfo = try TorrentFile.read(torrent.path)
        let seeder = try await peer("seeder", 1)
        var seeding = TorrentOptions(folder: folder.path)
        seeding.writes = false
        _ = seeder.session.add(.metainfo(metainfo), options: seeding, judge: Self.judge)

        let fetcher = try await peer("fetcher", 2)
        let target = folder.appending(path: "fetched").path
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
        var fetching = TorrentOptions(folder: target)
        fetching.peers = [seeder.address]
        let magnet = try #require(torrent.magnet)
        let handle = fetcher.session.add(.magnet(magnet), options: fetching, judge: Self.judge)
        var state: String?
        for await event in handle.events {
            if case .judged(let judgement) = event { state = judgement.state }
            if case .complete = event { break }
        }
        #expect(state == "admitted")
        #expect(try Verifier().verify(torrent: torrent.path, folder: target).isSound)
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("items of the DHT are put by one node and got by another")
    func storesItems() async throws {
        let home = try #require(PeerAddress(ip: [127, 0, 0, 1], port: 0))
        let logger = Logger(label: "library") { _ in SwiftLogNoOpLogHandler() }
        var nodes: [DHTService] = []
        for _ in 0..<3 {
            var configuration = DHTConfiguration()
            if let first = nodes.first { configuration.bootstrap = await first.addresses }
            nodes.append(try await DHTService.visit(configuration, at: [home], logger: logger))
        }
        let item = try DHTItem(immutable: Array("5:hello".utf8))
        #expect(await nodes[1].put(item).storedCount > 0)
        #expect(await nodes[2].get(item.target).item == item)
        for node in nodes { await node.close() }
    }

    /// What the gate says of a work, in the engine's terms.
    private static let judge: Judge = { info in
        do throws(BundleError) {
            let appraisal = try Appraiser().appraise(info)
            return Judgement(
                permissions: .init(download: appraisal.state.mayDownload, upload: appraisal.state.mayUpload),
                state: appraisal.state.name)
        } catch {
            return Judgement(permissions: .shut, state: "held", reasons: [error.description])
        }
    }

    private func peer(_ name: String, _ seed: UInt64) async throws -> (session: Session, address: PeerAddress)
    {
        let id = try #require(PeerID(Array("-SW0000-\(name)............".utf8.prefix(20))))
        var configuration = SessionConfiguration(peerID: id, seed: seed)
        configuration.listen = [("127.0.0.1", 0)]
        let session = Session(configuration, logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() })
        return (session, try #require(try await session.start().first))
    }
}

// REUSE-IgnoreEnd
