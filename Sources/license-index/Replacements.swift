// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What to write in place of a deprecated identifier for which the list's own XML names nothing.
///
/// Each line follows the note in the identifier's XML file, or the text itself where the note names none.
let replacements: [String: String] = [
    // The note: BSD-2-Clause-Views is the general form of the same text, final sentence included.
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    // The note: a stack of licenses that are all on the list. The nine parts are one CMU grant and eight
    // texts of three BSD clauses.
    "Net-SNMP": "MIT-CMU AND BSD-3-Clause",
    // The note: bzip2-1.0.6 matches it since list version 3.16.
    "bzip2-1.0.5": "bzip2-1.0.6",
]
