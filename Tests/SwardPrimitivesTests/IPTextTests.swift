// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import Testing

@Suite("IP addresses as text") struct IPTextTests {
    static let addresses: [(text: String, bytes: [UInt8]?)] = [
        ("1.2.3.4", [1, 2, 3, 4]), ("255.255.255.255", [255, 255, 255, 255]), ("256.1.1.1", nil),
        ("01.2.3.4", nil),
        ("1.2.3", nil), ("1.2.3.4.5", nil), ("", nil), ("localhost", nil), ("+1.2.3.4", nil), ("1..2.3", nil),
        ("::", [UInt8](repeating: 0, count: 16)), ("::1", [UInt8](repeating: 0, count: 15) + [1]),
        ("1::", [0, 1] + [UInt8](repeating: 0, count: 14)),
        ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
        ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:8:9", nil), ("1::2::3", nil), (":1", nil), (":::", nil),
        ("12345::", nil),
        ("fe80::1%eth0", nil), ("::ffff:1.2.3.4", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4]),
        ("1.2.3.4::", nil), ("1:2:3:4:5:6:7::", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]),
    ]

    @Test("are read exactly or not at all", arguments: addresses)
    func reads(_ row: (text: String, bytes: [UInt8]?)) { #expect(IPText.bytes(row.text) == row.bytes) }
}
