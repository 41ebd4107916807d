// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import Testing
import TorrentSupport

@Suite("Reaching peers", .timeLimit(.minutes(5))) struct ReachTests {
    /// Policies that can meet: all but "require" with "off".
    static let meetings = EncryptionPolicy.allCases.flatMap { one in
        EncryptionPolicy.allCases.map { (one, $0) }
    }.filter { Set([$0, $1]) != [.off, .require] }

    @Test("peers that can agree on encryption do, from whatever loop", arguments: meetings)
    func agrees(_ seeding: EncryptionPolicy, _ fetching: EncryptionPolicy) async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 3)
        // On three loops the torrent is seldom at home where its connections come in.
        let seeder = try await TestPeer("seeder", loops: 3, configure: { $0.reach.encryption = seeding })
        let fetcher = try await TestPeer("fetcher", configure: { $0.reach.encryption = fetching })
        _ = try await seeder.seed(torrent).checked()
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await handle.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test(
        "peers meet over uTP alone, on either family, plain and encrypted", arguments: ["127.0.0.1", "::1"],
        [.off, .require] as [EncryptionPolicy])
    func meetsByUTP(_ host: String, _ policy: EncryptionPolicy) async throws {
        let torrent = try MadeTorrent.random(.hybrid, seed: 4)
        func peer(_ name: String) async throws -> TestPeer {
            try await TestPeer(
                name, host: host,
                configure: {
                    $0.reach.encryption = policy
                    $0.reach.dialsTCP = false
                    $0.reach.dialsUTP = true
                })
        }
        let (seeder, fetcher) = (try await peer("seeder"), try await peer("fetcher"))
        _ = try await seeder.seed(torrent).checked()
        let handle = fetcher.session.add(
            .metainfo(torrent.metainfo), options: fetcher.options(peers: [seeder.address]),
            judge: TestPeer.admitted)
        _ = try await handle.completion()
        #expect(torrent.faults(in: fetcher.folder.url) == [])
        await fetcher.session.stop()
        await seeder.session.stop()
    }

    @Test("who requires encryption hangs up on a handshake in clear")
    func refusesPlain() async throws {
        let torrent = try MadeTorrent.random(.v1, seed: 3)
        let seeder = try await TestPeer("seeder", configure: { $0.reach.encryption = .require })
        _ = try await seeder.seed(torrent).checked()
        await #expect(throws: RawPeer.Ended.self) {
            try await RawPeer.converse(
                with: seeder.address, about: torrent.info.infoHashes.swarms[0], saying: []
            ) { !$0.isEmpty }
        }
        await seeder.session.stop()
    }
}
