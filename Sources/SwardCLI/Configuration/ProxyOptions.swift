// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardPrimitives

/// By what to go out.
struct ProxyOptions: ParsableArguments {
    // Not a type of its own: what the parser cannot read it repeats, and there may be a password in it.
    @Option(
        help: ArgumentHelp(
            "Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.",
            valueName: "socks5://[user:password@]host[:port]|none"))
    var proxy: String?

    func validate() throws {
        if let proxy, proxy != Self.none, SOCKSProxy(url: proxy) == nil {
            throw ValidationError("--proxy is not \(Self.form), or none")
        }
    }

    /// - Returns: `nil` to go directly.
    func proxy(_ configuration: Configuration) throws -> SOCKSProxy? {
        if let proxy { return SOCKSProxy(url: proxy) }
        guard let url = configuration.network?.proxy else { return nil }
        guard let proxy = SOCKSProxy(url: url) else {
            throw Misfortune("\(Folders.live.configurationFile): network.proxy: is not \(Self.form)")
        }
        return proxy
    }

    private static let none = "none"
    private static let form =
        "socks5://[USER:PASSWORD@]HOST[:PORT], with %XX for what else stands in user and password"
}
