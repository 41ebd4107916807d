// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import Testing

@Suite("What tests stand on") struct SupportTests {
    @Test("an empty or missing folder of fixtures fails the test that asks for it")
    func refusesEmptyFolders() {
        #expect(throws: Fixture.Failure.emptyFolder("none")) { try Fixture.all(in: "none") }
        #expect(throws: Fixture.Failure.missing("none/x")) { try Fixture("none/x") }
    }

    @Test("the generator gives the published numbers")
    func generates() {
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
        #expect(random.bytes(13).count == 13)
    }

    @Test("a temporary folder goes with its last reference")
    func cleansUp() throws {
        var folder: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(folder).path
        try folder?.write("x", to: "a/b")
        #expect(try folder?.read("a/b") == Array("x".utf8))
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
