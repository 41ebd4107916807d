// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

/// What a folder's license file, or failing that its README, states for all that lies below and says nothing itself.
public struct FolderTerms: Hashable, Sendable {
    public let expression: LicenseExpression
    /// Of the file that states it, as in ``ScannedFile/path``.
    public let path: String

    public init(expression: LicenseExpression, path: String) {
        self.expression = expression
        self.path = path
    }
}
