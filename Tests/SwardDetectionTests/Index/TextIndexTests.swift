// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CLicenseIndex
import SwardSPDX
import Support
import Testing

@testable import SwardDetection

@Suite("The compiled license texts") struct TextIndexTests {
    let index = TextIndex.shared

    @Test("every license and exception of the list has a text")
    func covers() throws {
        #expect(!index.isEmpty)
        var seen: Set<String> = []
        for number in 0..<index.templateCount {
            let template = index.template(number)
            let expression = index.expression(template)
            seen.insert(expression)
            #expect(template.count >= 5 && template.requiredCount <= template.count)
            if template.isException {
                #expect(LicenseList.exception(expression) != nil, "\(expression)")
            } else {
                let parsed = try LicenseExpression.parse(expression)
                #expect(parsed.unlisted.isEmpty, "\(expression)")
            }
        }
        for entry in LicenseList.all where !entry.isDeprecated {
            let name = entry.identifier.replacing("-or-later", with: "-only")
            #expect(seen.contains(name), "\(entry.identifier)")
        }
    }

    @Test("it is below four mebibytes")
    func isSmall() { #expect(unsafe sward_license_texts().count < 4 << 20) }

    @Test("words and their numbers lead to each other")
    func numbers() {
        for word in ["license", "merchantability", "redistribution", "noncommercial", "a", "2"] {
            let number = index.word(WordHash(word).value)
            #expect(number != 0)
            #expect(index.text(ofWord: number) == word)
            #expect(index.hash(ofWord: number) == WordHash(word).value)
        }
        #expect(index.word(WordHash("qwertzuiopasdf").value) == 0)
        #expect(index.text(ofWord: 0) == "")
    }

    @Test("what is no index counts as empty", arguments: [0, 8, 60, 5_000])
    func refuses(_ count: Int) {
        let bytes = [UInt8](repeating: 0x53, count: count + 1)
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let index = unsafe TextIndex(sward_license_table(bytes: buffer.baseAddress!, count: count))
            #expect(index.isEmpty)
            #expect(index.word(WordHash("license").value) == 0)
            #expect(index.postings(7).isEmpty)
        }
    }

    @Test("two texts with ten words in common share a run", arguments: 0..<50)
    func shares(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func words(_ count: Int) -> [UInt16] { (0..<count).map { _ in UInt16(1 + random.below(5_000)) } }
        let common = words(10)
        func numbers(_ words: [UInt16]) -> Set<UInt32> {
            var found: Set<UInt32> = []
            Fingerprints.select(words, all: false) { number, _ in found.insert(number) }
            return found
        }
        let one = numbers(words(random.below(40)) + common + words(random.below(40)))
        let other = numbers(words(random.below(40)) + common + words(random.below(40)))
        #expect(!one.isDisjoint(with: other))
    }
}
