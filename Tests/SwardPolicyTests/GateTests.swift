// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPolicy
import Testing

@Suite("Gate") struct GateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let expression: String
        var policy = Gate.Policy.redistributable
        var isNoncommercial = false
        var isBare = false
        let declared: String
        var examined: String?
        var code: GateReason.Code?
        var testDescription: String { "\(expression) \(policy) nc:\(isNoncommercial) bare:\(isBare)" }
    }

    static let rows: [Row] = [
        Row(expression: "MIT", declared: "admitted"),
        Row(expression: "MIT", isBare: true, declared: "held", code: .dutiesOpen),
        Row(expression: "MIT", policy: .commons, declared: "admitted"),
        Row(expression: "MIT", policy: .protected, declared: "held", code: .notCopyleft),
        Row(expression: "CC-BY-SA-4.0", policy: .protected, declared: "admitted"),
        Row(
            expression: "CC-BY-SA-4.0", policy: .protected, isBare: true, declared: "held", code: .dutiesOpen),
        Row(expression: "CC-BY-ND-4.0", declared: "admitted"),
        Row(expression: "CC-BY-ND-4.0", policy: .commons, declared: "held", code: .notFree),
        Row(expression: "CC-BY-NC-4.0", declared: "held", code: .noncommercialOnly),
        Row(expression: "CC-BY-NC-4.0", isNoncommercial: true, declared: "admitted"),
        Row(
            expression: "CC-BY-NC-4.0", isNoncommercial: true, isBare: true, declared: "held",
            code: .dutiesOpen),
        Row(
            expression: "CC-BY-NC-4.0", policy: .commons, isNoncommercial: true, declared: "held",
            code: .notFree),
        Row(expression: "CC-BY-NC-4.0 OR CC-BY-SA-4.0", policy: .protected, declared: "admitted"),
        Row(expression: "LicenseRef-own", declared: "quarantined", examined: "held", code: .needsReview),
        Row(
            expression: "LicenseRef-own", policy: .commons, declared: "quarantined", examined: "held",
            code: .needsReview),
        Row(
            expression: "LicenseRef-own AND CC-BY-NC-4.0", policy: .commons, declared: "held", code: .notFree),
        Row(expression: "MIT and ISC", declared: "quarantined", examined: "held", code: .needsReview),
        Row(expression: "LicenseRef-proprietary", declared: "refused", code: .notPermitted),
        Row(
            expression: "GPL-3.0-only AND LicenseRef-Commons-Clause", declared: "refused", code: .notPermitted
        ),
        Row(expression: "Apache-2.0 AND LicenseRef-Commons-Clause", declared: "admitted"),
        Row(
            expression: "Apache-2.0 AND LicenseRef-Commons-Clause", policy: .commons, declared: "held",
            code: .notFree),
    ]

    @Test("follows the policy, before the payload is here and after", arguments: rows)
    func decides(_ row: Row) {
        var terms = complete(row.expression)
        if row.isBare { terms = WorkTerms(expression: row.expression, parts: terms.parts) }
        let verdict = Verdict.judge(terms, operator: .init(isNoncommercial: row.isNoncommercial))
        let gate = Gate(policy: row.policy)
        let declared = gate.decide(verdict)
        #expect(declared.name == row.declared)
        #expect(declared.reason?.code == row.code)
        #expect(gate.decide(verdict, evidence: .examined).name == row.examined ?? row.declared)
    }

    @Test("a torrent without a manifest is fetched in quarantine, and held when a scan adds nothing")
    func noManifest() {
        #expect(Gate().decide(nil).name == "quarantined")
        #expect(Gate().decide(nil, evidence: .examined).name == "held")
        #expect(Gate().decide(nil).reason?.code == .noManifest)
    }

    @Test("an operator's release lifts held, never refused, and takes a reason")
    func release() throws {
        let release = try #require(OperatorRelease(reason: "asked the author by mail"))
        #expect(OperatorRelease(reason: " \n") == nil)
        func decide(_ expression: String, _ evidence: Gate.Evidence = .declared) -> GateState {
            Gate().decide(
                Verdict.judge(complete(expression), operator: .init()), evidence: evidence, release: release)
        }
        #expect(decide("CC-BY-NC-4.0") == .admitted)
        #expect(decide("LicenseRef-proprietary").name == "refused")
        // Quarantine ends by looking, not by decree.
        #expect(decide("LicenseRef-own").name == "quarantined")
        #expect(decide("LicenseRef-own", .examined) == .admitted)
    }

    @Test("only an admitted work is uploaded; only an admitted or quarantined one is fetched")
    func permissions() {
        let reason = GateReason(code: .needsReview, finding: nil, statement: "")
        let states: [(GateState, download: Bool, upload: Bool)] = [
            (.unknown, false, false), (.admitted, true, true), (.quarantined(reason), true, false),
            (.held(reason), false, false), (.refused(reason), false, false),
        ]
        for (state, download, upload) in states {
            #expect(state.mayDownload == download, "\(state.name)")
            #expect(state.mayUpload == upload, "\(state.name)")
        }
    }

    @Test("a reason carries the finding that decided")
    func reasons() {
        let verdict = Verdict.judge(complete("GPL-3.0-only AND LicenseRef-Commons-Clause"), operator: .init())
        let reason = Gate().decide(verdict).reason
        #expect(reason?.finding?.clause == "GPL-3.0 §7, §10")
        #expect(reason?.finding?.license == "GPL-3.0-only")
        #expect(reason?.statement == "LicenseRef-Commons-Clause adds a restriction that GPL-3.0-only forbids")
    }
}
