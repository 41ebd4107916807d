// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardWire

/// The first handler of a channel to a proxy: has it do what it is asked, then takes itself out.
///
/// It is added to a channel that is open; nobody else reads or writes before it is through. What the peer says with the proxy's last word is kept for the first who reads.
final class ProxyHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case underWay(SOCKSHandshake)
        case through(rest: ByteBuffer)
        case failed
    }

    /// How long the proxy may take to reach a peer.
    static let patience = TimeAmount.seconds(20)

    private var state: State
    private let isThrough: EventLoopPromise<SOCKSEnd>
    private var timeout: Scheduled<Void>?

    /// - Parameter isThrough: fulfilled when it did so, with the end that it named, or will not.
    init(_ handshake: SOCKSHandshake, isThrough: EventLoopPromise<SOCKSEnd>) {
        state = .underWay(handshake)
        self.isThrough = isThrough
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard case .underWay(let handshake) = state else { return }
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            [channel = context.channel] in
            channel.close(promise: nil)
        }
        context.writeAndFlush(Self.wrapOutboundOut(handshake.opening), promise: nil)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .underWay(var handshake) = state else { return context.fireChannelRead(data) }
        do throws(SOCKSFault) {
            switch try handshake.received(Self.unwrapInboundIn(data)) {
            case .proceed(let send):
                state = .underWay(handshake)
                if send.readableBytes > 0 { context.writeAndFlush(Self.wrapOutboundOut(send), promise: nil) }
            case .finish(let rest):
                state = .through(rest: rest)
                timeout?.cancel()
                if let bound = handshake.bound { isThrough.succeed(bound) }
            }
        } catch {
            fail(ProxyFailure.fault(error), context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        switch state {
        case .underWay: context.read()
        case .through: context.fireChannelReadComplete()
        case .failed: break
        }
    }

    func read(context: ChannelHandlerContext) {
        guard case .through(let rest) = state else { return context.read() }
        if rest.readableBytes > 0 {
            state = .through(rest: ByteBuffer())
            context.fireChannelRead(Self.wrapInboundOut(rest))
            context.fireChannelReadComplete()
        }
        context.read()
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .underWay = state { fail(ProxyFailure.hungUp, context) }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .underWay = state else { return context.fireErrorCaught(error) }
        fail(ProxyFailure.hungUp, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timeout?.cancel()
        // Does nothing where it was fulfilled before.
        isThrough.fail(ProxyFailure.hungUp)
    }

    private func fail(_ failure: ProxyFailure, _ context: ChannelHandlerContext) {
        state = .failed
        timeout?.cancel()
        isThrough.fail(failure)
        context.close(promise: nil)
    }
}

/// `ProxyHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension ProxyHandler: Sendable {}
