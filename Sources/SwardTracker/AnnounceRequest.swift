// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What we tell an HTTP tracker about us and one swarm. Source: BEP 3, "trackers"; BEP 7, 21, 23.
package struct AnnounceRequest: Hashable, Sendable {
    package enum Event: String, Hashable, Sendable {
        case started, completed, stopped
        /// Sent every time while we want no more though the torrent is not whole. Source: BEP 21.
        case paused
    }

    package var infoHash: Digest160
    package var peerID: PeerID
    /// Where we listen.
    package var port: UInt16
    package var progress: AnnounceProgress
    package var event: Event?
    /// How many peers we would like; `nil` leaves it to the tracker.
    package var wantedPeers: Int?
    /// Tells the tracker that we are the same though our address changed; the same all through a session.
    package var key: UInt32?
    /// As the tracker gave it in its last answer.
    package var trackerID: [UInt8]?

    package init(
        infoHash: Digest160, peerID: PeerID, port: UInt16, progress: AnnounceProgress, event: Event? = nil,
        wantedPeers: Int? = nil, key: UInt32? = nil, trackerID: [UInt8]? = nil
    ) {
        self.infoHash = infoHash
        self.peerID = peerID
        self.port = port
        self.progress = progress
        self.event = event
        self.wantedPeers = wantedPeers
        self.key = key
        self.trackerID = trackerID
    }

    /// The query without its `?`, the same for the same request.
    package var query: String {
        var query = "info_hash=\(percentEncoded(infoHash.bytes))&peer_id=\(percentEncoded(peerID.bytes))"
        query += "&port=\(port)&uploaded=\(progress.uploaded)&downloaded=\(progress.downloaded)"
        query += "&left=\(progress.left)&compact=1"
        if let wantedPeers { query += "&numwant=\(wantedPeers)" }
        if let key {
            let digits = String(key, radix: 16)
            query += "&key=" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        if let event { query += "&event=\(event.rawValue)" }
        if let trackerID { query += "&trackerid=\(percentEncoded(trackerID))" }
        return query
    }

    /// The whole URL to get: what the torrent names, its own query (a passkey, often) kept in front of ours. Of a UDP
    /// tracker, what the torrent names.
    ///
    /// - Throws: `TrackerError` for other schemes and for URLs that could smuggle something into a request.
    package func url(of tracker: String) throws(TrackerError) -> String {
        try TrackerURL.check(tracker)
        if TrackerURL.isUDP(tracker) { return tracker }
        let url = tracker.prefix { $0 != "#" }
        guard let question = url.firstIndex(of: "?") else { return "\(url)?\(query)" }
        let isOpen = url[question...].dropFirst().isEmpty || url.last == "&"
        return "\(url)\(isOpen ? "" : "&")\(query)"
    }
}

/// The bytes moved and missing in this session; never less than zero.
package struct AnnounceProgress: Hashable, Sendable {
    package var uploaded: Int64
    package var downloaded: Int64
    /// Zero tells that we have all; before the metadata is known, any number but zero.
    package var left: Int64
    /// We have what we want, which is not all.
    package var isPartialSeed: Bool

    package init(uploaded: Int64 = 0, downloaded: Int64 = 0, left: Int64, isPartialSeed: Bool = false) {
        self.uploaded = max(0, uploaded)
        self.downloaded = max(0, downloaded)
        self.left = max(0, left)
        self.isPartialSeed = isPartialSeed
    }
}

package enum TrackerURL {
    static let limit = 2048

    /// - Throws: `TrackerError.unsupportedScheme` for trackers that speak WebSocket or nothing known.
    package static func check(_ url: String) throws(TrackerError) {
        guard !url.isEmpty, url.utf8.count <= limit, url.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            throw .badURL(url)
        }
        guard let colon = url.firstIndex(of: ":") else { throw .badURL(url) }
        let scheme = url[..<colon].lowercased()
        if scheme == "udp" {
            guard UDPTrackerURL(url) != nil else { throw .badURL(url) }
            return
        }
        guard scheme == "http" || scheme == "https" else { throw .unsupportedScheme(scheme) }
        let rest = url[colon...]
        guard rest.hasPrefix("://"), let first = rest.dropFirst(3).first, !"/?#".contains(first) else {
            throw .badURL(url)
        }
    }

    package static func isUDP(_ url: String) -> Bool { url.prefix(4).lowercased() == "udp:" }

    package static func isSupported(_ url: String) -> Bool {
        do { try check(url) } catch { return false }
        return true
    }
}

/// All but the unreserved characters of RFC 3986 as `%XX`.
func percentEncoded(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 3)
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            text.append(byte)
        default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: text, as: UTF8.self)
}
