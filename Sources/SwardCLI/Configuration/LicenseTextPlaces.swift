// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPackaging
struct LicenseTextPlaces {
    static let live = LicenseTextPlaces()
    func search(_ id: String) throws(PackagingError) -> LicenseTextSearch {
        let p = ["/usr/share/common-licenses/\(id)"]
        return LicenseTextSearch(text: try SmallFile.read(p[0], limit: 1 << 20), searched: p)
    }
}
