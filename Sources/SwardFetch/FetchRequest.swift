// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One GET and what it may cost.
package struct FetchRequest: Hashable, Sendable {
    /// Which machines may be talked to, judged by the address of each connection, not by names.
    package enum Reach: Hashable, Sendable {
        case any
        /// What was named by the caller may be anywhere, but a public host cannot send us to a private address,
        /// where services trust whoever can reach them.
        case noInwardRedirect
        case publicOnly

        /// For a tracker that a torrent or a link names, which may come from anybody: on this machine and in its networks
        /// nothing but an announce or a scrape is asked for.
        package static func tracker(_ url: String) -> Self {
            let path = url.prefix { $0 != "?" && $0 != "#" }
            let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
            return ["announce", "scrape"].contains { name.hasPrefix($0) } ? .noInwardRedirect : .publicOnly
        }

        /// For a web seed that a torrent or a link names: on this machine and in its networks it is a file, or a script that is
        /// asked for a piece (BEP 17) and nothing else.
        package static func webSeed(_ url: String) -> Self {
            let query = url.drop { $0 != "?" }.dropFirst()
            return query.isEmpty || query.hasPrefix("info_hash=") ? .noInwardRedirect : .publicOnly
        }
    }

    package var url: String
    /// Of the body, in bytes after decompression.
    package var byteLimit: Int64 = 1 << 20
    /// For one connection to be made.
    package var connectTimeout = Duration.seconds(15)
    /// For everything, redirects included; `nil` leaves it to `stallTimeout`.
    package var timeout: Duration? = .seconds(60)
    /// How long less than a hundred bytes per second may come.
    package var stallTimeout = Duration.seconds(30)
    package var redirectLimit = 5
    package var reach = Reach.noInwardRedirect
    /// Bytes asked for; any answer but exactly these is an error.
    package var range: ClosedRange<Int64>?
    /// Whether the body of an error is wanted too: trackers explain themselves there.
    package var acceptsAnyStatus = false
    /// Whether `file:` may be read. Never by redirect.
    package var allowsFiles = false
    /// Whether the server may compress; not for what is itself an archive.
    package var allowsCompression = true
    package var userAgent = "sward"

    package init(url: String) { self.url = url }

    /// The scheme, in lower case.
    static func scheme(of url: String) throws(FetchError) -> String {
        // ASCII alone: a name in other letters may look like one it is not. Whoever means it writes `xn--`.
        guard !url.isEmpty, url.utf8.count <= 8192, url.utf8.allSatisfy({ 0x21...0x7e ~= $0 }),
            let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://")
        else { throw .badURL(url) }
        return url[..<colon].lowercased()
    }
}

/// What came, besides the body.
package struct FetchResponse: Hashable, Sendable {
    package let status: Int
    /// The last one, after redirects.
    package let url: String
    /// Empty when the body went elsewhere.
    package let body: [UInt8]
    /// Of the body, in bytes.
    package let length: Int64
}
