// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
package import SwardPrimitives

/// An address as people write it: `host:port`, with the host of IPv6 in brackets.
package struct HostAndPort: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: UInt16

    /// - Returns: `nil` unless `text` is of that form.
    package init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        let name = text[..<colon]
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        guard !name.isEmpty, name.contains(":") == isBracketed else { return nil }
        host = isBracketed ? String(name.dropFirst().dropLast()) : String(name)
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// - Returns: `nil` when the host is a name.
    package var literal: PeerAddress? {
        (try? SocketAddress(ipAddress: host, port: Int(port))).flatMap { PeerAddress($0) }
    }

    /// Asks the system's resolver, which may take its time.
    ///
    /// - Returns: `nil` when the host has no address.
    package func resolve() -> PeerAddress? {
        // The resolver gives no IPv6 address, not even a literal one, to a machine that has but `::1`.
        if let literal { return literal }
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: Int(port)) else {
            return nil
        }
        return PeerAddress(address)
    }
}
