// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers for some of the runs of five words in a text, chosen so that two texts with ten words in common share one.
///
/// The smallest number of every six neighboring ones is chosen.
///
/// - Source: Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (2003).
package enum Fingerprints {
    package static let length = 5
    package static let window = 6
    /// Texts up to this many words keep all their runs.
    package static let denseLimit = 80
    /// Runs that more templates than this have are not kept: they tell nothing.
    package static let popularLimit = 250

    @inline(__always)
    static func number(_ a: UInt16, _ b: UInt16, _ c: UInt16, _ d: UInt16, _ e: UInt16) -> UInt32 {
        // A word the index does not know makes a run that no template has.
        if a == 0 || b == 0 || c == 0 || d == 0 || e == 0 { return .max }
        let sum =
            UInt64(a) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(b) &* 0xC2B2_AE3D_27D4_EB4F
            &+ UInt64(c) &* 0x1656_67B1_9E37_79F9 &+ UInt64(d) &* 0x27D4_EB2F_1656_67C5
            &+ UInt64(e) &* 0x85EB_CA77_C2B2_AE63
        let mixed = (sum ^ (sum >> 31)) &* 0xD6E8_FEB8_6659_FD93
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }

    /// The chosen runs of `words` by number and place, in order of place.
    @inline(__always)
    package static func select(_ words: [UInt16], all: Bool, _ take: (_ number: UInt32, _ place: Int) -> Void)
    {
        let last = words.count - length
        guard last >= 0 else { return }
        // The numbers of the last `window` places, by place modulo 8.
        var numbers = SIMD8<UInt32>(repeating: .max)
        var chosen = -1
        for place in 0...last {
            let number = number(
                words[place], words[place &+ 1], words[place &+ 2], words[place &+ 3], words[place &+ 4])
            if all {
                if number != .max { take(number, place) }
                continue
            }
            numbers[place & 7] = number
            // Shorter texts than a window still give their smallest run.
            guard place >= window - 1 || place == last else { continue }
            let first = max(0, place &- window &+ 1)
            if chosen < first {
                chosen = first
                for candidate in first...place where numbers[candidate & 7] <= numbers[chosen & 7] {
                    chosen = candidate
                }
            } else if number <= numbers[chosen & 7] {
                chosen = place
            } else {
                continue
            }
            let smallest = numbers[chosen & 7]
            if smallest != .max { take(smallest, chosen) }
        }
    }
}
