// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardWire
import Testing

@Suite("Keep-alives") struct KeepAliveTests {
    private let start = ContinuousClock().now

    @Test("after two minutes of silence from us one is due")
    func speaks() {
        var keepAlive = KeepAlive(openedAt: start)
        #expect(keepAlive.deadline == start + .seconds(120))
        keepAlive.didRead(at: start + .seconds(100))
        #expect(keepAlive.timerFired(at: start + .seconds(119)) == .none)
        #expect(keepAlive.timerFired(at: start + .seconds(120)) == .sendKeepAlive)
        #expect(keepAlive.deadline == start + .seconds(240))
    }

    @Test("what we write puts it off")
    func waits() {
        var keepAlive = KeepAlive(openedAt: start)
        keepAlive.didWrite(at: start + .seconds(90))
        keepAlive.didRead(at: start + .seconds(90))
        #expect(keepAlive.timerFired(at: start + .seconds(130)) == .none)
        #expect(keepAlive.deadline == start + .seconds(210))
    }

    @Test("three minutes of silence from the peer end it")
    func closes() {
        var keepAlive = KeepAlive(openedAt: start)
        keepAlive.didWrite(at: start + .seconds(179))
        #expect(keepAlive.timerFired(at: start + .seconds(181)) == .close(silence: .seconds(181)))
        #expect(keepAlive.deadline == nil)
        #expect(keepAlive.timerFired(at: start + .seconds(999)) == .none)
    }
}
