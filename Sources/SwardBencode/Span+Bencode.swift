// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension Span<UInt8> {
    /// Finds the byte string `<length>:<bytes>` at `offset` and leaves `offset` just past it.
    ///
    /// - Returns: Where the bytes lie in this span; nothing is copied.
    /// - Throws: `BencodeError` at the first offending byte. A leading zero is refused, so that one value
    ///   has one encoding and an info-hash one preimage (BEP 52, "bencoding").
    package func readByteString(at offset: inout Int) throws(BencodeError) -> Range<Int> {
        let start = offset
        let zero = UInt8(ascii: "0")
        var length = 0
        while offset < count, case let digit = Int(self[offset]) - Int(zero), 0...9 ~= digit {
            length = length * 10 + digit
            // Checked before the colon: a length beyond the input can then neither overflow nor allocate.
            guard length <= count else { throw BencodeError(.truncated, at: start) }
            offset += 1
        }
        guard offset < count else { throw BencodeError(.truncated, at: offset) }
        guard offset > start else { throw BencodeError(.expectedDigit, at: start) }
        if offset - start > 1, self[start] == zero { throw BencodeError(.leadingZero, at: start) }
        guard self[offset] == UInt8(ascii: ":") else { throw BencodeError(.expectedColon, at: offset) }
        let bytes = (offset + 1)..<(offset + 1 + length)
        guard bytes.upperBound <= count else { throw BencodeError(.truncated, at: start) }
        offset = bytes.upperBound
        return bytes
    }

    /// Reads the integer `i<digits>e` at `offset`, which is at the `i`, and leaves `offset` just past it.
    ///
    /// - Throws: `BencodeError` at the first offending byte; an integer that overflows is named by its `i`,
    ///   after at most twenty digits, however long it is.
    package func readInteger(at offset: inout Int) throws(BencodeError) -> Int64 {
        let start = offset
        offset += 1
        guard offset < count else { throw BencodeError(.truncated, at: offset) }
        let isNegative = self[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let first = offset
        var value: Int64 = 0
        while offset < count, case let digit = Int64(self[offset]) - 0x30, 0...9 ~= digit {
            if offset == first + 1, self[first] == UInt8(ascii: "0") {
                throw BencodeError(.leadingZero, at: first)
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Built downwards when negative: the smallest integer has no positive twin.
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !overflow, !carry else { throw BencodeError(.integerOverflow, at: start) }
            value = sum
            offset += 1
        }
        guard offset < count else { throw BencodeError(.truncated, at: offset) }
        guard offset > first, self[offset] == UInt8(ascii: "e") else {
            throw BencodeError(.expectedDigit, at: offset)
        }
        if isNegative, value == 0 { throw BencodeError(.negativeZero, at: first - 1) }
        offset += 1
        return value
    }
}
