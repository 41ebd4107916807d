// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The key number: eight random bytes by which a signature names the key that can check it.
///
/// A label, not a proof: anybody can make a key with the number of another.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    public static let byteCount = 8

    private let number: UInt64

    /// - Returns: `nil` unless `bytes` holds exactly 8 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        number = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// - Returns: `nil` unless `hex` is 1 to 16 hexadecimal digits; `minisign` 0.11 leaves leading zeros out.
    public init?(hex: some StringProtocol) {
        guard 1...16 ~= hex.utf8.count, hex.utf8.first != UInt8(ascii: "+"),
            hex.utf8.first != UInt8(ascii: "-"),
            let number = UInt64(hex, radix: 16)
        else { return nil }
        self.number = number
    }

    /// As stored: least significant byte first.
    public var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) } }

    /// Sixteen upper-case digits, most significant first, as `minisign` shows it.
    public var description: String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
