// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardDetection

/// Lays compiled templates out as ``TextIndex`` reads them.
struct TextIndexWriter {
    enum Failure: Error { case tooManyWords(Int), tooLong(String) }

    private var templates: [CompiledTemplate]
    private let vocabulary: [UInt32: String]
    private let hashes: [UInt32]
    private let numbers: [UInt32: UInt16]

    init(_ templates: [CompiledTemplate], vocabulary: [UInt32: String]) throws {
        self.templates = templates
        self.vocabulary = vocabulary
        hashes = vocabulary.keys.sorted()
        guard hashes.count < Int(TextIndex.gap) - 1 else { throw Failure.tooManyWords(hashes.count) }
        numbers = Dictionary(uniqueKeysWithValues: hashes.enumerated().map { ($1, UInt16($0 + 1)) })
        for template in templates where template.words.count > 0xFFF0 {
            throw Failure.tooLong(template.identifier)
        }
    }

    private struct Fingerprint {
        var number: UInt32
        var template: UInt16
        var place: UInt16
        var isRequired: Bool
    }

    func blob() -> Data {
        var strings: [UInt8] = []
        var wordTexts: [UInt32] = []
        for hash in hashes {
            wordTexts.append(UInt32(strings.count))
            strings += (vocabulary[hash] ?? "").utf8
        }
        wordTexts.append(UInt32(strings.count))
        var wordBuckets: [UInt16] = []
        var at = 0
        for bucket in 0...(1 << TextIndex.wordBucketBits) {
            while at < hashes.count, hashes[at] >> (32 - TextIndex.wordBucketBits) < UInt32(bucket) {
                at += 1
            }
            wordBuckets.append(UInt16(at))
        }

        var tokens: [UInt16] = []
        var table: [UInt32] = []
        var spans: [UInt16] = []
        var alternativeNumbers: [[[UInt16]]: Int] = [:]
        var alternativeOffsets: [UInt32] = [0]
        var alternativeStream: [UInt16] = []
        var fingerprints: [Fingerprint] = []
        for (number, template) in templates.enumerated() {
            let ids = template.words.map { numbers[$0] ?? 0 }
            var isRequired = [Bool](repeating: true, count: ids.count)
            let spanStart = spans.count / 4
            for span in template.spans {
                if span.kind != 4 { for place in span.start..<span.end { isRequired[place] = false } }
                var alternative = 0
                if span.kind == 1 {
                    let variants = span.variants.map { $0.flatMap(encoded) }
                    if let known = alternativeNumbers[variants] {
                        alternative = known
                    } else {
                        alternative = alternativeNumbers.count
                        alternativeNumbers[variants] = alternative
                        for variant in variants { alternativeStream += [UInt16(variant.count)] + variant }
                        alternativeOffsets.append(UInt32(alternativeStream.count))
                    }
                }
                spans += [UInt16(span.start), UInt16(span.end), UInt16(span.kind), UInt16(alternative)]
            }
            Fingerprints.select(ids, all: ids.count <= Fingerprints.denseLimit) { run, place in
                let needed = isRequired[place..<(place + Fingerprints.length)].allSatisfy { $0 }
                fingerprints.append(
                    Fingerprint(
                        number: run, template: UInt16(number), place: UInt16(place), isRequired: needed))
            }
            let identifier = UInt32(strings.count)
            strings += template.expression.utf8
            table += [
                UInt32(tokens.count), UInt32(ids.count), UInt32(spanStart), UInt32(template.spans.count),
                (template.isHeader ? 1 : 0) | (template.isException ? 2 : 0), UInt32(template.rank),
                UInt32(isRequired.count { $0 }), 0, identifier, UInt32(strings.count),
            ]
            tokens += ids
        }
        let weights = weights()
        fingerprints = withoutPopular(fingerprints)
        for run in fingerprints where run.isRequired {
            table[Int(run.template) * TextIndex.templateFields + 7] += 1
        }
        var buckets: [UInt32] = []
        at = 0
        for bucket in 0...(1 << 16) {
            while at < fingerprints.count, fingerprints[at].number >> 16 < UInt32(bucket) { at += 1 }
            buckets.append(UInt32(at))
        }

        var body: [UInt8] = []
        var header = [UInt32](repeating: 0, count: TextIndex.Field.allCases.count)
        func place<T: FixedWidthInteger>(_ field: TextIndex.Field, _ numbers: [T]) {
            while body.count % 4 != 0 { body.append(0) }
            header[field.rawValue] = UInt32(TextIndex.headerSize + body.count)
            for number in numbers { withUnsafeBytes(of: number.littleEndian) { body += $0 } }
        }
        header[TextIndex.Field.version.rawValue] = TextIndex.version
        header[TextIndex.Field.words.rawValue] = UInt32(hashes.count)
        header[TextIndex.Field.templates.rawValue] = UInt32(templates.count)
        header[TextIndex.Field.spans.rawValue] = UInt32(spans.count / 4)
        header[TextIndex.Field.alternatives.rawValue] = UInt32(alternativeNumbers.count)
        header[TextIndex.Field.tokens.rawValue] = UInt32(tokens.count)
        header[TextIndex.Field.fingerprints.rawValue] = UInt32(fingerprints.count)
        place(.wordHashes, hashes)
        place(.wordBuckets, wordBuckets)
        place(.wordTexts, wordTexts)
        place(.wordWeights, weights)
        place(.strings, strings)
        place(.templateTable, table)
        place(.spanTable, spans)
        place(.alternativeOffsets, alternativeOffsets)
        place(.alternativeStream, alternativeStream)
        place(.tokenStream, tokens)
        place(.fingerprintBuckets, buckets)
        place(.fingerprintLows, fingerprints.map { UInt16(truncatingIfNeeded: $0.number) })
        place(.fingerprintTemplates, fingerprints.map(\.template))
        place(.fingerprintPlaces, fingerprints.map(\.place))
        header[TextIndex.Field.size.rawValue] = UInt32(TextIndex.headerSize + body.count)
        var data = Data(TextIndex.magic)
        for number in header { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
        data.append(contentsOf: body)
        return data
    }

    /// What each word counts when it differs: 1 for what every license says, 3 for what few do.
    private func weights() -> [UInt8] {
        var counts = [Int](repeating: 0, count: hashes.count)
        for template in templates where !template.isHeader {
            for hash in Set(template.words) { if let number = numbers[hash] { counts[Int(number) - 1] += 1 } }
        }
        return counts.map { $0 >= 60 ? 1 : $0 >= 15 ? 2 : 3 }
    }

    private func encoded(_ word: CompiledTemplate.Word) -> [UInt16] {
        switch word {
        case .word(let hash): [numbers[hash] ?? 0]
        case .gap(let low, let high): [TextIndex.gap, UInt16(low) << 8 | UInt16(high)]
        }
    }

    private func withoutPopular(_ list: [Fingerprint]) -> [Fingerprint] {
        let sorted = list.sorted {
            ($0.number, $0.template, $0.place) < ($1.number, $1.template, $1.place)
        }
        var result: [Fingerprint] = []
        var start = 0
        while start < sorted.count {
            var end = start
            while end < sorted.count, sorted[end].number == sorted[start].number { end += 1 }
            if end - start <= Fingerprints.popularLimit { result += sorted[start..<end] }
            start = end
        }
        return result
    }
}
