// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// Licenses by the names and addresses that people and package registries give them.
package enum LicenseNames {
    /// What a field that should hold a license means: an SPDX expression, a registry's own words, a title, a short name
    /// such as `Apache 2`, `GPLv2+`, `BSD (3-clause)`, `CC BY-SA 4.0`, or several of them joined by words.
    ///
    /// - Returns: `nil` where the words name no license, or none for certain.
    package static func expression(forName name: some StringProtocol) -> LicenseExpression? { nil }

    /// The license that an address stands for: a deed or legal code of Creative Commons with its version and port,
    /// a GNU page, the OSI's, SPDX's, a choosealicense page. Scheme, `www`, fragments and endings do not count.
    package static func expression(forAddress address: some StringProtocol) -> LicenseExpression? { nil }
}
