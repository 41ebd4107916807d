// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode

extension FuzzEntry {
    package static let bencode = FuzzEntry(name: "bencode") { (bytes: [UInt8]) throws(Violation) in
        let whole = try? BencodeDocument(bytes, limits: .message)
        if let whole {
            try check("one value has one spelling", Bencode(whole.root).encoded() == bytes)
            try walk(whole.root, in: bytes.indices)
        }
        let front: (document: BencodeDocument, length: Int)
        do throws(BencodeError) {
            front = try BencodeDocument.prefix(of: bytes, limits: .message)
        } catch {
            try check("a refusal is inside the bytes", 0...bytes.count ~= error.offset)
            try check("what is whole has a front", whole == nil)
            return
        }
        try check("the front is a value", front.document.bytes == Array(bytes[..<front.length]))
        try check("it is the whole if nothing follows", (front.length == bytes.count) == (whole != nil))
    }

    private static func walk(_ value: BencodeValue, in range: Range<Int>) throws(Violation) {
        try check("a value lies in its container", range.contains(value.range.lowerBound))
        try check("a value ends in its container", value.range.upperBound <= range.upperBound)
        var count = 0
        for element in value.elements {
            try walk(element, in: value.range)
            count += 1
        }
        for (key, element) in value.entries {
            try walk(element, in: value.range)
            try check(
                "a key finds its value",
                String(validating: key, as: UTF8.self).map { value[$0]?.range == element.range } ?? true)
            count += 1
        }
        try check("a container knows its count", count == value.count)
    }
}
