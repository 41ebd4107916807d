// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

package enum Allocation {
    /// Gives freed memory back to the system; by default what was freed between two blocks in use stays with malloc.
    package static func release() {
        // By name, for malloc.h is in no module; a C library without it has nothing to give back.
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        typealias Trim = @convention(c) (Int) -> Int32
        // The C library's own prototype of the function.
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }
}
