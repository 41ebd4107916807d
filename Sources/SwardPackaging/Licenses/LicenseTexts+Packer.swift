// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension LicenseTexts {
    /// The same search in the form that ``Packer`` asks for.
    public func source(_ identifier: String) throws(PackagingError) -> LicenseTextSearch {
        let search = search(for: identifier)
        return LicenseTextSearch(text: search.found?.bytes, searched: search.searched)
    }
}
