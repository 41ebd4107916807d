// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardJSON
import SwardPolicy
import SwardReport
import Testing

@Suite("Report formats") struct ReportFormatTests {
    static let samples: [(name: String, report: ScanReport)] = [
        ("empty", Samples.empty), ("mixed", Samples.mixed), ("hostile", Samples.hostile),
    ]
    static let all = ReportFormat.allCases.flatMap { format in samples.indices.map { (format, $0) } }

    @Test("the same report has the same bytes", arguments: all)
    func isStable(format: ReportFormat, sample: Int) {
        let report = Self.samples[sample].report
        let shuffled = ScanReport(
            rootName: report.rootName, toolVersion: report.toolVersion, createdAt: report.createdAt,
            files: report.files.reversed(), packages: report.packages, judgement: report.judgement,
            customTexts: report.customTexts, notices: report.notices, policyName: report.policyName,
            hasBaseline: report.hasBaseline, isPartial: report.isPartial, counts: report.counts,
            notes: report.notes)
        let bytes = format.rendered(report)
        #expect(bytes == format.rendered(shuffled))
        #expect(!bytes.isEmpty)
        #expect(bytes.last == 10)
    }

    @Test("a report is text without controls, whatever names and words there are", arguments: all)
    func isText(format: ReportFormat, sample: Int) throws {
        let text = try #require(
            String(validating: format.rendered(Self.samples[sample].report), as: UTF8.self))
        let controls = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 10: false
            // Tabs stand in the script of the page only if someone puts them there.
            case 0..<32, 127..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        #expect(controls.isEmpty)
    }

    static let json: [ReportFormat] = [.json, .spdx, .spdx3, .cyclonedx, .sarif]

    @Test("JSON can be read, with no key twice", arguments: json)
    func isJSON(format: ReportFormat) throws {
        for (_, report) in Self.samples { _ = try JSONValue(format.rendered(report)) }
    }

    @Test("pieces join to the whole, and stay small")
    func streams() {
        let files = (0..<600).map { Samples.file("folder/of/many/files/in/it/file\($0).c", "// nothing\n") }
        let report = ScanReport(
            rootName: "many", toolVersion: "1", createdAt: 0, files: files, judgement: Samples.judge(files))
        for format in ReportFormat.allCases {
            var pieces: [[UInt8]] = []
            format.render(report) { pieces.append($0) }
            #expect(Array(pieces.joined()) == format.rendered(report))
            // The script and the style of the page are one string each.
            #expect(pieces.allSatisfy { $0.count < 128 * 1024 }, "\(format)")
        }
    }

    private enum Full: Error, Hashable { case disk }

    @Test("what the sink throws comes out, and the sink is left alone after it")
    func stops() {
        var calls = 0
        #expect(throws: Full.disk) {
            try ReportFormat.json.render(Samples.mixed) { (_: [UInt8]) throws(Full) in
                calls += 1
                throw .disk
            }
        }
        #expect(calls == 1)
    }

    @Test("a partial report says so in every format that has words for it")
    func tellsOfPartial() {
        var report = Samples.mixed
        for format in ReportFormat.allCases {
            report.isPartial = false
            let whole = format.rendered(report)
            report.isPartial = true
            #expect(whole != format.rendered(report), "\(format)")
        }
    }
}
