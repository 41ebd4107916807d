// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns bytes into tokens in one pass, without recursion.
struct BencodeParser {
    /// A container whose end has not been seen.
    private struct Frame {
        let token: Int
        let isDictionary: Bool
        var count = 0
        var lastKey: Range<Int>?
    }

    private(set) var tokens: [BencodeDocument.Token] = []
    private let limits: BencodeLimits
    private var values = 0
    private var stack: [Frame] = []

    init(limits: BencodeLimits) { self.limits = limits }

    /// - Returns: the offset just past the first value.
    mutating func parse(_ bytes: borrowing Span<UInt8>) throws(BencodeError) -> Int {
        var offset = 0
        // A long list of files has about one token in seven bytes. What is reserved in vain is never touched, where growing
        // by doubling would write twice what is needed.
        if bytes.count > 1 << 20 { tokens.reserveCapacity(min(bytes.count / 6, limits.maximumValues)) }
        repeat {
            guard offset < bytes.count else { throw BencodeError(.truncated, at: offset) }
            if let top = stack.last {
                if bytes[offset] == UInt8(ascii: "e") {
                    tokens[top.token].link = UInt32(tokens.count)
                    tokens.append(.init(start: UInt32(offset), link: UInt32(top.count)))
                    stack.removeLast()
                    offset += 1
                    continue
                }
                stack[stack.count - 1].count += 1
                if top.isDictionary {
                    try readKey(bytes, at: &offset, after: top.lastKey)
                    guard offset < bytes.count else { throw BencodeError(.truncated, at: offset) }
                }
            }
            try readValue(bytes, at: &offset)
        } while !stack.isEmpty
        return offset
    }

    private mutating func readKey(
        _ bytes: borrowing Span<UInt8>, at offset: inout Int, after last: Range<Int>?
    ) throws(BencodeError) {
        let start = offset
        guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[start] else {
            throw BencodeError(.expectedKey, at: start)
        }
        let key = try bytes.readByteString(at: &offset)
        if let last {
            var (a, b) = (last.lowerBound, key.lowerBound)
            while a < last.upperBound, b < key.upperBound, bytes[a] == bytes[b] { (a, b) = (a + 1, b + 1) }
            if b == key.upperBound {
                throw BencodeError(a == last.upperBound ? .duplicateKey : .unsortedKey, at: start)
            }
            if a < last.upperBound, bytes[a] > bytes[b] { throw BencodeError(.unsortedKey, at: start) }
        }
        stack[stack.count - 1].lastKey = key
        try append(start: start, link: offset)
    }

    private mutating func readValue(
        _ bytes: borrowing Span<UInt8>, at offset: inout Int
    ) throws(BencodeError) {
        let start = offset
        switch bytes[start] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            _ = try bytes.readByteString(at: &offset)
            try append(start: start, link: offset)
        case UInt8(ascii: "i"):
            _ = try bytes.readInteger(at: &offset)
            try append(start: start, link: offset)
        case UInt8(ascii: "l"), UInt8(ascii: "d"):
            guard stack.count < limits.maximumDepth else {
                throw BencodeError(.tooDeep(limit: limits.maximumDepth), at: start)
            }
            try append(start: start, link: 0)
            stack.append(Frame(token: tokens.count - 1, isDictionary: bytes[start] == UInt8(ascii: "d")))
            offset += 1
        default:
            throw BencodeError(.expectedValue, at: start)
        }
    }

    private mutating func append(start: Int, link: Int) throws(BencodeError) {
        guard values < limits.maximumValues else {
            throw BencodeError(.tooManyValues(limit: limits.maximumValues), at: start)
        }
        values += 1
        tokens.append(.init(start: UInt32(start), link: UInt32(link)))
    }
}
