// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
import SwardPrimitives

/// A SOCKS5 proxy on loopback that does what the test wants.
final class TestProxy: Sendable {
    enum Manner: Sendable {
        /// Asks for a password, takes any, and connects as it should; of datagrams it knows nothing.
        case relays
        /// As ``relays``, and passes datagrams on.
        case passesDatagrams
        /// Says these, each when something has come, and hangs up after the last if it is to.
        case says([[UInt8]], hangsUp: Bool)
    }

    /// What went through it as a datagram.
    struct Datagram: Sendable {
        /// Whether it came from who asked for the way.
        let isOutward: Bool
        /// As it is between us and the proxy: header and payload.
        let bytes: [UInt8]
        /// Of who sent it, and of the relay.
        let port: Int
        let relayPort: Int
    }

    private let server: any Channel
    /// Everything that was said to it by each connection that is to reach a peer, before it relays.
    let heard: AsyncStream<[UInt8]>
    /// The requests to pass datagrams.
    let asked: AsyncStream<[UInt8]>
    let datagrams: AsyncStream<Datagram>

    let url: String

    init(_ manner: Manner) async throws {
        let (heard, told) = AsyncStream.makeStream(of: [UInt8].self)
        self.heard = heard
        let (asked, ask) = AsyncStream.makeStream(of: [UInt8].self)
        self.asked = asked
        let (datagrams, pass) = AsyncStream.makeStream(of: Datagram.self)
        self.datagrams = datagrams
        let (controls, control) = AsyncStream.makeStream(of: (any Channel).self)
        self.controls = controls
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ProxyEnd(
                            manner, told: { told.yield($0) },
                            asked: {
                                ask.yield($0)
                                control.yield(channel)
                            }, passed: { pass.yield($0) }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = "socks5://ada:pw@127.0.0.1:\(server.localAddress?.port ?? 0)"
    }

    /// Connections that datagrams hang on.
    let controls: AsyncStream<any Channel>

    func close() async throws { try await server.close() }
}

private final class ProxyEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: TestProxy.Manner
    private let told: ([UInt8]) -> Void
    private let asked: ([UInt8]) -> Void
    private let passed: (TestProxy.Datagram) -> Void
    private var said: [[UInt8]] = []
    private var relay: (any Channel)?
    private var step = 0
    private var bytes: [UInt8] = []
    private var other: (any Channel)?

    init(
        _ manner: TestProxy.Manner, told: @escaping ([UInt8]) -> Void,
        asked: @escaping ([UInt8]) -> Void, passed: @escaping (TestProxy.Datagram) -> Void
    ) {
        self.manner = manner
        self.told = told
        self.asked = asked
        self.passed = passed
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
        case .relays, .passesDatagrams: relay(context)
        }
    }

    private func relay(_ context: ChannelHandlerContext) {
        // Greeting with two methods, login of "ada" and "pw", request for an IPv4 address.
        let lengths = [4, 8, 10]
        while step < 3, bytes.count >= lengths[step] {
            let words = Array(bytes.prefix(lengths[step]))
            bytes.removeFirst(words.count)
            said.append(words)
            step += 1
            switch step {
            case 1: say([5, 2], context)
            case 2: say([1, 0], context)
            case _ where words[1] == 3: pass(words, context)
            default:
                for words in said { told(words) }
                connect(words, context)
            }
        }
    }

    private func pass(_ request: [UInt8], _ context: ChannelHandlerContext) {
        asked(request)
        guard case .passesDatagrams = manner else { return say([5, 7, 0, 1, 0, 0, 0, 0, 0, 0], context) }
        let near = context.channel
        let me = NIOLoopBound(self, eventLoop: context.eventLoop)
        DatagramBootstrap(group: context.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramRelay(passed: me.value.passed))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .whenSuccess { relay in
                me.value.relay = relay
                let port = UInt16(relay.localAddress?.port ?? 0)
                // Where it is itself.
                let words: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, UInt8(port >> 8), UInt8(port & 255)]
                near.writeAndFlush(ByteBuffer(bytes: words), promise: nil)
            }
    }

    private func connect(_ request: [UInt8], _ context: ChannelHandlerContext) {
        let near = context.channel
        let me = NIOLoopBound(self, eventLoop: context.eventLoop)
        let port = Int(request[8]) << 8 | Int(request[9])
        ClientBootstrap(group: context.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: request[4..<8].map(String.init).joined(separator: "."), port: port)
            .whenComplete { result in
                guard case .success(let far) = result else {
                    // Connection refused.
                    near.writeAndFlush(ByteBuffer(bytes: [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]), promise: nil)
                    return near.close(promise: nil)
                }
                me.value.other = far
                near.writeAndFlush(ByteBuffer(bytes: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), promise: nil)
                try? far.pipeline.syncOperations.addHandler(Onward(near))
                far.setOption(.autoRead, value: true).whenSuccess { far.read() }
            }
    }

    private func say(_ words: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: words)), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other?.close(promise: nil)
        relay?.close(promise: nil)
    }
}

/// The first who sends something is who asked; names all lead to this machine.
private final class DatagramRelay: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    private let passed: (TestProxy.Datagram) -> Void
    private var client: SocketAddress?

    init(passed: @escaping (TestProxy.Datagram) -> Void) { self.passed = passed }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = Self.unwrapInboundIn(data)
        var bytes = Array(envelope.data.readableBytesView)
        let target: SocketAddress?
        if client == nil || client == envelope.remoteAddress {
            client = envelope.remoteAddress
            pass(bytes, isOutward: true, envelope, context)
            let length = bytes[3] == 3 ? 7 + Int(bytes[4]) : 10
            let port = Int(bytes[length - 2]) << 8 | Int(bytes[length - 1])
            let host = bytes[3] == 1 ? bytes[4..<8].map(String.init).joined(separator: ".") : "127.0.0.1"
            target = try? SocketAddress(ipAddress: host, port: port)
            bytes.removeFirst(length)
        } else {
            let port = UInt16(envelope.remoteAddress.port ?? 0)
            bytes = [0, 0, 0, 1, 127, 0, 0, 1, UInt8(port >> 8), UInt8(port & 255)] + bytes
            pass(bytes, isOutward: false, envelope, context)
            target = client
        }
        guard let target else { return }
        let onward = AddressedEnvelope(remoteAddress: target, data: ByteBuffer(bytes: bytes))
        context.writeAndFlush(Self.wrapOutboundOut(onward), promise: nil)
    }

    private func pass(
        _ bytes: [UInt8], isOutward: Bool, _ envelope: AddressedEnvelope<ByteBuffer>,
        _ context: ChannelHandlerContext
    ) {
        passed(
            TestProxy.Datagram(
                isOutward: isOutward, bytes: bytes, port: envelope.remoteAddress.port ?? 0,
                relayPort: context.localAddress?.port ?? 0))
    }

    // Nobody is there: an ICMP error, which is nobody's end.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

@available(*, unavailable) extension DatagramRelay: Sendable {}

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
