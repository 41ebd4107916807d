// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import Support
import Testing

@Suite("Bencode documents") struct BencodeDocumentTests {
    typealias Refusal = (text: String, error: BencodeError)
    static let limits = BencodeLimits(maximumBytes: 1 << 20, maximumDepth: 4, maximumValues: 10)

    static let refusals: [Refusal] = [
        // Nothing, or the wrong first byte.
        ("", BencodeError(.truncated, at: 0)), ("e", BencodeError(.expectedValue, at: 0)),
        ("x", BencodeError(.expectedValue, at: 0)), ("-", BencodeError(.expectedValue, at: 0)),
        (":spam", BencodeError(.expectedValue, at: 0)), (" i1e", BencodeError(.expectedValue, at: 0)),
        // Integers.
        ("i", BencodeError(.truncated, at: 1)), ("ie", BencodeError(.expectedDigit, at: 1)),
        ("i-e", BencodeError(.expectedDigit, at: 2)), ("i-", BencodeError(.truncated, at: 2)),
        ("i1", BencodeError(.truncated, at: 2)), ("i-0e", BencodeError(.negativeZero, at: 1)),
        ("i00e", BencodeError(.leadingZero, at: 1)), ("i03e", BencodeError(.leadingZero, at: 1)),
        ("i-03e", BencodeError(.leadingZero, at: 2)), ("i+1e", BencodeError(.expectedDigit, at: 1)),
        ("i1.5e", BencodeError(.expectedDigit, at: 2)), ("i--1e", BencodeError(.expectedDigit, at: 2)),
        ("i 1e", BencodeError(.expectedDigit, at: 1)),
        ("i9223372036854775808e", BencodeError(.integerOverflow, at: 0)),
        ("i-9223372036854775809e", BencodeError(.integerOverflow, at: 0)),
        ("li1ei99999999999999999999ee", BencodeError(.integerOverflow, at: 4)),
        // Byte strings.
        ("4:spa", BencodeError(.truncated, at: 0)), ("04:spam", BencodeError(.leadingZero, at: 0)),
        ("00:", BencodeError(.leadingZero, at: 0)), ("4-spam", BencodeError(.expectedColon, at: 1)),
        ("4", BencodeError(.truncated, at: 0)), ("0", BencodeError(.truncated, at: 1)),
        ("99999999999999999999999999:x", BencodeError(.truncated, at: 0)),
        ("9223372036854775807:x", BencodeError(.truncated, at: 0)),
        // Containers.
        ("l", BencodeError(.truncated, at: 1)), ("d", BencodeError(.truncated, at: 1)),
        ("li1e", BencodeError(.truncated, at: 4)), ("d1:ai1e", BencodeError(.truncated, at: 7)),
        ("d1:ae", BencodeError(.expectedValue, at: 4)), ("d1:a", BencodeError(.truncated, at: 4)),
        ("di1ei2ee", BencodeError(.expectedKey, at: 1)), ("dlei2ee", BencodeError(.expectedKey, at: 1)),
        ("d-:i2ee", BencodeError(.expectedKey, at: 1)),
        // Keys.
        ("d1:bi1e1:ai2ee", BencodeError(.unsortedKey, at: 7)),
        ("d1:ai1e1:ai2ee", BencodeError(.duplicateKey, at: 7)),
        ("d2:aai1e1:ai2ee", BencodeError(.unsortedKey, at: 8)),
        ("d1:ai1e0:i2ee", BencodeError(.unsortedKey, at: 7)),
        ("d0:i1e0:i2ee", BencodeError(.duplicateKey, at: 6)),
        ("d1:ad1:bi1e1:ai1eee", BencodeError(.unsortedKey, at: 11)),
        // What follows.
        ("i1ei2e", BencodeError(.trailingBytes, at: 3)), ("le\n", BencodeError(.trailingBytes, at: 2)),
        ("1:ab", BencodeError(.trailingBytes, at: 3)),
        // Limits.
        ("lllllee", BencodeError(.tooDeep(limit: 4), at: 4)),
        ("d1:ad1:bd1:cd1:dleeeee", BencodeError(.tooDeep(limit: 4), at: 16)),
        ("l0:0:0:0:0:0:0:0:0:0:e", BencodeError(.tooManyValues(limit: 10), at: 19)),
    ]

    @Test("a bad spelling is refused at the offending byte", arguments: refusals)
    func refuses(_ row: Refusal) {
        #expect(throws: row.error) { try BencodeDocument(Array(row.text.utf8), limits: Self.limits) }
    }

    @Test("keys are ordered as unsigned bytes")
    func ordersBytes() throws {
        let sorted: [UInt8] = Array("d1:".utf8) + [0x7F] + Array("0:1:".utf8) + [0x80] + Array("0:e".utf8)
        let document = try BencodeDocument(sorted, limits: .message)
        #expect(document.root.entries.map { Array($0.key) } == [[0x7F], [0x80]])
    }

    @Test("too many bytes are refused before they are read")
    func refusesSize() {
        let limits = BencodeLimits(maximumBytes: 3, maximumValues: 10)
        #expect(throws: BencodeError(.tooLarge(limit: 3), at: 3)) {
            try BencodeDocument(Array("2:ab".utf8), limits: limits)
        }
        #expect(throws: Never.self) { try BencodeDocument(Array("i1e".utf8), limits: limits) }
    }

    @Test("what is nested or declared without measure costs nothing")
    func refusesBombsAtOnce() {
        let bombs: [([UInt8], BencodeError)] = [
            (Array(repeating: UInt8(ascii: "l"), count: 100_000), BencodeError(.tooDeep(limit: 65), at: 65)),
            (
                Array(String(repeating: "d1:a", count: 100_000).utf8),
                BencodeError(.tooDeep(limit: 65), at: 260)
            ),
            (
                Array("d6:lengthi".utf8) + Array(repeating: UInt8(ascii: "9"), count: 10_000_000),
                BencodeError(.integerOverflow, at: 9)
            ),
            (Array("10000000000:x".utf8), BencodeError(.truncated, at: 0)),
            (
                Array(repeating: UInt8(ascii: "1"), count: 10_000_000),
                BencodeError(.truncated, at: 0)
            ),
        ]
        for (bytes, error) in bombs {
            let time = processorTime {
                #expect(throws: error) { try BencodeDocument(bytes, limits: .metainfo) }
            }
            #expect(time < .milliseconds(100))
        }
    }

    @Test("values come back as they were, with their place")
    func reads() throws {
        let text = "d1:ai-42e4:dictd3:key5:valuee4:listli1e0:lee0:3:abce"
        let document = try BencodeDocument(
            Array("d0:3:abc1:ai-42e4:dictd3:key5:valuee4:listli1e0:leee".utf8),
            limits: .message)
        #expect(throws: BencodeError(.unsortedKey, at: 44)) {
            try BencodeDocument(Array(text.utf8), limits: .message)
        }
        let root = document.root
        #expect(root.isDictionary && !root.isList && !root.isInteger && !root.isString)
        #expect(root.count == 4)
        #expect(root.range == 0..<document.bytes.count)
        #expect(root[""]?.text == "abc")
        #expect(root["a"]?.integer == -42)
        #expect(root["a"]?.range == 11..<16)
        #expect(root["dict"]?["key"]?.text == "value")
        #expect(root["dict"]?["kez"] == nil)
        #expect(root["list"]?.count == 3)
        #expect(root["list"]?.elements.map(\.range) == [43..<46, 46..<48, 48..<50])
        #expect(root["list"]?.elements.map(\.isList) == [false, false, true])
        #expect(root["zzz"] == nil && root["b"] == nil)
        #expect(root["list"]?["a"] == nil)
        #expect(root["a"]?.string == nil && root["list"]?.integer == nil && root[""]?.integer == nil)
        #expect(root["a"]?.count == 0 && Array(root.elements).isEmpty)
        #expect(root.entries.map { String(decoding: $0.key, as: UTF8.self) } == ["", "a", "dict", "list"])
        #expect(root["dict"].map { Array($0.encoded) } == Array("d3:key5:valuee".utf8))
    }

    @Test("the whole range of 64 bits is read", arguments: [Int64.min, -1, 0, 1, 9, 10, .max])
    func readsIntegers(_ value: Int64) throws {
        let document = try BencodeDocument(Array("i\(value)e".utf8), limits: .message)
        #expect(document.root.integer == value)
    }

    @Test("only valid UTF-8 is text")
    func readsText() throws {
        let document = try BencodeDocument([0x32, 0x3A, 0xC3, 0x28], limits: .message)
        #expect(document.root.text == nil)
        #expect(document.root.string.map(Array.init) == [0xC3, 0x28])
    }

    @Test("a value at the front is read and what follows is left")
    func readsPrefix() throws {
        let (document, length) = try BencodeDocument.prefix(
            of: Array("d8:msg_typei1ee...raw".utf8), limits: .message)
        #expect(length == 15)
        #expect(document.root["msg_type"]?.integer == 1)
        #expect(document.bytes.count == 15)
        #expect(throws: BencodeError(.truncated, at: 1)) {
            try BencodeDocument.prefix(of: Array("d8:m".utf8), limits: .message).length
        }
        let limits = BencodeLimits(maximumBytes: 8, maximumValues: 10)
        #expect(try BencodeDocument.prefix(of: Array("i1e2345678901".utf8), limits: limits).length == 3)
        #expect(throws: BencodeError(.tooLarge(limit: 8), at: 8)) {
            try BencodeDocument.prefix(of: Array("9:abcdefghij".utf8), limits: limits).length
        }
    }

    @Test("every proper prefix of a value is refused as truncated, every extension as trailing")
    func refusesEveryTruncation() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<50 {
            let bytes = Bencode.random(depth: 4, using: &random).encoded()
            for end in bytes.indices.prefix(300) {
                do {
                    _ = try BencodeDocument(Array(bytes[..<end]), limits: .message)
                    Issue.record("accepted \(end) of \(bytes.count) bytes")
                } catch {
                    #expect(error.reason == .truncated && error.offset <= end)
                }
            }
            for byte in 0...UInt8.max {
                #expect(throws: BencodeError(.trailingBytes, at: bytes.count)) {
                    try BencodeDocument(bytes + [byte], limits: .message)
                }
            }
        }
    }

    @Test(
        "what is written reads back, and what is read writes the same bytes",
        arguments: 0..<200 as Range<UInt64>)
    func roundTrips(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let value = Bencode.random(depth: 5, using: &random)
        let bytes = value.encoded()
        let document = try BencodeDocument(bytes, limits: .message)
        #expect(Bencode(document.root) == value)
        #expect(Bencode(document.root).encoded() == bytes)
        #expect(Array(document.root.encoded) == bytes)
    }

    @Test("a changed byte is refused or means something else", arguments: 0..<100 as Range<UInt64>)
    func hasOneSpelling(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let value = Bencode.random(depth: 4, using: &random)
        let bytes = value.encoded()
        for _ in 0..<50 {
            var changed = bytes
            let place = random.below(bytes.count)
            changed[place] = UInt8(truncatingIfNeeded: random.next())
            guard changed != bytes, let document = try? BencodeDocument(changed, limits: .message) else {
                continue
            }
            #expect(Bencode(document.root) != value)
            #expect(Bencode(document.root).encoded() == changed)
        }
    }
}

extension Bencode {
    static func random(depth: Int, using random: inout SplitMix64) -> Bencode {
        switch random.below(depth > 0 ? 4 : 2) {
        case 0:
            return .integer(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
        case 1:
            let count = random.below(20)
            return .string(random.bytes(count))
        case 2:
            return .list((0..<random.below(5)).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            var entries: [[UInt8]: Bencode] = [:]
            for _ in 0..<random.below(5) {
                let count = random.below(3)
                entries[random.bytes(count)] = .random(depth: depth - 1, using: &random)
            }
            return .dictionary(entries)
        }
    }
}
