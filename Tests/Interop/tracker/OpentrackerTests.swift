// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardFetch
import SwardPrimitives
import SwardTracker
import Testing

/// Debian's tracker on loopback, for the info-hashes it is told; ends with the last reference.
final class Opentracker: @unchecked Sendable {
    struct Missing: Error, CustomStringConvertible {
        var description: String {
            "the program opentracker is not installed; on Debian: apt install opentracker"
        }
    }

    // Both are set once, in `init`.
    private let process = Process()
    private let folder: TemporaryFolder
    let port: Int

    var announceURL: String { "http://127.0.0.1:\(port)/announce" }

    init(_ infoHashes: [Digest160]) throws {
        let program = ["/usr/bin/opentracker", "/usr/local/bin/opentracker"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let program else { throw Missing() }
        folder = try TemporaryFolder()
        try folder.write(infoHashes.map { $0.hex + "\n" }.joined(), to: "list")
        port = try Self.freePort()
        process.executableURL = URL(filePath: program)
        // As root it moves into the folder first, so the list is named as seen from there.
        let list = geteuid() == 0 ? "/list" : folder["list"].path
        process.arguments = [
            "-i", "127.0.0.1", "-p", "\(port)", "-P", "\(port)", "-d", folder.path, "-u", "nobody", "-w",
            list,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while !Self.answers(port) { try #require(process.isRunning) }
    }

    deinit {
        // It takes its time over a mere SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private static func withSocket<R>(
        _ port: Int, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> R
    )
        rethrows -> R
    {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return try withUnsafePointer(to: &address) {
            try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func answers(_ port: Int) -> Bool {
        withSocket(port) { descriptor, address, length in connect(descriptor, address, length) == 0 }
    }

    private static func freePort() throws -> Int {
        try withSocket(0) { descriptor, address, length in
            try #require(bind(descriptor, address, length) == 0)
            var bound = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let code = withUnsafeMutablePointer(to: &bound) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
            try #require(code == 0)
            return Int(UInt16(bigEndian: bound.sin_port))
        }
    }
}

@Suite("opentracker and sward") struct OpentrackerTests {
    static let v1 = Digest160(Array(0..<20))!
    static let v2 = Digest256((0..<32).map { 255 - UInt8($0) })!
    static let unknown = Digest160([UInt8](repeating: 9, count: 20))!
    let tracker: Opentracker
    let client = FetchClient(route: .environment { _ in nil })

    init() throws { tracker = try Opentracker([Self.v1, Self.v2.truncated]) }

    func peer(_ name: String) throws -> PeerID {
        try #require(PeerID(Array("-SW0000-\(name)000000000000".utf8.prefix(20))))
    }

    func announce(_ request: AnnounceRequest) async throws -> AnnounceResponse {
        var fetch = FetchRequest(url: try request.url(of: tracker.announceURL))
        fetch.acceptsAnyStatus = true
        return try AnnounceResponse.parse(await client.get(fetch).body)
    }

    /// It takes calls before another of its threads has read the list.
    func waitForList() async throws {
        for hash in [Self.v1, Self.v2.truncated] {
            let probe = AnnounceRequest(
                infoHash: hash, peerID: try peer("probe"), port: 7000, progress: AnnounceProgress(left: 1),
                event: .stopped)
            let deadline = ContinuousClock.now + .seconds(20)
            while true {
                do {
                    _ = try await announce(probe)
                    break
                } catch TrackerError.refused where ContinuousClock.now < deadline { continue }
            }
        }
    }

    @Test("peers find each other, are counted, and are forgotten when they stop")
    func life() async throws {
        try await waitForList()
        var seed = AnnounceRequest(
            infoHash: Self.v1, peerID: try peer("seed"), port: 7001, progress: AnnounceProgress(left: 0),
            event: .started)
        var leech = AnnounceRequest(
            infoHash: Self.v1, peerID: try peer("leech"), port: 7002, progress: AnnounceProgress(left: 100),
            event: .started, wantedPeers: 50, key: 1)
        _ = try await announce(seed)
        let found = try await announce(leech)
        #expect(found.peers.map(\.description).contains("127.0.0.1:7001"))
        #expect(found.seeds == 1)
        #expect(found.leeches == 1)
        #expect(found.interval > .seconds(60))

        leech.event = .completed
        leech.progress = AnnounceProgress(downloaded: 100, left: 0)
        #expect(try await announce(leech).seeds == 2)
        seed.event = .stopped
        _ = try await announce(seed)
        leech.event = nil
        let left = try await announce(leech)
        #expect(left.seeds == 1)
        #expect(!left.peers.map(\.description).contains("127.0.0.1:7001"))
    }

    @Test("a torrent the tracker does not know is refused with its reason")
    func refusal() async throws {
        let request = AnnounceRequest(
            infoHash: Self.unknown, peerID: try peer("x"), port: 1, progress: AnnounceProgress(left: 1))
        do {
            _ = try await announce(request)
            Issue.record("a torrent that is not on the list was served")
        } catch TrackerError.refused(let refusal) {
            #expect(refusal.reason.contains("not authorized"), "\(refusal.reason)")
        }
    }

    @Test("the schedule announces a hybrid under both hashes, falls back, and takes its leave")
    func schedule() async throws {
        try await waitForList()
        // Nobody listens on port 1: the first tier always fails.
        var schedule = AnnounceSchedule(
            tiers: [["http://127.0.0.1:1/announce"], [tracker.announceURL]],
            infoHashes: try #require(InfoHashes(v1: Self.v1, v2: Self.v2)),
            identity: .init(peerID: try peer("hybrid"), port: 7003, key: 7), seed: 1)
        let now = ContinuousClock.now
        schedule.start(at: now)
        var open = schedule.timerFired(at: now, progress: AnnounceProgress(left: 10))
        var reached: [Digest160] = []
        while let announce = open.popLast() {
            var fetch = FetchRequest(url: announce.url)
            fetch.acceptsAnyStatus = true
            do {
                let response = try AnnounceResponse.parse(await client.get(fetch).body)
                open += schedule.succeeded(announce.id, with: response, at: now)
                reached.append(announce.request.infoHash)
            } catch {
                open += schedule.failed(announce.id, with: .unreachable("\(error)"), at: now)
            }
        }
        #expect(Set(reached) == [Self.v1, Self.v2.truncated])
        for hash in reached {
            let other = AnnounceRequest(
                infoHash: hash, peerID: try peer("other"), port: 7004, progress: AnnounceProgress(left: 1),
                event: .started)
            #expect(try await announce(other).peers.map(\.port).contains(7003))
        }
        for stop in schedule.stop(at: now, progress: AnnounceProgress(left: 10)) {
            _ = try await client.get(FetchRequest(url: stop.url))
        }
        for hash in reached {
            let other = AnnounceRequest(
                infoHash: hash, peerID: try peer("third"), port: 7005, progress: AnnounceProgress(left: 1),
                event: .started)
            #expect(try await !announce(other).peers.map(\.port).contains(7003))
        }
    }
}
