// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One template spread out for alignment: its words, and what leaving out and adding costs at each place.
struct TemplateShape {
    /// Costs in sixteenths of a word. Free things cost one, so that matching is preferred to leaving out.
    static let full: Int32 = 16
    static let free: Int32 = 1
    /// Within an alternative of set words: cheaper than elsewhere; the variants are checked afterwards.
    static let some: Int32 = 5

    var template: Template
    var words: [UInt16]
    var spans: [TemplateSpan]
    /// Of each span, if it is an alternative.
    var variants: [[[UInt16]]]
    /// Cost of a missing word, by place.
    var missing: [Int32]
    /// Cost of an added word before a place; one more than there are words.
    var added: [Int32]
    /// Whether items are counted before a place.
    var hasBullet: [Bool]

    init(_ number: Int, index: TextIndex) {
        template = index.template(number)
        let template = template
        let count = template.count
        words = index.tokens(template)
        spans = (0..<template.spanCount).map { index.span(template, $0) }
        let spans = spans
        variants = spans.map { $0.kind == .alternative ? index.variants($0.alternative) : [] }
        missing = [Int32](repeating: Self.full, count: count)
        added = [Int32](repeating: Self.full, count: count + 1)
        hasBullet = [Bool](repeating: false, count: count + 1)
        for (number, span) in spans.enumerated() where span.end <= count && span.start <= span.end {
            switch span.kind {
            case .optional, .title:
                for place in span.start..<span.end { missing[place] = Self.free }
            case .copyright:
                for place in span.start..<span.end { missing[place] = Self.free }
                for place in span.start...span.end { added[place] = Self.free }
            case .alternative:
                let takesAnything = variants[number].contains { $0.contains(TextIndex.gap) }
                let cost = takesAnything ? Self.free : Self.some
                for place in span.start..<span.end { missing[place] = min(missing[place], cost) }
                for place in span.start...span.end { added[place] = min(added[place], cost) }
            case .bullet: hasBullet[span.start] = true
            }
        }
    }
}
