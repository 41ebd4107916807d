// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// How transfers find their way out.
package enum FetchRoute: Sendable {
    /// By what `http_proxy` and its kin say; looks a variable up.
    case environment(@Sendable (String) -> String?)
    /// By this and nothing else, whatever the environment says. Names of servers are looked up there.
    case proxy(SOCKSProxy)
}

/// Which proxy to go by to a URL.
///
/// Read here and not by libcurl, as we must know whether the other end of a connection is the server itself.
struct Proxy: Hashable, Sendable {
    let url: String
    let credentials: SOCKSProxy.Credentials?

    private init(url: String, credentials: SOCKSProxy.Credentials?) {
        self.url = url
        self.credentials = credentials
    }

    /// - Returns: `nil` for a direct connection.
    init?(for target: String, by route: FetchRoute) {
        switch route {
        case .environment(let lookUp): self.init(for: target, environment: lookUp)
        case .proxy(let proxy):
            guard target.prefix(5).lowercased() != "file:" else { return nil }
            self.init(url: "socks5h://\(proxy)", credentials: proxy.credentials)
        }
    }

    /// - Parameter environment: Looks a variable up.
    /// - Returns: `nil` for a direct connection.
    init?(for target: String, environment: (String) -> String?) {
        func variable(_ name: String) -> String? {
            // HTTP_PROXY in capitals can be set by a web client of a CGI program (CVE-2016-5385).
            let value = environment(name) ?? (name == "http_proxy" ? nil : environment(name.uppercased()))
            return value.flatMap { $0.isEmpty ? nil : $0 }
        }
        let scheme = target.prefix { $0 != ":" }.lowercased()
        guard scheme != "file", let url = variable("\(scheme)_proxy") ?? variable("all_proxy"),
            !Self.isExempt(Self.host(of: target), list: variable("no_proxy") ?? "")
        else { return nil }
        self.init(url: url, credentials: nil)
    }

    /// In lower case, without port, user and brackets.
    static func host(of url: String) -> String {
        let authority = url.drop { $0 != ":" }.dropFirst(3).prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if host.first == "[" { return host.dropFirst().prefix { $0 != "]" }.lowercased() }
        return host.prefix { $0 != ":" }.lowercased()
    }

    private static func isExempt(_ host: String, list: String) -> Bool {
        list.split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
            if entry == "*" { return true }
            let name = entry.lowercased().drop { $0 == "." }
            return host == name || (!name.isEmpty && host.hasSuffix("." + name))
        }
    }
}
