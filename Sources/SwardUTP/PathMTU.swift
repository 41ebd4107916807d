// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// How long a datagram the path takes, from a length that all take to that of common links, tried one by one.
///
/// What is tried is a datagram of the length in use, made longer by an extension that receivers skip. So when it is lost
/// its bytes are sent again without the padding: a datagram of uTP, once it has a number, can never be cut anew.
struct PathMTU: Sendable {
    /// Of a UDP payload, in bytes: what every IPv6 path takes.
    private(set) var length = 1280 - 48
    /// Those of Ethernet, of PPP over Ethernet, and of a tunnel.
    private var candidates: [Int]
    private var failures = 0
    /// Datagrams of the length in use that came through since something was last tried.
    private var arrivals = 0
    private var isTrying = false

    /// - Parameter overhead: in bytes, of what stands before each datagram on its way to a relay.
    init(isIPv6: Bool, overhead: Int = 0) {
        candidates = [1500, 1492, 1400].map { $0 - (isIPv6 ? 48 : 28) - overhead }
        length -= overhead
    }

    /// The bytes to make the next datagram of the length in use longer by; 0 most of the time.
    mutating func padding() -> Int {
        guard !isTrying, arrivals >= 8, let candidate = candidates.first else { return 0 }
        isTrying = true
        return candidate - length
    }

    mutating func arrived(padding: Int) {
        guard padding > 0 else {
            arrivals += 1
            return
        }
        // Those that are left are shorter.
        length += padding
        candidates = []
    }

    mutating func lost(padding: Int) {
        guard padding > 0, isTrying else { return }
        isTrying = false
        arrivals = 0
        failures += 1
        if failures == 2 {
            candidates.removeFirst()
            failures = 0
        }
    }
}
