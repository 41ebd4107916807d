// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CPortMapping
import SwardPCP
import SwardPrimitives

/// The gateway of one family as far as it speaks PCP. Waits for the network; for one thread at a time.
///
/// Ours, as no kept library speaks the protocol (libpcpnatpmp is not packaged, libnatpmp knows the older one only).
struct PCPGateway {
    private let isIPv6: Bool
    /// One for each mapping, as long as it is held.
    private let nonces: [PCPRequest.Transport: [UInt8]]
    /// What it said last, to be suggested when asked again.
    private var external: [PCPRequest.Transport: PeerAddress] = [:]

    init(isIPv6: Bool) {
        self.isIPv6 = isIPv6
        var nonces: [PCPRequest.Transport: [UInt8]] = [:]
        for transport in [.tcp, .udp] as [PCPRequest.Transport] {
            nonces[transport] = (0..<12).map { _ in UInt8.random(in: 0...255) }
        }
        self.nonces = nonces
    }

    struct Grant {
        /// Where peers reach us over TCP.
        var address: PeerAddress
        /// Of the gateway's last answer.
        var epoch: UInt32
        /// In seconds, the shorter of both.
        var lifetime: UInt32
    }

    /// Asks for a way in over both transports, or again for it.
    mutating func map(_ port: UInt16) throws(PortMappingFailure) -> Grant {
        var granted: Grant?
        // UDP first: what is told is the one for TCP.
        for transport in [.udp, .tcp] as [PCPRequest.Transport] {
            let (address, lifetime, epoch) = try ask(port, transport, UInt32(PortLease.lifetime))
            external[transport] = address
            granted = Grant(
                address: address, epoch: epoch, lifetime: min(lifetime, granted?.lifetime ?? .max))
        }
        guard let granted else { preconditionFailure("asked twice") }
        return granted
    }

    mutating func unmap(_ port: UInt16) {
        // A gateway that does not answer forgets by itself.
        for transport in external.keys { _ = try? ask(port, transport, 0) }
        external = [:]
    }

    private mutating func ask(
        _ port: UInt16, _ transport: PCPRequest.Transport, _ lifetime: UInt32
    ) throws(PortMappingFailure) -> (PeerAddress, lifetime: UInt32, epoch: UInt32) {
        var (handle, client): (Int32, [UInt8]) = (-1, [UInt8](repeating: 0, count: 16))
        let code = sward_pcp_open(isIPv6 ? 1 : 0, &handle, &client)
        guard code == 0, let own = PeerAddress(ip: client, port: port), let nonce = nonces[transport] else {
            throw PortMappingFailure("PCP: \(PortMappingFailure.words(code))")
        }
        defer { sward_pcp_close(handle) }
        let request = PCPRequest(
            nonce: nonce, client: own, transport: transport, suggested: external[transport],
            lifetime: lifetime)
        let bytes = request.bytes
        var sent: Int32 = 0
        var answer = [UInt8](repeating: 0, count: 1104)
        // Others' answers may come first; so many and no more.
        for _ in 0..<16 {
            let length = sward_pcp_ask(
                handle, bytes, Int32(bytes.count), &sent, &answer, Int32(answer.count))
            guard length >= 0 else { throw PortMappingFailure("PCP: \(PortMappingFailure.words(length))") }
            switch PCPAnswer(Array(answer[..<Int(length)]), to: request) {
            case nil: continue
            case .otherVersion: throw PortMappingFailure("PCP: the gateway does not do that")
            case .refused(let code, _, _):
                throw PortMappingFailure("PCP: refused with code \(code)")
            case .granted(let address, let lifetime, let epoch): return (address, lifetime, epoch)
            }
        }
        throw PortMappingFailure("PCP: the gateway says what was not asked")
    }
}
