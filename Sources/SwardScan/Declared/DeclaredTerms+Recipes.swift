// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardSPDX

/// Recipes of distributions: a license field there speaks of what the recipe fetches.
extension DeclaredTerms {
    /// Takes the fields of such recipes for no terms of theirs where a license file further up speaks for the recipes, and
    /// where the field withholds all: what is fetched is not here to be passed on.
    mutating func leaveRecipes(_ members: [(index: Int, path: String)]) {
        let recipes = members.filter { member in
            subjects[member.index].packages.contains(where: \.describesFetched)
        }
        guard !recipes.isEmpty else { return }
        var licensed: Set<String> = []
        for (index, path) in members
        where subjects[index].file.role == .licenseText && subjects[index].file.expression != nil {
            let folder = path.folder
            if !folder.isFolderOfTexts, !path.isOfOtherWorks { licensed.insert(folder) }
        }
        for (index, path) in recipes {
            let folders = path.foldersAbove
            let isOfCollection =
                !licensed.contains(folders[0]) && folders.dropFirst().contains(where: licensed.contains)
            let isWithheld = subjects[index].file.evidence.contains { $0.mark == .proprietary }
            guard isOfCollection || isWithheld else { continue }
            subjects[index].ofFetched = isWithheld ? .withheld : .granted
            // A project's own recipe says what the project is under, too, though not for what lies beside it.
            if !isWithheld, recipes.count < Self.leastCollection { continue }
            subjects[index].file.findings.removeAll { $0.kind == .metadata }
            subjects[index].file.expression = .distinct(subjects[index].file.findings.map(\.expression))
            subjects[index].file.evidence.removeAll { $0.mark == .proprietary || $0.mark == .termsByLinkOnly }
        }
    }

    private static let leastCollection = 3

    /// What the nearest manifest above declares, unless a license file is nearer.
    static func manifest(
        for path: [String], _ scope: Scope
    ) -> (expression: LicenseExpression, source: String)? {
        guard !scope.manifests.isEmpty || !scope.fetched.isEmpty else { return nil }
        let isPatch = path.last.map { $0.hasSuffix(".patch") || $0.hasSuffix(".diff") } ?? false
        for count in stride(from: path.count - 1, through: 0, by: -1) {
            let folder = path.prefix(count).joined(separator: "/")
            if let found = scope.manifests[folder] { return found }
            // A patch is made of what it changes.
            if isPatch, let found = scope.fetched[folder] { return found }
            if scope.licensed.contains(folder) { return nil }
        }
        return nil
    }
}

extension DeclaredTerms.Subject {
    /// Whether what a recipe fetches may be had at all.
    enum Fetched { case granted, withheld }

    /// What its packages declare, and where.
    var packageTerms: (expression: LicenseExpression, source: String)? {
        LicenseExpression.distinct(packages.compactMap(\.declares)).map { ($0, file.path) }
    }
}
