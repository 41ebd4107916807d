// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
internal import SwardPrimitives

extension KRPCMessage {
    package func encoded() -> [UInt8] {
        var root: [String: Bencode] = ["t": .string(transaction)]
        switch body {
        case .query(let query):
            root["y"] = "q"
            root["q"] = .string(query.name)
            root["a"] = .dictionary(texts: query.arguments)
            if query.isReadOnly { root["ro"] = 1 }
        case .response(let response):
            root["y"] = "r"
            root["r"] = .dictionary(texts: response.fields)
        case .error(let error):
            root["y"] = "e"
            root["e"] = [.integer(error.code), .text(error.text)]
        }
        if let version { root["v"] = .string(version) }
        if let externalAddress { root["ip"] = .string(externalAddress.compact) }
        return Bencode.dictionary(texts: root).encoded()
    }
}

extension Bencode {
    static func dictionary(texts: [String: Bencode]) -> Bencode {
        .dictionary(Dictionary(uniqueKeysWithValues: texts.map { (Array($0.key.utf8), $0.value) }))
    }
}

extension KRPCQuery {
    var name: [UInt8] {
        switch method {
        case .ping: Array("ping".utf8)
        case .findNode: Array("find_node".utf8)
        case .getPeers: Array("get_peers".utf8)
        case .announcePeer: Array("announce_peer".utf8)
        case .get: Array("get".utf8)
        case .put: Array("put".utf8)
        case .sampleInfoHashes: Array("sample_infohashes".utf8)
        case .unknown(let name, _): name
        }
    }

    fileprivate var arguments: [String: Bencode] {
        var fields: [String: Bencode] = ["id": .string(id.bytes)]
        switch method {
        case .ping: break
        case .findNode(let target), .sampleInfoHashes(let target): fields["target"] = .string(target.bytes)
        case .getPeers(let infoHash, let wantsScrape, let noSeeds):
            fields["info_hash"] = .string(infoHash.bytes)
            if wantsScrape { fields["scrape"] = 1 }
            if noSeeds { fields["noseed"] = 1 }
        case .announcePeer(let infoHash, let port, let token, let isSeed):
            fields["info_hash"] = .string(infoHash.bytes)
            fields["token"] = .string(token)
            // A port is demanded beside the flag too.
            fields["port"] = .integer(Int64(port ?? 1))
            fields["implied_port"] = port == nil ? 1 : 0
            if isSeed { fields["seed"] = 1 }
        case .get(let target, let sequence):
            fields["target"] = .string(target.bytes)
            if let sequence { fields["seq"] = .integer(sequence) }
        case .put(let arguments, let token, let compareAndSwap):
            fields.merge(arguments.fields) { own, _ in own }
            fields["token"] = .string(token)
            if let compareAndSwap { fields["cas"] = .integer(compareAndSwap) }
        case .unknown(_, let target):
            if let target { fields["target"] = .string(target.bytes) }
        }
        if !wants.isEmpty {
            fields["want"] = .list(DHTFamily.allCases.filter(wants.contains).map { .text($0.wantName) })
        }
        return fields
    }
}

extension KRPCResponse {
    /// Leaves out peers, and the farthest nodes, of whichever take more room.
    mutating func shorten(by byteCount: Int) {
        var excess = byteCount
        // With what says how long each is.
        func length(_ peer: PeerAddress) -> Int { peer.compact.count + (peer.isIPv4 ? 2 : 3) }
        func length(_ node: NodeContact) -> Int { NodeID.bitCount / 8 + node.address.compact.count }
        var (peerBytes, nodeBytes) = (
            peers.reduce(0) { $0 + length($1) }, nodes.reduce(0) { $0 + length($1) }
        )
        while excess > 0 {
            if peerBytes > nodeBytes, let peer = peers.popLast() {
                peerBytes -= length(peer)
                excess -= length(peer)
            } else if let index = farthestOfMost {
                let node = nodes.remove(at: index)
                nodeBytes -= length(node)
                excess -= length(node)
            } else {
                return
            }
        }
    }

    /// Nodes are nearest first in each family; the last of the one that has more.
    private var farthestOfMost: Int? {
        let counts = Dictionary(grouping: nodes) { DHTFamily(of: $0.address) }.mapValues(\.count)
        let most: DHTFamily = counts[.ipv6, default: 0] >= counts[.ipv4, default: 0] ? .ipv6 : .ipv4
        return nodes.lastIndex { DHTFamily(of: $0.address) == most }
    }

    fileprivate var fields: [String: Bencode] {
        var fields: [String: Bencode] = ["id": .string(id.bytes)]
        for family in DHTFamily.allCases {
            let nodes = nodes.filter { DHTFamily(of: $0.address) == family }
            if !nodes.isEmpty {
                fields[family.nodesKey] = .string(nodes.flatMap { $0.id.bytes + $0.address.compact })
            }
        }
        if !peers.isEmpty { fields["values"] = .list(peers.map { .string($0.compact) }) }
        fields["token"] = token.map(Bencode.string)
        fields["BFsd"] = seedFilter.map { .string($0.bytes) }
        fields["BFpe"] = peerFilter.map { .string($0.bytes) }
        fields["v"] = value.map(Bencode.raw)
        fields["k"] = publicKey.map(Bencode.string)
        fields["sig"] = signature.map(Bencode.string)
        fields["seq"] = sequence.map(Bencode.integer)
        if let samples {
            fields["samples"] = .string(samples.flatMap(\.bytes))
            fields["interval"] = .integer(Int64(sampleInterval ?? 0))
            fields["num"] = .integer(Int64(sampleCount ?? samples.count))
        }
        return fields
    }
}
