// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Unlocks a PDF that opens without a password, as every viewer does.
///
/// Not there yet for any handler: the words of such a file stay unread, its lock is told all the same.
struct PDFDecryption {
    init?(_ entries: [String: PDFValue], _ file: PDFFile) { return nil }

    func decrypted(_ value: PDFValue, object: Int, generation: Int) -> PDFValue { value }

    func decryptedStream(_ bytes: [UInt8], _ entries: [String: PDFValue], object: Int, generation: Int)
        -> [UInt8]
    {
        bytes
    }
}
