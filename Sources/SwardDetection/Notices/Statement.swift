// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// One thing that running text says of a license, before all of a file's are weighed against each other.
struct Statement: Sendable {
    /// How sure it is that this speaks for the file; the stronger one wins where two say the same.
    enum Strength: Int, Comparable, Sendable {
        /// "You should have received a copy of the …": tells which license was meant only where nothing else does.
        case mention
        /// A heading, an address, a badge.
        case hint
        /// A field, "MIT licensed", a module's mark.
        case field
        /// "… is distributed under the terms of …".
        case grant

        static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
    }

    var node: LicenseExpression.Node
    var strength: Strength
    /// In the text that was read.
    var bytes: Range<Int>
    var rule: String
    var score: Int
    /// It stands for a convention: a bare "BSD", an "MIT-style" license.
    var isVague = false
    /// "Alternatively, … under …": a choice beside what was said before.
    var isAlternative = false
    var isTag = false
    var saidVersion = false
    /// Stands in a string of a program.
    var isPrinted = false
    /// "This file …": said of the text it stands in.
    var saysThis = false
}

/// What else the grammar sees.
struct StatementMarks: Sendable {
    struct Exception: Sendable {
        var identifier: String
        var bytes: Range<Int>
        /// Its own words stand there, not only some that tell its kind.
        var isText = false
    }
    /// "As a special exception, …" and the like.
    var exceptions: [Exception] = []
    /// Where a text says that the licenses that follow are a choice.
    var choices: [Int] = []
    var pointers: [(path: String, bytes: Range<Int>)] = []
}
