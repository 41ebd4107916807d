// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The comments at the head of a source, in lexemes, and what in them stands near words of terms.
struct HeadLexemes {
    private(set) var comments: [Range<Int>] = []
    private var near: [Range<Int>] = []

    init() {}

    init(_ text: Lexemes) {
        let head = SourceHead(text.bytes)
        for comment in head.comments {
            let first = text.first(from: comment.lowerBound, atOrAfter: comments.last?.upperBound ?? 0)
            let end = text.first(from: comment.upperBound, atOrAfter: first)
            guard end - first > 1 else { continue }
            comments.append(first..<end)
            let ofTerms = (first..<end).filter {
                Self.isOfTerms(text, $0)
                    // A text that speaks of licenses need not speak of its own.
                    && (!head.isProse || text.word($0) == .copyright || Self.isLeave(text, $0)
                        || Self.ofTexts.contains(text[$0].hash) || text.gap($0).contains(.sign))
            }
            if head.isProse {
                // What a text says elsewhere is about whatever it is about.
                comments = []
                for place in ofTerms { add(max(first, place - Self.before)..<min(end, place + Self.behind)) }
                near = comments
            } else if let least = ofTerms.first, let last = ofTerms.last {
                near.append(max(first, least - Self.before)..<min(end, last + Self.behind))
            }
        }
    }

    private mutating func add(_ range: Range<Int>) {
        if let last = comments.last, range.lowerBound <= last.upperBound {
            comments[comments.count - 1] = last.lowerBound..<range.upperBound
        } else {
            comments.append(range)
        }
    }

    func contains(_ index: Int) -> Bool { comments.contains { $0.contains(index) } }
    func isNearTerms(_ index: Int) -> Bool { near.contains { $0.contains(index) } }

    private static let before = 30, behind = 60

    /// "My permission", "without prior written permission"; not that of a file or a program.
    private static func isLeave(_ text: Lexemes, _ index: Int) -> Bool {
        text.word(index) == .permission
            && (max(0, index - 4)..<index).contains { leaves.contains(text[$0].hash) }
    }

    private static func isOfTerms(_ text: Lexemes, _ index: Int) -> Bool {
        switch text.word(index) {
        case .license, .licensed, .licensing, .spdx, .copyright, .permission: true
        default: words.contains(text[index].hash) || text.gap(index).contains(.sign)
        }
    }

    // REUSE-IgnoreStart
    private static let words = RiderReader.set(
        """
        author authors permitted freeware shareware proprietary rights mit apache gpl agpl bsd mpl lgpl cc0 creativecommons autor autore auteur autora автор автора лицензия
        """)
    private static let leaves = RiderReader.set(
        "my our author authors written explicit express prior his her")
    private static let ofTexts = RiderReader.set("author authors freeware shareware")
    // REUSE-IgnoreEnd
}

extension RiderReader {
    /// Whether a hit in a comment that speaks of no terms has words by which it can be of nothing but the work: who writes of a
    /// program writes of clients, of what must be registered and of what may not change.
    func isPlainly(_ mark: EnclosureMark, _ start: Int, _ end: Int) -> Bool {
        let bytes = sentence(start, end)
        var first = start
        while first > 0, Int(text[first - 1].start) >= bytes.lowerBound { first -= 1 }
        var last = end
        while last < text.count, Int(text[last].start) < bytes.upperBound { last += 1 }
        func has(_ words: WordHashes) -> Bool { (first..<last).contains { words.contains(text[$0].hash) } }
        // Letters of another language, or words of one: the tables know no such words of programs.
        if (first..<last).contains(where: {
            text.bytes[Int(text[$0].start)] >= 0x80 || ForeignReader.isOfTerms(text[$0].hash)
        }) {
            return true
        }
        return switch mark {
        case .riderNoncommercial: has(Self.plainTrade)
        case .riderNoRedistribution: has(Self.plainPassing)
        case .riderFieldOfUse: has(Self.plainFields) || has(Self.plainWares)
        case .noAIRider: has(Self.plainLessons) && has(Self.plainMinds)
        case .furtherRestriction: has(Self.plainPassing) || has(Self.plainMakers)
        default: true
        }
    }

    // REUSE-IgnoreStart
    private static let plainTrade = set(
        """
        commercial commercially profit money sell sells selling sold resell resold reselling resale sale kommerziell kommerzielle kommerziellen gewerblich gewerbliche
        comercial comerciales comerciais comercialmente commerciale commerciali commerciales commerciaux commercieel commerciële vendita venta venda vente
        """)
    private static let plainPassing = set(
        """
        redistribute redistributed redistributing redistribution redistributions distribute distributed upload reupload reuploaded reuploading repost reposted rehost republish republished
        weitergabe weitergegeben weiterverbreitung redistribuer rediffusion redistribuir redistribución redistribuição ridistribuire distribuzione verspreiden
        """)
    private static let plainFields = set(
        "military weapon weapons weaponry warfare surveillance police army torture gambling militär waffen militaires militares militari"
    )
    private static let plainWares = set("software program firmware product")
    private static let plainLessons = set("train trained training scrape scraped scraping")
    private static let plainMinds = set("ai llm llms ml machine generative neural")
    private static let plainMakers = set("author authors permission consent me")
    // REUSE-IgnoreEnd
}
