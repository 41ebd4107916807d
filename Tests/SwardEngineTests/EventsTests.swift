// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardEngine
import SwardPrimitives
import SwardStorage
import SwardSwarm
import Testing

@Suite("What a torrent tells") struct EventsTests {
    @Test("nobody reads: what waits stays bounded, and nothing is lost that later events do not say")
    func bounded() async {
        let events = TorrentEvents()
        for done in 0..<(3 * TorrentEvents.limit) {
            events.tell(.checking(done: Int64(done), total: 1 << 40))
        }
        events.tell(.reused(7))
        events.tell(.stopped)
        events.finish()
        var told: [TorrentEvent] = []
        for await event in events { told.append(event) }
        #expect(told.count == TorrentEvents.limit + 2)
        // In order, the oldest first.
        guard case .checking(0, _)? = told.first, case .stopped? = told.last,
            case .reused(7) = told[told.count - 2]
        else {
            Issue.record("\(String(describing: told.first)), \(String(describing: told.last))")
            return
        }
    }

    @Test("what was read makes room again")
    func makesRoom() async {
        let events = TorrentEvents()
        var reader = events.makeAsyncIterator()
        for done in 0..<(3 * TorrentEvents.limit) {
            events.tell(.checking(done: Int64(done), total: 1 << 40))
            guard case .checking(Int64(done), _)? = await reader.next() else {
                Issue.record("event \(done) is missing")
                return
            }
        }
    }
}
