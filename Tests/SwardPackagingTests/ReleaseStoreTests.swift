// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import Testing

@Suite("Releases of held works") struct ReleaseStoreTests {
    let temporary: TemporaryFolder
    let store: ReleaseStore
    let hashes = InfoHashes(v1: Digest160(hex: String(repeating: "ab", count: 20)), v2: nil)!

    init() throws {
        temporary = try TemporaryFolder()
        store = ReleaseStore(folder: temporary["releases"].path)
    }

    @Test("what is recorded is found, listed, and taken back")
    func roundTrip() throws {
        #expect(try store.all() == [] && store.release(for: hashes) == nil)
        let reason = try #require(OperatorRelease(reason: "asked\nthe author"))
        try store.record(reason, for: hashes, name: "two\nlines")
        #expect(try store.release(for: hashes) == reason)
        let entry = try #require(try store.all().first)
        #expect(entry.infoHash == ReleaseStore.name(of: hashes))
        #expect(entry.name == "two lines" && entry.reason == reason.reason)
        #expect(try store.withdraw(entry.infoHash))
        #expect(try !store.withdraw(entry.infoHash) && store.release(for: hashes) == nil && store.all() == [])
    }

    @Test("a file of an earlier version is the reason alone")
    func readsEarlier() throws {
        try temporary.write("asked the author", to: "releases/\(ReleaseStore.name(of: hashes))")
        #expect(try store.release(for: hashes)?.reason == "asked the author")
        #expect(try store.all().map(\.name) == [nil])
    }

    @Test(
        "what is no info-hash leads nowhere",
        arguments: ["", "..", "../x", "A" + String(repeating: "b", count: 39)])
    func refusesPaths(_ name: String) throws {
        try temporary.write("x", to: "x")
        #expect(try !store.withdraw(name))
        #expect(try temporary.read("x") == [0x78])
    }
}
