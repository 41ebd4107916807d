// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// `udp://host:port/path?query`: where to send datagrams, and what BEP 41 has told to the tracker of the rest.
package struct UDPTrackerURL: Hashable, Sendable {
    /// A name, or an IP address without brackets.
    package let host: String
    package let port: UInt16
    /// Path and query, beginning with `/` or `?`; empty for none.
    package let urlData: String

    package init?(_ url: String) {
        guard url.utf8.count <= TrackerURL.limit, TrackerURL.isUDP(url), url.dropFirst(4).hasPrefix("//")
        else {
            return nil
        }
        let rest = url.dropFirst(6).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        urlData = String(rest[authority.endIndex...])
        guard !authority.contains("@"), let colon = authority.lastIndex(of: ":"),
            let port = UInt16(authority[authority.index(after: colon)...]), port > 0
        else { return nil }
        self.port = port
        var host = authority[..<colon]
        if host.first == "[" {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        self.host = String(host)
    }
}
