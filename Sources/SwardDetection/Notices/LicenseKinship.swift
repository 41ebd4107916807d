// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// When one statement says only what another one says better.
enum LicenseKinship {
    /// `GPL` of `GPL-2.0-or-later`, `BSD` of `BSD-3-Clause`, `CC-BY-SA` of `CC-BY-SA-3.0-DE`.
    static func stem(_ identifier: String) -> Substring {
        if identifier.hasPrefix("BSD-") || identifier == "0BSD" { return "BSD" }
        if identifier.hasPrefix("CC-") || identifier.hasPrefix("CC0") {
            return identifier.prefix { !$0.isNumber }
        }
        if identifier == "X11" || identifier.hasPrefix("MIT") || identifier.hasPrefix("HPND")
            || identifier.hasPrefix("X11-")
        {
            return "MIT"
        }
        if identifier.hasPrefix("Python-") || identifier.hasPrefix("PSF-") { return "Python" }
        if identifier.hasPrefix("Zlib") || identifier.hasPrefix("zlib") || identifier.hasPrefix("Libpng")
            || identifier.hasPrefix("libpng")
        {
            return "Zlib"
        }
        if identifier.hasPrefix("ClArtistic") { return "Artistic" }
        return identifier.prefix { $0 != "-" }
    }

    static func isCreativeCommons(_ node: LicenseExpression.Node) -> Bool {
        if case .term(let term) = node { term.license.identifier.hasPrefix("CC-BY") } else { false }
    }

    /// Without a version, so that any of its family says more.
    static func isOpen(_ identifier: String) -> Bool {
        [
            "GPL-1.0-or-later", "LGPL-2.0-or-later", "AGPL-1.0-or-later", "GFDL-1.1-or-later",
            "GFDL-1.1-no-invariants-or-later", "GFDL-1.1-invariants-or-later",
        ].contains(identifier)
    }

    /// Whether `a` says less than `b` of the same license.
    static func isWeaker(_ a: LicenseTerm, than b: LicenseTerm) -> Bool {
        let first = a.license.identifier
        let second = b.license.identifier
        if first == second { return a.exception == nil && !(a.license.isOrLater && !b.license.isOrLater) }
        if first.hasPrefix("GPL-") || first.hasPrefix("LGPL-") || first.hasPrefix("AGPL-")
            || first.hasPrefix("GFDL-")
        {
            guard stem(first) == stem(second) else { return false }
            return isOpen(first)
                || (first.hasSuffix("-only") && second.hasSuffix("-or-later")
                    && first.dropLast(5) == second.dropLast(9))
        }
        return stem(first) == stem(second)
    }
}
