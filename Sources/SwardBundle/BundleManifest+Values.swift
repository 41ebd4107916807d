// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension BundleManifest {
    /// Whether a manifest may say that: text of at least one byte without control characters other than tab and newline.
    package static func isText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= Limits.textBytes
            && !text.utf8.contains { ($0 < 32 && $0 != 9 && $0 != 10) || $0 == 127 }
    }

    /// Whether it is an address: a scheme, a colon and something printable after it. Source: RFC 3986, section 3.
    package static func isAddress(_ text: String) -> Bool {
        guard isText(text), let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text.utf8[..<colon]
        func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
        guard let first = scheme.first, isLetter(first) else { return false }
        guard scheme.allSatisfy({ isLetter($0) || (48...57).contains($0) || [43, 45, 46].contains($0) })
        else { return false }
        let rest = text.utf8[text.utf8.index(after: colon)...]
        return !rest.isEmpty && rest.allSatisfy { $0 > 32 && $0 != 127 }
    }
}
