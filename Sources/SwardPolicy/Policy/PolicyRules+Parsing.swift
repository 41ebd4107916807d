// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX
internal import TOMLKit

extension PolicyRules {
    /// Reads a policy file.
    ///
    /// - Parameter toml: At most 256 KiB, nested at most 32 deep.
    /// - Throws: ``PolicyError`` with the line of the first thing that is not as `docs/policy.md` has it.
    public static func parse(toml: String) throws(PolicyError) -> PolicyRules {
        let lines = try TOMLLines(toml)
        let root: TOMLTable
        do {
            root = try TOMLTable(string: toml)
        } catch let error as TOMLParseError {
            throw PolicyError(
                .notTOML(error.description), line: error.source.begin.line, column: error.source.begin.column)
        } catch {
            throw PolicyError(.notTOML("\(error)"))
        }
        // The tables below it hold no count on the root.
        let reader = withExtendedLifetime(root) {
            PolicyReader(lines: lines.lines, root: PolicyReader.value(root, 0))
        }
        return try reader.rules()
    }
}

/// Makes rules of TOML values, and knows the line of each.
private struct PolicyReader {
    indirect enum Value {
        case string(String), bool(Bool), integer(Int), date(String), list([Value]), table([String: Value]),
            other

        var name: String {
            switch self {
            case .string: "string"
            case .bool: "true or false"
            case .integer: "integer"
            case .date: "date"
            case .list: "list"
            case .table: "table"
            case .other: "value"
            }
        }
    }

    let lines: [String: Int]
    let root: Value

    private static let maximumEntries = 8192

    static func value(_ value: any TOMLValueConvertible, _ depth: Int) -> Value {
        guard depth <= TOMLLines.maximumDepth + 2 else { return .other }
        switch value.type {
        case .string: return value.string.map(Value.string) ?? .other
        case .bool: return value.bool.map(Value.bool) ?? .other
        case .int: return value.int.map(Value.integer) ?? .other
        case .date:
            guard let date = value.date else { return .other }
            return CalendarDate(year: date.year, month: date.month, day: date.day).map {
                .date($0.description)
            } ?? .other
        case .array:
            return value.array.map { list in .list(list.map { Self.value($0, depth + 1) }) } ?? .other
        case .table:
            guard let table = value.table else { return .other }
            var entries: [String: Value] = [:]
            for key in table.keys {
                if let entry = table[key] { entries[key] = Self.value(entry, depth + 1) }
            }
            return .table(entries)
        case .double, .time, .dateTime: return .other
        }
    }

    // MARK: The file

    func rules() throws(PolicyError) -> PolicyRules {
        let file = try table(root, "")
        try allow(
            ["version", "preset", "fail-on", "profile", "licenses", "paths", "severity", "exceptions"],
            in: file, "")
        if let version = try integer(file["version"], "version") {
            guard version == 1 else { throw error(.unknownVersion(version), "version") }
        }
        var rules = PolicyRules(preset: try word(file["preset"], "preset") ?? .redistributable)
        rules.threshold = try word(file["fail-on"], "fail-on") ?? .error
        if let profile = file["profile"] { rules.profile = try self.profile(profile) }
        if let licenses = file["licenses"] {
            rules.scopes.append(try scope(try table(licenses, "licenses"), "licenses", hasPaths: false))
        }
        for (number, entry) in try list(file["paths"], "paths").enumerated() {
            let key = "paths[\(number)]"
            rules.scopes.append(try scope(try table(entry, key), key, hasPaths: true))
        }
        if let weights = file["severity"] { rules.weights = try self.weights(try table(weights, "severity")) }
        for (number, entry) in try list(file["exceptions"], "exceptions").enumerated() {
            let key = "exceptions[\(number)]"
            rules.exceptions.append(try exception(try table(entry, key), key))
        }
        return rules
    }

    private func profile(_ value: Value) throws(PolicyError) -> PolicyRules.Profile {
        let table = try table(value, "profile")
        try allow(["noncommercial", "network-service", "modifies"], in: table, "profile")
        return PolicyRules.Profile(
            isNoncommercial: try bool(table["noncommercial"], "profile.noncommercial"),
            servesOverNetwork: try bool(table["network-service"], "profile.network-service"),
            modifies: try bool(table["modifies"], "profile.modifies"))
    }

    private func scope(_ table: [String: Value], _ key: String, hasPaths: Bool) throws(PolicyError)
        -> PolicyRules.Scope
    {
        try allow(
            ["allow", "review", "deny", "otherwise"] + (hasPaths ? ["paths", "reason"] : []), in: table, key)
        var scope = PolicyRules.Scope(line: lines[key])
        if hasPaths {
            scope.paths = try strings(table["paths"], "\(key).paths")
            guard !scope.paths.isEmpty else { throw error(.missingKey, "\(key).paths", at: key) }
            scope.reason = try string(table["reason"], "\(key).reason")
        }
        for (action, name) in [(PolicyRules.Action.allow, "allow"), (.review, "review"), (.deny, "deny")] {
            for (number, text) in try strings(table[name], "\(key).\(name)").enumerated() {
                let place = "\(key).\(name)[\(number)]"
                scope.selectors.append(
                    PolicyRules.Selector(
                        try selector(text, place), action, text: text,
                        line: lines[place] ?? lines["\(key).\(name)"]))
            }
        }
        scope.fallback = try word(table["otherwise"], "\(key).otherwise")
        return scope
    }

    private func selector(_ text: String, _ key: String) throws(PolicyError) -> PolicyRules.Selector.What {
        if let name = text.dropping("category:") {
            guard let category = LicenseFacts.Category(rawValue: name) else {
                throw error(.unknownWord(name, known: LicenseFacts.Category.allCases.map(\.rawValue)), key)
            }
            return .category(category)
        }
        if let name = text.dropping("property:") {
            guard let property = PolicyProperty(rawValue: name) else {
                throw error(.unknownWord(name, known: PolicyProperty.allCases.map(\.rawValue)), key)
            }
            return .property(property)
        }
        guard !text.isEmpty, text.utf8.count <= 512, !text.contains(":"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f || $0 == 0x20 })
        else { throw error(.badSelector(text), key) }
        if text.contains("*") { return .license(text) }
        guard let expression = try? LicenseExpression.parse(text), case .term = expression.normalized.root
        else {
            throw error(.badSelector(text), key)
        }
        if let name = expression.unlisted.first {
            throw error(.unknownLicense(name, near: LicenseList.suggestions(for: name)), key)
        }
        return .license(expression.normalized.description)
    }

    private func weights(_ table: [String: Value]) throws(PolicyError) -> [PolicyRules.RuleWeight] {
        var result: [PolicyRules.RuleWeight] = []
        for (rule, value) in table.sorted(by: { $0.key < $1.key }) {
            let key = "severity.\(rule)"
            try check(rule: rule, key)
            guard case .string(let text) = value else { throw error(.wrongType(expected: "string"), key) }
            if text == "ignore" {
                result.append(PolicyRules.RuleWeight(rule: rule, severity: nil, line: lines[key]))
                continue
            }
            guard let severity = PolicySeverity(rawValue: text) else {
                throw error(
                    .unknownWord(text, known: ["ignore"] + PolicySeverity.allCases.map(\.rawValue)), key)
            }
            result.append(PolicyRules.RuleWeight(rule: rule, severity: severity, line: lines[key]))
        }
        // In the order of the file, so that the last that fits wins.
        return result.sorted { ($0.line ?? 0, $0.rule) < ($1.line ?? 0, $1.rule) }
    }

    private func exception(_ table: [String: Value], _ key: String) throws(PolicyError) -> PolicyException {
        try allow(["paths", "licenses", "rules", "reason", "added", "expires"], in: table, key)
        let reason = try string(table["reason"], "\(key).reason")
        guard let reason, reason.contains(where: { !$0.isWhitespace }) else {
            throw error(.missingKey, "\(key).reason", at: key)
        }
        let licenses = try strings(table["licenses"], "\(key).licenses")
        for (number, text) in licenses.enumerated() { _ = try selector(text, "\(key).licenses[\(number)]") }
        let names = try strings(table["rules"], "\(key).rules")
        for (number, rule) in names.enumerated() {
            let place = "\(key).rules[\(number)]"
            try check(rule: rule, lines[place] == nil ? "\(key).rules" : place)
        }
        return PolicyException(
            paths: try strings(table["paths"], "\(key).paths"), licenses: licenses,
            rules: names, reason: reason,
            added: try date(table["added"], "\(key).added"),
            expires: try date(table["expires"], "\(key).expires"),
            line: lines[key])
    }

    private func check(rule: String, _ key: String) throws(PolicyError) {
        guard !PolicyFinding.rules.contains(where: { Glob.matches(name: $0, rule) }) else { return }
        let letters = Set(rule.split { $0 == "-" || $0 == ":" })
        let near = PolicyFinding.rules.map { name in
            (name, name.split { $0 == "-" || $0 == ":" }.count { letters.contains($0) })
        }.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3).map(\.0)
        throw error(.unknownRule(rule, near: Array(near)), key)
    }

    // MARK: Values

    private func error(_ reason: PolicyError.Reason, _ key: String, at place: String? = nil) -> PolicyError {
        PolicyError(reason, line: lines[place ?? key] ?? lines[key], key: key.isEmpty ? nil : key)
    }

    private func allow(_ known: [String], in table: [String: Value], _ path: String) throws(PolicyError) {
        let unknown = table.keys.filter { !known.contains($0) }.map { path.isEmpty ? $0 : "\(path).\($0)" }
        guard let first = unknown.min(by: { (lines[$0] ?? 0, $0) < (lines[$1] ?? 0, $1) }) else { return }
        throw error(.unknownKey, first)
    }

    private func table(_ value: Value, _ key: String) throws(PolicyError) -> [String: Value] {
        guard case .table(let table) = value else { throw error(.wrongType(expected: "table"), key) }
        return table
    }

    private func list(_ value: Value?, _ key: String) throws(PolicyError) -> [Value] {
        guard let value else { return [] }
        guard case .list(let list) = value else { throw error(.wrongType(expected: "list of tables"), key) }
        guard list.count <= Self.maximumEntries else { throw error(.tooMany, key) }
        return list
    }

    private func strings(_ value: Value?, _ key: String) throws(PolicyError) -> [String] {
        switch value {
        case nil: return []
        case .string(let text): return [text]
        case .list(let list):
            guard list.count <= Self.maximumEntries else { throw error(.tooMany, key) }
            var result: [String] = []
            for (number, item) in list.enumerated() {
                guard case .string(let text) = item else {
                    throw error(.wrongType(expected: "string"), "\(key)[\(number)]", at: "\(key)[\(number)]")
                }
                result.append(text)
            }
            return result
        default: throw error(.wrongType(expected: "string or list of strings"), key)
        }
    }

    private func string(_ value: Value?, _ key: String) throws(PolicyError) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value else { throw error(.wrongType(expected: "string"), key) }
        return text
    }

    private func bool(_ value: Value?, _ key: String) throws(PolicyError) -> Bool? {
        guard let value else { return nil }
        guard case .bool(let isTrue) = value else { throw error(.wrongType(expected: "true or false"), key) }
        return isTrue
    }

    private func integer(_ value: Value?, _ key: String) throws(PolicyError) -> Int? {
        guard let value else { return nil }
        guard case .integer(let number) = value else { throw error(.wrongType(expected: "integer"), key) }
        return number
    }

    private func date(_ value: Value?, _ key: String) throws(PolicyError) -> CalendarDate? {
        switch value {
        case nil: return nil
        case .string(let text), .date(let text):
            guard let date = CalendarDate(text) else { throw error(.badDate(text), key) }
            return date
        default: throw error(.wrongType(expected: "date"), key)
        }
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: Value?, _ key: String
    ) throws(PolicyError) -> Word? {
        guard let text = try string(value, key) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw error(.unknownWord(text, known: Word.allCases.map(\.rawValue)), key)
        }
        return word
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
