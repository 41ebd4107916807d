// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire
import Testing

@Suite("Connections that come to nothing", .timeLimit(.minutes(1))) struct HandshakeFailureTests {
    static let stranger = Digest160([UInt8](repeating: 7, count: 20))!

    /// Says `bytes`, and hangs up or waits for the other end to.
    private func say(_ bytes: [UInt8], to peer: TestPeer, hangingUp: Bool = false) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: Int(peer.address.port)).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        if hangingUp { try await channel.close() } else { try? await channel.closeFuture.get() }
    }

    private func failures(of peer: TestPeer, atLeast count: Int) async -> [String: Int] {
        while true {
            let failures = await peer.session.statistics().handshakeFailures
            if failures.values.reduce(0, +) >= count { return failures }
            await Task.yield()
        }
    }

    private static var hello: [UInt8] {
        var hello = ByteBuffer()
        Handshake(features: [], infoHash: stranger, peerID: PeerID([UInt8](repeating: 1, count: 20))!)
            .write(into: &hello)
        return Array(hello.readableBytesView)
    }

    @Test("are counted once each, by reason", arguments: [EncryptionPolicy.off, .allow])
    func counts(_ encryption: EncryptionPolicy) async throws {
        let peer = try await TestPeer("peer", configure: { $0.reach.encryption = encryption })
        try await say([UInt8](repeating: 0x78, count: 2000), to: peer)
        try await say(Self.hello, to: peer)
        #expect(await failures(of: peer, atLeast: 2) == ["not a handshake": 1, "unknown info-hash": 1])
        for length in [5, 30] { try await say(Array(Self.hello.prefix(length)), to: peer, hangingUp: true) }
        #expect(await failures(of: peer, atLeast: 4)["cut off"] == 2)
        await peer.session.stop()
    }

    @Test("where they are in clear and may not be")
    func countsClear() async throws {
        let peer = try await TestPeer("peer", configure: { $0.reach.encryption = .require })
        try await say(Self.hello, to: peer)
        #expect(await failures(of: peer, atLeast: 1) == ["not encrypted": 1])
        await peer.session.stop()
    }

    @Test("where they are encrypted, and about a torrent that is not here")
    func countsEncrypted() async throws {
        let peer = try await TestPeer("peer", configure: { $0.reach.encryption = .require })
        let other = try await TestPeer("other", configure: { $0.reach.encryption = .require })
        _ = other.session.add(
            .magnet(MagnetLink(infoHashes: InfoHashes(v1: Self.stranger, v2: nil)!)),
            options: other.options(peers: [peer.address]), judge: TestPeer.admitted)
        #expect(await failures(of: peer, atLeast: 1) == ["unknown info-hash": 1])
        for peer in [peer, other] { await peer.session.stop() }
    }
}
