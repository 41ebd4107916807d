// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardMetadata
internal import SwardPolicy
internal import SwardSPDX

/// License fields of manifests that hold the address of a file which is in the tree as well.
extension DeclaredTerms {
    /// Gives such manifests the terms of the file, in place of a reference made of its address.
    mutating func followAddresses(_ prefix: String, _ members: [Int]) {
        for index in members where subjects[index].file.findings.contains(where: \.isUnknownField) {
            for address in subjects[index].addressesOfTerms {
                guard let found = file(at: address, from: index, prefix) else { continue }
                let (path, terms) = found
                subjects[index].replaceUnknownField(by: terms, told: address, in: path)
            }
        }
    }

    /// The file, and its terms, in the manifest's folder or from the root; what was copied in is of other repositories.
    private func file(
        at address: String, from index: Int, _ prefix: String
    ) -> (path: String, terms: LicenseExpression)? {
        guard let address = RepositoryAddress(address) else { return nil }
        let own = subjects[index].file.path
        let folder = own.folder.isEmpty || own.folder.hasSuffix("!") ? own.folder : own.folder + "/"
        let isCopied = own.split { $0 == "/" || $0 == "!" }.contains { Self.copied.contains($0.lowercased()) }
        for start in isCopied ? [folder] : [folder, prefix] {
            for path in address.paths {
                guard let target = subject(at: start + path)?.file, target.path != own,
                    let terms = target.expression
                else { continue }
                return (target.path, terms)
            }
        }
        return nil
    }

    private static let copied: Set<String> = [
        "vendor", "third_party", "third-party", "thirdparty", "3rdparty", "node_modules", "external",
        "externals", "deps",
    ]
}

extension DeclaredTerms.Subject {
    fileprivate var addressesOfTerms: [String] {
        let quotes = file.evidence.filter { $0.mark == .termsByLinkOnly }.map(\.quote)
        var words: [String] = []
        for field in packages.compactMap(\.words) {
            words += field.split(separator: " ").map(String.init).filter { $0.contains("://") }
        }
        var seen: Set<String> = []
        return (quotes + words).filter { seen.insert($0).inserted }
    }

    fileprivate mutating func replaceUnknownField(
        by terms: LicenseExpression, told address: String, in path: String
    ) {
        let fact = file.evidence.first { $0.mark == .termsByLinkOnly && $0.quote == address }
        let unknown = file.findings.indices.filter { file.findings[$0].isUnknownField }
        // Of several fields only the one that holds the address is meant.
        guard
            let place = unknown.first(where: { finding in
                fact?.bytes.map { file.findings[finding].bytes.overlaps($0) } ?? (unknown.count == 1)
            })
        else { return }
        let old = file.findings[place].expression
        file.findings[place].expression = terms
        file.findings[place].score = 90
        file.findings[place].rule = "pointer:\(path)"
        file.evidence.removeAll { $0.mark == .termsByLinkOnly && $0.quote == address }
        file.expression = file.expression == old ? terms : .distinct(file.findings.map(\.expression))
        for index in packages.indices where packages[index].declares == old {
            packages[index].declares = terms
        }
    }
}

extension LicenseFinding {
    /// A field of whose words nothing is known, so that they are a reference.
    fileprivate var isUnknownField: Bool {
        guard kind == .metadata, case .term(let term) = expression.root, term.exception == nil else {
            return false
        }
        return score <= 20 && term.license.isCustom
    }
}
