// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardPrimitives

/// A SOCKS5 proxy on loopback that does what the test wants.
final class TestProxy: Sendable {
    enum Manner: Sendable {
        /// Asks for a password, takes any, and connects as it should.
        case relays
        /// Says these, each when something has come, and hangs up after the last if it is to.
        case says([[UInt8]], hangsUp: Bool)
    }

    private let server: any Channel
    /// Everything that was said to it by each connection before it relays.
    let heard: AsyncStream<[UInt8]>

    let url: String

    init(_ manner: Manner) async throws {
        let (heard, told) = AsyncStream.makeStream(of: [UInt8].self)
        self.heard = heard
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ProxyEnd(manner) { told.yield($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = "socks5://ada:pw@127.0.0.1:\(server.localAddress?.port ?? 0)"
    }

    func close() async throws { try await server.close() }
}

private final class ProxyEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: TestProxy.Manner
    private let told: ([UInt8]) -> Void
    private var step = 0
    private var bytes: [UInt8] = []
    private var other: (any Channel)?

    init(_ manner: TestProxy.Manner, told: @escaping ([UInt8]) -> Void) {
        self.manner = manner
        self.told = told
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = Self.unwrapInboundIn(data)
        if let other { return other.writeAndFlush(buffer, promise: nil) }
        bytes += buffer.readableBytesView
        switch manner {
        case .says(let words, let hangsUp):
            told(Array(buffer.readableBytesView))
            if step < words.count { say(words[step], context) }
            step += 1
            if step == words.count, hangsUp { context.close(promise: nil) }
        case .relays: relay(context)
        }
    }

    private func relay(_ context: ChannelHandlerContext) {
        // Greeting with two methods, login of "ada" and "pw", request for an IPv4 address.
        let lengths = [4, 8, 10]
        while step < 3, bytes.count >= lengths[step] {
            let words = Array(bytes.prefix(lengths[step]))
            bytes.removeFirst(words.count)
            told(words)
            step += 1
            switch step {
            case 1: say([5, 2], context)
            case 2: say([1, 0], context)
            default: connect(words, context)
            }
        }
    }

    private func connect(_ request: [UInt8], _ context: ChannelHandlerContext) {
        let near = context.channel
        let me = NIOLoopBound(self, eventLoop: context.eventLoop)
        let port = Int(request[8]) << 8 | Int(request[9])
        ClientBootstrap(group: context.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: request[4..<8].map(String.init).joined(separator: "."), port: port)
            .whenSuccess { far in
                me.value.other = far
                near.writeAndFlush(ByteBuffer(bytes: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), promise: nil)
                try? far.pipeline.syncOperations.addHandler(Onward(near))
                far.setOption(.autoRead, value: true).whenSuccess { far.read() }
            }
    }

    private func say(_ words: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: words)), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { other?.close(promise: nil) }
}

/// Passes on what comes.
private final class Onward: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let near: any Channel
    init(_ near: any Channel) { self.near = near }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        near.writeAndFlush(Self.unwrapInboundIn(data), promise: nil)
    }
    func channelInactive(context: ChannelHandlerContext) { near.close(promise: nil) }
}

@available(*, unavailable) extension ProxyEnd: Sendable {}
@available(*, unavailable) extension Onward: Sendable {}
