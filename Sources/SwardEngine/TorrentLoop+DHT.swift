// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardDHT
import SwardMetainfo
import SwardPrimitives
import SwardStorage
import SwardSwarm

/// Looking for peers in the DHT, and being found there. Source: BEP 5; BEP 52, 20-byte truncation.
///
/// Nothing is asked for a private torrent or a held one, and only an admitted work is announced: whoever takes a work in
/// quarantine looks for peers and is not to be found.
extension TorrentLoop {
    /// What is stored is forgotten after half an hour.
    private static let regular = TimeAmount.minutes(15)
    /// Without any peer it is asked again sooner, ever later: the table may have been empty the first time.
    private static let impatient: [Int64] = [2, 4, 8, 15, 30, 60, 120, 300]

    /// Called twice a second; asks when it is time.
    func askDHT() {
        guard let dht = environment.dht, !isStopped, !isFailed, dhtDueAt <= .now(), let mayTell = dhtRole
        else { return }
        let hasPeers = links.contains { $0 != nil }
        // Who is complete waits for others to come.
        if hasPeers || (isDone && dhtTries >= Self.impatient.count / 2) {
            dhtTries = hasPeers ? 0 : dhtTries
            dhtDueAt = .now() + Self.regular
        } else {
            let wait = Self.impatient[min(dhtTries, Self.impatient.count - 1)]
            dhtTries += 1
            dhtDueAt = .now() + .seconds(wait)
        }
        // Among many torrents a search may wait for its turn; another would wait behind it.
        guard dhtSearches == 0 else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        let port = mayTell ? core.configuration.listenPort : nil
        for hash in (info?.infoHashes ?? core.infoHashes).swarms {
            dhtSearches += 1
            dht.search(
                for: hash, announcing: port, isSeed: snapshot.isWhole,
                whenDone: { loop.execute { me.value.dhtSearches -= 1 } }
            ) { peers in
                loop.execute {
                    let me = me.value
                    // The judgement may have changed meanwhile.
                    guard !me.isStopped, me.dhtRole != nil else { return }
                    me.found(peers, source: .dht)
                    me.endOfTick()
                }
            }
        }
    }

    /// Whether we may be named there; `nil` when nothing is to be asked either.
    var dhtRole: Bool? {
        guard let isPrivate = info?.isPrivate ?? rest?.isPrivate else { return false }
        guard !isPrivate, let permissions = judgement?.permissions else { return nil }
        if permissions.upload { return true }
        return permissions.download && !isDone ? false : nil
    }

    /// Nodes that the torrent names.
    func tellDHT(of nodes: [Metainfo.Node]) {
        guard let dht = environment.dht, info?.isPrivate != true else { return }
        let hosts = nodes.prefix(16).map {
            $0.host.contains(":") ? "[\($0.host)]:\($0.port)" : "\($0.host):\($0.port)"
        }
        guard !hosts.isEmpty else { return }
        if environment.proxy != nil { return dht.heard(of: hosts.compactMap { HostAndPort($0) }) }
        // The resolver may take its time: not on a loop.
        environment.pool.submit {
            for host in hosts { if let address = HostAndPort(host)?.resolve() { dht.heard(of: address) } }
        }
    }
}
