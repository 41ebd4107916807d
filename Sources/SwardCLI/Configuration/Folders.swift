// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials

/// Where sward keeps what is not a work: the XDG base directories.
/// Source: XDG Base Directory Specification 0.8; a relative path in a variable is to be ignored.
struct Folders: Sendable {
    /// `config.toml` and `keys/`.
    let configuration: String
    /// License texts brought by `license update`.
    let data: String
    /// What is already fetched and verified.
    let state: String
    /// What earlier scans found; may be deleted at any time.
    let cache: String

    static let live = Folders(environment: ProcessInfo.processInfo.environment)

    init(environment: [String: String]) {
        let home = environment["HOME"] ?? "/"
        func folder(_ variable: String, _ otherwise: String) -> String {
            if let path = environment[variable], path.hasPrefix("/") { return path + "/sward" }
            return home + "/" + otherwise + "/sward"
        }
        configuration = folder("XDG_CONFIG_HOME", ".config")
        data = folder("XDG_DATA_HOME", ".local/share")
        state = folder("XDG_STATE_HOME", ".local/state")
        cache = folder("XDG_CACHE_HOME", ".cache")
    }

    var configurationFile: String { configuration + "/config.toml" }
    var keys: String { configuration + "/keys" }
    var scanCache: String { cache + "/scan.sqlite" }
    var licenses: String { data + "/licenses" }
    var resume: String { state + "/resume" }
    var dhtNodes: String { state + "/dht-nodes" }
    var reciprocity: String { state + "/reciprocity" }
    var releases: String { state + "/releases" }
    var examined: String { state + "/examined" }
}
