// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a tracker could not be asked, or its answer not be read.
package enum TrackerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the tracker says itself; control characters are replaced.
    case refused(TrackerRefusal)
    /// The URL is empty, over-long, or holds bytes that a request line cannot carry.
    case badURL(String)
    /// Neither `http`, `https` nor `udp`.
    case unsupportedScheme(String)
    /// No bencode; an HTML page, as a rule. The offset is in bytes.
    case notBencode(offset: Int)
    case expectedDictionary
    /// Neither a list nor a string, or a string that is no whole number of entries.
    case badPeers(key: String, length: Int)
    case badInterval(Int64)
    /// A datagram too short for what it says it is; in bytes.
    case shortDatagram(length: Int)
    /// `announce` is no part of the path's last element, so that there is nothing to scrape. Source: BEP 48.
    case noScrape(String)
    /// A local announcement that is no `BT-SEARCH`, or lacks a port or an info-hash.
    case badLocalAnnouncement

    package var description: String {
        switch self {
        case .refused(let refusal): "it says: \(refusal.reason)"
        case .badURL: "its address cannot be asked"
        case .unsupportedScheme(let scheme): "\(scheme) is no scheme that trackers are asked by"
        case .notBencode: "it answers with no bencode; is it a tracker?"
        case .expectedDictionary, .badPeers, .badInterval, .shortDatagram, .badLocalAnnouncement:
            "it answers what no tracker does"
        case .noScrape: "it has no address to be asked at (BEP 48)"
        }
    }
}

/// A `failure reason`, and when the tracker wants to be asked again. Source: BEP 3, BEP 31.
package struct TrackerRefusal: Hashable, Sendable {
    package enum Retry: Hashable, Sendable {
        case unsaid
        case after(Duration)
        case never
    }
    package let reason: String
    package let retry: Retry

    package init(reason: String, retry: Retry = .unsaid) {
        self.reason = reason
        self.retry = retry
    }
}
