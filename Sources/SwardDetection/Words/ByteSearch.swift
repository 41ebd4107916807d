// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Looks for text in text by bytes.
package enum ByteSearch {
    package static func contains(_ part: String, in whole: some StringProtocol) -> Bool {
        var part = part
        return part.withUTF8 { part in
            unsafe whole.utf8.withContiguousStorageIfAvailable { unsafe contains(part, in: $0) }
                ?? Array(whole.utf8).withUnsafeBufferPointer { unsafe contains(part, in: $0) }
        }
    }

    private static func contains(
        _ part: UnsafeBufferPointer<UInt8>, in whole: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let first = unsafe part.first else { return true }
        var start = 0
        while start <= whole.count - part.count {
            if unsafe whole[start] == first {
                var step = 1
                while step < part.count, unsafe whole[start + step] == part[step] { step += 1 }
                if step == part.count { return true }
            }
            start += 1
        }
        return false
    }
}

extension StringProtocol {
    /// In place of the standard library's, which compares characters and makes a table for every call.
    func contains(_ text: String) -> Bool { ByteSearch.contains(text, in: self) }
}
