// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy

/// An excerpt cut where what is said of its bytes changes.
struct ExcerptSegments {
    /// What is said of a piece of text; several may hold at once. The page's script knows the same bits.
    struct Kinds: OptionSet, Hashable {
        let rawValue: Int
        static let finding = Kinds(rawValue: 1)
        static let evidence = Kinds(rawValue: 2)
        static let residue = Kinds(rawValue: 4)
        static let copyright = Kinds(rawValue: 8)
        /// Words that the license does not have.
        static let added = Kinds(rawValue: 16)
        /// Words of the license that are not in the file.
        static let missing = Kinds(rawValue: 32)
        static let all: [Kinds] = [.finding, .evidence, .residue, .copyright, .added]
    }

    struct Segment: Hashable {
        var kinds: Kinds
        var text: String
    }

    private(set) var segments: [Segment] = []

    init(_ excerpt: SourceExcerpt, of file: ScannedFile) {
        let whole = excerpt.firstByte..<(excerpt.firstByte + excerpt.bytes.count)
        var edges: [Edge] = []
        func mark(_ bytes: Range<Int>, _ kinds: Kinds) {
            let range = bytes.clamped(to: whole)
            guard !range.isEmpty else { return }
            edges.append(Edge(offset: range.lowerBound, kinds: kinds, change: 1))
            edges.append(Edge(offset: range.upperBound, kinds: kinds, change: -1))
        }
        for finding in file.findings {
            mark(finding.bytes, .finding)
            for difference in finding.differences {
                mark(difference.bytes, .added)
                let offset = difference.bytes.lowerBound
                if !difference.missing.isEmpty, whole.contains(offset) || offset == whole.upperBound {
                    edges.append(Edge(offset: offset, kinds: .missing, change: 0, text: difference.missing))
                }
            }
        }
        for evidence in file.evidence { evidence.bytes.map { mark($0, .evidence) } }
        for residue in file.residue { mark(residue.bytes, .residue) }
        for notice in file.copyrights { mark(notice.bytes, .copyright) }
        cut(excerpt, at: edges.sorted { $0.offset < $1.offset })
    }

    private struct Edge {
        var offset: Int
        var kinds: Kinds
        var change: Int
        var text = ""
    }

    private mutating func cut(_ excerpt: SourceExcerpt, at edges: [Edge]) {
        var open = [Int](repeating: 0, count: Kinds.all.count)
        var start = 0
        func kinds() -> Kinds {
            var result: Kinds = []
            for (index, count) in open.enumerated() where count > 0 { result.formUnion(Kinds.all[index]) }
            return result
        }
        for edge in edges {
            let offset = Self.characterStart(edge.offset - excerpt.firstByte, in: excerpt.bytes)
            if offset > start {
                append(Segment(kinds: kinds(), text: Self.text(excerpt.bytes[start..<offset])))
                start = offset
            }
            if edge.kinds == .missing {
                append(Segment(kinds: .missing, text: Self.text(Array(edge.text.utf8)[...])))
            } else if let index = Kinds.all.firstIndex(of: edge.kinds) {
                open[index] += edge.change
            }
        }
        if start < excerpt.bytes.count {
            append(Segment(kinds: kinds(), text: Self.text(excerpt.bytes[start...])))
        }
    }

    private mutating func append(_ segment: Segment) {
        guard !segment.text.isEmpty else { return }
        if let last = segments.last, last.kinds == segment.kinds, segment.kinds != .missing {
            segments[segments.count - 1].text += segment.text
        } else {
            segments.append(segment)
        }
    }

    /// An edge within a character is moved behind it.
    private static func characterStart(_ offset: Int, in bytes: [UInt8]) -> Int {
        var offset = offset
        var steps = 0
        while offset < bytes.count, steps < 3, bytes[offset] & 0xC0 == 0x80 {
            offset += 1
            steps += 1
        }
        return steps == 3 && offset < bytes.count && bytes[offset] & 0xC0 == 0x80 ? offset - 3 : offset
    }

    /// Lines and tabs stay; other controls become pictures of themselves. The zeros of 16-bit text are dropped.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0, 13: continue
            case 9, 10: result.append(scalar)
            case 1..<32: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
            case 127: result.append("\u{2421}")
            case 0x80..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
