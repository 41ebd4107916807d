// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import SwardEngine
import SwardPrimitives
import SwardStorage

/// A session of the engine, set up from options and configuration.
enum SwarmSession {
    static func make(_ options: SwarmOptions, _ configuration: Configuration) throws -> Session {
        var random = SystemRandomNumberGenerator()
        // BEP 20: client, version, then twelve bytes of chance.
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        let tail = (0..<12).map { _ in digits[Int.random(in: 0..<digits.count, using: &random)] }
        guard let peerID = PeerID(Array("-SW0100-".utf8) + tail) else { preconditionFailure("twenty bytes") }
        var settings = SessionConfiguration(peerID: peerID, seed: random.next())
        settings.clientName = "sward \(Sward.version)"
        let address = try options.listenAddress(configuration)
        settings.listen = [(address.host, Int(address.port))]
        settings.localDiscovery = options.findsLocally(configuration)
        settings.transport = options.noTrackers ? nil : TrackerFetch.transport
        return Session(settings, logger: Logger(label: "sward") { _ in SwiftLogNoOpLogHandler() })
    }

    static func start(_ session: Session, _ options: SwarmOptions, _ configuration: Configuration)
        async throws
        -> [PeerAddress]
    {
        do { return try await session.start() } catch {
            let address = try options.listenAddress(configuration)
            throw Misfortune(
                "cannot listen on \(address): \(error); choose another address with --listen, port 0 for any")
        }
    }

    static func resumePath(_ hashes: InfoHashes, payload folder: String) -> String {
        ResumeFile.path(in: Folders.live.resume, of: hashes, payload: folder)
    }
}
