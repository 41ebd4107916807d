// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection

/// A template as sequences of words, before words have numbers.
struct CompiledTemplate {
    enum Word: Hashable { case word(UInt32), gap(low: Int, high: Int) }
    struct Span { var start: Int; var end: Int; var kind: UInt8; var variants: [[Word]] = [] }

    var expression = ""
    var identifier = ""
    var isHeader = false
    var isException = false
    var rank = 0
    var words: [UInt32] = []
    var spans: [Span] = []
}

/// Makes sequences of words of texts, and keeps what each word is.
struct TemplateCompiler {
    enum Failure: Error { case sameHash(String, String) }

    /// What each hash stands for; empty for one that is met only in other forms.
    private(set) var vocabulary: [UInt32: String] = [:]
    private var reader = Words()

    /// - Parameter beginsBlock: Whether a leading number or letter with a mark counts items.
    private mutating func words(of text: String, beginsBlock: Bool) -> (words: [UInt32], hasBullet: Bool) {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let bytes = Array(((beginsBlock ? "" : "x ") + line).utf8)
        var hashes: [UInt32] = []
        var hasBullet = false
        bytes.withUnsafeBytes { buffer in
            reader.readAll(buffer)
            for index in reader.indices.dropFirst(beginsBlock ? 0 : 1) {
                let word = reader[index]
                if word.marks.contains(.bullet), beginsBlock {
                    hasBullet = true
                    continue
                }
                hashes.append(word.hash)
                let folded = reader.folded(index)
                // Of the forms that are equal the one that the hash is of; else it stands under a form not seen yet.
                let isOwn = WordHash(asWritten: folded).value == word.hash
                if isOwn {
                    vocabulary[word.hash] = folded
                } else if vocabulary[word.hash] == nil {
                    vocabulary[word.hash] = ""
                }
            }
        }
        return (hashes, hasBullet)
    }

    mutating func compile(_ text: TemplateText) -> CompiledTemplate {
        var template = CompiledTemplate()
        var open: [(start: Int, span: TemplateText.Span, own: String)] = []
        var endsInLetter = false
        for piece in text.pieces {
            switch piece {
            case .text(let string, let beginsBlock):
                for index in open.indices { open[index].own += string }
                var (hashes, hasBullet) = words(of: string, beginsBlock: beginsBlock)
                if hasBullet { addBullet(&template) }
                // `name<optional>s</optional>`: one word in two forms.
                if let last = open.last, last.span == .optional, endsInLetter,
                    ["s", "'s", "\u{2019}s"].contains(string),
                    let word = template.words.last,
                    let singular = vocabulary[word]
                {
                    _ = words(of: singular + "s", beginsBlock: false)
                    template.spans.append(
                        CompiledTemplate.Span(
                            start: template.words.count - 1, end: template.words.count, kind: 1,
                            variants: [[.word(word)], [.word(WordHash(singular + "s").value)]]))
                    hashes = []
                }
                template.words += hashes
                endsInLetter = string.last?.isLetter ?? false
            case .bullet: addBullet(&template)
            case .open(let span): open.append((template.words.count, span, ""))
            case .close:
                guard let last = open.popLast() else { continue }
                close(last.start, last.span, last.own, in: &template)
            }
        }
        // Outer spans before inner ones, so that a reader knows the parents.
        template.spans.sort { ($0.start, -$0.end, $0.kind) < ($1.start, -$1.end, $1.kind) }
        return template
    }

    private func addBullet(_ template: inout CompiledTemplate) {
        let at = template.words.count
        if template.spans.last(where: { $0.kind == 4 })?.start == at { return }
        template.spans.append(CompiledTemplate.Span(start: at, end: at, kind: 4))
    }

    private mutating func close(
        _ start: Int, _ span: TemplateText.Span, _ own: String, in template: inout CompiledTemplate
    ) {
        let end = template.words.count
        switch span {
        case .optional where end > start:
            template.spans.append(CompiledTemplate.Span(start: start, end: end, kind: 0))
        case .title where end > start:
            template.spans.append(CompiledTemplate.Span(start: start, end: end, kind: 2))
        case .copyright where end > start:
            template.spans.append(CompiledTemplate.Span(start: start, end: end, kind: 3))
        case .alternative(let match):
            let alternatives = Alternatives(match: match, own: own)
            var variants: [[CompiledTemplate.Word]] = alternatives.variants.map { parts in
                parts.flatMap { part -> [CompiledTemplate.Word] in
                    switch part {
                    case .gap(let gap): [.gap(low: gap.low, high: gap.high)]
                    case .literal(let text): words(of: text, beginsBlock: false).words.map { .word($0) }
                    }
                }
            }
            // The list's own text always fits, whatever its expression says.
            variants.append(template.words[start..<end].map { .word($0) })
            var seen: Set<[CompiledTemplate.Word]> = []
            variants = variants.filter { seen.insert($0).inserted }
            if variants.count == 1, variants[0].allSatisfy({ if case .word = $0 { true } else { false } }) {
                return
            }
            template.spans.append(CompiledTemplate.Span(start: start, end: end, kind: 1, variants: variants))
        default: break
        }
    }
}
