// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@testable import SwardFetch

@Suite("Which machines may be talked to") struct ReachTests {
    let server: TestServer

    init() throws { server = try TestServer.shared }

    /// 127.0.0.2 plays a public host, 127.0.0.1 a private one.
    func client(_ environment: [String: String] = [:]) -> FetchClient {
        FetchClient(
            activeLimit: 4, waitingLimit: 16, route: .environment { environment[$0] },
            isPublic: { $0 == [127, 0, 0, 2] || AddressScope.isPublic($0) })
    }

    func error(_ client: FetchClient, _ url: String, _ reach: FetchRequest.Reach) async -> FetchError? {
        var request = FetchRequest(url: url)
        request.reach = reach
        do throws(FetchError) { _ = try await client.get(request) } catch { return error }
        return nil
    }

    @Test("a public host cannot send us to a private address, whatever its name")
    func inward() async {
        let client = client()
        for host in ["127.0.0.1", "localhost", "0", "2130706433", "[::ffff:127.0.0.1]"] {
            let target = server.url("/plain", host: host)
            let url = server.url("/to?url=\(target)", host: "127.0.0.2")
            guard case .forbiddenAddress = await error(client, url, .noInwardRedirect) else {
                Issue.record("a redirect to \(host) was followed")
                continue
            }
        }
        let url = server.url("/to?url=\(server.url("/plain"))", host: "127.0.0.2")
        #expect(await error(client, url, .any) == nil)
    }

    @Test("nor by a chain that comes back, nor by a connection that is open already")
    func chains() async {
        let client = client()
        #expect(await error(client, server.url("/plain"), .noInwardRedirect) == nil)
        let back = server.url("/to?url=\(server.url("/plain"))", host: "127.0.0.2")
        #expect(
            await error(client, server.url("/to?url=\(back)"), .noInwardRedirect)
                == .forbiddenAddress("127.0.0.1", url: server.url("/plain")))
    }

    @Test("a private host may redirect to its like, and the caller may name one")
    func sameSide() async {
        let client = client()
        #expect(await error(client, server.url("/to?url=\(server.url("/plain"))"), .noInwardRedirect) == nil)
        let outward = server.url("/to?url=\(server.url("/plain", host: "127.0.0.2"))")
        #expect(await error(client, outward, .noInwardRedirect) == nil)
    }

    @Test("where only public hosts will do, a private one is refused at once")
    func publicOnly() async {
        let client = client()
        #expect(
            await error(client, server.url("/plain"), .publicOnly)
                == .forbiddenAddress("127.0.0.1", url: server.url("/plain")))
        #expect(await error(client, server.url("/plain", host: "127.0.0.2"), .publicOnly) == nil)
    }

    @Test(
        "what a stranger's torrent names asks services of this machine for nothing but what trackers and seeds answer",
        arguments: [
            ("/announce?info_hash=x", true), ("/key/announce.php?info_hash=x", true), ("/scrape", true),
            ("/admin/restart?x=/announce", false), ("/announce/../plain?x", false),
            ("/plain#/announce", false),
        ])
    func trackers(_ path: String, isAsked: Bool) async {
        let url = server.url(path)
        let refusal = FetchError.forbiddenAddress("127.0.0.1", url: url)
        #expect(await (error(client(), url, .tracker(url)) != refusal) == isAsked)
        #expect(await error(client(), server.url("/plain"), .webSeed(server.url("/plain"))) == nil)
        let script = server.url("/plain?info_hash=x&piece=1")
        #expect(
            await error(client(), script, .webSeed(script)) != .forbiddenAddress("127.0.0.1", url: script))
        let question = server.url("/plain?x=1&info_hash=x")
        #expect(
            await error(client(), question, .webSeed(question))
                == .forbiddenAddress("127.0.0.1", url: question))
    }

    @Test("a proxy is used where the environment says so, and its answers cannot lead inward")
    func proxies() async throws {
        let client = client(["http_proxy": server.url("")])
        let response = try await client.get(FetchRequest(url: "http://tracker.invalid/announce?x=1"))
        #expect(response.body == Array("by proxy: http://tracker.invalid/announce?x=1".utf8))
        let inward = "http://tracker.invalid/moved?url=http://127.0.0.1:\(server.port)/plain"
        #expect(
            await error(client, inward, .noInwardRedirect)
                == .forbiddenAddress("127.0.0.1", url: server.url("/plain")))
        // A proxy on this machine would take it for this machine.
        for host in ["localhost", "LocalHost", "a.localhost"] {
            let moved = "http://tracker.invalid/moved?url=http://\(host):\(server.port)/plain"
            #expect(
                await error(client, moved, .noInwardRedirect)
                    == .forbiddenAddress(host.lowercased(), url: server.url("/plain", host: host)))
        }
        let direct = self.client(["http_proxy": server.url(""), "no_proxy": "127.0.0.1"])
        #expect(try await direct.get(FetchRequest(url: server.url("/plain"))).body == Array("hello\n".utf8))
    }

    static let proxyRows: [(url: String, environment: [String: String], proxy: String?)] = [
        ("http://a/", [:], nil), ("http://a/", ["http_proxy": "http://p:1"], "http://p:1"),
        ("https://a/", ["http_proxy": "http://p:1"], nil),
        ("https://a/", ["HTTPS_PROXY": "http://p:1"], "http://p:1"),
        ("http://a/", ["HTTP_PROXY": "http://evil"], nil),
        ("http://a/", ["ALL_PROXY": "socks5h://p"], "socks5h://p"),
        ("http://a/", ["http_proxy": ""], nil), ("file:///a", ["all_proxy": "http://p"], nil),
        ("http://a.example.org:80/x", ["http_proxy": "http://p", "no_proxy": "b, example.org"], nil),
        ("http://a.example.org/x", ["http_proxy": "http://p", "no_proxy": ".Example.org"], nil),
        ("http://badexample.org/x", ["http_proxy": "http://p", "no_proxy": "example.org"], "http://p"),
        ("http://u:p@[::1]:80/x", ["http_proxy": "http://p", "no_proxy": "::1"], nil),
        ("http://a/", ["http_proxy": "http://p", "NO_PROXY": "*"], nil),
    ]

    @Test("the proxy variables mean what they mean to curl", arguments: proxyRows)
    func variables(_ row: (url: String, environment: [String: String], proxy: String?)) {
        #expect(Proxy(for: row.url, environment: { row.environment[$0] })?.url == row.proxy)
    }

    @Test("a proxy that was named stands above the variables, and looks names up itself")
    func named() throws {
        let proxy = try #require(SOCKSProxy(url: "socks5://u:p@[::1]:9"))
        let route = FetchRoute.proxy(proxy)
        #expect(Proxy(for: "https://a/", by: route)?.url == "socks5h://[::1]:9")
        #expect(Proxy(for: "https://a/", by: route)?.credentials == proxy.credentials)
        #expect(Proxy(for: "file:///a", by: route) == nil)
        let variables = FetchRoute.environment { ["all_proxy": "http://p", "no_proxy": "b"][$0] }
        #expect(Proxy(for: "http://a/", by: variables)?.url == "http://p")
        #expect(Proxy(for: "http://b/", by: variables) == nil)
    }

    static let addresses: [(ip: [UInt8], isPublic: Bool)] = [
        ([1, 1, 1, 1], true), ([9, 255, 255, 255], true), ([11, 0, 0, 0], true), ([172, 15, 0, 1], true),
        ([172, 32, 0, 1], true), ([192, 167, 0, 1], true), ([100, 63, 0, 1], true), ([100, 128, 0, 1], true),
        ([223, 255, 255, 255], true), ([10, 0, 0, 1], false), ([127, 1, 2, 3], false), ([0, 0, 0, 0], false),
        ([172, 16, 0, 1], false), ([172, 31, 255, 255], false), ([192, 168, 1, 1], false),
        ([169, 254, 169, 254], false),
        ([100, 64, 0, 1], false), ([198, 18, 0, 1], false), ([224, 0, 0, 1], false),
        ([255, 255, 255, 255], false),
        ([], false), ([1], false),
    ]

    @Test("IPv4, alone and inside IPv6", arguments: addresses)
    func scopes(_ row: (ip: [UInt8], isPublic: Bool)) {
        #expect(AddressScope.isPublic(row.ip) == row.isPublic)
        guard row.ip.count == 4 else { return }
        let zeros = [UInt8](repeating: 0, count: 10)
        #expect(AddressScope.isPublic(zeros + [0xff, 0xff] + row.ip) == row.isPublic)
        #expect(AddressScope.isPublic([0, 0x64, 0xff, 0x9b] + zeros.prefix(8) + row.ip) == row.isPublic)
        #expect(AddressScope.isPublic([0x20, 0x02] + row.ip + zeros) == row.isPublic)
        #expect(!AddressScope.isPublic(zeros + [0, 0] + row.ip))
    }

    static let addresses6: [(start: [UInt8], isPublic: Bool)] = [
        ([0x20, 0x01, 0x48, 0x60], true), ([0x2a, 0], true), ([0x20, 0x01, 0x0d, 0xb8], false),
        ([0x20, 0x01, 0, 0], false),
        ([0xfc, 0], false), ([0xfd, 0], false), ([0xfe, 0x80], false), ([0xff, 0x02], false), ([0], false),
        ([0, 0x64, 0xff, 0x9b, 0, 1], false), ([0x40, 0], false),
    ]

    @Test("IPv6", arguments: addresses6)
    func scopes6(_ row: (start: [UInt8], isPublic: Bool)) {
        let ip = row.start + [UInt8](repeating: 0, count: 15 - row.start.count) + [1]
        #expect(AddressScope.isPublic(ip) == row.isPublic)
    }
}

@Suite("Loading libcurl") struct CurlTests {
    @Test("a machine without the library gets an error that names it")
    func missing() {
        guard case .failure(let error) = Curl.load(names: ["libnowhere.so.4"]) else {
            Issue.record("a library that is not there was loaded")
            return
        }
        #expect(error == .noLibrary(name: "libnowhere.so.4"))
        guard case .failure(let other) = Curl.load(names: ["libc.so.6"]) else {
            Issue.record("another library was taken for libcurl")
            return
        }
        #expect(other == .noLibrary(name: "curl_easy_init"))
    }
}
