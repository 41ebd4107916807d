// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SwardCLI

@Suite("Amounts") struct AmountsTests {
    static let sizes: [(Int64, String)] = [
        (0, "0 B"), (1, "1 B"), (999, "999 B"), (1023, "1.00 KiB"), (1024, "1.00 KiB"), (10_240, "10.0 KiB"),
        (102_400, "100 KiB"),
        (1_048_575, "1.00 MiB"), (1_048_576, "1.00 MiB"), (3_010_298, "2.87 MiB"), (.max, "8.00 EiB"),
    ]

    @Test("bytes have three digits and a binary unit", arguments: sizes)
    func bytes(_ row: (Int64, String)) { #expect(Amounts.bytes(row.0) == row.1) }

    static let times: [(Double, String)] = [
        (0, "0.0s"), (0.14, "0.1s"), (9.94, "9.9s"), (9.96, "10s"), (59.2, "1m 00s"), (61, "1m 01s"),
        (3599.5, "1h 00m"), (7380, "2h 03m"), (.infinity, "∞"), (1e12, "∞"),
    ]

    @Test("durations have two units at most", arguments: times)
    func durations(_ row: (Double, String)) { #expect(Amounts.duration(seconds: row.0) == row.1) }

    @Test("nothing unfinished is 100 percent")
    func percent() {
        #expect(Amounts.percent(999_999, of: 1_000_000) == "99.9%")
        #expect(Amounts.percent(1, of: 1) == "100.0%")
        #expect(Amounts.percent(0, of: 0) == "100%")
    }
}
