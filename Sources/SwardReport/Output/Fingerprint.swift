// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardHash
internal import SwardPolicy
internal import SwardPrimitives

/// Names for facts that stay the same while lines move, so that two reports can be compared.
enum Fingerprint {
    static func of(_ mark: Mark) -> String {
        of(["mark", mark.mark.rawValue, mark.path] + mark.evidence.map(\.quote))
    }

    static func of(_ conflict: Conflict) -> String {
        of(["conflict", conflict.relation.rawValue, conflict.part, conflict.whole] + conflict.paths)
    }

    static func of(_ contradiction: Contradiction) -> String {
        of(["contradiction", contradiction.path, contradiction.declared, contradiction.found])
    }

    static func of(_ duty: Duty) -> String {
        of(["duty", duty.kind.rawValue, duty.act.rawValue, duty.license])
    }

    /// 32 hexadecimal digits.
    static func of(_ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0)
        }
        return SHA256.hash(bytes).bytes.prefix(16).hex
    }
}
