// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CPortMapping
import Glibc
import NIOCore
import NIOPosix
package import SwardPrimitives
import Synchronization

/// What became of asking the gateway to let peers in.
package enum PortMappingReport: Hashable, Sendable {
    /// `address` is where peers can reach us; without an IP where the gateway does not tell.
    case mapped(port: UInt16, address: PeerAddress?, by: String)
    case failed(String)
}

/// Holds a port open at the gateway, for TCP and UDP, by NAT-PMP or else by UPnP. Source: RFC 6886; UPnP IGD.
///
/// Only the default gateway is asked, and only its answers are heard. What was mapped is given back at the end, and after
/// an hour if there is none.
final class PortMapper: Sendable {
    /// In milliseconds.
    private static let patience: Int32 = 1800

    private struct State {
        var lease: PortLease
        /// As granted; asked for again when renewed.
        var outer: UInt16
        /// Whether it was NAT-PMP that granted it.
        var usesNATPMP = true
        var last: PortMappingReport?
        var isStopped = false
    }

    private let port: UInt16
    private let report: @Sendable (PortMappingReport) -> Void
    private let state: Mutex<State>
    /// One: a gateway is not asked two things at a time.
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let loop: any EventLoop

    init(port: UInt16, on loop: any EventLoop, report: @escaping @Sendable (PortMappingReport) -> Void) {
        self.port = port
        self.loop = loop
        self.report = report
        state = Mutex(State(lease: PortLease(at: .now), outer: port))
        pool.start()
        arm()
    }

    private func arm() {
        let deadline: ContinuousClock.Instant? = state.withLock { $0.isStopped ? nil : $0.lease.deadline }
        guard let deadline else { return }
        loop.scheduleTask(in: TimeAmount(max(.zero, deadline - .now))) { [weak self] in
            guard let self else { return }
            self.pool.submit { if case .active = $0 { self.ask() } }
        }
    }

    private func ask() {
        let (isStopped, outer) = state.withLock { ($0.isStopped, $0.outer) }
        guard !isStopped else { return }
        let natPMP = Result { () throws(PortMappingFailure) in try Self.byNATPMP(port, outer) }
        let result = natPMP.flatMapError { first in
            Result { () throws(PortMappingFailure) in
                do throws(PortMappingFailure) { return try Self.byUPnP(port, outer) } catch {
                    throw PortMappingFailure("\(first.reason); \(error.reason)")
                }
            }
        }
        let told: PortMappingReport? = state.withLock { state in
            let new: PortMappingReport
            switch result {
            case .success(let mapping):
                state.outer = mapping.port
                if case .success = natPMP { state.usesNATPMP = true } else { state.usesNATPMP = false }
                state.lease.granted(seconds: Int(mapping.lifetime), at: .now)
                new = .mapped(
                    port: mapping.port, address: Self.address(mapping),
                    by: state.usesNATPMP ? "NAT-PMP" : "UPnP")
            case .failure(let failure):
                state.lease.refused(at: .now)
                new = .failed(failure.reason)
            }
            defer { state.last = new }
            return state.last == new ? nil : new
        }
        if let told { report(told) }
        arm()
    }

    /// Gives the port back. Takes no longer than the gateway is waited for.
    func stop() async {
        let held: (outer: UInt16, usesNATPMP: Bool)? = state.withLock { state in
            state.isStopped = true
            return state.lease.isHeld ? (state.outer, state.usesNATPMP) : nil
        }
        if let held {
            // Whoever stops may be cancelled already; this is done all the same.
            await withCheckedContinuation { done in
                pool.submit { [port] state in
                    if case .active = state { Self.giveBack(port, held.outer, usesNATPMP: held.usesNATPMP) }
                    done.resume()
                }
            }
        }
        // Fails only when it was shut down before.
        try? await pool.shutdownGracefully()
    }

    // MARK: Gateways

    private struct PortMappingFailure: Error {
        let reason: String; init(_ reason: String) { self.reason = reason }
    }

    private static func byNATPMP(_ port: UInt16, _ outer: UInt16) throws(PortMappingFailure) -> sward_mapping
    {
        var mapping = sward_mapping()
        // UDP first: what is told is the one for TCP.
        for isUDP: Int32 in [1, 0] {
            let code = sward_natpmp_map(isUDP, port, outer, UInt32(PortLease.lifetime), patience, &mapping)
            guard code == 0 else { throw PortMappingFailure("NAT-PMP: \(words(code))") }
        }
        return mapping
    }

    private static func byUPnP(_ port: UInt16, _ outer: UInt16) throws(PortMappingFailure) -> sward_mapping {
        var gateway: OpaquePointer?
        let code = sward_igd_find(patience, &gateway)
        guard code == 0, let gateway else { throw PortMappingFailure("UPnP: \(words(code))") }
        defer { sward_igd_close(gateway) }
        var mapping = sward_mapping()
        for isUDP: Int32 in [1, 0] {
            let code = sward_igd_map(gateway, isUDP, port, outer, UInt32(PortLease.lifetime), &mapping)
            guard code == 0 else { throw PortMappingFailure("UPnP: \(words(code))") }
        }
        return mapping
    }

    private static func giveBack(_ port: UInt16, _ outer: UInt16, usesNATPMP: Bool) {
        guard !usesNATPMP else {
            var mapping = sward_mapping()
            for isUDP: Int32 in [0, 1] { _ = sward_natpmp_map(isUDP, port, 0, 0, patience, &mapping) }
            return
        }
        var gateway: OpaquePointer?
        guard sward_igd_find(patience, &gateway) == 0, let gateway else { return }
        defer { sward_igd_close(gateway) }
        for isUDP: Int32 in [1, 0] { _ = sward_igd_unmap(gateway, isUDP, outer) }
    }

    private static func address(_ mapping: sward_mapping) -> PeerAddress? {
        guard mapping.address != 0 else { return nil }
        return PeerAddress(ip: withUnsafeBytes(of: mapping.address) { Array($0) }, port: mapping.port)
    }

    private static func words(_ code: Int32) -> String {
        switch code {
        case Int32(SWARD_MAP_NO_LIBRARY): "the library is not installed"
        case Int32(SWARD_MAP_NO_GATEWAY): "there is no default gateway"
        case Int32(SWARD_MAP_NO_ANSWER): "the gateway does not answer"
        case Int32(SWARD_MAP_NOT_THERE): "the gateway does not do that"
        default: "refused with code \(code)"
        }
    }
}
