// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// Licenses by the names and addresses that people and package registries give them.
package enum LicenseNames {
    /// What a field that should hold a license means: an SPDX expression, a registry's own words, a title, a short name
    /// such as `Apache 2`, `GPLv2+`, `BSD (3-clause)`, `CC BY-SA 4.0`, or several of them joined by words.
    ///
    /// "GPL" without a version is `GPL-1.0-or-later`, LGPL is from 2.0; a GNU version without "later" is `-only`. A bare
    /// "BSD" is `BSD-3-Clause` (Debian's common-licenses, CRAN, Fedora and Trove mean that one), a bare "Apache"
    /// `Apache-2.0`, Creative Commons without a version 4.0. A slash and "dual" make a choice, commas alone an AND.
    ///
    /// - Returns: `nil` where the words name no license, or none for certain.
    package static func expression(forName name: some StringProtocol) -> LicenseExpression? {
        LicenseField.expression(for: name)
    }

    /// The license that an address stands for: a deed or legal code of Creative Commons with its version and port,
    /// a GNU page, the OSI's, SPDX's, a choosealicense page. Scheme, `www`, fragments and endings do not count.
    ///
    /// A Creative Commons port that the SPDX list does not have is told by its base version; a page that shows "the
    /// newest" of a GNU license stands for any version.
    package static func expression(forAddress address: some StringProtocol) -> LicenseExpression? {
        LicenseAddress.expression(for: address)
    }
}
