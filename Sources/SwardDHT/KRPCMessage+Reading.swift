// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
internal import SwardPrimitives

extension KRPCMessage {
    /// Larger datagrams are not read: no method needs more, and memory is taken only after this check.
    package static let maximumByteCount = 8192
    static let maximumTransactionByteCount = 32
    static let maximumTokenByteCount = 255

    package enum Failure: Error, Hashable, Sendable {
        case tooLong
        case notBencode
        /// The key that is missing or of a wrong type.
        case malformed(String)
        /// A query that can be answered with an error.
        case refused(KRPCError, transaction: [UInt8])
    }

    /// Reads a datagram as other programs write it: what we do not know is passed over.
    package static func parse(
        _ datagram: ArraySlice<UInt8>, maximumByteCount: Int = maximumByteCount
    ) throws(Failure) -> KRPCMessage {
        guard datagram.count <= maximumByteCount else { throw .tooLong }
        let root: Bencode
        do throws(BencodeError) { root = try LooseBencode.read(datagram, maximumValues: 2048).value } catch {
            throw .notBencode
        }
        guard let transaction = root["t"]?.string, transaction.count <= maximumTransactionByteCount else {
            throw .malformed("t")
        }
        let body: Body
        switch root["y"]?.string {
        case [UInt8(ascii: "q")]:
            body = .query(try query(root, transaction))
        case [UInt8(ascii: "r")]:
            guard let fields = root["r"], let id = fields.nodeID("id") else { throw .malformed("r.id") }
            body = .response(response(fields, id))
        case [UInt8(ascii: "e")]:
            guard case .list(let parts)? = root["e"], let code = parts.first?.integer else {
                throw .malformed("e")
            }
            let words = parts.dropFirst().first?.string ?? []
            body = .error(KRPCError(code: code, text: String(decoding: words.prefix(200), as: UTF8.self)))
        default:
            throw .malformed("y")
        }
        return KRPCMessage(
            transaction: transaction, body: body, version: root["v"]?.string.map { Array($0.prefix(8)) },
            externalAddress: root["ip"]?.string.flatMap(PeerAddress.init(compact:)))
    }

    private static func query(_ root: Bencode, _ transaction: [UInt8]) throws(Failure) -> KRPCQuery {
        guard let name = root["q"]?.string, let fields = root["a"], let id = fields.nodeID("id") else {
            throw .refused(.malformed, transaction: transaction)
        }
        func need<T>(_ value: T?) throws(Failure) -> T {
            guard let value else { throw .refused(.malformed, transaction: transaction) }
            return value
        }
        let method: KRPCQuery.Method
        switch String(decoding: name, as: UTF8.self) {
        case "ping": method = .ping
        case "find_node": method = .findNode(target: try need(fields.nodeID("target")))
        case "get_peers":
            method = .getPeers(
                infoHash: try need(fields.nodeID("info_hash")), wantsScrape: fields["scrape"]?.integer == 1,
                noSeeds: fields["noseed"]?.integer == 1)
        case "announce_peer":
            let isImplied = fields["implied_port"]?.integer.map { $0 != 0 } ?? false
            let port = fields["port"]?.integer.flatMap(UInt16.init(exactly:))
            method = .announcePeer(
                infoHash: try need(fields.nodeID("info_hash")), port: isImplied ? nil : try need(port),
                token: try need(fields.token), isSeed: fields["seed"]?.integer == 1)
        case "get": method = .get(target: try need(fields.nodeID("target")), sequence: fields["seq"]?.integer)
        case "put":
            let arguments: PutArguments
            do throws(KRPCError) { arguments = try PutArguments(reading: fields) } catch {
                throw .refused(error, transaction: transaction)
            }
            method = .put(arguments, token: try need(fields.token), compareAndSwap: fields["cas"]?.integer)
        case "sample_infohashes": method = .sampleInfoHashes(target: try need(fields.nodeID("target")))
        default:
            method = .unknown(
                name: Array(name.prefix(64)), target: fields.nodeID("target") ?? fields.nodeID("info_hash"))
        }
        var wants: Set<DHTFamily> = []
        if case .list(let names)? = fields["want"] {
            wants = Set(DHTFamily.allCases.filter { names.contains(.text($0.wantName)) })
        }
        return KRPCQuery(id: id, method: method, isReadOnly: root["ro"]?.integer == 1, wants: wants)
    }

    private static func response(_ fields: Bencode, _ id: NodeID) -> KRPCResponse {
        var response = KRPCResponse(id: id)
        for family in DHTFamily.allCases {
            let width = 20 + family.addressByteCount + 2
            guard let bytes = fields[family.nodesKey]?.string, bytes.count % width == 0 else { continue }
            for start in stride(from: 0, to: bytes.count, by: width) {
                guard let id = NodeID(bytes[start..<start + 20]),
                    let address = PeerAddress(compact: Array(bytes[start + 20..<start + width])),
                    address.isReachable
                else { continue }
                response.nodes.append(NodeContact(id: id, address: address))
            }
        }
        if case .list(let values)? = fields["values"] {
            response.peers = values.compactMap { $0.string.flatMap(PeerAddress.init(compact:)) }
                .filter(\.isReachable)
        }
        response.token = fields.token
        response.seedFilter = fields["BFsd"]?.string.flatMap(ScrapeFilter.init)
        response.peerFilter = fields["BFpe"]?.string.flatMap(ScrapeFilter.init)
        // Encoded anew: one that was not canonical then has another hash and is refused, as it should be.
        response.value = fields["v"]?.encoded()
        response.publicKey = fields["k"]?.string
        response.signature = fields["sig"]?.string
        response.sequence = fields["seq"]?.integer
        if let samples = fields["samples"]?.string, samples.count % 20 == 0 {
            response.samples = stride(from: 0, to: samples.count, by: 20).compactMap {
                NodeID(samples[$0..<$0 + 20])
            }
            response.sampleInterval = fields["interval"]?.integer.map {
                Int(clamping: min(max($0, 0), 21600))
            }
            response.sampleCount = fields["num"]?.integer.map { Int(clamping: max($0, 0)) }
        }
        return response
    }
}

extension Bencode {
    fileprivate func nodeID(_ key: String) -> NodeID? { self[key]?.string.flatMap { NodeID($0) } }

    fileprivate var token: [UInt8]? {
        self["token"]?.string.flatMap { $0.count <= KRPCMessage.maximumTokenByteCount ? $0 : nil }
    }
}

extension PeerAddress {
    /// Six bytes or eighteen: the IP address, then the port, most significant byte first. Source: BEP 5, BEP 32.
    init?(compact bytes: [UInt8]) {
        guard bytes.count == 6 || bytes.count == 18 else { return nil }
        self.init(
            ip: bytes.dropLast(2), port: UInt16(bytes[bytes.count - 2]) << 8 | UInt16(bytes[bytes.count - 1]))
    }

    var compact: [UInt8] { ip + [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)] }
}
