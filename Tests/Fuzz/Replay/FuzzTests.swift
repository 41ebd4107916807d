// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Fuzz
import Support
import Testing

@Suite("Fuzzing") struct FuzzTests {
    @Test("what once broke a parser does not break it again", arguments: FuzzEntry.all)
    func replays(_ entry: FuzzEntry) throws {
        for fixture in try Fixture.all(in: "fuzz/\(entry.name)") {
            let bytes = try fixture.bytes
            #expect(throws: Never.self, "\(fixture)") { try entry.run(bytes) }
            // Fed byte by byte, no front of it breaks anything either.
            for end in bytes.indices.prefix(200) {
                #expect(throws: Never.self, "\(fixture) to \(end)") { try entry.run(Array(bytes[..<end])) }
            }
        }
    }

    // A few, as debug builds are slow; `make fuzz` tries thousands a second.
    @Test("no input breaks a parser", arguments: FuzzEntry.all, 0..<2 as Range<UInt64>)
    func mutates(_ entry: FuzzEntry, seed: UInt64) throws {
        let seeds = try Fixture.all(in: "fuzz/\(entry.name)").map { try $0.bytes }
        var mutator = Mutator(random: SplitMix64(seed: seed), seeds: seeds)
        for _ in 0..<500 {
            let bytes = mutator.next()
            do { try entry.run(bytes) } catch {
                // Keep the bytes as a file in the folder of its seeds, and they are tried for ever.
                Issue.record("\(error): \(bytes)")
                return
            }
        }
    }

    @Test("a violation is noticed")
    func notices() {
        let broken = FuzzEntry(name: "broken") { (bytes: [UInt8]) throws(FuzzEntry.Violation) in
            if bytes.count > 3 { throw FuzzEntry.Violation(claim: "short") }
        }
        #expect(throws: FuzzEntry.Violation.self) { try broken.run([1, 2, 3, 4]) }
    }
}
