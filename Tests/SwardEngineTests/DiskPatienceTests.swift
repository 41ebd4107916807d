// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Testing

@testable import SwardEngine

@Suite("Patience with a full disk") struct DiskPatienceTests {
    @Test("what seems to have room and takes nothing is tried ever more seldom, until it takes something")
    func doubles() {
        var patience = DiskPatience()
        var pauses: [Int64] = []
        func fail() {
            patience.didFail()
            pauses.append(patience.pause.nanoseconds / 1_000_000_000)
        }
        fail()
        for _ in 0..<8 {
            patience.didResume()
            fail()
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 320, 600, 600])
        patience.didResume()
        patience.didWrite()
        fail()
        #expect(pauses.last == 5)
    }
}
