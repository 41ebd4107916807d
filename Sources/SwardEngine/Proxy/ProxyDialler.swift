// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardPrimitives
public import SwardWire
import Synchronization

/// Why the proxy did not do what it was asked.
public enum ProxyFailure: Error, Hashable, Sendable {
    /// Nobody answers where it should be.
    case unreachable
    /// It ended the connection, or took too long.
    case hungUp
    case fault(SOCKSFault)

    /// Whether it is the proxy that fails us, and not one peer. Of who hangs up nobody knows.
    var isOfProxy: Bool {
        switch self {
        case .unreachable: true
        case .hungUp: false
        case .fault(let fault): fault.isOfProxy
        }
    }
}

/// Reaches peers by a SOCKS5 proxy, over TCP.
final class ProxyDialler: Sendable {
    private let proxy: SOCKSProxy
    private let report: @Sendable (ProxyFailure) -> Void
    /// What was told last; once is enough.
    private let told = Mutex<ProxyFailure?>(nil)

    init(_ proxy: SOCKSProxy, report: @escaping @Sendable (ProxyFailure) -> Void) {
        self.proxy = proxy
        self.report = report
    }

    /// Opens a connection that reads nothing, once it is through, until it is told to.
    func dial(_ peer: PeerAddress, on loop: any EventLoop) -> EventLoopFuture<any Channel> {
        let through = Self.ask(proxy, to: .connect(peer), on: loop).map(\.channel)
        through.whenComplete { [self] in note($0) }
        return through
    }

    /// As ``dial(_:on:)``, for whatever the proxy is to do.
    ///
    /// - Returns: The connection, and the end that the proxy named. Fails with a ``ProxyFailure``.
    static func ask(
        _ proxy: SOCKSProxy, to command: SOCKSHandshake.Command, on loop: any EventLoop
    ) -> EventLoopFuture<(channel: any Channel, bound: SOCKSEnd)> {
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .peerChannelOptions()
            .channelOption(.autoRead, value: false)
        // The resolver denies literal IPv6 addresses on a machine that has but `::1`.
        let literal = try? SocketAddress(ipAddress: proxy.host, port: Int(proxy.port))
        let connecting =
            literal.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: proxy.host, port: Int(proxy.port))
        return connecting.flatMapErrorThrowing { _ in throw ProxyFailure.unreachable }
            .flatMap { channel in
                let isThrough = loop.makePromise(of: SOCKSEnd.self)
                let handshake = SOCKSHandshake(command, credentials: proxy.credentials)
                do {
                    try channel.pipeline.syncOperations.addHandler(
                        ProxyHandler(handshake, isThrough: isThrough))
                } catch {
                    isThrough.fail(ProxyFailure.hungUp)
                }
                return isThrough.futureResult.map { (channel, $0) }
            }
    }

    private func note(_ result: Result<any Channel, any Error>) {
        let failure: ProxyFailure?
        switch result {
        case .success: failure = nil
        case .failure(let error):
            // Of the peer it says nothing about the proxy.
            guard let known = error as? ProxyFailure, known.isOfProxy else { return }
            failure = known
        }
        let isNews = told.withLock { told in
            defer { told = failure }
            return told != failure
        }
        if isNews, let failure { report(failure) }
    }
}
