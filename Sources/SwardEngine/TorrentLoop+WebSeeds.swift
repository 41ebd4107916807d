// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

/// Web servers among the peers.
extension TorrentLoop {
    static let maximumWebSeeds = 16
    /// After the core would not have one; of bad bytes it is not forgiven then either.
    static let webSeedPatience = TimeAmount.seconds(30)

    /// Connects those that are not, while there is something to fetch.
    func updateWebSeeds() {
        guard !isStopped, options.usesWebSeeds, environment.web != nil, info != nil,
            judgement?.permissions.download == true, !core.isDone
        else { return }
        for seed in webSeeds where seed.id == nil && !seed.isGivenUp && seed.notBefore <= .now() {
            connect(seed)
        }
    }

    private func connect(_ seed: WebSeed) {
        guard let hash = core.infoHashes.swarms.first else { return }
        let handshake = Handshake(
            features: [.fast, .extensions], infoHash: hash, peerID: seed.handshakeID)
        var arrival = PeerArrival(address: seed.address, isOutgoing: false, handshake: handshake)
        arrival.likesRuns = true
        do throws(CloseReason) {
            let now = ContinuousClock.now
            let id = try core.peerConnected(arrival, at: now, into: &actions)
            seed.id = id
            webLinks[id.slot] = seed
            var extended = ExtensionHandshake()
            extended.clientName = seed.name
            extended.requestQueue = 500
            core.received(.extended(id: 0, extended.payload()), from: id, at: now, into: &actions)
            core.received(.haveAll, from: id, at: now, into: &actions)
            core.received(.unchoke, from: id, at: now, into: &actions)
            emit(.peerConnected(seed.address))
        } catch {
            logger.debug("web seed refused", metadata: ["url": "\(seed.url)", "reason": "\(error)"])
            // Of bad bytes it is not forgiven.
            if error != .banned { retry(seed, after: Self.webSeedPatience) }
        }
        perform()
    }

    /// What the core says to a web seed.
    func tell(_ seed: WebSeed, _ message: PeerMessage) {
        switch message {
        case .request(let block):
            seed.ask(block)
            dirtyWebSeeds = true
        case .cancel(let block):
            guard let id = seed.id, seed.cancel(block) else { return }
            core.received(.reject(block), from: id, at: .now, into: &actions)
        default: break
        }
    }

    func pumpWebSeeds() {
        guard dirtyWebSeeds, let info, let transport = environment.web else { return }
        dirtyWebSeeds = false
        for seed in webSeeds where seed.id != nil { seed.pump(info, self, transport) }
    }

    func webSeedRests(_ seed: WebSeed) {
        dirtyWebSeeds = true
        endOfTick()
    }

    func webSeedFailed(_ seed: WebSeed, _ failure: WebFailure) {
        guard let id = seed.id else { return }
        webLinks[id.slot] = nil
        seed.disconnected()
        let wait = seed.failed(failure)
        emit(.webSeed(seed.url, failure))
        core.peerDisconnected(id, error: nil, at: .now, into: &actions)
        perform()
        endOfTick()
        if !seed.isGivenUp { retry(seed, after: wait) }
    }

    func retry(_ seed: WebSeed, after wait: TimeAmount) {
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: wait) {
            me.value.updateWebSeeds()
            me.value.endOfTick()
        }
    }
}
