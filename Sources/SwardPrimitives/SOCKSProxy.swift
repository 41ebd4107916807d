// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A SOCKS5 server that connects for us, and what it knows us by. Source: RFC 1928; RFC 1929 for name and password.
public struct SOCKSProxy: Hashable, Sendable, CustomStringConvertible {
    /// A name and a password, of 1 to 255 bytes each. They show themselves nowhere.
    public struct Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        public let user: String
        public let password: String

        /// - Returns: `nil` where either is empty, longer than the protocol can carry, or has a NUL byte.
        public init?(user: String, password: String) {
            for text in [user, password] {
                guard 1...255 ~= text.utf8.count, !text.utf8.contains(0) else { return nil }
            }
            (self.user, self.password) = (user, password)
        }

        public var description: String { "…" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// The port registered for SOCKS.
    private static let usualPort: UInt16 = 1080

    /// A name or an IP address, without brackets.
    public let host: String
    public let port: UInt16
    public let credentials: Credentials?

    public init(host: String, port: UInt16, credentials: Credentials? = nil) {
        (self.host, self.port, self.credentials) = (host, port, credentials)
    }

    /// - Parameter url: `socks5://[USER:PASSWORD@]HOST[:PORT]`, user and password percent-encoded; `socks5h` means the
    ///   same, as names are always left to the proxy to look up.
    /// - Returns: `nil` for anything else.
    public init?(url: String) {
        guard url.utf8.count <= 2048, let mark = url.utf8.firstIndex(of: UInt8(ascii: ":")),
            ["socks5", "socks5h"].contains(url[..<mark].lowercased()), url[mark...].hasPrefix("://")
        else { return nil }
        var authority = url[mark...].dropFirst(3)
        if authority.last == "/" { authority.removeLast() }
        if let at = authority.lastIndex(of: "@") {
            let parts = authority[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let user = Self.decoded(parts[0]), let password = Self.decoded(parts[1]),
                let known = Credentials(user: user, password: password)
            else { return nil }
            credentials = known
            authority = authority[authority.index(after: at)...]
        } else {
            credentials = nil
        }
        var tail: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let inside = authority[authority.index(after: authority.startIndex)..<end]
            guard inside.contains(":"), IPText.bytes(inside) != nil else { return nil }
            host = String(inside)
            tail = authority[authority.index(after: end)...]
        } else {
            let name = authority.prefix { $0 != ":" }
            guard 1...255 ~= name.utf8.count, name.utf8.allSatisfy(Self.isOfName) else { return nil }
            host = String(name)
            tail = authority[name.endIndex...]
        }
        guard !tail.isEmpty else {
            port = Self.usualPort
            return
        }
        tail.removeFirst()
        guard tail.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let number = UInt16(tail),
            number != 0, authority[..<tail.startIndex].last == ":"
        else { return nil }
        port = number
    }

    /// Host and port alone.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// - Returns: `nil` for a `%` without two digits behind it, and for what is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.first != "+", digits.first != "-",
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
