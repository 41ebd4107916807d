// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSwarm

/// What one simulated peer is like.
package struct Role: Sendable {
    package enum Mischief: Sendable, CaseIterable {
        /// Every third block it sends is wrong.
        case badBlocks
        /// Every list of hashes it sends is wrong.
        case badHashes
        /// Names peers that do not exist, often.
        case badPeers
        /// Lets peers ask, and sends nothing.
        case freeRides
        /// Claims to have everything, and refuses every block.
        case boasts
    }

    package var isSeed = false
    package var startsFromMagnet = false
    package var gate = GatePermissions.open
    package var mischief: Mischief?
    /// In bytes per second; `nil` for one drawn from the conditions.
    package var uplink: Int?
    package var downlink: Int?
    /// Whether others can connect to it: `false` behind a NAT.
    package var isReachable = true
    /// Whether it speaks uTP besides TCP, and so can be met behind a NAT (BEP 55).
    package var speaksUTP = false
    /// Whether it speaks the fast extension (BEP 6).
    package var isFast = true
    /// Whether it comes and goes with the conditions' churn.
    package var isSteady = false
    /// In microseconds.
    package var startsAt = 0
    package var maximumConnections = 20
    package var uploadSlots: Int?
    package var reciprocity: Reciprocity?

    package init() {}

    package static var seed: Role {
        var role = Role()
        role.isSeed = true
        role.isSteady = true
        return role
    }

    package static var leech: Role { Role() }

    package func with(_ change: (inout Role) -> Void) -> Role {
        var role = self
        change(&role)
        return role
    }

    /// Whether it follows the rules, so that it must finish and must not be banned.
    package var isHonest: Bool { mischief == nil }
}
