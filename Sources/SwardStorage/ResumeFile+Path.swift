// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardHash
package import SwardPrimitives

extension ResumeFile {
    /// Where the record of one torrent's payload in one folder is kept: the same torrent may lie in several.
    ///
    /// - Parameter payload: The folder that holds the payload; need not be there yet.
    package static func path(in folder: String, of hashes: InfoHashes, payload: String) -> String {
        var absolute = payload
        if let resolved = realpath(payload, nil) {
            absolute = String(cString: resolved)
            free(resolved)
        } else if !payload.hasPrefix("/"), let current = getcwd(nil, 0) {
            absolute = String(cString: current) + "/" + payload
            free(current)
        }
        while absolute.count > 1, absolute.hasSuffix("/") { absolute.removeLast() }
        let place = SHA256.hash(Array(absolute.utf8)).bytes.prefix(8).hex
        return "\(folder)/\(hashes.v2?.hex ?? hashes.v1?.hex ?? "")-\(place)"
    }
}
