// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// What a folder's license file, or failing that its README, states for all that lies below and says nothing itself.
package struct FolderTerms: Hashable, Sendable {
    package let expression: LicenseExpression
    /// Of the file that states it, as in ``ScannedFile/path``.
    package let path: String

    package init(expression: LicenseExpression, path: String) {
        self.expression = expression
        self.path = path
    }
}
