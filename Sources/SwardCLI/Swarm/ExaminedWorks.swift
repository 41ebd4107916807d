// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPackaging
import SwardPrimitives

/// The works whose files were held here against what they declare, by packing, fetching or serving them, and bore it out.
///
/// A work's hashes stand for all of its bytes, so that what was found of them once holds wherever they lie.
enum ExaminedWorks {
    private static let text = Array("sward examined 1\n".utf8)

    static func contains(_ hashes: InfoHashes) -> Bool {
        (try? SmallFile.read(path(of: hashes), limit: text.count)) == text
    }

    /// Without it the files are examined again: no reason for a run to fail.
    static func record(_ hashes: InfoHashes) {
        do throws(PackagingError) {
            try SmallFile.makeFolder(Folders.live.examined)
            try SmallFile.write(text, to: path(of: hashes))
        } catch {
            Console.live.warn("not kept that a work was examined: \(Words.sentence(for: error))")
        }
    }

    private static func path(of hashes: InfoHashes) -> String {
        Folders.live.examined + "/" + ReleaseStore.name(of: hashes)
    }
}
