// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Logging
import Support
import SwardEngine
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import TorrentSupport

/// A session on loopback with a folder of its own.
final class TestPeer: Sendable {
    let session: Session
    let folder: TemporaryFolder
    let address: PeerAddress

    static let admitted: Judge = { _ in Judgement(permissions: .open, state: "admitted") }
    static let quarantined: Judge = { _ in Judgement(permissions: .quarantine, state: "quarantined") }
    static let held: Judge = { _ in Judgement(permissions: .shut, state: "held", reasons: ["test"]) }

    init(
        _ name: String, host: String = "127.0.0.1", loops: Int = 1, folder: TemporaryFolder? = nil,
        transport: TrackerTransport? = nil, configure: (inout SessionConfiguration) -> Void = { _ in }
    )
        async throws
    {
        let id = Array("-SW0000-".utf8) + Array((name + "............").utf8.prefix(12))
        var configuration = SessionConfiguration(peerID: PeerID(id)!, seed: UInt64(name.utf8.count))
        configuration.listen = [(host, 0)]
        configuration.loops = loops
        configuration.transport = transport
        configure(&configuration)
        var logger = Logger(label: "sward.test")
        logger.logLevel = ProcessInfo.processInfo.environment["SWARD_TEST_LOG"] == nil ? .critical : .trace
        logger[metadataKey: "me"] = "\(name)"
        session = Session(configuration, logger: logger)
        self.folder = try folder ?? TemporaryFolder()
        // By a proxy there is none.
        address = try await session.start().first ?? PeerAddress(ip: [0, 0, 0, 0], port: 0)!
    }

    func options(peers: [PeerAddress] = [], resume: Bool = false) -> TorrentOptions {
        var options = TorrentOptions(folder: folder.path)
        options.peers = peers
        options.resumePath = resume ? "\(folder.path).state/resume" : nil
        return options
    }

    func seed(_ torrent: MadeTorrent, judge: @escaping Judge = admitted) throws -> TorrentHandle {
        try torrent.write(to: folder.url)
        var options = options()
        options.writes = false
        return session.add(.metainfo(torrent.metainfo), options: options, judge: judge)
    }
}

extension TorrentHandle {
    enum Unexpected: Error { case ended, failed(TorrentProblem) }

    /// Reads events until `pick` gives a value.
    func first<Value>(_ pick: (TorrentEvent) -> Value?) async throws -> Value {
        for await event in events {
            if let value = pick(event) { return value }
            if case .failed(let problem) = event { throw Unexpected.failed(problem) }
        }
        throw Unexpected.ended
    }

    func completion() async throws -> TorrentSnapshot {
        try await first { if case .complete(let snapshot) = $0 { snapshot } else { nil } }
    }

    func checked() async throws -> TorrentSnapshot {
        try await first { if case .checked(let snapshot) = $0 { snapshot } else { nil } }
    }
}
