// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// How many files and connections the process may hold open.
enum DescriptorLimit {
    private static let wanted: rlim_t = 65_536

    /// Takes what the system allows: many give a process 1 024 at first, and some hundreds of works that are asked for, with
    /// their peers, pass that.
    static func raise() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < min(limit.rlim_max, wanted) else { return }
        limit.rlim_cur = min(limit.rlim_max, wanted)
        _ = setrlimit(resource, &limit)
    }
}
