// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns the libraries' errors, which are facts, into sentences: what happened, where, what to do.
enum Words {
    static func sentence(for error: any Error) -> String {
        switch error {
        case let error as Misfortune: error.description
        case is CancellationError: "stopped before the end"
        default: String(describing: error)
        }
    }
}

/// An error that the command line itself makes: what happened, where, what to do.
struct Misfortune: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
