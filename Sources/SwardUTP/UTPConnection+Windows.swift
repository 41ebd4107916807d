// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// How much may be on its way. The shell lends what goes beyond the least, from a ``WindowBudget`` of all connections.
extension UTPConnection {
    /// In bytes sent and not yet acknowledged.
    package var sendLimit: Int { congestion.ceiling }

    /// In bytes, beyond what every connection may have.
    package var borrowed: Int {
        receiveLimit - Self.receiveLimits.lowerBound + sendLimit - Self.sendLimits.lowerBound
    }

    /// As ``wantsWidening``, of what we send.
    package var wantsToSendMore: Bool { congestion.isAtCeiling && sendLimit < Self.sendLimits.upperBound }

    /// Lets twice as much be on its way to us, up to the bound.
    package mutating func widen(at now: Int) {
        receiveLimit = min(2 * receiveLimit, Self.receiveLimits.upperBound)
        wantsWidening = false
        filled.receiving = now
    }

    /// Lets twice as much be on its way to the other end, up to the bound.
    package mutating func sendMore(at now: Int) {
        congestion.ceiling = min(2 * sendLimit, Self.sendLimits.upperBound)
        filled.sending = now
    }

    /// Gives back what was borrowed and has not been in use for ``idleness``.
    ///
    /// Who lets us keep many bytes and wait for one that is missing is given up: what was acknowledged cannot be forgotten.
    package mutating func giveBack(at now: Int) {
        guard ending == nil else { return }
        if now - filled.sending >= Self.idleness, outstanding.bytes <= Self.sendLimits.lowerBound {
            congestion.ceiling = Self.sendLimits.lowerBound
        }
        guard now - filled.receiving >= Self.idleness, receiveLimit > Self.receiveLimits.lowerBound else {
            return
        }
        if inbox.count <= Self.receiveLimits.lowerBound / 2 {
            receiveLimit = Self.receiveLimits.lowerBound
            wantsWidening = false
            // Who is not told sends as much as it was told last, and most of it is lost.
            owesAck = true
        } else if inbox.hasGaps {
            phase = .ended(.timedOut)
        }
    }

    /// The least round trip is what counts: where datagrams wait before a link, a wider window only makes them wait longer.
    mutating func countArrival(_ bytes: Int, at now: Int) {
        arrivals.bytes += bytes
        guard let mean = roundTrip.mean, now - arrivals.since >= max(mean, 1000) else { return }
        let withinRoundTrip = arrivals.bytes * (roundTrip.least ?? mean) / (now - arrivals.since)
        wantsWidening =
            receiveLimit < Self.receiveLimits.upperBound && withinRoundTrip >= receiveLimit / 2
        if withinRoundTrip >= receiveLimit / 4 { filled.receiving = now }
        arrivals = (0, now)
    }
}
