// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// As a path in a URI reference: everything that is not unreserved is written `%XX`, slashes stay.
    ///
    /// Source: RFC 3986, 2.3. A colon is escaped too, so that a first element is never read as a scheme.
    var uriPath: String {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                result.append(UInt8(ascii: "%"))
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// In one line: what ends lines, moves the cursor or turns the reading order is shown as `\x0a`, `\u202e`.
    var oneLine: String {
        guard unicodeScalars.contains(where: \.isUnshowable) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            guard scalar.isUnshowable else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let hex = String(scalar.value, radix: 16)
            let width = scalar.value < 0x100 ? 2 : 4
            result +=
                (width == 2 ? "\\x" : "\\u") + String(repeating: "0", count: max(0, width - hex.count)) + hex
        }
        return result
    }

    /// Several lines, with every other control shown as ``oneLine`` shows it; a carriage return before a line's end is dropped.
    var plainLines: [String] {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.hasSuffix("\r") ? line.dropLast() : line).withoutTabs.oneLine
        }
    }

    private var withoutTabs: String {
        utf8.contains(9)
            ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\t" ? " " : $0 })) : self
    }
}

extension Unicode.Scalar {
    fileprivate var isUnshowable: Bool {
        switch value {
        case 0..<32, 127..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
