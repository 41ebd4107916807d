// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBundle
package import SwardMetainfo

extension Verifier {
    /// Holds a payload whose bytes are known to be right against its declared terms: what files say of themselves,
    /// `LICENSES/`, the SPDX document, the signatures.
    ///
    /// - Parameter payload: The bundle's folder, or the file of a torrent of one.
    package func checkTerms(
        of info: InfoDictionary, torrent: String, payload: String, files: Set<Int>? = nil
    ) -> VerificationReport {
        var report = VerificationReport(torrent: torrent, payload: payload, info: info)
        report.checkedFiles = files?.count ?? info.files.count
        checkTerms(info, sound: files ?? Set(info.files.indices), &report)
        return report
    }
}
