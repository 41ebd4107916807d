// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization
import Testing

@testable import SwardEngine

@Suite("What transports hand to the loops") struct DoorwayTests {
    /// What a tracker and a web server were asked, to be answered when the test wants.
    private final class Servers: Sendable {
        typealias Announced = @Sendable (Result<[UInt8], TrackerUnreachable>) -> Void
        typealias Took = @Sendable (UnsafeRawBufferPointer) -> Bool
        let announced = Mutex<[Announced]>([])
        let took = Mutex<[Took]>([])
        let ended = Mutex<[@Sendable (WebFailure?) -> Void]>([])
    }

    @Test("comes while they run, and is let be once they have ended")
    func closes() {
        let (servers, doorway) = (Servers(), Doorway())
        let heard = Mutex<[String]>([])
        let tracker = doorway.guarding { _, _, done in servers.announced.withLock { $0.append(done) } }
        let web = doorway.guarding { _, _, consume, done in
            servers.took.withLock { $0.append(consume) }
            servers.ended.withLock { $0.append(done) }
        }
        for _ in 0..<2 {
            tracker("", 1) { _ in heard.withLock { $0.append("answer") } }
            web(
                "", .whole(length: 1),
                { _ in
                    heard.withLock { $0.append("bytes") }
                    return true
                }, { _ in heard.withLock { $0.append("end") } })
        }
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        func answer(_ number: Int) -> Bool {
            servers.announced.withLock { $0[number] }(.success([]))
            let wantsMore = servers.took.withLock { $0[number] }(empty)
            servers.ended.withLock { $0[number] }(nil)
            return wantsMore
        }
        #expect(answer(0))
        doorway.close()
        // And the server need send no more.
        #expect(!answer(1))
        #expect(heard.withLock { $0 } == ["answer", "bytes", "end"])
    }
}
