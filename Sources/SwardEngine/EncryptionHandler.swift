// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardWire

/// The first handler of a peer's channel where it may be encrypted: performs the handshake of message stream encryption,
/// then deciphers what comes and enciphers what goes. Where both ends settle on plain bytes it takes itself out.
final class EncryptionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Dialled: the first that is written goes with the handshake.
        case dialled(Digest160, CipherChoice)
        /// Accepted: the first bytes tell how the peer speaks.
        case accepted(EncryptionPolicy, ByteBuffer)
        case underWay(EncryptionHandshake)
        case open(StreamCiphers)
        case plain
        case failed
    }

    private let directory: TorrentDirectory
    private var state: State
    /// Written before the handshake was through.
    private var held: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []

    init(dialling infoHash: Digest160, offer: CipherChoice, directory: TorrentDirectory) {
        self.directory = directory
        state = .dialled(infoHash, offer)
    }

    init(accepting policy: EncryptionPolicy, directory: TorrentDirectory) {
        self.directory = directory
        state = .accepted(policy, ByteBuffer())
    }

    /// Takes over where another left off, on another loop.
    init(continuing ciphers: StreamCiphers, directory: TorrentDirectory) {
        self.directory = directory
        state = .open(ciphers)
    }

    /// `nil` where bytes are plain, or not yet otherwise.
    var ciphers: StreamCiphers? { if case .open(let ciphers) = state { ciphers } else { nil } }

    /// A peer has begun to speak, and not come to its end.
    var isMidway: Bool {
        switch state {
        case .accepted(_, let waiting): waiting.readableBytes > 0
        case .underWay: true
        case .dialled, .open, .plain, .failed: false
        }
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        switch state {
        case .open(var ciphers):
            // Taken out meanwhile, so that the key streams are not copied.
            state = .plain
            ciphers.decrypt(&bytes)
            state = .open(ciphers)
            context.fireChannelRead(Self.wrapInboundOut(bytes))
        case .plain: context.fireChannelRead(data)
        case .accepted(let policy, var waiting):
            waiting.writeImmutableBuffer(bytes)
            listen(policy, waiting, context)
        case .underWay(let handshake): proceed(handshake, bytes, context)
        case .dialled, .failed: break
        }
    }

    private func listen(_ policy: EncryptionPolicy, _ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard let isPlain = Handshake.isPlain(bytes) else {
            state = .accepted(policy, bytes)
            return
        }
        if isPlain {
            guard policy != .require else { return fail(.encryption(.notEncrypted), context) }
            return becomePlain(bytes, context)
        }
        var random = SystemRandomNumberGenerator()
        proceed(EncryptionHandshake(answering: policy, draw: .init(from: &random)), bytes, context)
    }

    private func proceed(
        _ handshake: EncryptionHandshake, _ bytes: ByteBuffer, _ context: ChannelHandlerContext
    ) {
        var handshake = handshake
        do throws(WireError) {
            let action = try handshake.received(bytes, torrent: directory.infoHash)
            switch action {
            case .proceed(let send):
                state = .underWay(handshake)
                if send.readableBytes > 0 { context.writeAndFlush(Self.wrapOutboundOut(send), promise: nil) }
            case .finish(let send, let ciphers, let payload):
                if send.readableBytes > 0 { context.writeAndFlush(Self.wrapOutboundOut(send), promise: nil) }
                guard let ciphers else { return becomePlain(payload, context) }
                state = .open(ciphers)
                releaseHeld(context)
                if payload.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(payload)) }
            }
        } catch {
            fail(error, context)
        }
    }

    private func becomePlain(_ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        state = .plain
        releaseHeld(context)
        if payload.readableBytes > 0 { context.fireChannelRead(Self.wrapInboundOut(payload)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func fail(_ error: WireError, _ context: ChannelHandlerContext) {
        state = .failed
        // Whoever waits for the handshake is told why none will come.
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = Self.unwrapOutboundIn(data)
        switch state {
        case .open(var ciphers):
            state = .plain
            ciphers.encrypt(&bytes)
            state = .open(ciphers)
            context.write(Self.wrapOutboundOut(bytes), promise: promise)
        case .dialled(let infoHash, let offer):
            var random = SystemRandomNumberGenerator()
            let handshake = EncryptionHandshake(
                initiating: infoHash, offer: offer, payload: bytes, draw: .init(from: &random))
            state = .underWay(handshake)
            context.write(Self.wrapOutboundOut(handshake.opening), promise: promise)
        case .underWay, .accepted: held.append((bytes, promise))
        case .plain: context.write(data, promise: promise)
        case .failed: promise?.fail(ChannelError.ioOnClosedChannel)
        }
    }

    private func releaseHeld(_ context: ChannelHandlerContext) {
        guard !held.isEmpty else { return }
        let writes = held
        held = []
        for (bytes, promise) in writes {
            write(context: context, data: Self.wrapOutboundOut(bytes), promise: promise)
        }
        context.flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for (_, promise) in held { promise?.fail(ChannelError.ioOnClosedChannel) }
        held = []
    }
}

/// `EncryptionHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension EncryptionHandler: Sendable {}
