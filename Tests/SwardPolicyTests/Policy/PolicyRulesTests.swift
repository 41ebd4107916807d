// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX
import Testing

@testable import SwardPolicy

@Suite("Policy files") struct PolicyRulesTests {
    static let sample = """
        # What we ship.
        version = 1
        preset = "commons"
        fail-on = "warning"

        [profile]
        noncommercial = true
        network-service = true

        [licenses]
        allow = [
          "MIT",
          "category:public-domain",   # no duties
          "CC-BY-NC-4.0",
        ]
        review = ["property:deprecated"]
        deny = ["AGPL-*", "property:advertising"]

        [[paths]]
        paths = ["docs/**", "*.md"]
        allow = ["GFDL-1.3-or-later"]
        otherwise = "review"
        reason = "manuals"

        [severity]
        "mark:drm-*" = "error"
        "mark:contributor-agreement" = "ignore"
        'duty:copyright-notice' = "note"

        [[exceptions]]
        paths = ["vendor/old/**"]
        licenses = ["MPL-1.1"]
        rules = ["license-*"]
        reason = "waits for release 3"
        added = 2026-01-01
        expires = "2027-06-30"
        """

    @Test("say what they say, with lines")
    func parses() throws {
        let rules = try PolicyRules.parse(toml: Self.sample)
        #expect(rules.preset == .commons && rules.threshold == .warning)
        #expect(rules.profile == PolicyRules.Profile(isNoncommercial: true, servesOverNetwork: true))
        #expect(rules.scopes.count == 2)
        #expect(rules.scopes[0].selectors.map(\.line) == [12, 13, 14, 16, 17, 17])
        #expect(rules.scopes[1].paths == ["docs/**", "*.md"] && rules.scopes[1].fallback == .review)
        #expect(rules.scopes[1].line == 19 && rules.scopes[1].reason == "manuals")
        #expect(rules.weights.map(\.line) == [26, 27, 28])
        #expect(rules.weights.map(\.severity) == [.error, nil, .note])
        #expect(rules.exceptions.first?.line == 30)
        #expect(rules.exceptions.first?.added == CalendarDate("2026-01-01"))
        #expect(rules.exceptions.first?.expires == CalendarDate("2027-06-30"))
    }

    static let refusals: [(toml: String, reason: PolicyError.Reason, line: Int?, key: String?)] = [
        ("version = 2", .unknownVersion(2), 1, "version"),
        (
            "\npreset = \"mine\"", .unknownWord("mine", known: ["redistributable", "commons", "protected"]),
            2, "preset"
        ),
        ("color = 1", .unknownKey, 1, "color"),
        ("[licenses]\nallow = []\nallowed = []", .unknownKey, 3, "licenses.allowed"),
        (
            "[licenses]\ndeny = [\n  \"MIT\",\n  \"category:open\",\n]",
            .unknownWord("open", known: LicenseFacts.Category.allCases.map(\.rawValue)), 4, "licenses.deny[1]"
        ),
        (
            "[licenses]\ndeny = [\"MIT OR GPL-2.0-only\"]", .badSelector("MIT OR GPL-2.0-only"), 2,
            "licenses.deny[0]"
        ),
        (
            "[licenses]\nallow = [\"GPL-*\"]\ndeny = [\"MTI\"]",
            .unknownLicense("MTI", near: LicenseList.suggestions(for: "MTI")), 3, "licenses.deny[0]"
        ),
        (
            "[severity]\n\"duty:*\" = \"note\"\n\"duty:licence-text\" = \"ignore\"",
            .unknownRule(
                "duty:licence-text", near: ["duty:license-text", "duty:attribution", "duty:change-marks"]), 3,
            "severity.duty:licence-text"
        ),
        (
            "[[exceptions]]\nreason = \"a\"\nrules = [\"license-*\", \"licence-review\"]",
            .unknownRule("licence-review", near: ["license-review"]), 3, "exceptions[0].rules[1]"
        ),
        ("[licenses]\ndeny = [\"licence:MIT\"]", .badSelector("licence:MIT"), 2, "licenses.deny[0]"),
        ("licenses = 3", .wrongType(expected: "table"), 1, "licenses"),
        ("[licenses]\nallow = 3", .wrongType(expected: "string or list of strings"), 2, "licenses.allow"),
        ("[licenses]\nallow = [\"MIT\", 3]", .wrongType(expected: "string"), 2, "licenses.allow[1]"),
        ("[[paths]]\nallow = [\"MIT\"]", .missingKey, 1, "paths[0].paths"),
        (
            "[[exceptions]]\nreason = \"a\"\n[[exceptions]]\npaths = [\"a\"]", .missingKey, 3,
            "exceptions[1].reason"
        ),
        (
            "[[exceptions]]\nreason = \"a\"\nexpires = \"2026-13-01\"", .badDate("2026-13-01"), 3,
            "exceptions[0].expires"
        ),
        (
            "exceptions = [{reason = \"a\"}, {reason = \"b\", until = 1}]", .unknownKey, 1,
            "exceptions[1].until"
        ),
        (
            "[severity]\nconflict = \"fatal\"",
            .unknownWord("fatal", known: ["ignore", "note", "warning", "error"]), 2, "severity.conflict"
        ),
        (
            "[profile]\nnoncommercial = \"yes\"", .wrongType(expected: "true or false"), 2,
            "profile.noncommercial"
        ),
        ("a = \"\u{0}\"", .notText, nil, nil),
        ("a = 1\n[ %]", .notTOML("a table header has no name"), 2, nil),
        ("[[.a]]", .notTOML("a table header has no name"), 1, nil),
        ("[ [a]]", .notTOML("a table header has no name"), 1, nil),
        ("version = 1\na = 2027-02-28 1", .notTOML("a time of day has hours of two digits"), 2, nil),
        ("a = [2027-02-28 1]", .notTOML("a time of day has hours of two digits"), 1, nil),
        ("a = 2027-02-28 1,", .notTOML("a time of day has hours of two digits"), 1, nil),
    ]

    @Test("are refused with the line of what is wrong", arguments: refusals)
    func refuses(_ row: (toml: String, reason: PolicyError.Reason, line: Int?, key: String?)) {
        #expect(throws: PolicyError(row.reason, line: row.line, key: row.key)) {
            try PolicyRules.parse(toml: row.toml)
        }
    }

    @Test("that are no TOML are refused with line and column")
    func refusesBadTOML() throws {
        let error = try #require(throws: PolicyError.self) {
            try PolicyRules.parse(toml: "version = 1\nallow = [\"MIT\"\n[x")
        }
        guard case .notTOML = error.reason else { throw error }
        #expect((error.line ?? 0) >= 2 && error.column != nil)
    }

    @Test("made to exhaust the reader are refused before it sees them")
    func refusesHostile() {
        let deep = "a = " + String(repeating: "[", count: 100_000)
        let braces = "a = " + String(repeating: "{a=", count: 60_000)
        let dotted = String(repeating: "a.", count: 100_000) + "a = 1"
        let header = "[" + String(repeating: "a.", count: 100_000) + "a]"
        for text in [deep, braces, dotted, header] {
            let error = #expect(throws: PolicyError.self) { try PolicyRules.parse(toml: text) }
            #expect(error?.reason == .tooDeep)
        }
        let long = #expect(throws: PolicyError.self) {
            try PolicyRules.parse(toml: String(repeating: "# \n", count: 100_000))
        }
        #expect(long?.reason == .tooLong)
    }

    static let decisions:
        [(license: String, path: String, action: PolicyRules.Action, rule: String, line: Int?)] = [
            ("MIT", "src/a.c", .allow, "licenses.allow: MIT", 12),
            ("CC0-1.0", "a", .allow, "licenses.allow: category:public-domain", 13),
            ("AGPL-3.0-only", "a", .deny, "licenses.deny: AGPL-*", 17),
            ("BSD-4-Clause", "a", .deny, "licenses.deny: property:advertising", 17),
            ("GPL-3.0-only", "a", .allow, "preset commons", nil),
            ("CC-BY-ND-4.0", "a", .deny, "preset commons", nil),
            ("CC-BY-NC-4.0", "a", .allow, "licenses.allow: CC-BY-NC-4.0", 14),
            ("GFDL-1.3-or-later", "docs/a/b.texi", .allow, "paths[0].allow: GFDL-1.3-or-later", 21),
            ("MIT", "docs/a.html", .review, "paths[0].otherwise: review", 19),
            ("MIT", "README.md", .review, "paths[0].otherwise: review", 19),
            ("MIT", "src/README.md", .allow, "licenses.allow: MIT", 12),
            ("MIT OR AGPL-3.0-only", "a", .allow, "licenses.allow: MIT", 12),
            ("MIT AND AGPL-3.0-only", "a", .deny, "licenses.deny: AGPL-*", 17),
            ("LicenseRef-own", "a", .review, "preset commons", nil),
            ("GPL-2.0", "a", .review, "licenses.review: property:deprecated", 16),
        ]

    @Test("decide by scope, then by how narrow a rule is, and name it", arguments: decisions)
    func decides(_ row: (license: String, path: String, action: PolicyRules.Action, rule: String, line: Int?))
        throws
    {
        let rules = try PolicyRules.parse(toml: Self.sample)
        // Deprecated names are told before they are replaced.
        let expression = try LicenseExpression.parse(row.license)
        if row.license == "GPL-2.0" {
            let term = try #require(expression.terms.first)
            #expect(rules.decide(term, path: row.path).action == row.action)
            return
        }
        let decision = rules.decide(expression, path: row.path)
        #expect(decision.action == row.action)
        #expect(decision.rule == row.rule)
        #expect(decision.line == row.line)
    }

    static let globs: [(path: String, pattern: String, fits: Bool)] = [
        ("a/b.c", "a/*.c", true), ("a/b/c.c", "a/*.c", false), ("a/b/c.c", "a/**", true),
        ("c.c", "**/c.c", true),
        ("a/c.c", "**/c.c", true), ("a/xc.c", "**/c.c", false), ("a/b/c", "a/**/c", true),
        ("a/c", "a/**/c", true),
        ("a.zip!b/c", "**/c", true), ("a.zip!c", "a.zip!**", true), ("a/b", "a/", true), ("ab", "a?", true),
        ("a/", "a?", false),
        ("x", "", false), ("", "**", true), ("a/b/c", "*", false),
    ]

    @Test("globs take what they say", arguments: globs)
    func glob(_ row: (path: String, pattern: String, fits: Bool)) {
        #expect(Glob.matches(path: row.path, row.pattern) == row.fits)
    }

    static let today = CalendarDate(year: 2026, month: 11, day: 23)

    private func findings(_ toml: String, _ files: [ScannedFile], today: CalendarDate? = today) throws
        -> [PolicyFinding]
    {
        WorkJudgement.judge(
            files: files, operator: OperatorProfile(), policy: try PolicyRules.parse(toml: toml), today: today
        ).policyFindings
    }

    static let old = [
        file("vendor/old/a.c", "MPL-1.1"), file("LICENSES/MPL-1.1.txt", "MPL-1.1", holder: "A"),
        file("a.c", "MIT", holder: "B"), file("LICENSES/MIT.txt", "MIT"),
    ]

    @Test("findings name rule and line; an exception lets them pass, until its day")
    func exceptions() throws {
        let toml =
            "[licenses]\ndeny = [\"MPL-1.1\"]\n[[exceptions]]\npaths = [\"vendor/**\"]\nreason = \"waits\"\nexpires = 2026-12-01\n"
        var found = try findings(toml, Self.old)
        let denied = try #require(found.first { $0.rule == "license-denied" })
        #expect(
            denied.policyLine == 2 && denied.decidedBy == "licenses.deny: MPL-1.1"
                && denied.path == "vendor/old/a.c")
        #expect(denied.exception?.reason == "waits" && denied.severity == .note)
        #expect(found.standing(from: .warning).isEmpty, "\(found.map(\.message))")
        found = try findings(toml, Self.old, today: CalendarDate(year: 2026, month: 12, day: 1))
        #expect(found.first { $0.rule == "license-denied" }?.severity == .error)
        #expect(found.contains { $0.rule == "exception-expired" && $0.policyLine == 3 })
        #expect(!found.standing(from: .error).isEmpty)
        found = try findings("[[exceptions]]\npaths = [\"none\"]\nreason = \"r\"", Self.old)
        #expect(found.contains { $0.rule == "exception-unused" && $0.severity == .note })
    }

    @Test("a baseline knows a finding wherever its lines move, and no other")
    func baseline() throws {
        func work(_ lines: ClosedRange<Int>, _ quote: String, _ path: String = "a.c") -> [ScannedFile] {
            var item = evidence(.riderNoncommercial, quote)
            item.lines = lines
            return [file(path, "MIT", holder: "A", evidence: [item]), file("LICENSES/MIT.txt", "MIT")]
        }
        let before = try findings("", work(7...7, "for noncommercial\n use only"))
        #expect(!before.standing(from: .warning).isEmpty)
        let baseline = try #require(PolicyBaseline(text: PolicyBaseline(before).text))
        let moved = baseline.marking(try findings("", work(40...41, "for noncommercial use only")))
        #expect(moved.contains(where: \.isInBaseline) && moved.standing(from: .warning).isEmpty)
        let other = baseline.marking(try findings("", work(7...7, "for home use only")))
        #expect(!other.standing(from: .warning).isEmpty)
        let elsewhere = baseline.marking(try findings("", work(7...7, "for noncommercial use only", "b.c")))
        #expect(!elsewhere.standing(from: .warning).isEmpty)
    }

    @Test("a baseline settles all that makes a run fail, and another file is none")
    func settled() throws {
        let files = [
            file("a.c", "GPL-2.0-only", holder: "A"), file("b.c", "MIT"), file("LICENSES/MIT.txt", "MIT"),
        ]
        var judgement = WorkJudgement.judge(
            files: files, operator: OperatorProfile(), policy: .redistributable)
        #expect(judgement.marks.contains { $0.mark == .missingText && $0.severity == .clashes })
        #expect(judgement.standing(from: .clashes).map(\.rule) == ["duty:license-text"])
        let text = PolicyBaseline(judgement.policyFindings).text
        let baseline = try #require(PolicyBaseline(text: text))
        judgement.policyFindings = baseline.marking(judgement.policyFindings)
        #expect(
            judgement.standing(from: .hint).isEmpty && judgement.policyFindings.standing(from: .note).isEmpty)
        #expect(PolicyBaseline(text: "[licenses]\nallow = [\"MIT\"]\n") == nil)
        #expect(try #require(PolicyBaseline(text: PolicyBaseline([]).text)).fingerprints.isEmpty)
    }

    @Test(
        "old debt may shrink, and new files may be under a license whose text is missing; new conflicts are new"
    )
    func shrinking() throws {
        func baseline(_ files: [ScannedFile], over known: PolicyBaseline?) -> (
            PolicyBaseline, [PolicyFinding]
        ) {
            let judgement = WorkJudgement.judge(
                files: files, operator: OperatorProfile(), policy: .redistributable)
            let findings = known?.marking(judgement.policyFindings) ?? judgement.policyFindings
            return (PolicyBaseline(findings), findings.standing(from: .warning))
        }
        let gpl = (10..<60).map { file("src/f\($0).c", "GPL-3.0-only", holder: "A") }
        let (known, findings) = baseline(gpl, over: nil)
        #expect(findings.map(\.rule) == ["duty:license-text"])
        #expect(baseline(Array(gpl.dropFirst()), over: known).1.isEmpty)
        #expect(baseline([file("A.c", "GPL-3.0-only", holder: "A")] + gpl, over: known).1.isEmpty)
        #expect(!baseline(gpl + [file("b.c", "GPL-2.0-only", holder: "A")], over: known).1.isEmpty)

        func unnoticed(_ names: [String]) -> [ScannedFile] {
            [file("LICENSES/MIT.txt", "MIT")] + names.map { file("src/\($0).c", "MIT") }
        }
        let (quiet, duties) = baseline(unnoticed(["a", "b"]), over: nil)
        #expect(duties.map(\.rule) == ["duty:copyright-notice"])
        #expect(baseline(unnoticed(["b"]), over: quiet).1.isEmpty)
        #expect(!baseline(unnoticed(["a", "b", "c"]), over: quiet).1.isEmpty)

        func clashing(_ names: [String]) -> [ScannedFile] {
            [
                file("LICENSES/GPL-2.0-only.txt", "GPL-2.0-only"),
                file("LICENSES/Apache-2.0.txt", "Apache-2.0"),
                file("src/x.c", "GPL-2.0-only", holder: "A"),
            ] + names.map { file("src/\($0).c", "Apache-2.0", holder: "A") }
        }
        let (clashes, first) = baseline(clashing(["a", "b", "c"]), over: nil)
        #expect(first.map(\.rule).contains("conflict"))
        #expect(first.contains { $0.morePaths == ["src/b.c", "src/c.c"] })
        #expect(baseline(clashing(["b", "c"]), over: clashes).1.isEmpty)
        #expect(!baseline(clashing(["a", "b", "c", "d"]), over: clashes).1.isEmpty)
    }

    @Test("severities are set by pattern, and ignored rules are silent")
    func severities() throws {
        let files = [file("a.pdf", "CC-BY-4.0", .text, holder: "A", evidence: [evidence(.drmPDF)])]
        #expect(
            try findings("preset = \"commons\"", files).first { $0.rule == "mark:drm-pdf" }?.severity
                == .error)
        #expect(try findings("", files).first { $0.rule == "mark:drm-pdf" }?.severity == .warning)
        #expect(
            try findings("[severity]\n\"mark:*\" = \"note\"", files).first { $0.rule == "mark:drm-pdf" }?
                .severity == .note)
        #expect(
            try !findings("[severity]\n\"mark:*\" = \"ignore\"", files).contains { $0.rule == "mark:drm-pdf" }
        )
    }

    static let presets: [(preset: String, license: String, rules: [String])] = [
        ("redistributable", "MIT", []), ("redistributable", "CC-BY-ND-4.0", []),
        ("redistributable", "LicenseRef-proprietary", ["license-denied", "mark:proprietary"]),
        ("redistributable", "CC-BY-NC-4.0", ["noncommercial-only"]), ("commons", "MIT", []),
        ("commons", "CC-BY-ND-4.0", ["license-denied"]),
        ("protected", "GPL-3.0-only", []), ("protected", "MIT", ["license-review"]),
    ]

    @Test("presets ask for what they are named for", arguments: presets)
    func preset(_ row: (preset: String, license: String, rules: [String])) throws {
        let files = [file("LICENSE", row.license, holder: "A"), file("a.c", row.license, holder: "A")]
        let found = try findings("preset = \"\(row.preset)\"", files).filter { $0.severity > .note }
        #expect(Set(found.map(\.rule)) == Set(row.rules), "\(found.map(\.message))")
    }

    @Test("a gate goes by a policy file")
    func gate() throws {
        func decide(_ toml: String, _ license: String) throws -> String {
            let terms = WorkTerms(
                expression: license,
                parts: [WorkTerms.Part(expression: license, fileCount: 1, sampleFile: "a")],
                texts: [license], copyright: ["A"])
            let rules = try PolicyRules.parse(toml: toml)
            let verdict = Verdict.judge(terms, operator: rules.profile.applied(to: OperatorProfile()))
            return Gate(rules: rules).decide(verdict).name
        }
        #expect(try decide("preset = \"commons\"", "MIT") == "admitted")
        #expect(try decide("preset = \"commons\"\n[licenses]\ndeny = [\"MIT\"]", "MIT") == "held")
        #expect(try decide("preset = \"commons\"", "CC-BY-ND-4.0") == "held")
        #expect(
            try decide("preset = \"commons\"\n[licenses]\nallow = [\"CC-BY-ND-4.0\"]", "CC-BY-ND-4.0")
                == "admitted")
        #expect(
            try decide("[licenses]\nallow = [\"LicenseRef-proprietary\"]", "LicenseRef-proprietary")
                == "refused")
        #expect(try decide("[profile]\nnoncommercial = true", "CC-BY-NC-4.0") == "admitted")
    }

    @Test("lines are told of every way to write a key")
    func lines() throws {
        let text =
            "a = 1\nb.c = \"\"\"\n[x]\n\"\"\"\n[t]\n\"k.l\" = 1 # [u]\n[[s]]\nv = [ 1,\n # no\n [2,\n 3]]\n[[s]]\n[s.w]\nz = {p = 1, q = ['''\n''']}\n"
        let lines = try TOMLLines(text).lines
        #expect(lines["a"] == 1 && lines["b.c"] == 2 && lines["x"] == nil && lines["t"] == 5)
        #expect(lines["t.k.l"] == 6 && lines["u"] == nil && lines["s[0]"] == 7 && lines["s[0].v[0]"] == 8)
        #expect(
            lines["s[0].v[1]"] == 10 && lines["s[0].v[1][1]"] == 11 && lines["s[1]"] == 12
                && lines["s[1].w"] == 13)
        #expect(lines["s[1].w.z.p"] == 14 && lines["s[1].w.z.q[0]"] == 14)
    }

    // MARK: What must not be hidden

    private func judged(
        _ toml: String, _ files: [ScannedFile],
        operator profile: OperatorProfile = OperatorProfile(isNoncommercial: true)
    ) throws -> [PolicyFinding] {
        WorkJudgement.judge(files: files, operator: profile, policy: try PolicyRules.parse(toml: toml))
            .policyFindings
    }

    @Test("many light findings hide no heavy one", arguments: [(100, "too-many"), (400, "license-denied")])
    func many(_ limit: Int, _ rule: String) throws {
        let files = (0..<300).map { file("a/\($0).c") } + [file("z/bad.c", "CC-BY-NC-ND-4.0")]
        let rules = try PolicyRules.parse(toml: "[licenses]\ndeny = [\"CC-BY-NC-ND-4.0\"]")
        let profile = OperatorProfile(isNoncommercial: true)
        let found = PolicyJudge(
            rules, view: WorkView(files: files, declared: nil, today: nil), today: nil, limit: limit
        ).findings(of: WorkJudgement.judge(files: files, operator: profile))
        // What is beyond the limit might be anything, so that the run fails whatever it is.
        #expect(found.first?.severity == .error && found.first?.rule == rule)
    }

    @Test("many marks of one kind hide none of another")
    func manyMarks() {
        let pages = (0..<1100).map { file("a/\($0).html", "MIT", evidence: [evidence(.noAIRider)]) }
        let marks = Mark.marks(
            for: pages + [file("z/LICENSE", "MIT", evidence: [evidence(.riderCommonsClause)])])
        #expect(marks.contains { $0.mark == .riderCommonsClause } && marks.count == 1025)
    }

    @Test("what is about several files passes by an exception that fits all of them alone")
    func exceptionPaths() throws {
        let exception = "[[exceptions]]\npaths = [\"docs/**\"]\nreason = \"old\"\n"
        let both = [file("docs/a.c", "CC-BY-NC-4.0"), file("vendor/b.c", "CC-BY-NC-4.0")]
        let found = try judged(exception, both, operator: OperatorProfile())
            .filter { $0.rule == "noncommercial-only" }
        #expect(found.map(\.path) == ["vendor/b.c", "docs/a.c"])
        #expect(found.map { $0.exception != nil } == [false, true])
        // One duty for both.
        let texts = try judged(
            exception, [file("docs/a.c", "GPL-2.0-only"), file("vendor/b.c", "GPL-2.0-only")]
        )
        .filter { $0.rule == "duty:license-text" }
        #expect(texts.count == 1 && texts[0].exception == nil)
    }

    @Test("the profile of a policy says what it says and no more")
    func profileParts() throws {
        let work = [file("a.c", "CC-BY-NC-4.0")]
        let silent = try judged("[profile]\nnetwork-service = true", work)
        #expect(!silent.contains { $0.rule == "noncommercial-only" })
        let said = try judged("[profile]\nnoncommercial = false", work)
        #expect(said.contains { $0.rule == "noncommercial-only" })
    }

    static let selected: [(selector: String, license: String, isDenied: Bool)] = [
        ("CC-BY-NC-ND-4.0", "CC-BY-NC-ND-4.0+", true), ("cc-by-nc-nd-4.0", "CC-BY-NC-ND-4.0", true),
        ("LicenseRef-X", "LicenseRef-X", true), ("LicenseRef-X", "LicenseRef-x", false),
    ]

    @Test("selectors fit what they name", arguments: selected)
    func selects(_ row: (selector: String, license: String, isDenied: Bool)) throws {
        let found = try judged("[licenses]\ndeny = [\"\(row.selector)\"]", [file("a.c", row.license)])
        #expect(found.contains { $0.rule == "license-denied" } == row.isDenied)
    }
}
