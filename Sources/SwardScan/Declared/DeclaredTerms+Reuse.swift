// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardReport
internal import SwardSPDX

/// What `REUSE.toml` and `dep5` say of files.
extension DeclaredTerms {
    mutating func read(
        _ path: String, _ text: String, from source: String, into annotations: inout [ReuseAnnotations]
    ) {
        let elements = path.split(separator: "/").map(String.init)
        guard elements.last == ReuseAnnotations.fileName,
            !elements.dropLast().contains(where: { ["LICENSES", ".reuse"].contains($0) })
        else { return }
        do throws(ScanError) {
            annotations.append(try ReuseAnnotations(text, folder: elements.dropLast()))
            if let place = places[source] { keepComments(place, text) }
        } catch {
            note(error, source)
        }
    }

    /// The values in the file speak of others; of it speaks what stands in its comments.
    mutating func keepComments(_ index: Int, _ text: String) {
        var isComment: [Bool] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            isComment.append(line.first { !$0.isWhitespace } == "#")
        }
        func isKept(_ lines: ClosedRange<Int>) -> Bool {
            isComment.indices.contains(lines.lowerBound - 1) && isComment[lines.lowerBound - 1]
        }
        subjects[index].file.findings.removeAll { !isKept($0.lines) }
        subjects[index].file.copyrights.removeAll { !isKept($0.lines) }
        subjects[index].file.expression = .distinct(subjects[index].file.findings.map(\.expression))
    }

    /// - Parameter sidecar: What stands beside the file for it, which counts as the file's own words.
    /// - Returns: Whether nothing else is to be asked.
    mutating func take(
        _ statements: [ReusePrecedence.Statement], for index: Int, beside sidecar: ScannedFile?
    ) -> Bool {
        var isSettled = false
        for statement in statements {
            let notices = stated(statement.copyrights)
            switch statement.precedence {
            case .override where !isSettled: subjects[index].file.declaredCopyrights = notices
            case .override: subjects[index].file.declaredCopyrights += notices
            case .aggregate: subjects[index].file.declaredCopyrights += notices
            case .closest:
                if subjects[index].file.statedCopyrights.isEmpty {
                    subjects[index].file.declaredCopyrights = notices
                }
            }
            let parts = statement.licenses.map { parse($0) ?? .unreadable }
            guard let expression = LicenseExpression.distinct(parts) else { continue }
            switch statement.precedence {
            case .override:
                // What a table above has added holds as well.
                let above = isSettled ? subjects[index].file.declared : nil
                declare(
                    index, .distinct([above, expression].compactMap { $0 }) ?? expression,
                    in: statement.source,
                    .override)
                subjects[index].file.isOverruled = true
                return true
            case .aggregate:
                let all = isSettled ? subjects[index].file.declared : sidecar?.expression
                declare(
                    index, .distinct([all, expression].compactMap { $0 }) ?? expression, in: statement.source,
                    sidecar?.expression == nil ? .aggregate : .override)
                isSettled = true
            case .closest:
                guard !isSettled, sidecar?.expression == nil else { continue }
                // The license of a snippet is that of its lines alone.
                let own = subjects[index].file.findings.filter { $0.rule != LicenseFinding.snippet }
                if own.isEmpty, !subjects[index].file.findings.isEmpty {
                    declare(index, expression, in: statement.source, .aggregate)
                    isSettled = true
                    continue
                }
                let kinds = Set(own.map(\.kind))
                // A tag of the file's own is what REUSE would take. Mere mentions are no grant against the author's word;
                // what else stands in the file stands, and shows as a contradiction if it is one.
                guard !kinds.contains(.tag) else { continue }
                let isMention = kinds.isSubset(of: [.reference])
                declare(index, expression, in: statement.source, isMention ? .override : .closest)
                isSettled = true
            }
        }
        return isSettled
    }

    mutating func stated(_ texts: [String]) -> [CopyrightNotice] {
        if texts.isEmpty { return [] }
        if let known = notices[texts] { return known }
        let read = texts.map { CopyrightNotice(stated: $0) }
        notices[texts] = read
        return read
    }

    mutating func parse(_ text: String) -> LicenseExpression? {
        if let known = parsed[text] { return known }
        let value = try? LicenseExpression.parse(text, operators: .upperOrLower)
        parsed[text] = .some(value)
        return value
    }

    mutating func note(_ error: ScanError, _ path: String) {
        unread.append(path)
        switch error.reason {
        case .badAnnotations(let what), .badDep5(let what):
            let line = error.line.map { "line \($0): " } ?? ""
            notes.append(.init(.warning, path: path, "not read: \(line)\(what)"))
        default: break
        }
    }
}
