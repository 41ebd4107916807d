// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import NIOCore
import NIOPosix
import SwardPrimitives
import SwardWire

/// Whether datagrams go by the proxy.
public enum PassageReport: Hashable, Sendable {
    case open
    case closed(ProxyFailure)
}

/// Keeps a way for datagrams open through a SOCKS5 proxy: the connection it was asked by, and a ``DatagramPort`` that goes
/// by its relay. Belongs to one event loop.
final class DatagramPassage {
    /// How long a start waits for the proxy's word.
    private static let patience = TimeAmount.seconds(3)
    /// In seconds: a proxy that is gone without a word is found out by keepalives of TCP, in two minutes.
    private static let keepAlive = (idle: 60, interval: 20, count: 3)

    let port: DatagramPort
    private let proxy: SOCKSProxy
    private let loop: any EventLoop
    private let report: @Sendable (PassageReport) -> Void
    private var core = DatagramAssociation()
    private var control: (any Channel)?
    private var timer: Scheduled<Void>?
    /// What was told last; once is enough.
    private var told: PassageReport?
    /// Fulfilled when it is known whether there is a way.
    private let decided: EventLoopPromise<Void>

    private init(
        by proxy: SOCKSProxy, on loop: any EventLoop, report: @escaping @Sendable (PassageReport) -> Void
    ) {
        self.proxy = proxy
        self.loop = loop
        self.report = report
        port = DatagramPort(loop: loop, isRelayed: true)
        decided = loop.makePromise()
    }

    /// Asks the proxy, and waits a little for its answer.
    static func open(
        by proxy: SOCKSProxy, on loop: any EventLoop, report: @escaping @Sendable (PassageReport) -> Void
    ) async throws -> NIOLoopBound<DatagramPassage> {
        try await loop.flatSubmit {
            let passage = DatagramPassage(by: proxy, on: loop, report: report)
            let me = NIOLoopBound(passage, eventLoop: loop)
            passage.port.lostRelay = { [weak passage] in passage?.control?.close(promise: nil) }
            passage.perform(passage.core.start())
            loop.scheduleTask(in: patience) { me.value.decided.succeed() }
            return passage.decided.futureResult.map { me }
        }.get()
    }

    /// Whether there is a way, or may be one later.
    var isPossible: Bool { !core.isClosed }
    var isOpen: Bool { core.isOpen }
    /// Why there is none.
    var failure: ProxyFailure? { if case .closed(let failure)? = told { failure } else { nil } }

    func close() {
        core.close()
        timer?.cancel()
        decided.succeed()
        port.close()
        control?.close(promise: nil)
        control = nil
    }

    private func perform(_ action: DatagramAssociation.Action) {
        switch action {
        case .none: break
        case .ask: ask()
        case .use(let relay): use(relay)
        case .hangUp(let fault):
            control?.close(promise: nil)
            control = nil
            tell(.closed(.fault(fault)))
        }
        arm()
    }

    private func arm() {
        timer?.cancel()
        guard let deadline = core.deadline else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: TimeAmount(deadline - .now)) {
            me.value.perform(me.value.core.timerFired(at: .now))
        }
    }

    private func ask() {
        let me = NIOLoopBound(self, eventLoop: loop)
        ProxyDialler.ask(proxy, to: .passDatagrams, on: loop).whenComplete { me.value.answered($0) }
    }

    private func answered(_ result: Result<(channel: any Channel, bound: SOCKSEnd), any Error>) {
        switch result {
        case .success(let (channel, bound)):
            guard !core.isClosed, let address = channel.remoteAddress.flatMap(PeerAddress.init) else {
                channel.close(promise: nil)
                return
            }
            control = channel
            perform(core.didAgree(on: bound, by: address, at: .now))
        case .failure(let error):
            let failure = error as? ProxyFailure ?? .hungUp
            if case .fault(let fault) = failure {
                core.didFail(fault, at: .now)
            } else {
                core.didFail(nil, at: .now)
            }
            tell(.closed(failure))
            arm()
        }
    }

    private func use(_ relay: PeerAddress) {
        guard let control else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        let id = ObjectIdentifier(control)
        control.closeFuture.whenComplete { _ in me.value.ended(id) }
        keepAlive(control)
        let local = control.localAddress.flatMap(PeerAddress.init)
        port.enter(relay, from: local).whenComplete { result in
            guard let control = me.value.control, ObjectIdentifier(control) == id else { return }
            switch result {
            case .success: me.value.tell(.open)
            // The system has no way there.
            case .failure: control.close(promise: nil)
            }
        }
        // Whatever is said there is dropped; the end of it is what matters.
        control.setOption(.autoRead, value: true).whenComplete { _ in }
    }

    private func keepAlive(_ control: any Channel) {
        let values = [
            (NIOBSDSocket.OptionLevel.socket, NIOBSDSocket.Option.so_keepalive, 1),
            (.tcp, .init(rawValue: TCP_KEEPIDLE), Self.keepAlive.idle),
            (.tcp, .init(rawValue: TCP_KEEPINTVL), Self.keepAlive.interval),
            (.tcp, .init(rawValue: TCP_KEEPCNT), Self.keepAlive.count),
        ]
        for (level, name, value) in values {
            // Without it the end is noticed later.
            control.setOption(
                ChannelOptions.Types.SocketOption(level: level, name: name), value: SocketOptionValue(value)
            ).whenComplete { _ in }
        }
    }

    private func ended(_ id: ObjectIdentifier) {
        guard let control, ObjectIdentifier(control) == id else { return }
        self.control = nil
        port.leaveRelay()
        guard !core.isClosed else { return }
        core.didEnd(at: .now)
        tell(.closed(.hungUp))
        arm()
    }

    private func tell(_ news: PassageReport) {
        decided.succeed()
        guard told != news, !core.isClosed || news != .open else { return }
        told = news
        report(news)
    }
}
