// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import NIOCore
import NIOPosix
import Support
import SwardMetainfo
import SwardStorage
import Testing
import TorrentSupport

@testable import SwardEngine

@Suite("What a torrent has at the disk", .timeLimit(.minutes(1))) struct DiskQueueTests {
    /// What was reached, in order; touched on one loop only.
    private final class Steps {
        var all: [String] = []
        func add(_ step: String) { all.append(step) }
    }

    @Test("what peers have read puts off the end of nothing but itself")
    func peersPutOffNothing() async throws {
        let torrent = try MadeTorrent(.v1, files: [.init("a", [1, 2, 3])])
        let folder = try TemporaryFolder()
        let payload = Payload(
            torrent.info, in: try PayloadFolder(path: folder.path, creating: false),
            descriptors: DescriptorCache())
        let pool = DiskPool(threads: 2)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let mayRead = DispatchSemaphore(value: 0)
        let steps = try await loop.flatSubmit {
            let disk = DiskQueue(pool: pool, loop: loop, payload: payload, resume: nil)
            let steps = Steps()
            let promise = loop.makePromise(of: [String].self)
            disk.run(isForPeer: true, { mayRead.wait() }) { steps.add("read") }
            disk.run({}) { steps.add("done") }
            disk.whenIdle {
                steps.add("idle")
                promise.succeed(steps.all)
            }
            disk.whenWritten {
                steps.add("written")
                mayRead.signal()
            }
            return promise.futureResult
        }.get()
        #expect(steps == ["done", "written", "read", "idle"])
        try await pool.shutdown()
        try await group.shutdownGracefully()
    }
}
