// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CLicenseIndex
import SwardSPDX
import Testing

@testable import SwardDetection

@Suite("The table of names") struct NameTableTests {
    @Test(
        "the program carries the table that its names and the list make: `make license-index` after a change")
    func isCurrent() throws {
        let table = unsafe sward_license_names()
        let carried = unsafe [UInt8](UnsafeBufferPointer(start: table.bytes, count: table.count))
        #expect(try NameTableBuilder(LicenseList.all).blob() == carried)
    }

    @Test("all embedded data together stay below 4 MiB")
    func isSmall() {
        let tables = unsafe [
            sward_license_list(), sward_license_facts(), sward_license_texts(), sward_license_names(),
        ]
        #expect(unsafe tables.reduce(0) { unsafe $0 + $1.count } < 4 << 20)
    }

    @Test("a table of another version, or cut short, knows no names", arguments: [true, false])
    func refuses(_ isCut: Bool) throws {
        var blob = try NameTableBuilder(LicenseList.all).blob()
        let text = Lexemes("MIT")
        #expect(blob.withUnsafeBytes { unsafe NameTable(ByteView($0)).match(text, at: 0, before: 1) } != nil)
        if isCut { blob.removeLast() } else { blob[8] ^= 2 }
        #expect(blob.withUnsafeBytes { unsafe NameTable(ByteView($0)).match(text, at: 0, before: 1) } == nil)
    }
}
