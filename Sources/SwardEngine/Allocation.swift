// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

enum Allocation {
    /// Tells malloc to keep freed buffers instead of giving them back at once.
    ///
    /// Read and write buffers of some 256 KiB come and go ten thousand times per GiB. By default each is mapped and
    /// unmapped anew, and the kernel clears every page of it.
    static func keepMemory() {
        // By name, for malloc.h is in no module; a C library without it has no such habit to break.
        guard let symbol = dlsym(nil, "mallopt") else { return }
        typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
        // The C library's own prototype of the function.
        let mallopt = unsafeBitCast(symbol, to: Mallopt.self)
        let trimThreshold: Int32 = -1
        let mapThreshold: Int32 = -3
        _ = mallopt(mapThreshold, 4 << 20)
        _ = mallopt(trimThreshold, 16 << 20)
    }

    /// Gives freed memory back to the system, once, whatever was said before.
    static func release() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        typealias Trim = @convention(c) (Int) -> Int32
        // The C library's own prototype of the function.
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }
}
