// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardJSON
import SwardReport
import Testing

@Suite("The page") struct HTMLReportTests {
    private func page(_ report: ScanReport) -> String {
        String(decoding: ReportFormat.html.rendered(report), as: UTF8.self)
    }

    /// What stands between two markers, the first time.
    private func part(_ text: String, from start: String, to end: String) throws -> Substring {
        let begin = try #require(text.ranges(of: start).first?.upperBound)
        let stop = try #require(text[begin...].ranges(of: end).first?.lowerBound)
        return text[begin..<stop]
    }

    @Test("nothing of a report becomes markup")
    func escapes() throws {
        let text = page(Samples.hostile)
        let own = page(Samples.empty)
        for tag in ["<script", "</script", "<style", "<img", "<svg onload", "<!--", "</title"] {
            #expect(text.ranges(of: tag).count == own.ranges(of: tag).count, "\(tag)")
        }
        #expect(!text.contains("<b onclick"))
        #expect(!text.contains("href=\"javascript"))
    }

    @Test("the data cannot end its element")
    func escapesData() throws {
        let data = try part(page(Samples.hostile), from: "id=\"data\">", to: "</script>")
        #expect(!data.contains("<"))
        #expect(!data.contains(">"))
        #expect(!data.contains("&"))
        let value = try JSONValue(Array(data.utf8))
        #expect(value["files"]?.array?.count == Samples.hostile.files.count)
    }

    @Test("the verdict comes before everything else")
    func putsVerdictFirst() throws {
        let text = page(Samples.mixed)
        let verdict = try #require(text.ranges(of: "Someone must look at it").first?.lowerBound)
        for later in ["id=\"marks\"", "id=\"duties\"", "id=\"files\"", "id=\"data\""] {
            #expect(try #require(text.ranges(of: later).first?.lowerBound) > verdict)
        }
        let reasons = try part(text, from: "<ol class=\"reasons\">", to: "</ol>")
        #expect(reasons.contains("LicenseRef-Orchard"))
        #expect(reasons.contains("<cite>"))
    }

    @Test("the same script and style serve every report")
    func hasOneScript() throws {
        let policies = try [Samples.empty, Samples.mixed, Samples.hostile].map {
            try part(page($0), from: "Content-Security-Policy\" content=\"", to: "\"")
        }
        #expect(Set(policies).count == 1)
        #expect(policies[0].hasPrefix("default-src &#39;none&#39;; script-src &#39;sha256-"))
    }

    @Test("the page names no address it would load from")
    func loadsNothing() {
        let text = page(Samples.empty)
        for word in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test("words that differ are told from those that are missing")
    func showsDifferences() throws {
        let data = try part(page(Samples.mixed), from: "id=\"data\">", to: "</script>")
        // 17: in the finding, and not in the license. 32: in the license only.
        #expect(data.contains("32,\"copy, modify, and/or distribute\",17,\"copy and modify\""))
    }
}
