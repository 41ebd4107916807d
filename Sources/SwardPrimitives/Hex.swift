// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Collection where Element == UInt8 {
    /// Two lower-case hexadecimal digits per byte.
    package var hex: String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
        return unsafe String(unsafeUninitializedCapacity: count * 2) { buffer in
            var place = 0
            for byte in self {
                unsafe buffer[place] = digit(byte >> 4)
                unsafe buffer[place + 1] = digit(byte & 15)
                place += 2
            }
            return place
        }
    }
}

extension [UInt8] {
    /// - Returns: `nil` unless `hex` is an even number of hexadecimal digits of either case.
    package init?(hex: some StringProtocol) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in hex.utf8 {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { return nil }
        self = bytes
    }
}
