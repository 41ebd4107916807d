// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection
internal import SwardSPDX

/// Holds a judged work against a policy.
struct PolicyJudge {
    private let rules: PolicyRules
    private let view: WorkView
    private let today: CalendarDate?

    /// Beyond these a work has so much wrong that counting on helps no one; that there are more is an error of its own.
    private let limit: Int

    init(_ rules: PolicyRules, view: WorkView, today: CalendarDate?, limit: Int = 1 << 16) {
        self.rules = rules
        self.limit = limit
        self.view = view
        self.today = today
    }

    func findings(of judgement: WorkJudgement) -> [PolicyFinding] {
        let duties = duties(judgement.duties)
        // A text that is missing is said once: as the duty, which knows every license and file it is missing for.
        let isSaid = duties.contains { $0.rule == Duty.rule(of: .licenseText) }
        var findings =
            licenses(judgement) + marks(judgement.marks.filter { !isSaid || $0.mark != .missingText })
        findings += conflicts(judgement.conflicts) + contradictions(judgement.contradictions) + duties
        findings += unseen(judgement.verdict)
        var used: Set<Int> = []
        // Swift's sort is stable, and holds half of what it sorts once more.
        findings.sort { a, b in a.severity != b.severity ? a.severity > b.severity : a.path < b.path }
        let rest = findings.count - limit
        if rest > 0 {
            // What is cut off might be what no exception lets pass.
            findings.removeLast(rest)
            findings.append(
                PolicyFinding(
                    rule: "too-many", severity: .error, path: "",
                    message: "there are more than \(limit) findings, and not all were weighed",
                    decidedBy: "limit",
                    cure: "look at a part of the work, or settle what most of them are about"))
        }
        for index in findings.indices {
            guard let number = exception(for: findings[index]) else { continue }
            used.insert(number)
            if let today, rules.exceptions[number].isExpired(on: today) { continue }
            findings[index].exception = rules.exceptions[number]
            findings[index].severity = .note
        }
        findings += exceptions(used)
        findings.sort { a, b in a.severity != b.severity ? a.severity > b.severity : a.path < b.path }
        return findings
    }

    /// - Returns: `nil` where the policy wants to hear nothing of it.
    private func weighed(_ rule: String, _ severity: PolicySeverity) -> PolicySeverity? {
        for weight in rules.weights.reversed() where Glob.matches(name: rule, weight.rule) {
            return weight.severity
        }
        return severity
    }

    private func weightLine(_ rule: String) -> Int? {
        rules.weights.last { Glob.matches(name: rule, $0.rule) }?.line
    }

    // MARK: Licenses

    private func licenses(_ judgement: WorkJudgement) -> [PolicyFinding] {
        var findings: [PolicyFinding] = []
        var decisions: [ObjectIdentifier: PolicyRules.Decision] = [:]
        let unlisted = Dictionary(
            view.allFiles.lazy.filter(\.isUnlistedText).map { ($0.path, $0.findings[0].lines) },
            uniquingKeysWith: { first, _ in first })
        var told: Set<String> = []
        let hasPaths = rules.scopes.contains { !$0.paths.isEmpty }
        // In a protected work parts may be open: whoever passes on the whole passes it on under its own terms.
        let isProtectedWhole = rules.preset == .protected && judgement.verdict.commons == .protected
        let covered = view.files.indices.filter { !view.isAboutWork($0) && !view.isOpenedArchive($0) }
        // Who asks for free licenses means every file; and of a work that nothing is said of nobody may pass on a copy.
        let isBare = !covered.contains { view.terms($0) != nil }
        let withoutTerms: PolicySeverity = rules.preset == .redistributable && !isBare ? .warning : .error
        for index in covered {
            guard findings.count <= limit else { break }
            let path = view.files[index].path
            guard let set = view.terms(index) else {
                if let severity = weighed("no-terms", withoutTerms) {
                    findings.append(
                        PolicyFinding(
                            rule: "no-terms", severity: severity, path: path,
                            message: "nothing says under what terms the file is",
                            decidedBy: "preset \(rules.preset.rawValue)", policyLine: weightLine("no-terms"),
                            cure: "state its terms, in the file or in REUSE.toml"))
                }
                continue
            }
            let decision: PolicyRules.Decision
            if !hasPaths, let known = decisions[ObjectIdentifier(set)] {
                decision = known
            } else {
                decision = rules.decide(set.expression, path: path)
                decisions[ObjectIdentifier(set)] = decision
            }
            let rule: String
            let standard: PolicySeverity
            switch decision.action {
            case .allow: continue
            case .review:
                if isProtectedWhole, decision.line == nil, set.free != nil { continue }
                (rule, standard) = ("license-review", .warning)
            case .deny: (rule, standard) = ("license-denied", .error)
            }
            guard let severity = weighed(rule, standard) else { continue }
            // A text for somebody to read is one matter, however many files it covers.
            if view.own[index] == nil, let cover = view.coverPath[index], let text = unlisted[cover] {
                guard told.insert("\(cover) \(decision.rule)").inserted else { continue }
                findings.append(
                    PolicyFinding(
                        rule: rule, severity: severity, path: cover,
                        message:
                            "\(set.expression) \(decision.action == .deny ? "is denied" : "needs review"), for its text is on no list"
                            + (decision.reason.map { ": \($0)" } ?? ""),
                        decidedBy: decision.rule, policyLine: decision.line, subject: decision.license,
                        lines: text, content: set.expression.description,
                        cure: "read it, and say in the policy what becomes of it"))
                continue
            }
            let lines = view.files[index].findings.first { $0.expression == set.expression }?.lines
            findings.append(
                PolicyFinding(
                    rule: rule, severity: severity, path: path,
                    message: "\(set.expression) \(decision.action == .deny ? "is denied" : "needs review")"
                        + (decision.reason.map { ": \($0)" } ?? ""),
                    decidedBy: decision.rule, policyLine: decision.line, subject: decision.license,
                    lines: lines,
                    content: set.expression.description))
        }
        // What the operator may not do, whatever the lists say.
        guard !judgement.verdict.operator.isNoncommercial,
            let severity = weighed("noncommercial-only", .error)
        else { return findings }
        var parts: [String: Verdict.Part] = [:]
        for part in judgement.verdict.parts where part.redistribution == .noncommercialOnly {
            parts[part.part.expression] = part
        }
        guard !parts.isEmpty else { return findings }
        func add(_ part: Verdict.Part, _ path: String) {
            findings.append(
                PolicyFinding(
                    rule: "noncommercial-only", severity: severity, path: path,
                    message: "\(part.part.expression) lets copies be passed on for noncommercial ends only",
                    decidedBy: "profile.noncommercial", subject: part.chosen, content: part.part.expression,
                    cure: "say in the profile that this is noncommercial, if it is"))
        }
        var toldParts: Set<String> = []
        for index in view.files.indices where !view.isAboutWork(index) && !view.isOpenedArchive(index) {
            guard findings.count <= 2 * limit else { break }
            guard let expression = view.terms(index)?.expression.description, let part = parts[expression]
            else { continue }
            toldParts.insert(expression)
            add(part, view.files[index].path)
        }
        // What is declared of the whole and stands in no file.
        for (expression, part) in parts.sorted(by: { $0.key < $1.key }) where !toldParts.contains(expression)
        {
            add(part, part.part.sampleFile)
        }
        return findings
    }

    // MARK: What was judged

    private func marks(_ marks: [Mark]) -> [PolicyFinding] {
        marks.compactMap { mark in
            let standard: PolicySeverity =
                switch mark.severity {
                case .hint: .note
                case .clashes, .forbids: rules.preset == .redistributable ? .warning : .error
                }
            let rule = "mark:\(mark.mark.rawValue)"
            guard let severity = weighed(rule, standard) else { return nil }
            return PolicyFinding(
                rule: rule, severity: severity, path: mark.path, message: mark.statement,
                decidedBy: weightLine(rule) == nil ? "preset \(rules.preset.rawValue)" : "severity: \(rule)",
                policyLine: weightLine(rule), subject: mark.mark.rawValue, lines: mark.evidence.first?.lines,
                content: mark.evidence.map(\.quote).joined(separator: "\n"), cure: mark.cure,
                isOfWork: mark.mark == .missingText)
        }
    }

    private func conflicts(_ conflicts: [Conflict]) -> [PolicyFinding] {
        conflicts.compactMap { conflict in
            let standard: PolicySeverity =
                conflict.result.answer == .no
                ? (conflict.relation == .sameProgram ? .warning : .error) : .note
            return finding(
                "conflict", standard, paths: conflict.paths, conflict.statement,
                subject: conflict.part,
                content: "\(conflict.part) \(conflict.whole)", cure: conflict.cure)
        }
    }

    private func contradictions(_ contradictions: [Contradiction]) -> [PolicyFinding] {
        contradictions.compactMap { contradiction in
            finding(
                "contradiction", contradiction.holdsWork ? .error : .warning, paths: [contradiction.path],
                contradiction.statement,
                subject: contradiction.found, content: "\(contradiction.declared) \(contradiction.found)",
                cure: "state the terms that the file has")
        }
    }

    private func unseen(_ verdict: Verdict) -> [PolicyFinding] {
        verdict.findings.compactMap { item in
            guard item.kind == .notLookedInto, case .part(_, let file) = item.subject else { return nil }
            return finding(
                "not-looked-into", .warning, paths: [file],
                "not everything in it could be read",
                subject: "", content: "", cure: item.cure)
        }
    }

    private func duties(_ duties: [Duty]) -> [PolicyFinding] {
        var seen: Set<String> = []
        return duties.compactMap { duty in
            // Marks speak of fences already.
            guard duty.isMet == false, duty.kind != .noLocks, duty.kind != .noAddedTerms,
                duty.act == .share || duty.act == .shareObjectCode,
                seen.insert("\(duty.kind.rawValue) \(duty.license)").inserted
            else { return nil }
            let standard: PolicySeverity =
                duty.kind == .licenseText || duty.kind == .correspondingSource ? .error : .warning
            let (statement, cure) = words(duty)
            return finding(
                duty.rule, standard, paths: duty.places,
                statement + (duty.clause.map { " (\($0))" } ?? ""), subject: duty.license,
                content: duty.license, cure: cure, isOfWork: duty.kind == .licenseText)
        }
    }

    private func words(_ duty: Duty) -> (statement: String, cure: String?) {
        switch duty.kind {
        case .licenseText:
            (
                "\(duty.license) must go with its text, which is nowhere in the work",
                "add it to LICENSES/; "
                    + duty.license.split(separator: " WITH ").map { "`sward license text \($0)`" }
                    .joined(separator: " and ") + " finds it where this machine has it"
            )
        case .correspondingSource:
            (
                "\(duty.license) must go with its source, and there is object code without",
                "add the source, or say where it is offered"
            )
        case .copyrightNotice, .attribution:
            (
                "\(duty.license) asks to \(duty.statement), and none is there",
                "add a copyright notice, or name the creators"
            )
        default: ("\(duty.license) asks to \(duty.statement), which is not done", nil)
        }
    }

    private func finding(
        _ rule: String, _ standard: PolicySeverity, paths: [String], _ message: String, subject: String,
        content: String, cure: String? = nil, isOfWork: Bool = false
    ) -> PolicyFinding? {
        guard let severity = weighed(rule, standard) else { return nil }
        return PolicyFinding(
            rule: rule, severity: severity, path: paths.first ?? "", message: message,
            decidedBy: weightLine(rule) == nil ? "preset \(rules.preset.rawValue)" : "severity: \(rule)",
            policyLine: weightLine(rule), subject: subject, content: content, cure: cure,
            morePaths: Array(paths.dropFirst()), isOfWork: isOfWork)
    }

    // MARK: Exceptions

    /// The first that fits and has not expired, else the first that fits.
    private func exception(for finding: PolicyFinding) -> Int? {
        var expired: Int?
        for (number, exception) in rules.exceptions.enumerated() where fits(exception, finding) {
            guard let today, exception.isExpired(on: today) else { return number }
            expired = expired ?? number
        }
        return expired
    }

    private func fits(_ exception: PolicyException, _ finding: PolicyFinding) -> Bool {
        // What is about several files passes where it may for each of them.
        if !exception.paths.isEmpty,
            !([finding.path] + finding.morePaths).allSatisfy({ path in
                exception.paths.contains { Glob.matches(path: path, $0) }
            })
        {
            return false
        }
        if !exception.rules.isEmpty,
            !exception.rules.contains(where: { Glob.matches(name: finding.rule, $0) })
        {
            return false
        }
        guard !exception.licenses.isEmpty else { return true }
        guard let subject = finding.subject, let expression = try? LicenseExpression.parse(subject) else {
            return false
        }
        return expression.normalized.terms.contains { term in
            let facts = LicenseFacts.facts(for: term)
            let name = LicenseExpression(term.normalized).description
            return exception.licenses.contains { text in
                PolicyRules.Selector(exceptionText: text).specificity(for: term, named: name, facts) != nil
            }
        }
    }

    private func exceptions(_ used: Set<Int>) -> [PolicyFinding] {
        rules.exceptions.enumerated().compactMap { number, exception in
            let isExpired = today.map { exception.isExpired(on: $0) } ?? false
            if isExpired, let severity = weighed("exception-expired", .warning) {
                return PolicyFinding(
                    rule: "exception-expired", severity: severity, path: "",
                    message:
                        "the exception expired on \(exception.expires?.description ?? ""): \(exception.reason)",
                    decidedBy: "exceptions[\(number)]", policyLine: exception.line, content: exception.reason,
                    cure: "settle what it let pass, or give it a new date")
            }
            guard !isExpired, !used.contains(number), let severity = weighed("exception-unused", .note) else {
                return nil
            }
            return PolicyFinding(
                rule: "exception-unused", severity: severity, path: "",
                message: "the exception lets nothing pass: \(exception.reason)",
                decidedBy: "exceptions[\(number)]",
                policyLine: exception.line, content: exception.reason, cure: "take it out of the policy")
        }
    }
}

extension PolicyRules.Selector {
    /// A selector of an exception, checked when the policy was read.
    init(exceptionText text: String) {
        let what: What
        if text.hasPrefix("category:"),
            let category = LicenseFacts.Category(rawValue: String(text.dropFirst(9)))
        {
            what = .category(category)
        } else if text.hasPrefix("property:"),
            let property = PolicyProperty(rawValue: String(text.dropFirst(9)))
        {
            what = .property(property)
        } else {
            what = .license((try? LicenseExpression.parse(text)).map(\.normalized.description) ?? text)
        }
        self.init(what, .allow, text: text)
    }
}

extension WorkJudgement {
    /// What the policy says of marks of this weight, or a heavier one, that neither an exception nor the baseline lets pass.
    ///
    /// Marks that the policy ignores are not among them. A text that is missing is said as a duty.
    package func standing(from severity: EnclosureSeverity) -> [PolicyFinding] {
        var names: Set<String> = []
        for mark in marks where mark.severity >= severity {
            names.insert("mark:\(mark.mark.rawValue) \(mark.path)")
            if mark.mark == .missingText { names.insert(Duty.rule(of: .licenseText)) }
        }
        return policyFindings.filter { finding in
            finding.exception == nil && !finding.isInBaseline
                && (names.contains("\(finding.rule) \(finding.path)") || names.contains(finding.rule))
        }
    }
}

extension [PolicyFinding] {
    /// Those that count from the threshold on: neither let pass by an exception nor old debt.
    package func standing(from threshold: PolicySeverity) -> [PolicyFinding] {
        filter { $0.severity >= threshold && $0.exception == nil && !$0.isInBaseline }
    }
}
