// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of one torrent: SHA-1 (BEP 3), SHA-256 (BEP 52), or both for a hybrid.
///
/// - Invariant: at least one is there.
public struct InfoHashes: Hashable, Sendable {
    public let v1: Digest160?
    public let v2: Digest256?

    public init?(v1: Digest160?, v2: Digest256?) {
        guard v1 != nil || v2 != nil else { return nil }
        self.v1 = v1
        self.v2 = v2
    }

    /// What handshakes, trackers and the DHT may call this torrent: v1, and v2 cut to 20 bytes. Source: BEP 52.
    public var swarms: [Digest160] { [v1, v2?.truncated].compactMap { $0 } }

    /// Whether this and `other` share a name, so that they can be the same torrent.
    public func agrees(with other: InfoHashes) -> Bool {
        if let v1, let other = other.v1, v1 != other { return false }
        if let v2, let other = other.v2, v2 != other { return false }
        return (v1 != nil && other.v1 != nil) || (v2 != nil && other.v2 != nil)
    }
}
