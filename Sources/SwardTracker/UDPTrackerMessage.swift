// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives

/// Datagrams to a UDP tracker. Source: BEP 15; BEP 41 for options.
enum UDPTrackerRequest {
    private static let protocolID: UInt64 = 0x417_2710_1980
    static let maximumScrapes = 74

    static func connect(transaction: UInt32) -> [UInt8] {
        bytes(protocolID) + bytes(UInt32(0)) + bytes(transaction)
    }

    static func announce(
        _ request: AnnounceRequest, urlData: String, connection: UInt64, transaction: UInt32
    ) -> [UInt8] {
        var datagram = bytes(connection) + bytes(UInt32(1)) + bytes(transaction)
        datagram += request.infoHash.bytes + request.peerID.bytes
        let progress = request.progress
        for number in [progress.downloaded, progress.left, progress.uploaded] {
            datagram += bytes(UInt64(number))
        }
        let event: UInt32 =
            switch request.event {
            case nil, .paused: 0
            case .completed: 1
            case .started: 2
            case .stopped: 3
            }
        datagram += bytes(event) + bytes(UInt32(0)) + bytes(request.key ?? 0)
        let wanted = request.wantedPeers.map { UInt32(clamping: $0) } ?? .max
        datagram += bytes(wanted) + bytes(request.port)
        var data = Array(urlData.utf8)[...]
        while !data.isEmpty {
            let part = data.prefix(255)
            datagram += [2, UInt8(part.count)] + part
            data = data.dropFirst(part.count)
        }
        return datagram
    }

    static func scrape(_ hashes: [Digest160], connection: UInt64, transaction: UInt32) -> [UInt8] {
        bytes(connection) + bytes(UInt32(2)) + bytes(transaction)
            + hashes.prefix(maximumScrapes).flatMap(\.bytes)
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

/// What a tracker knows of one swarm. Source: BEP 48.
package struct ScrapeEntry: Hashable, Sendable {
    package var seeds: Int
    package var leeches: Int
    /// How often it was told of a completion.
    package var downloads: Int

    package init(seeds: Int, leeches: Int, downloads: Int) {
        self.seeds = seeds
        self.leeches = leeches
        self.downloads = downloads
    }
}

/// A datagram from a UDP tracker. Source: BEP 15.
enum UDPTrackerReply: Hashable {
    case connected(UInt64)
    case announced(AnnounceResponse)
    case scraped([ScrapeEntry])
    case refused(String)

    /// - Returns: `nil` for what answers nothing: too short for a number of its own, or an action nobody knows.
    static func transaction(of datagram: [UInt8]) -> UInt32? {
        datagram.count >= 8 ? UInt32(truncatingIfNeeded: number(datagram, 4, 4)) : nil
    }

    /// - Parameter isIPv6: whether it came over IPv6, which decides how long addresses are.
    static func parse(_ datagram: [UInt8], isIPv6: Bool) throws(TrackerError) -> UDPTrackerReply? {
        guard datagram.count >= 8 else { throw .shortDatagram(length: datagram.count) }
        switch number(datagram, 0, 4) {
        case 0:
            guard datagram.count >= 16 else { throw .shortDatagram(length: datagram.count) }
            return .connected(number(datagram, 8, 8))
        case 1: return .announced(try announced(datagram, isIPv6: isIPv6))
        case 2:
            return .scraped(
                stride(from: 8, to: datagram.count - 11, by: 12).map { start in
                    ScrapeEntry(
                        seeds: Int(number(datagram, start, 4)), leeches: Int(number(datagram, start + 8, 4)),
                        downloads: Int(number(datagram, start + 4, 4)))
                })
        case 3:
            let text = String(decoding: datagram[8...].prefix(500), as: UTF8.self)
            return .refused(
                String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) }))
        default: return nil
        }
    }

    private static func announced(_ datagram: [UInt8], isIPv6: Bool) throws(TrackerError) -> AnnounceResponse
    {
        guard datagram.count >= 20 else { throw .shortDatagram(length: datagram.count) }
        let interval = number(datagram, 8, 4)
        guard interval <= UInt64(Int32.max) else { throw .badInterval(Int64(interval)) }
        var response = AnnounceResponse(interval: .seconds(Int64(interval)))
        response.leeches = Int(number(datagram, 12, 4))
        response.seeds = Int(number(datagram, 16, 4))
        let width = isIPv6 ? 16 : 4
        var seen: Set<PeerAddress> = []
        for start in stride(from: 20, to: datagram.count - width - 1, by: width + 2) {
            let port = UInt16(truncatingIfNeeded: number(datagram, start + width, 2))
            guard port != 0, let peer = PeerAddress(ip: datagram[start..<(start + width)], port: port),
                peer.scope != .none, seen.insert(peer).inserted
            else { continue }
            response.peers.append(peer)
        }
        return response
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
        bytes[start..<(start + count)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
