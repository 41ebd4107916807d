// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardFetch

extension Words {
    static func text(_ error: FetchError) -> String {
        switch error {
        case .badURL(let url): "\(quoted(url)) is not a URL; write names of other scripts as xn--"
        case .unsupportedScheme(let scheme): "\(quoted(scheme)) is not http or https"
        case .forbiddenAddress(let address, let url):
            "\(shown(url)) leads to \(shown(address)), a private address, which may not be asked for this"
        case .insecureRedirect(let url): "sent on from https to \(shown(url)), which is not safe"
        case .tooManyRedirects(let limit): "sent on more than \(limit) times"
        case .status(let status, let url): "\(shown(url)) answered \(status)"
        case .unavailable(let seconds, let url):
            "\(shown(url)) has too much to do, and wants to be asked again in \(Amounts.count(seconds, "second"))"
        case .tooLarge(let limit): "more than \(Amounts.bytes(limit)) came"
        case .headersTooLarge(let limit): "headers of more than \(limit) bytes came"
        case .timedOut: "no answer in time; try again later"
        case .truncated: "the connection ended too soon; try again"
        case .cannotResolve(let host): "no address is known for \(shown(host))"
        case .cannotConnect(let what): "no connection: \(shown(what))"
        case .proxy(let what): "the proxy did not connect us: \(shown(what))"
        case .untrusted(let why): "the server cannot be trusted: \(shown(why))"
        case .noRange: "the server did not send the part that was asked for"
        case .wrongLength(let found, let expected): "\(found) bytes came, expected \(expected)"
        case .wrongDigest(let found, let expected):
            "what came has the SHA-256 \(found), expected \(expected); do not use it"
        case .system(let call, let path, let code): "\(shown(path)): \(call): \(system(code))"
        case .busy(let limit): "more than \(limit) requests wait already"
        case .refusedBody: "what came was not wanted"
        case .cancelled: "stopped"
        case .noLibrary(let name): "\(shown(name)) is not on this machine; install libcurl (Debian: libcurl4)"
        case .other(let code, let said): "\(shown(said)) (libcurl \(code))"
        }
    }
}
