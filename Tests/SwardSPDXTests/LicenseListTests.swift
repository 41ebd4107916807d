// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardSPDX
import Testing

@Suite("The SPDX license list") struct LicenseListTests {
    @Test("finds every entry by its identifier in any case, first and last included")
    func findsAll() {
        var count = 0
        var previous: [UInt8] = []
        for entry in LicenseList.all {
            count += 1
            for spelling in [entry.identifier, entry.identifier.lowercased(), entry.identifier.uppercased()] {
                let found =
                    entry.kind == .license ? LicenseList.license(spelling) : LicenseList.exception(spelling)
                #expect(found == entry, "\(spelling)")
            }
            let key = Array(entry.identifier.lowercased().utf8)
            #expect(previous.lexicographicallyPrecedes(key), "\(entry.identifier)")
            previous = key
        }
        #expect(count > 800)
    }

    @Test(
        "does not find what it does not have",
        arguments: ["", "M", "MI", "MIT ", "MIT-", "zzz", "#", "#version", "0", "GPL-2.0-only+", "\u{e9}"])
    func misses(_ identifier: String) {
        #expect(LicenseList.license(identifier) == nil)
        #expect(LicenseList.exception(identifier) == nil)
    }

    @Test("keeps licenses and exceptions apart")
    func kinds() {
        #expect(LicenseList.license("Classpath-exception-2.0") == nil)
        #expect(LicenseList.exception("MIT") == nil)
    }

    @Test("knows names, approval, deprecation and addresses")
    func facts() throws {
        let mit = try #require(LicenseList.license("MIT"))
        #expect(mit.name == "MIT License")
        #expect(mit.isOSIApproved && !mit.isDeprecated && mit.replacement == nil)
        #expect(mit.addresses.first == "https://opensource.org/license/mit/")
        let gpl = try #require(LicenseList.license("GPL-2.0"))
        #expect(gpl.isDeprecated && gpl.replacement == "GPL-2.0-only")
        #expect(LicenseList.license("CC-BY-4.0")?.isOSIApproved == false)
    }

    @Test("says which version of the list it is")
    func version() {
        #expect(LicenseList.version.split(separator: ".").compactMap { Int($0) }.count == 3)
    }
}
