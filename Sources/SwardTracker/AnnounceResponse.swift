// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
package import SwardPrimitives

/// What an HTTP tracker answers. Source: BEP 3, 7, 23, 24, 31.
package struct AnnounceResponse: Hashable, Sendable {
    /// More are dropped: nobody connects to so many, and a tracker should not fill our memory.
    package static let peerLimit = 2000
    /// No well-behaved answer is longer, in bytes.
    package static let byteLimit = 1 << 20
    private static let valueLimit = 100_000

    /// Without duplicates, port 0, and the unspecified address. Names are dropped too, so that a tracker cannot
    /// make us look them up.
    package var peers: [PeerAddress]
    /// When to ask again; a tracker that does not say gets half an hour.
    package var interval: Duration
    /// How soon it may be, when we lack peers.
    package var minimumInterval: Duration?
    /// For a person to read; free of control characters.
    package var warning: String?
    /// To be given back in the next announce.
    package var trackerID: [UInt8]?
    package var seeds: Int?
    package var leeches: Int?
    package var downloads: Int?
    /// Our address as the tracker sees it; the port means nothing. Source: BEP 24.
    package var externalAddress: PeerAddress?

    package init(peers: [PeerAddress] = [], interval: Duration, minimumInterval: Duration? = nil) {
        self.peers = peers
        self.interval = interval
        self.minimumInterval = minimumInterval
    }

    /// - Throws: `.refused` when the tracker names a failure.
    package static func parse(_ bytes: [UInt8]) throws(TrackerError) -> AnnounceResponse {
        let root: Bencode
        do throws(BencodeError) {
            root = try LooseBencode.read(bytes[...], maximumValues: valueLimit).value
        } catch {
            throw .notBencode(offset: error.offset)
        }
        guard case .dictionary = root else { throw .expectedDictionary }
        if let reason = root["failure reason"] {
            throw .refused(
                TrackerRefusal(reason: reason.shownText ?? "", retry: retry(root["retry in"])))
        }
        var response = AnnounceResponse(interval: .seconds(1800))
        if let interval = try seconds(root["interval"]) { response.interval = interval }
        response.minimumInterval = try seconds(root["min interval"])
        response.warning = root["warning message"]?.shownText
        response.trackerID = root["tracker id"]?.string.flatMap { $0.count <= 512 ? $0 : nil }
        response.seeds = count(root["complete"])
        response.leeches = count(root["incomplete"])
        response.downloads = count(root["downloaded"])
        response.externalAddress = root["external ip"]?.string.flatMap { PeerAddress(ip: $0, port: 0) }
        var seen: Set<PeerAddress> = []
        for (key, width) in [("peers", 4), ("peers6", 16)] {
            guard let value = root[key] else { continue }
            for peer in try addresses(value, key: key, width: width)
            where response.peers.count < peerLimit && seen.insert(peer).inserted {
                response.peers.append(peer)
            }
        }
        return response
    }

    private static func addresses(
        _ value: Bencode, key: String, width: Int
    ) throws(TrackerError) -> [PeerAddress] {
        switch value {
        case .string(let bytes):
            let entry = width + 2
            guard bytes.count.isMultiple(of: entry) else { throw .badPeers(key: key, length: bytes.count) }
            return stride(from: 0, to: bytes.count, by: entry).compactMap { start in
                let port = UInt16(bytes[start + width]) << 8 | UInt16(bytes[start + width + 1])
                return address(ip: Array(bytes[start..<(start + width)]), port: port)
            }
        case .list(let peers):
            return peers.compactMap { peer in
                guard let text = peer["ip"]?.string, let port = peer["port"]?.number,
                    let port = UInt16(exactly: port)
                else { return nil }
                guard let ip = IPText.bytes(String(decoding: text, as: UTF8.self)) else { return nil }
                return address(ip: ip, port: port)
            }
        // "no peers" of trackers written in languages where an empty list is an empty dictionary.
        case .dictionary(let entries) where entries.isEmpty: return []
        default: throw .badPeers(key: key, length: 0)
        }
    }

    private static func address(ip: [UInt8], port: UInt16) -> PeerAddress? {
        port == 0 || ip.allSatisfy { $0 == 0 } ? nil : PeerAddress(ip: ip, port: port)
    }

    private static func seconds(_ value: Bencode?) throws(TrackerError) -> Duration? {
        guard let seconds = value?.number else { return nil }
        guard 0...Int64(Int32.max) ~= seconds else { throw .badInterval(seconds) }
        return .seconds(seconds)
    }

    private static func count(_ value: Bencode?) -> Int? {
        value?.number.flatMap { $0 < 0 ? nil : Int(exactly: $0) }
    }

    private static func retry(_ value: Bencode?) -> TrackerRefusal.Retry {
        if let minutes = value?.number {
            // A year is as good as never, and cannot overflow.
            return minutes <= 0 ? .unsaid : .after(.seconds(60 * min(minutes, 525_600)))
        }
        return value?.string == Array("never".utf8) ? .never : .unsaid
    }
}
