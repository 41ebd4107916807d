// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardFetch
import SwardHash
import SwardPrimitives
import Testing

@Suite("Fetching") struct FetchClientTests {
    let server: TestServer
    let client = FetchClient(route: .environment { _ in nil })

    init() throws { server = try TestServer.shared }

    func request(_ path: String) -> FetchRequest { FetchRequest(url: server.url(path)) }

    func error(_ request: FetchRequest) async -> FetchError? {
        do throws(FetchError) { _ = try await client.get(request) } catch { return error }
        return nil
    }

    @Test("a body comes whole, with its status and where it came from")
    func plain() async throws {
        let response = try await client.get(request("/plain"))
        #expect(response.status == 200)
        #expect(response.body == Array("hello\n".utf8))
        #expect(response.length == 6)
        #expect(response.url == server.url("/plain"))
        #expect(try await client.get(request("/gzip")).body == Array("hello\n".utf8))
        #expect(try await client.get(request("/bytes?n=0")).body.isEmpty)
    }

    @Test("a query goes out as it is")
    func query() async throws {
        let path = "/target?info_hash=%124Vx%9A&x=%2f..%2F"
        #expect(try await client.get(request(path)).body == Array(path.utf8))
    }

    @Test("we say who we are and nothing else of us")
    func headers() async throws {
        var request = request("/echo")
        request.userAgent = "sward/1.2"
        let lines = String(decoding: try await client.get(request).body, as: UTF8.self).split(separator: "\n")
        #expect(
            lines.map(String.init).sorted() == [
                "accept-encoding: gzip, deflate", "accept: */*", "host: 127.0.0.1:\(server.port)",
                "user-agent: sward/1.2",
            ])
    }

    @Test("what is too large is not taken in", arguments: ["/bytes?n=1001", "/endless", "/bomb"])
    func tooLarge(_ path: String) async {
        var request = request(path)
        request.byteLimit = 1000
        #expect(await error(request) == .tooLarge(limit: 1000))
        request.url = server.url("/bytes?n=1000")
        #expect(await error(request) == nil)
    }

    @Test("a server that never answers, stalls, or fills the headers is given up")
    func slow() async {
        for path in ["/silent", "/stalls"] {
            var request = request(path)
            request.timeout = .milliseconds(300)
            #expect(await error(request) == .timedOut)
        }
        var stalling = request("/stalls")
        stalling.timeout = nil
        stalling.stallTimeout = .seconds(1)
        #expect(await error(stalling) == .timedOut)
        #expect(await error(request("/headers")) == .headersTooLarge(limit: 65536))
    }

    @Test("a body cut short is an error, one that goes on too long is cut where the server said")
    func lengths() async throws {
        #expect(await error(request("/short")) == .truncated)
        #expect(await error(request("/nothing")) == .truncated)
        #expect(try await client.get(request("/long")).body.count == 5)
        guard case .other = await error(request("/garbage")) else {
            Issue.record("bytes that are no HTTP were taken for an answer")
            return
        }
    }

    @Test("redirects are followed so far and no further, and what comes with them is dropped")
    func redirects() async throws {
        let response = try await client.get(request("/hops?n=4"))
        #expect(response.url == server.url("/plain"))
        #expect(response.body == Array("hello\n".utf8))
        #expect(await error(request("/hops?n=5")) == .tooManyRedirects(limit: 5))
        #expect(await error(request("/loop")) == .tooManyRedirects(limit: 5))
        var none = request("/hops?n=0")
        none.redirectLimit = 0
        #expect(await error(none) == .tooManyRedirects(limit: 0))
    }

    @Test(
        "a redirect cannot leave the web",
        arguments: [
            ("file:///etc/passwd", "file"), ("ftp://127.0.0.1/x", "ftp"),
            ("gopher://127.0.0.1:1/x", "gopher"),
        ])
    func schemes(_ row: (url: String, scheme: String)) async {
        var request = request("/to?url=\(row.url)")
        request.allowsFiles = true
        #expect(await error(request) == .unsupportedScheme(row.scheme))
        #expect(await error(FetchRequest(url: row.url)) == .unsupportedScheme(row.scheme))
    }

    @Test(
        "URLs that could smuggle something are refused",
        arguments: ["", "x", "http:/x", "http://a b/", "http://a/\r\nX: y", "http://ä/"])
    func badURLs(_ url: String) async {
        #expect(await error(FetchRequest(url: url)) == .badURL(url))
    }

    @Test("an error has its status, and its body for those who want it")
    func statuses() async throws {
        #expect(await error(request("/status?code=404")) == .status(404, url: server.url("/status?code=404")))
        #expect(await error(request("/status?code=500")) == .status(500, url: server.url("/status?code=500")))
        var any = request("/status?code=404")
        any.acceptsAnyStatus = true
        let response = try await client.get(any)
        #expect(response.status == 404)
        #expect(response.body == Array("why".utf8))
    }

    @Test("nobody listening is told apart from a bad answer")
    func unreachable() async {
        guard case .cannotConnect = await error(FetchRequest(url: "http://127.0.0.1:1/")) else {
            Issue.record("port 1 of loopback answered")
            return
        }
    }

    @Test("a name without an address is named")
    func unresolved() async {
        // A label may have 63 characters, so nobody is asked for this one.
        let host = String(repeating: "x", count: 64) + ".invalid"
        #expect(await error(FetchRequest(url: "http://\(host):1/")) == .cannotResolve(host))
    }

    @Test("a range is exactly what was asked for, or an error")
    func ranges() async throws {
        var range = request("/range")
        range.range = 10...19
        #expect(try await client.get(range).body == Array(10..<20))
        range.url = server.url("/range?cut=1")
        #expect(await error(range) == .noRange)
        range.url = server.url("/norange")
        #expect(await error(range) == .noRange)
        range.url = server.url("/status?code=416")
        #expect(await error(range) == .status(416, url: range.url))
    }

    @Test("a local file is read only where that is allowed")
    func files() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("local", to: "x.txt")
        var request = FetchRequest(url: "file://\(file.path)")
        #expect(await error(request) == .unsupportedScheme("file"))
        request.allowsFiles = true
        request.reach = .publicOnly
        #expect(try await client.get(request).body == Array("local".utf8))
        request.byteLimit = 4
        #expect(await error(request) == .tooLarge(limit: 4))
    }

    @Test("a download appears whole and checked, or not at all")
    func downloads() async throws {
        let folder = try TemporaryFolder()
        let path = folder["got"].path
        let expected = SHA256.hash(Array("hello\n".utf8))
        let download = try await client.download(request("/plain"), to: path, length: 6, digest: expected)
        #expect(download.digest == expected)
        #expect(try folder.read("got") == Array("hello\n".utf8))

        try folder.write("old", to: "got")
        let other = SHA256.hash(Array("other".utf8))
        await #expect(throws: FetchError.wrongDigest(found: expected, expected: other)) {
            try await client.download(request("/plain"), to: path, digest: other)
        }
        await #expect(throws: FetchError.wrongLength(found: 6, expected: 7)) {
            try await client.download(request("/plain"), to: path, length: 7)
        }
        await #expect(throws: FetchError.truncated) { try await client.download(request("/short"), to: path) }
        await #expect(throws: FetchError.self) {
            try await client.download(request("/status?code=404"), to: path)
        }
        #expect(try folder.read("got") == Array("old".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["got"])
        await #expect(throws: FetchError.self) {
            try await client.download(request("/plain"), to: folder["no/such/folder"].path)
        }
    }

    @Test("a stream is handed over in parts, and can be refused")
    func streams() async throws {
        let counter = Counter()
        var request = request("/bytes?n=1000000")
        let response = try await client.stream(request) { counter.add($0.count) }
        #expect(counter.total == 1_000_000)
        #expect(response.body.isEmpty)
        #expect(response.length == 1_000_000)
        request.url = server.url("/endless")
        request.byteLimit = .max
        await #expect(throws: FetchError.refusedBody) {
            try await client.stream(request) { counter.add($0.count) && counter.total < 3_000_000 }
        }
    }

    @Test("a request is cancelled with its task")
    func cancellation() async throws {
        let server = try TestServer()
        let task = Task { [client, url = server.url("/silent")] in
            do throws(FetchError) {
                var request = FetchRequest(url: url)
                request.timeout = nil
                _ = try await client.get(request)
            } catch { return error }
            return .truncated
        }
        #expect(await server.waitForRequest() == "/silent")
        task.cancel()
        #expect(await task.value == .cancelled)
        let early = Task { [client, url = server.url("/silent")] () -> FetchError? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(FetchError) { _ = try await client.get(FetchRequest(url: url)) } catch { return error }
            return nil
        }
        #expect(await early.value == .cancelled)
    }

    @Test("no more run at once than allowed, and none is lost")
    func bounds() async throws {
        let server = try TestServer()
        let client = FetchClient(activeLimit: 4, route: .environment { _ in nil })
        let url = server.url("/busy")
        let count = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<60 {
                group.addTask { (try? await client.get(FetchRequest(url: url)).body.count) == 1 }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 60)
        let answer = try await client.get(FetchRequest(url: server.url("/most")))
        let most = String(decoding: answer.body, as: UTF8.self)
        #expect((2...4).contains(try #require(Int(most))))
    }

    @Test("more than may wait are refused at once")
    func busy() async throws {
        let server = try TestServer()
        let client = FetchClient(activeLimit: 1, waitingLimit: 1, route: .environment { _ in nil })
        let silent = server.url("/silent")
        let first = Task { try? await client.get(FetchRequest(url: silent)) }
        #expect(await server.waitForRequest() == "/silent")
        // One of two finds the only place to wait; the other is refused.
        let results = await withTaskGroup(of: FetchError?.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    do throws(FetchError) { _ = try await client.get(FetchRequest(url: silent)) } catch {
                        return error
                    }
                    return nil
                }
            }
            var results: [FetchError?] = []
            for await result in group {
                results.append(result)
                group.cancelAll()
            }
            return results
        }
        #expect(results.first == .busy(limit: 1))
        #expect(results.last == .cancelled)
        first.cancel()
        _ = await first.value
    }

    static let refusals: [(query: String, seconds: Int?)] = [
        ("body=30", 30), ("header=7", 7), ("header=7&body=30", 7), ("code=429&header=9", 9),
        ("code=500&body=30", nil),
        ("body=", nil), ("body=-1", nil), ("body=soon", nil), ("body=30%0a", 30), ("body=1234567890", nil),
    ]

    @Test("a server that has too much to do says when to come again", arguments: refusals)
    func waits(_ row: (query: String, seconds: Int?)) async throws {
        for range in [nil, 0...3] as [ClosedRange<Int64>?] {
            var request = FetchRequest(url: server.url("/busy-until?\(row.query)"))
            request.range = range
            let error = await #expect(throws: FetchError.self) { try await client.get(request) }
            switch error {
            case .unavailable(let seconds, let url): #expect(seconds == row.seconds && url == request.url)
            case .status: #expect(row.seconds == nil)
            default: Issue.record("\(String(describing: error))")
            }
        }
    }

    @Test("a client can rest and work again")
    func again() async throws {
        for _ in 0..<20 { #expect(try await client.get(request("/plain")).status == 200) }
    }
}

final class Counter: @unchecked Sendable {
    // The lock guards the number.
    private let lock = NSLock()
    private var count = 0
    var total: Int { lock.withLock { count } }
    func add(_ more: Int) -> Bool {
        lock.withLock { count += more }
        return true
    }
}
