// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Hostile
import SwardSPDX
import Testing

@testable import SwardDetection

@Suite("Contents made to be slow") struct HostileTextTests {
    static func work(_ text: HostileText, _ count: Int) -> FileDetection {
        text.bytes(count).withUnsafeBytes { unsafe LicenseDetector().detect($0, role: text.role) }
    }

    /// The purses of five readers, one of them twice as large, and of the matching of texts; each may be overdrawn by a step.
    static let floor = 8 * WorkMeter.floor

    @Test("no content costs more than its length allows", arguments: HostileText.all)
    func isBounded(_ text: HostileText) {
        let count = 48 << 10
        let found = Self.work(text, count)
        #expect(found.work <= Self.floor + 2 * count)
    }

    @Test("a file that holds more than there are means to read says so")
    func saysSo() throws {
        let text = try #require(HostileText.all.first { $0.name == "grants" })
        #expect(Self.work(text, 1 << 20).isReadInPart)
        #expect(!Self.work(text, 1 << 10).isReadInPart)
    }

    @Test("a list of thousands of links to elsewhere is read to its end")
    func readsLinks() {
        let links = (0..<3000).map { "https://files.example.org/packages/\($0)/part-\($0).tar.gz\n" }.joined()
        let found = Array((links + "\nThis list is licensed under the EUPL-1.2.\n").utf8).withUnsafeBytes {
            unsafe LicenseDetector().detect($0, role: .other)
        }
        #expect(!found.isReadInPart && found.expression?.description == "EUPL-1.2")
    }

    @Test("what stands at the head of such a file is found all the same", arguments: HostileText.all)
    func findsHead(_ text: HostileText) {
        let head = Array("SPDX-License-Identifier: EUPL-1.2\n\n".utf8)
        let found = (head + text.bytes(16 << 10)).withUnsafeBytes {
            unsafe LicenseDetector().detect($0, role: text.role)
        }
        #expect(found.findings.contains { $0.kind == .tag && $0.expression.description == "EUPL-1.2" })
    }
}
