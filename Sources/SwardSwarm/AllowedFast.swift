// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardHash
internal import SwardPrimitives

/// The pieces that a peer may have while it is choked, the same from everyone who allows any. Source: BEP 6.
enum AllowedFast {
    /// How many we allow; BEP 6 suggests ten.
    static let count = 5

    /// - Parameter ip: of the peer, four bytes. BEP 6 has no provision for IPv6.
    /// - Returns: `count` different pieces, fewer when there are fewer; none for IPv6.
    static func pieces(count: Int, pieceCount: Int, infoHash: Digest160, ip: [UInt8]) -> [Int] {
        guard ip.count == 4, pieceCount > 0 else { return [] }
        var pieces: [Int] = []
        // Who has more than one address in a network gets one set.
        var state = Array(ip[..<3]) + [0] + infoHash.bytes
        while pieces.count < min(count, pieceCount) {
            let hash = SHA1.hash(state).bytes
            state = hash
            for start in stride(from: 0, to: 20, by: 4) where pieces.count < min(count, pieceCount) {
                let number = hash[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
                if !pieces.contains(number % pieceCount) { pieces.append(number % pieceCount) }
            }
        }
        return pieces
    }
}
