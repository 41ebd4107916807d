// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore

/// Errors of sockets, to those who speak of them.
package enum SystemRefusal {
    /// - Returns: The `errno` of a call that failed; `nil` for errors of another kind.
    package static func code(of error: any Error) -> Int32? { (error as? IOError)?.errnoCode }
}
