// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import Glibc

extension Folders {
    /// What earlier scans found; may be deleted at any time.
    static var scanCache: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
            return path + "/sward/scan.sqlite"
        }
        return (environment["HOME"] ?? "/") + "/.cache/sward/scan.sqlite"
    }

    /// What tells this build of the program from any other: what another one found may be wrong by now.
    static var programIdentity: String {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return Sward.version }
        return "\(Sward.version) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
