// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import SwardPackaging
import SwardSwarm

/// The book of what peers have given and taken, from run to run. It holds addresses: only its owner may read it.
enum ReciprocityFile {
    /// Days since 1970.
    static var today: Int32 { Int32(clamping: Int(Date.now.timeIntervalSince1970) / 86_400) }

    /// - Returns: An empty book where there is none, or none that can be read.
    static func read() -> ReciprocityBook {
        guard
            let bytes = try? SmallFile.read(
                Folders.live.reciprocity, limit: ReciprocityBook.maximumByteCount)
        else {
            return ReciprocityBook()
        }
        return ReciprocityBook(bytes, day: today) ?? ReciprocityBook()
    }

    /// Puts what was counted since the last call on top of what is there, as another may run beside it.
    static func add(_ reciprocity: Reciprocity) {
        try? FileManager.default.createDirectory(
            atPath: Folders.live.state, withIntermediateDirectories: true)
        // Without it the next run only begins anew.
        _ = try? SmallFile.write(
            reciprocity.settle(into: read(), on: today).encoded(), to: Folders.live.reciprocity, mode: 0o600)
    }
}
