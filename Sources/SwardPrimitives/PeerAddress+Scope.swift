// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension PeerAddress {
    /// How far an address reaches, narrow before wide. Source: RFC 6890; RFC 4193 for unique local addresses.
    public enum Scope: Int, Comparable, Sendable {
        /// Unspecified, multicast, broadcast or reserved: nobody can be there.
        case none
        case loopback, link, site, global

        public static func < (a: Scope, b: Scope) -> Bool { a.rawValue < b.rawValue }
    }

    public var scope: Scope {
        let bytes = ip
        if isIPv4 {
            switch (bytes[0], bytes[1]) {
            case (0, _), (224...255, _): return .none
            case (127, _): return .loopback
            case (169, 254): return .link
            case (10, _), (172, 16...31), (192, 168), (100, 64...127): return .site
            default: return .global
            }
        }
        if isLoopback { return .loopback }
        switch (bytes[0], bytes[1]) {
        case (0xff, _): return .none
        case (0xfe, 0x80...0xbf): return .link
        case (0xfe, 0xc0...0xff), (0xfc, _), (0xfd, _): return .site
        default: return bytes.allSatisfy { $0 == 0 } ? .none : .global
        }
    }

    /// Whether someone at `source` may sensibly name this address to others.
    ///
    /// A peer far away that names our own host or network would have us knock at doors it cannot reach itself.
    public func isPlausible(from source: PeerAddress) -> Bool {
        port != 0 && scope != .none && scope >= source.scope
    }
}
