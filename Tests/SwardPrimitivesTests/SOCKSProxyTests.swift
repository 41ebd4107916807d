// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@Suite("The address of a SOCKS proxy") struct SOCKSProxyTests {
    static let rows: [(url: String, host: String, port: UInt16, user: String?, password: String?)] = [
        ("socks5://127.0.0.1:9050", "127.0.0.1", 9050, nil, nil),
        ("SOCKS5H://proxy.example", "proxy.example", 1080, nil, nil),
        ("socks5://[::1]:1081/", "::1", 1081, nil, nil),
        ("socks5://a:b@h:1", "h", 1, "a", "b"),
        ("socks5://a%3Ab:c@d%25@h:65535", "h", 65535, "a:b", "c@d%"),
        ("socks5://a:b:c@h", "h", 1080, "a", "b:c"),
    ]

    @Test("what people write is read", arguments: rows)
    func reads(_ row: (url: String, host: String, port: UInt16, user: String?, password: String?)) throws {
        let proxy = try #require(SOCKSProxy(url: row.url))
        #expect(proxy.host == row.host)
        #expect(proxy.port == row.port)
        #expect(proxy.credentials?.user == row.user)
        #expect(proxy.credentials?.password == row.password)
    }

    @Test(
        "what is none is none",
        arguments: [
            "", "socks5", "socks5:", "socks5://", "socks4://h:1", "http://h:1", "socks5://h:0",
            "socks5://h:65536",
            "socks5://h:", "socks5://h:+1", "socks5://h:1:2", "socks5://:1", "socks5://[::1",
            "socks5://[h]:1",
            "socks5://[::1]1", "socks5://[::1]x:1", "socks5://::1:1", "socks5://h:1/x", "socks5://h h:1",
            "socks5://a@h:1", "socks5://:b@h:1", "socks5://a:@h:1", "socks5://a:%@h:1", "socks5://a:%2@h:1",
            "socks5://a:%+1@h:1", "socks5://a:%ff@h:1", "socks5://a:%00@h:1", "socks5://h\u{0}:1",
            "socks5://\(String(repeating: "a", count: 256)):b@h:1",
            "socks5://\(String(repeating: "h", count: 256))",
        ])
    func refuses(_ url: String) { #expect(SOCKSProxy(url: url) == nil) }

    @Test("the password shows itself nowhere")
    func hides() throws {
        let proxy = try #require(SOCKSProxy(url: "socks5://name:secret@h:1"))
        var dumped = ""
        dump(proxy, to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), dumped, String(describing: proxy.credentials)] {
            #expect(!text.contains("secret") && !text.contains("name"), "\(text)")
        }
        #expect("\(proxy)" == "h:1")
        #expect(SOCKSProxy(url: "socks5://[::1]:2")?.description == "[::1]:2")
    }
}
