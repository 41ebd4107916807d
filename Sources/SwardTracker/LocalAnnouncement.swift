// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What peers on one network tell each other by multicast. Source: BEP 14.
package struct LocalAnnouncement: Hashable, Sendable {
    /// The two groups, as the `Host` line spells them.
    package enum Group: String, CaseIterable, Hashable, Sendable {
        case v4 = "239.192.152.143:6771"
        case v6 = "[ff15::efc0:988f]:6771"

        /// Four bytes or sixteen, and the port.
        package var address: PeerAddress {
            let ip: [UInt8] =
                switch self {
                case .v4: [239, 192, 152, 143]
                case .v6: [0xff, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xef, 0xc0, 0x98, 0x8f]
                }
            guard let address = PeerAddress(ip: ip, port: 6771) else { preconditionFailure("4 or 16 bytes") }
            return address
        }
    }

    /// Larger datagrams may be cut into fragments on their way; in bytes.
    package static let datagramLimit = 1400

    /// Where the sender listens.
    package var port: UInt16
    /// v1, and v2 cut to 20 bytes.
    package var infoHashes: [Digest160]
    /// Lets a sender know its own words when they come back.
    package var cookie: String?

    /// - Parameter cookie: Letters and digits; anything else is left out, as it could forge lines.
    package init(port: UInt16, infoHashes: [Digest160], cookie: String? = nil) {
        self.port = port
        self.infoHashes = infoHashes
        self.cookie = cookie.map {
            String($0.unicodeScalars.filter(Self.isPlain).prefix(64).map(Character.init))
        }
    }

    /// As many datagrams as the info-hashes need.
    package func datagrams(to group: Group) -> [[UInt8]] {
        let head = "BT-SEARCH * HTTP/1.1\r\nHost: \(group.rawValue)\r\nPort: \(port)\r\n"
        let tail = (cookie.map { "cookie: \($0)\r\n" } ?? "") + "\r\n\r\n"
        let perLine = "Infohash: ".utf8.count + 40 + 2
        let capacity = (Self.datagramLimit - head.utf8.count - tail.utf8.count) / perLine
        return stride(from: 0, to: infoHashes.count, by: capacity).map { start in
            let lines = infoHashes[start..<min(start + capacity, infoHashes.count)]
                .map { "Infohash: \($0.hex)\r\n" }
            return Array((head + lines.joined() + tail).utf8)
        }
    }

    /// Reads a datagram of anybody's: names in any case, unknown lines ignored.
    ///
    /// - Throws: `TrackerError.badLocalAnnouncement`.
    package static func parse(_ datagram: some Collection<UInt8>) throws(TrackerError) -> LocalAnnouncement {
        guard datagram.count <= 2048, datagram.allSatisfy({ 0x20...0x7e ~= $0 || [9, 10, 13].contains($0) })
        else {
            throw .badLocalAnnouncement
        }
        var lines = String(decoding: datagram, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        guard let first = lines.popFirst(), first == "BT-SEARCH * HTTP/1.1" || first == "BT-SEARCH * HTTP/1.0"
        else {
            throw .badLocalAnnouncement
        }
        var port: UInt16?
        var hashes: [Digest160] = []
        var cookie: String?
        for line in lines.prefix(while: { !$0.isEmpty }) {
            guard let colon = line.firstIndex(of: ":") else { throw .badLocalAnnouncement }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "port":
                guard port == nil, !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
                    let number = UInt16(value),
                    number > 0
                else { throw .badLocalAnnouncement }
                port = number
            case "infohash":
                guard let hash = Digest160(hex: value) else { throw .badLocalAnnouncement }
                if !hashes.contains(hash) { hashes.append(hash) }
            case "cookie": cookie = String(value)
            default: continue
            }
        }
        guard let port, !hashes.isEmpty else { throw .badLocalAnnouncement }
        return LocalAnnouncement(port: port, infoHashes: hashes, cookie: cookie)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
    }
}
