// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode

extension Bencode {
    /// An integer, or one written as a string, as some trackers do.
    var number: Int64? {
        switch self {
        case .integer(let integer): integer
        case .string(let digits): Int64(String(decoding: digits, as: UTF8.self))
        default: nil
        }
    }

    /// Text that may be shown: no control characters, at most 500 characters.
    var shownText: String? {
        guard let string else { return nil }
        var text = ""
        for scalar in String(decoding: string, as: UTF8.self).unicodeScalars.prefix(500) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text.unicodeScalars.append("\u{fffd}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
