// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import CPortMapping
import Glibc
import NIOCore
import NIOPosix
import SwardPCP
public import SwardPrimitives
import Synchronization

/// What became of asking the gateway to let peers in.
public enum PortMappingReport: Hashable, Sendable {
    /// `address` is where peers can reach us; without an IP where the gateway does not tell.
    case mapped(port: UInt16, address: PeerAddress?, by: String)
    case failed(String)
}

/// Holds a port open at the gateway, for TCP and UDP: by PCP, or else by NAT-PMP, or else by UPnP; and for IPv6, where
/// the gateway is a firewall, by PCP. Source: RFC 6887; RFC 6886; UPnP IGD.
///
/// Only the default gateway is asked, and only its answers are heard. What was mapped is given back at the end, and after
/// an hour if there is none.
final class PortMapper: Sendable {
    /// In milliseconds.
    private static let patience: Int32 = 1800

    fileprivate struct Clock: Hashable {
        var kind: GatewayAnnouncement.Kind
        var isIPv6 = false
    }

    fileprivate enum Method: String { case pcp = "PCP", natPMP = "NAT-PMP", upnp = "UPnP" }

    fileprivate struct State {
        var lease: PortLease
        /// As granted; asked for again when renewed.
        var outer: UInt16
        /// Which protocol granted it.
        fileprivate var method: Method?
        var isOpen6 = false
        var last: [Bool: PortMappingReport] = [:]
        var isStopped = false
        var timer: Scheduled<Void>?
        /// What the gateway's clock said last.
        var epochs: [Clock: GatewayEpoch] = [:]
        var listeners: [any Channel] = []
    }

    private let port: UInt16
    private let families: Set<Bool>
    private let report: @Sendable (PortMappingReport) -> Void
    private let state: Mutex<State>
    /// By whether of IPv6; on the thread of the pool alone.
    private let gateways: Mutex<[Bool: PCPGateway]>
    /// One: a gateway is not asked two things at a time.
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let loop: any EventLoop

    /// - Parameter isIPv6: of which families we listen.
    init(
        port: UInt16, isIPv6 families: Set<Bool>, on loop: any EventLoop,
        report: @escaping @Sendable (PortMappingReport) -> Void
    ) {
        self.port = port
        self.families = families
        self.loop = loop
        self.report = report
        state = Mutex(State(lease: PortLease(at: .now), outer: port))
        gateways = Mutex([false: PCPGateway(isIPv6: false), true: PCPGateway(isIPv6: true)])
        pool.start()
        arm()
        listen()
    }

    private func arm() {
        state.withLock { state in
            state.timer?.cancel()
            state.timer = nil
            guard !state.isStopped else { return }
            let delay = TimeAmount(max(.zero, state.lease.deadline - .now))
            state.timer = loop.scheduleTask(in: delay) { [weak self] in
                guard let self else { return }
                self.pool.submit { if case .active = $0 { self.ask() } }
            }
        }
    }

    // MARK: Announcements

    /// Hears what gateways tell all on their network; without it, what a gateway lost is asked for when it would be renewed.
    private func listen() {
        for isIPv6 in [false, true] {
            let address = try? SocketAddress(
                ipAddress: isIPv6 ? "::" : "0.0.0.0", port: Int(GatewayAnnouncement.port))
            guard let address else { continue }
            // Other programs of this machine listen there too.
            var bootstrap = DatagramBootstrap(group: loop)
                .channelOption(.socketOption(.so_reuseaddr), value: 1)
                .channelInitializer { [weak self] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AnnouncementHandler(self))
                    }
                }
            if isIPv6 {
                bootstrap = bootstrap.channelOption(
                    ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
            }
            bootstrap.bind(to: address).whenSuccess { [weak self] channel in
                let isWanted = self?.state.withLock { state in
                    if !state.isStopped { state.listeners.append(channel) }
                    return !state.isStopped
                }
                if isWanted != true { channel.close(promise: nil) }
            }
        }
    }

    fileprivate func heard(_ bytes: [UInt8], from sender: PeerAddress) {
        guard sender.port == GatewayAnnouncement.gatewayPort, let told = GatewayAnnouncement(bytes),
            Self.isGateway(sender)
        else { return }
        let clock = Clock(kind: told.kind, isIPv6: !sender.isIPv4)
        let isNews = state.withLock { state in
            // Of one that was never heard nothing was had.
            guard state.epochs[clock] != nil, !state.noted(told.epoch, by: clock) else { return false }
            // "It MUST wait a random amount of time between 0 and 5 seconds."
            state.lease.forgotten(askingAfter: .milliseconds(.random(in: 0...5000)), at: .now)
            return true
        }
        if isNews { arm() }
    }

    private static func isGateway(_ sender: PeerAddress) -> Bool {
        var gateway = [UInt8](repeating: 0, count: 16)
        guard sward_gateway(sender.isIPv4 ? 0 : 1, &gateway) != 0 else { return false }
        return sender.ip16 == gateway
    }

    private func ask() {
        guard !state.withLock({ $0.isStopped }) else { return }
        var lifetimes: [UInt32] = []
        var told: [(PortMappingReport, isIPv6: Bool)] = []
        for isIPv6 in [false, true] where families.contains(isIPv6) {
            let result = Result { () throws(PortMappingFailure) in isIPv6 ? try open6() : try open4() }
            switch result {
            case .success(let (report, lifetime)):
                lifetimes.append(lifetime)
                told.append((report, isIPv6))
            case .failure(let failure):
                // Most networks of IPv6 have nobody to ask, and need nobody.
                if !isIPv6 || families == [true] { told.append((.failed(failure.reason), isIPv6)) }
            }
        }
        state.withLock { state in
            if let lifetime = lifetimes.min() {
                state.lease.granted(seconds: Int(lifetime), at: .now)
            } else {
                state.lease.refused(at: .now)
            }
        }
        // After it is noted: who stops on hearing of it gives it back.
        for (report, isIPv6) in told { tell(report, isIPv6) }
        arm()
    }

    private func tell(_ told: PortMappingReport, _ isIPv6: Bool) {
        let isNews = state.withLock { state in
            defer { state.last[isIPv6] = told }
            return state.last[isIPv6] != told
        }
        if isNews { report(told) }
    }

    private func byPCP(_ isIPv6: Bool) throws(PortMappingFailure) -> PCPGateway.Grant {
        let grant = try askByPCP(isIPv6)
        state.withLock { _ = $0.noted(grant.epoch, by: Clock(kind: .pcp, isIPv6: isIPv6)) }
        return grant
    }

    private func askByPCP(_ isIPv6: Bool) throws(PortMappingFailure) -> PCPGateway.Grant {
        let result = gateways.withLock { gateways in
            Result { () throws(PortMappingFailure) in
                guard var gateway = gateways[isIPv6] else { preconditionFailure("made in init") }
                defer { gateways[isIPv6] = gateway }
                return try gateway.map(port)
            }
        }
        return try result.get()
    }

    private func open6() throws(PortMappingFailure) -> (PortMappingReport, UInt32) {
        let granted = try byPCP(true)
        state.withLock { $0.isOpen6 = true }
        return (
            .mapped(port: granted.address.port, address: granted.address, by: Method.pcp.rawValue),
            granted.lifetime
        )
    }

    private func open4() throws(PortMappingFailure) -> (PortMappingReport, UInt32) {
        var reasons: [String] = []
        do throws(PortMappingFailure) {
            let granted = try byPCP(false)
            return took(
                .pcp, granted.address.port,
                granted.address.ip.allSatisfy { $0 == 0 } ? nil : granted.address, granted.lifetime)
        } catch { reasons.append(error.reason) }
        let outer = state.withLock { $0.outer }
        for (method, ask) in [(Method.natPMP, Self.byNATPMP), (.upnp, Self.byUPnP)] {
            do throws(PortMappingFailure) {
                let mapping = try ask(port, outer)
                if method == .natPMP {
                    state.withLock { _ = $0.noted(mapping.epoch, by: Clock(kind: .natPMP)) }
                }
                return took(method, mapping.port, Self.address(mapping), mapping.lifetime)
            } catch { reasons.append(error.reason) }
        }
        throw PortMappingFailure(reasons.joined(separator: "; "))
    }

    private func took(
        _ method: Method, _ outer: UInt16, _ address: PeerAddress?, _ lifetime: UInt32
    ) -> (PortMappingReport, UInt32) {
        state.withLock { ($0.outer, $0.method) = (outer, method) }
        return (.mapped(port: outer, address: address, by: method.rawValue), lifetime)
    }

    /// Gives the port back. Takes no longer than the gateway is waited for.
    func stop() async {
        let (outer, method, isOpen6): (UInt16, Method?, Bool) = state.withLock { state in
            state.isStopped = true
            state.timer?.cancel()
            for listener in state.listeners { listener.close(promise: nil) }
            return (state.outer, state.lease.isHeld ? state.method : nil, state.isOpen6)
        }
        if method != nil || isOpen6 {
            // Whoever stops may be cancelled already; this is done all the same.
            await withCheckedContinuation { done in
                pool.submit { [self] state in
                    if case .active = state { giveBack(outer, method, isOpen6) }
                    done.resume()
                }
            }
        }
        // Fails only when it was shut down before.
        try? await pool.shutdownGracefully()
    }

    private func giveBack(_ outer: UInt16, _ method: Method?, _ isOpen6: Bool) {
        gateways.withLock { gateways in
            if method == .pcp { gateways[false]?.unmap(port) }
            if isOpen6 { gateways[true]?.unmap(port) }
        }
        switch method {
        case .natPMP:
            var mapping = sward_mapping()
            for isUDP: Int32 in [0, 1] { _ = sward_natpmp_map(isUDP, port, 0, 0, Self.patience, &mapping) }
        case .upnp:
            var gateway: OpaquePointer?
            guard sward_igd_find(Self.patience, &gateway) == 0, let gateway else { return }
            defer { sward_igd_close(gateway) }
            for isUDP: Int32 in [1, 0] { _ = sward_igd_unmap(gateway, isUDP, outer) }
        case .pcp, nil: break
        }
    }

    // MARK: Gateways

    private static func byNATPMP(_ port: UInt16, _ outer: UInt16) throws(PortMappingFailure) -> sward_mapping
    {
        var mapping = sward_mapping()
        // UDP first: what is told is the one for TCP.
        for isUDP: Int32 in [1, 0] {
            let code = sward_natpmp_map(isUDP, port, outer, UInt32(PortLease.lifetime), patience, &mapping)
            guard code == 0 else { throw PortMappingFailure("NAT-PMP: \(PortMappingFailure.words(code))") }
        }
        return mapping
    }

    private static func byUPnP(_ port: UInt16, _ outer: UInt16) throws(PortMappingFailure) -> sward_mapping {
        var gateway: OpaquePointer?
        let code = sward_igd_find(patience, &gateway)
        guard code == 0, let gateway else {
            throw PortMappingFailure("UPnP: \(PortMappingFailure.words(code))")
        }
        defer { sward_igd_close(gateway) }
        var mapping = sward_mapping()
        for isUDP: Int32 in [1, 0] {
            let code = sward_igd_map(gateway, isUDP, port, outer, UInt32(PortLease.lifetime), &mapping)
            guard code == 0 else { throw PortMappingFailure("UPnP: \(PortMappingFailure.words(code))") }
        }
        return mapping
    }

    private static func address(_ mapping: sward_mapping) -> PeerAddress? {
        guard mapping.address != 0 else { return nil }
        return PeerAddress(ip: withUnsafeBytes(of: mapping.address) { Array($0) }, port: mapping.port)
    }
}

extension PortMapper.State {
    /// - Returns: whether the gateway still knows what it knew.
    fileprivate mutating func noted(_ epoch: UInt32, by clock: PortMapper.Clock) -> Bool {
        epochs[clock, default: GatewayEpoch()].note(epoch, at: .now)
    }
}

private final class AnnouncementHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private weak var mapper: PortMapper?

    init(_ mapper: PortMapper?) { self.mapper = mapper }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        guard envelope.data.readableBytes <= 1100, let sender = PeerAddress(envelope.remoteAddress) else {
            return
        }
        mapper?.heard(Array(envelope.data.readableBytesView), from: sender)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// `AnnouncementHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension AnnouncementHandler: Sendable {}

/// Why the gateway opens nothing, in words.
struct PortMappingFailure: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    static func words(_ code: Int32) -> String {
        switch code {
        case Int32(SWARD_MAP_NO_LIBRARY): "the library is not installed"
        case Int32(SWARD_MAP_NO_GATEWAY): "there is no default gateway"
        case Int32(SWARD_MAP_NO_ANSWER): "the gateway does not answer"
        case Int32(SWARD_MAP_NOT_THERE): "the gateway does not do that"
        default: "refused with code \(code)"
        }
    }
}
