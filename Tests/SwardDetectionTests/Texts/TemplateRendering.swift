// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support

@testable import SwardDetection

/// Writes a text that a template allows, from the index alone: no license text is needed to test the matching of all.
struct TemplateRendering {
    enum Choice { case whole, random, bare }

    var random: SplitMix64
    let index = TextIndex.shared

    /// - Parameter choice: The list's own text, one with optional parts left out and alternatives drawn, or one without
    ///   any optional part.
    mutating func words(_ number: Int, _ choice: Choice) -> [String] {
        let template = index.template(number)
        let tokens = index.tokens(template)
        if choice == .whole { return tokens.map { index.text(ofWord: $0) } }
        var replaced: [Int: (end: Int, words: [String])] = [:]
        for at in 0..<template.spanCount {
            let span = index.span(template, at)
            guard span.end > span.start, replaced[span.start] == nil else { continue }
            switch span.kind {
            case .optional where choice == .bare: replaced[span.start] = (span.end, [])
            case _ where choice == .bare: continue
            case .optional, .title, .copyright:
                if random.oneIn(3) { replaced[span.start] = (span.end, []) }
            case .alternative:
                let variant = random.element(of: index.variants(span.alternative))
                replaced[span.start] = (span.end, rendered(variant))
            case .bullet: break
            }
        }
        var result: [String] = []
        var place = 0
        while place < tokens.count {
            if let (end, words) = replaced[place] {
                result += words
                place = end
            } else {
                result.append(index.text(ofWord: tokens[place]))
                place += 1
            }
        }
        return result
    }

    private mutating func rendered(_ variant: [UInt16]) -> [String] {
        var result: [String] = []
        var at = 0
        while at < variant.count {
            if variant[at] == TextIndex.gap, at + 1 < variant.count {
                let low = Int(variant[at + 1] >> 8)
                let high = Int(variant[at + 1] & 0xFF)
                for _ in 0..<min(high, low + random.below(4)) {
                    result.append(random.element(of: ["Acme", "Corporation", "Jane", "Doe", "Example"]))
                }
                at += 2
            } else {
                result.append(index.text(ofWord: variant[at]))
                at += 1
            }
        }
        return result
    }

    enum Dress: CaseIterable { case plain, wrapped, commented, capitals, string }

    mutating func dressed(_ words: [String], _ dress: Dress) -> String {
        switch dress {
        case .plain: return words.joined(separator: " ")
        case .capitals: return words.joined(separator: " ").uppercased()
        case .wrapped: return lines(words).joined(separator: "\n")
        case .commented:
            let mark = random.element(of: [
                " * ", "// ", "# ", ";; ", "-- ", "dnl ", "REM ", "% ", "! ", ".\\\" ",
            ])
            return lines(words).map { mark + $0 }.joined(separator: "\n")
        case .string: return lines(words).map { "  \"\($0)\\n\"" }.joined(separator: "\n")
        }
    }

    private mutating func lines(_ words: [String]) -> [String] {
        let width = 5 + random.below(14)
        return stride(from: 0, to: words.count, by: width).map {
            words[$0..<min(words.count, $0 + width)].joined(separator: " ")
        }
    }

    /// With about one word in `odds` left out, exchanged or followed by another.
    mutating func noisy(_ words: [String], odds: Int) -> [String] {
        words.flatMap { word -> [String] in
            guard random.oneIn(odds) else { return [word] }
            switch random.below(3) {
            case 0: return []
            case 1: return ["banana"]
            default: return [word, "quick"]
            }
        }
    }
}
