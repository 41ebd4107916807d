// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// What the gateway answered.
package enum PCPAnswer: Hashable, Sendable {
    /// Where we are reached, for how many seconds, and how many the gateway has known its mappings.
    case granted(PeerAddress, lifetime: UInt32, epoch: UInt32)
    /// As RFC 6887, 7.4 numbers the reasons, and for how many seconds it will not change its mind.
    case refused(code: UInt8, lifetime: UInt32, epoch: UInt32)
    /// It speaks an older protocol, NAT-PMP, only.
    case otherVersion

    /// - Returns: `nil` for what answers another question, or is no answer; the right one may still come.
    package init?(_ bytes: [UInt8], to request: PCPRequest) {
        guard bytes.count >= 4, bytes[1] & 0x80 != 0 else { return nil }
        // RFC 6886, 3.5 and RFC 6887, 9: such a gateway answers in its own version, with code 1.
        guard bytes[0] == PCPRequest.version else {
            guard bytes[0] == 0, bytes[2] == 0, bytes[3] == 1 else { return nil }
            self = .otherVersion
            return
        }
        // "Responses [...] longer than 1100 octets or not a multiple of 4 octets are [...] silently ignored."
        guard PCPRequest.headerLength...1100 ~= bytes.count, bytes.count.isMultiple(of: 4),
            bytes[1] == 0x80 | PCPRequest.map
        else { return nil }
        let code = bytes[3]
        let (lifetime, epoch) = (bytes.bigEndian(at: 4), bytes.bigEndian(at: 8))
        let body = PCPRequest.headerLength
        guard bytes.count >= body + PCPRequest.mapLength else {
            // What could not even be read comes back without it.
            guard code == 1 || code == 3 else { return nil }
            self = .refused(code: code, lifetime: lifetime, epoch: epoch)
            return
        }
        guard Array(bytes[body..<(body + 12)]) == request.nonce,
            bytes[body + 12] == request.transport.rawValue,
            bytes[body + 16] == UInt8(request.client.port >> 8),
            bytes[body + 17] == UInt8(request.client.port & 255)
        else { return nil }
        guard code == 0 else {
            self = .refused(code: code, lifetime: lifetime, epoch: epoch)
            return
        }
        let port = UInt16(bytes[body + 18]) << 8 | UInt16(bytes[body + 19])
        guard let address = PeerAddress(ip: bytes[(body + 20)..<(body + 36)], port: port) else { return nil }
        self = .granted(address, lifetime: lifetime, epoch: epoch)
    }
}
