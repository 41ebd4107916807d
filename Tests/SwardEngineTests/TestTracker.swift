// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix

/// A UDP tracker on loopback that knows four seeds and three leeches of everything, and names nobody. Source: BEP 15.
final class TestTracker: Sendable {
    private let channel: any Channel

    init(interval: UInt32) async throws {
        channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(interval: interval))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func close() async throws { try await channel.close() }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    private let interval: UInt32

    init(interval: UInt32) { self.interval = interval }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        let datagram = envelope.data
        guard let action = datagram.getInteger(at: 8, as: UInt32.self),
            let transaction = datagram.getInteger(at: 12, as: UInt32.self)
        else { return }
        var answer = ByteBuffer()
        answer.writeMultipleIntegers(action, transaction)
        if action == 0 {
            answer.writeInteger(0x0123_4567_89ab_cdef as UInt64)
        } else {
            answer.writeMultipleIntegers(interval, 3 as UInt32, 4 as UInt32)
        }
        context.writeAndFlush(
            Self.wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: answer)),
            promise: nil)
    }
}

@available(*, unavailable) extension Answering: Sendable {}
