// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@Suite("UTC times") struct TimestampTests {
    static let rows: [(seconds: Int64, text: String)] = [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (1_709_164_800, "2024-02-29T00:00:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"), (86_399, "1970-01-01T23:59:59Z"),
        (-1, "1969-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (.max, "9999-12-31T23:59:59Z"),
        (.min, "0000-01-01T00:00:00Z"),
    ]

    @Test("seconds become a UTC time", arguments: rows)
    func text(_ row: (seconds: Int64, text: String)) { #expect(Timestamp.text(row.seconds) == row.text) }
}
