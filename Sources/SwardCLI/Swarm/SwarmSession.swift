// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import SwardEngine
import SwardPrimitives
import SwardStorage

/// A session of the engine, set up from options and configuration.
enum SwarmSession {
    /// Ports to try when the user named none; the last lets the system choose.
    private static let usualPorts: [UInt16] = Array(6881...6889) + [0]

    /// Makes a session that listens.
    ///
    /// - Returns: The session, and the addresses it is reached at.
    static func open(
        _ options: SwarmOptions, _ transfer: TransferOptions, _ configuration: Configuration,
        _ report: SwarmReport
    ) async throws
        -> (session: Session, addresses: [PeerAddress])
    {
        DescriptorLimit.raise()
        let proxy = try options.proxy(configuration)
        if let proxy {
            report.proxied(by: proxy)
            let opened = try await open(on: [], by: proxy, options, transfer, configuration, report)
            let wish = transfer.wishForDHT ?? (options.tcp ? nil : "--no-tcp")
            if let wish, await !opened.session.passesDatagrams() {
                await opened.session.stop()
                throw Misfortune(
                    "\(wish) and the proxy \(Words.shown("\(proxy)")): it passes no datagrams; leave the option out, or say --proxy none"
                )
            }
            return opened
        }
        let wished = try options.listenAddresses(configuration)
        if !wished.isEmpty {
            do {
                let addresses = wished.map { (host: $0.host, port: Int($0.port)) }
                return try await open(on: addresses, by: nil, options, transfer, configuration, report)
            } catch let error as Misfortune {
                throw error
            } catch {
                throw Misfortune(
                    "cannot listen on \(wished.map { "\($0)" }.joined(separator: ", ")): \(Words.system(error)); choose another address with --listen, port 0 for any"
                )
            }
        }
        var failure: any Error = CancellationError()
        for port in usualPorts {
            // `::` takes IPv4 too; a system without IPv6 has only the other.
            for host in ["::", "0.0.0.0"] {
                do {
                    return try await open(
                        on: [(host, Int(port))], by: nil, options, transfer, configuration, report)
                } catch let error as Misfortune {
                    throw error
                } catch { failure = error }
            }
        }
        throw Misfortune(
            "cannot listen on any port: \(Words.system(failure)); choose an address with --listen")
    }

    private static func open(
        on listen: [(host: String, port: Int)], by proxy: SOCKSProxy?, _ options: SwarmOptions,
        _ transfer: TransferOptions,
        _ configuration: Configuration, _ report: SwarmReport
    ) async throws -> (session: Session, addresses: [PeerAddress]) {
        var random = SystemRandomNumberGenerator()
        // BEP 20: client, version, then twelve bytes of chance.
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        let tail = (0..<12).map { _ in digits[Int.random(in: 0..<digits.count, using: &random)] }
        guard let peerID = PeerID(Array("-SW0100-".utf8) + tail) else { preconditionFailure("twenty bytes") }
        var settings = SessionConfiguration(peerID: peerID, seed: random.next())
        settings.clientName = "sward \(Sward.version)"
        settings.listen = listen
        settings.proxy = proxy
        if let proxy {
            settings.proxyFailed = { report.failed(proxy, $0) }
            settings.datagramsPassed = { report.passed(by: proxy, $0) }
        }
        settings.localDiscovery = options.findsLocally(configuration)
        settings.reach = try options.reach(configuration)
        settings.transport = options.noTrackers ? nil : TrackerFetch.transport(by: proxy)
        settings.mapsPorts = options.mapsPorts(configuration)
        settings.mappedPort = { report.mapped($0) }
        settings.web = WebFetch.transport(by: proxy)
        try transfer.apply(to: &settings, configuration)
        let session = Session(settings, logger: Logger(label: "sward") { _ in SwiftLogNoOpLogHandler() })
        do { return (session, try await session.start()) } catch {
            await session.stop()
            throw error
        }
    }

    /// Stops a session, and keeps for the next what it has learnt.
    static func close(_ session: Session) async {
        await keepNodes(of: session)
        await session.stop()
        keepCounts(of: session)
    }

    /// Keeps it again and again until the task is cancelled: a daemon may run for months, and end by a power cut.
    static func keepLearning(from session: Session) async {
        // What a power cut may cost; a cancellation ends the sleep.
        while (try? await Task.sleep(for: .seconds(900))) != nil {
            await keepNodes(of: session)
            keepCounts(of: session)
        }
    }

    private static func keepNodes(of session: Session) async {
        // The name is not asked for where there is no node to bear it.
        guard let nodes = await session.dht?.savedNodes() else { return }
        DHTOptions.save(
            nodes,
            underOurName: session.configuration.proxy == nil && DHTOptions.hasOurName)
    }

    private static func keepCounts(of session: Session) {
        if let reciprocity = session.configuration.reciprocity { ReciprocityFile.add(reciprocity) }
    }

    static func resumePath(_ hashes: InfoHashes, payload folder: String) -> String {
        ResumeFile.path(in: Folders.live.resume, of: hashes, payload: folder)
    }
}
