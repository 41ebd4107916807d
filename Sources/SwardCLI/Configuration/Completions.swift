// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import SwardPackaging
import SwardPolicy
import SwardSPDX

/// What a shell offers when Tab is pressed, beyond the words that its completion script holds.
extension CompletionKind {
    /// Identifiers of licenses, as they stand on the SPDX list.
    static let licenses = custom { _, _, _ in identifiers { $0.kind == .license } }
    /// The same, and of exceptions.
    static let licensesAndExceptions = custom { _, _, _ in identifiers { _ in true } }
    /// Names of keys: of the user's own, and of those the user trusts.
    static let keys = custom { _, _, _ in ((try? Key.store.trustedKeys()) ?? []).map(\.name) }
    /// Names of the user's own keys.
    static let ownKeys = custom { _, _, _ in ((try? Key.store.ownKeys()) ?? []).map(\.name) }
    /// The policies that sward knows, and policy files.
    static let policies = custom { _, _, typed in
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let files = (SmallFile.names(inFolder: folder.isEmpty ? "." : folder) ?? []).filter {
            $0.hasSuffix(".toml")
        }
        return Gate.Policy.allCases.map(\.rawValue) + files.sorted().map { folder + $0 }
    }

    private static func identifiers(_ isMeant: (ListedLicense) -> Bool) -> [String] {
        LicenseList.all.filter { !$0.isDeprecated && isMeant($0) }.map(\.identifier).sorted()
    }
}
