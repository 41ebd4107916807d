// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardDetection
import SwardSPDX
import Testing

// REUSE-IgnoreStart
@Suite("Encodings of old") struct EncodingTests {
    static let notices: [(text: String, expression: String)] = [
        (
            "/* Puits, écrit à Évry\n * selon les termes de la Licence Publique Générale GNU, soit la version 3 de la licence, soit (à votre gré) toute version ultérieure. */\n",
            "GPL-3.0-or-later"
        ),
        (
            "/* Poço é software livre, sob os termos da Licença Pública Geral GNU; versão 2 da Licença. */\n",
            "GPL-2.0-only"
        ),
        ("/* Brunnen, für jeden: veröffentlicht unter der MIT-Lizenz. */\n", "MIT"),
    ]

    @Test("a notice says the same in UTF-8, Windows-1252 and UTF-16", arguments: notices)
    func isRead(_ row: (text: String, expression: String)) throws {
        for encoding in [String.Encoding.utf8, .windowsCP1252, .utf16] {
            let bytes = try #require(row.text.data(using: encoding))
            let found = bytes.withUnsafeBytes { LicenseDetector().detect($0, role: .other) }
            #expect(found.expression?.description == row.expression, "\(encoding)")
        }
    }
}
// REUSE-IgnoreEnd
