// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Finds terms in one work that do not go together.
///
/// What is built into one program cannot be told from files for certain. Program files in one folder, or under one folder
/// of sources, count as one program; what lies in a folder of its own (`vendor/x`, `tools/`) may be an aggregate, so that a
/// *no* becomes *depends*. Pictures, texts and data lie beside a program and never conflict with it.
struct ConflictFinder {
    let view: WorkView
    /// Of the work as a whole, if one is known.
    let whole: TermSet?

    private static let maximumExpressions = 64
    private static let maximumPerFolder = 12

    func conflicts() -> [Conflict] {
        var result = withinFiles()
        let (outward, misfits) = intoWhole()
        result += outward
        result += betweenFiles(misfits)
        return result.sorted { a, b in
            a.result.answer != b.result.answer
                ? a.result.answer > b.result.answer : (a.paths.first ?? "") < (b.paths.first ?? "")
        }
    }

    private func isProgram(_ index: Int) -> Bool {
        switch view.files[index].content {
        case .source, .objectCode, .minified: !view.isAboutWork(index) && view.files[index].role == .other
        case .text, .media, .data, .archive, .other: false
        }
    }

    // MARK: One file

    private func withinFiles() -> [Conflict] {
        var byExpression: [LicenseExpression: [Int]] = [:]
        var order: [LicenseExpression] = []
        for index in view.files.indices where view.files[index].role == .other && !view.isAboutWork(index) {
            guard let terms = view.own[index], terms.terms.count > 1, view.files[index].content != .archive
            else { continue }
            if byExpression[terms.expression] == nil { order.append(terms.expression) }
            byExpression[terms.expression, default: []].append(index)
        }
        return order.prefix(Self.maximumExpressions).compactMap { expression in
            guard let indices = byExpression[expression], let first = indices.first,
                let terms = view.own[first]
            else {
                return nil
            }
            var best: (a: LicenseTerm, b: LicenseTerm, result: Compatibility)?
            for choice in terms.choices {
                guard let clash = worstPair(choice) else { return nil }
                if best.map({ clash.result.answer < $0.result.answer }) ?? true { best = clash }
            }
            guard let best, best.result.answer == .no else { return nil }
            return Conflict(
                part: best.a.description, whole: best.b.description, relation: .sameFile,
                paths: paths(indices),
                wholePaths: [], result: best.result,
                statement: "\(best.a) and \(best.b) both bind the same file, and neither goes into the other",
                cure:
                    "find out which part of the file is under which, and whether a choice between them was meant"
            )
        }
    }

    /// The pair of terms that fit each other least; `nil` where all fit.
    private func worstPair(_ terms: [LicenseTerm]) -> (a: LicenseTerm, b: LicenseTerm, result: Compatibility)?
    {
        var worst: (a: LicenseTerm, b: LicenseTerm, result: Compatibility)?
        for (position, a) in terms.prefix(16).enumerated() {
            for b in terms.prefix(16).dropFirst(position + 1) {
                let result = eitherWay(LicenseExpression(a), LicenseExpression(b), .combine)
                guard result.answer > .yes else { continue }
                if worst.map({ result.answer > $0.result.answer }) ?? true { worst = (a, b, result) }
            }
        }
        return worst
    }

    /// Two parts go together when one goes into the other.
    private func eitherWay(_ a: LicenseExpression, _ b: LicenseExpression, _ use: Compatibility.Use?)
        -> Compatibility
    {
        let there = Compatibility.of(a, in: b, use: use)
        guard there.answer != .yes else { return there }
        let back = Compatibility.of(b, in: a, use: use)
        return back.answer < there.answer ? back : there
    }

    // MARK: The work

    private func intoWhole() -> (conflicts: [Conflict], misfits: Set<LicenseExpression>) {
        guard let whole else { return ([], []) }
        var groups: [LicenseExpression: [Int]] = [:]
        var order: [LicenseExpression] = []
        var homes: Set<String> = []
        var fits: [ObjectIdentifier: Bool] = [:]
        for index in view.files.indices where isProgram(index) {
            guard let terms = view.terms(index) else { continue }
            let isSame = fits[ObjectIdentifier(terms)] ?? terms.expression.isEquivalent(to: whole.expression)
            fits[ObjectIdentifier(terms)] = isSame
            if isSame {
                homes.insert(view.files[index].path.home)
                continue
            }
            guard view.own[index] != nil else { continue }
            if groups[terms.expression] == nil { order.append(terms.expression) }
            groups[terms.expression, default: []].append(index)
        }
        var conflicts: [Conflict] = []
        var misfits: Set<LicenseExpression> = []
        for expression in order.prefix(Self.maximumExpressions) {
            guard let indices = groups[expression] else { continue }
            var result = Compatibility.of(expression, in: whole.expression)
            guard result.answer > .yes else { continue }
            misfits.insert(expression)
            let isApart = indices.allSatisfy { !homes.contains(view.files[$0].path.home) }
            if result.answer == .no, isApart {
                result.answer = .depends
                result.conditions.append(.collection)
            }
            conflicts.append(
                Conflict(
                    part: expression.description, whole: whole.expression.description,
                    relation: .declaredWhole,
                    paths: paths(indices), wholePaths: [], result: result,
                    statement: statement(result, expression, whole.expression, isApart: isApart),
                    cure: result.answer == .no
                        ? "replace the files, or license the work so that they fit" : nil))
        }
        return (conflicts, misfits)
    }

    private func statement(
        _ result: Compatibility, _ part: LicenseExpression, _ whole: LicenseExpression, isApart: Bool
    ) -> String {
        switch result.answer {
        case .yes: "\(part) goes into \(whole)"
        case .depends where isApart && result.conditions.contains(.collection):
            "files under \(part) may lie beside a work under \(whole), and may not be built into it"
        case .depends where result.conditions.contains(.linking):
            "files under \(part) may be linked with a work under \(whole), and may not be merged with it"
        case .depends where result.conditions.contains(.narrowedVersion):
            "with files under \(part) in it the whole can be passed on under \(result.whole ?? "fewer versions") only"
        case .depends:
            "whether files under \(part) may go into a work under \(whole) hangs on how they are used"
        case .needsReview: "whether files under \(part) may go into a work under \(whole) is not settled"
        case .no: "files under \(part) may not go into a work under \(whole)"
        }
    }

    // MARK: Each other

    private func betweenFiles(_ misfits: Set<LicenseExpression>) -> [Conflict] {
        var folders: [String: [LicenseExpression: [Int]]] = [:]
        for index in view.files.indices where isProgram(index) {
            guard let terms = view.terms(index), !misfits.contains(terms.expression) else { continue }
            folders[view.files[index].path.folder, default: [:]][terms.expression, default: []].append(index)
        }
        var seen: Set<[LicenseExpression]> = []
        var result: [Conflict] = []
        for (_, groups) in folders.sorted(by: { $0.key < $1.key }) where groups.count > 1 {
            let expressions = groups.keys.sorted { $0.description < $1.description }.prefix(
                Self.maximumPerFolder)
            for (position, a) in expressions.enumerated() {
                for b in expressions.dropFirst(position + 1) where seen.insert([a, b]).inserted {
                    guard seen.count < 512 else { return result }
                    let answer = eitherWay(a, b, nil)
                    guard answer.answer == .no, !a.isEquivalent(to: b), !bothFit(a, b), let first = groups[a],
                        let second = groups[b]
                    else { continue }
                    result.append(
                        Conflict(
                            part: a.description, whole: b.description, relation: .sameProgram,
                            paths: paths(first),
                            wholePaths: paths(second), result: answer,
                            statement:
                                "program files under \(a) and under \(b) lie in one folder, and neither goes into the other",
                            cure: "if they are built into one program, replace one of them"))
                }
            }
        }
        return result
    }

    /// What fits the whole may be joined under the whole's terms.
    private func bothFit(_ a: LicenseExpression, _ b: LicenseExpression) -> Bool {
        guard let whole else { return false }
        return Compatibility.of(a, in: whole.expression).answer == .yes
            && Compatibility.of(b, in: whole.expression).answer == .yes
    }

    private func paths(_ indices: [Int]) -> [String] {
        indices.prefix(Duty.maximumPlaces).map { view.files[$0].path }
    }
}

extension String {
    /// The folder whose program files are taken for one program: the first folder, or the first two where the first only
    /// gathers works of others; the folder inside an archive.
    fileprivate var home: String {
        let inner = lastIndex(of: "!").map { self[index(after: $0)...] } ?? self[...]
        let archive = lastIndex(of: "!").map { String(self[...$0]) } ?? ""
        let words = inner.split(separator: "/").dropLast()
        guard let first = words.first else { return archive }
        let gathering: Set<String> = [
            "vendor", "third_party", "thirdparty", "third-party", "3rdparty", "external", "externals", "deps",
            "contrib",
            "node_modules", "packages", "subprojects", "modules", "plugins", "tools", "examples", "extern",
            "ext",
        ]
        if gathering.contains(first.lowercased()) { return archive + words.prefix(2).joined(separator: "/") }
        // One tree of sources, whatever its folders are called: the root and its usual source folders are one program.
        return ["src", "lib", "include", "source", "sources", "app", "core", "libs"].contains(
            first.lowercased())
            ? archive : archive + first
    }
}
