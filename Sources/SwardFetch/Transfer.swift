// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CCurl
internal import Glibc
internal import SwardPrimitives
internal import Synchronization

/// One request on its way, hop by hop. Only `cancel` is for other threads.
final class Transfer: @unchecked Sendable {
    // Everything but the flag is touched by the one thread of the transfers only, once it is handed over.
    static let headerLimit = 64 << 10
    /// `CURLAUTH_BASIC`, which Swift does not see.
    private static let passwords = 1

    let request: FetchRequest
    private let curl: Curl
    private let sink: FetchSink
    private let isPublic: @Sendable ([UInt8]) -> Bool
    private let complete: @Sendable (Result<FetchResponse, FetchError>) -> Void
    private let cancelled = Atomic<Bool>(false)

    private(set) var handle: UnsafeMutableRawPointer?
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var url: String
    private var deadline: ContinuousClock.Instant?
    private var hops = 0
    private var proxy: Proxy?
    private var isProxied: Bool { proxy != nil }
    private var mayBePrivate: Bool
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var length: Int64 = 0
    /// The first bytes of what came with a refusal.
    private var refusal: [UInt8] = []
    /// What a callback stopped the transfer for; libcurl itself only knows that it was stopped.
    private var stopped: FetchError?

    init(
        _ request: FetchRequest, into sink: FetchSink, curl: Curl,
        isPublic: @escaping @Sendable ([UInt8]) -> Bool,
        complete: @escaping @Sendable (Result<FetchResponse, FetchError>) -> Void
    ) {
        self.request = request
        self.curl = curl
        self.sink = sink
        self.isPublic = isPublic
        self.complete = complete
        url = request.url
        mayBePrivate = request.reach != .publicOnly
    }

    deinit {
        if let handle { curl.easyCleanup(handle) }
        message.deallocate()
    }

    /// From any thread; the loop looks at it when it is woken.
    func cancel() { cancelled.store(true, ordering: .relaxed) }
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func finish(_ result: Result<FetchResponse, FetchError>) {
        if let handle { curl.easyCleanup(handle) }
        handle = nil
        complete(result)
    }

    /// Prepares a handle for the URL at hand.
    func prepare(by route: FetchRoute) throws(FetchError) {
        let scheme = try FetchRequest.scheme(of: url)
        let isFile = scheme == "file" && request.allowsFiles && hops == 0
        guard scheme == "http" || scheme == "https" || isFile else { throw .unsupportedScheme(scheme) }
        if hops == 0 { deadline = request.timeout.map { .now + $0 } }
        if let handle { curl.easyCleanup(handle) }
        handle = curl.easyInit()
        guard let handle else { throw .other(code: Int(CURLE_OUT_OF_MEMORY.rawValue), "out of memory") }
        (headerBytes, refusal, stopped) = (0, [], nil)
        message.pointee = 0

        var code = sward_curl_set_error_buffer(curl.easySet, handle, message)
        func set(_ option: CURLoption, _ value: Int) {
            if code == CURLE_OK { code = sward_curl_set_long(curl.easySet, handle, option, value) }
        }
        func set(_ option: CURLoption, _ value: String) {
            if code == CURLE_OK { code = sward_curl_set_string(curl.easySet, handle, option, value) }
        }
        set(CURLOPT_URL, url)
        set(CURLOPT_PROTOCOLS_STR, isFile ? "file" : scheme)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_USERAGENT, request.userAgent)
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectTimeout))
        set(CURLOPT_LOW_SPEED_LIMIT, 100)
        set(CURLOPT_LOW_SPEED_TIME, max(1, Int(request.stallTimeout.components.seconds)))
        if let deadline {
            let left = deadline - .now
            guard left > .zero else { throw .timedOut }
            set(CURLOPT_TIMEOUT_MS, milliseconds(left))
        }
        // Empty: no proxy, whatever the environment says; that was read here.
        proxy = Proxy(for: url, by: route)
        set(CURLOPT_PROXY, proxy?.url ?? "")
        if let credentials = proxy?.credentials {
            set(CURLOPT_PROXYUSERNAME, credentials.user)
            set(CURLOPT_PROXYPASSWORD, credentials.password)
        }
        // Or none, where the proxy asks for none.
        set(CURLOPT_SOCKS5_AUTH, Self.passwords)
        set(CURLOPT_NOPROXY, "")
        if let range = request.range {
            set(CURLOPT_RANGE, "\(range.lowerBound)-\(range.upperBound)")
        } else if request.allowsCompression, !isFile {
            set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        }
        if code == CURLE_OK {
            code = sward_curl_set_offset(
                curl.easySet, handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.byteLimit))
        }
        if code == CURLE_OK {
            code = sward_curl_set_callbacks(
                curl.easySet, handle, Unmanaged.passUnretained(self).toOpaque(), receiveHeader, receiveBody,
                openSocket,
                beforeRequest)
        }
        guard code == CURLE_OK else { throw failure(code) }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    /// What one hop came to: an answer, or `nil` when there is another URL to go to.
    func ended(with code: CURLcode) throws(FetchError) -> FetchResponse? {
        guard let handle else { preconditionFailure("a transfer without a handle has not begun") }
        if let stopped { throw stopped }
        guard code == CURLE_OK else { throw failure(code) }
        let status = sward_curl_get_long(curl.easyGet, handle, CURLINFO_RESPONSE_CODE)
        if let next = sward_curl_get_string(curl.easyGet, handle, CURLINFO_REDIRECT_URL) {
            try redirect(to: String(cString: next))
            return nil
        }
        if let range = request.range {
            guard status == 206 || isFile else {
                if let seconds = waitingTime(status) { throw .unavailable(seconds: seconds, url: url) }
                throw status == 200 ? .noRange : .status(status, url: url)
            }
            guard length == range.upperBound - range.lowerBound + 1 else { throw .noRange }
        }
        guard request.acceptsAnyStatus || 200...299 ~= status || isFile else {
            if let seconds = waitingTime(status) { throw .unavailable(seconds: seconds, url: url) }
            throw .status(status, url: url)
        }
        return FetchResponse(status: status, url: url, body: body, length: length)
    }

    /// How long to leave a server alone that says so, by header (RFC 9110, 10.2.3) or in the body alone (BEP 17).
    private func waitingTime(_ status: Int) -> Int? {
        guard status == 503 || status == 429 else { return nil }
        let seconds = sward_curl_get_offset(curl.easyGet, handle, CURLINFO_RETRY_AFTER)
        if seconds > 0 { return Int(clamping: seconds) }
        let digits = refusal.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard 1...9 ~= digits.count, refusal[digits.endIndex...].allSatisfy({ [9, 10, 13, 32].contains($0) })
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private var isFile: Bool { url.lowercased().hasPrefix("file:") }

    private var lastAddress: [UInt8]? {
        sward_curl_get_string(curl.easyGet, handle, CURLINFO_PRIMARY_IP).flatMap {
            parseIP(String(cString: $0))
        }
    }

    private func redirect(to next: String) throws(FetchError) {
        guard hops < request.redirectLimit else { throw .tooManyRedirects(limit: request.redirectLimit) }
        let before = try FetchRequest.scheme(of: url)
        if before == "https", try FetchRequest.scheme(of: next) == "http" {
            throw .insecureRedirect(to: next)
        }
        switch request.reach {
        case .any: break
        case .publicOnly: mayBePrivate = false
        case .noInwardRedirect:
            // Behind a proxy nobody knows where the answer came from, so it gets no credit.
            if isProxied || lastAddress.map(isPublic) ?? false {
                mayBePrivate = false
            }
        }
        hops += 1
        url = next
        (body, length) = ([], 0)
    }

    // MARK: callbacks

    fileprivate func header(_ count: Int) -> Bool {
        headerBytes += count
        guard headerBytes <= Self.headerLimit else {
            stopped = .headersTooLarge(limit: Self.headerLimit)
            return false
        }
        return true
    }

    fileprivate func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let handle else { return false }
        // What comes with a redirect or an error is not the answer; it is counted and dropped.
        let status = sward_curl_get_long(curl.easyGet, handle, CURLINFO_RESPONSE_CODE)
        length += Int64(bytes.count)
        guard length <= request.byteLimit else {
            stopped = .tooLarge(limit: request.byteLimit)
            return false
        }
        guard isFile || 200...299 ~= status || (request.acceptsAnyStatus && !(300...399 ~= status)) else {
            refusal += bytes.prefix(64 - refusal.count)
            return true
        }
        if request.range != nil, !isFile, status != 206 {
            stopped = .noRange
            return false
        }
        do throws(FetchError) {
            switch sink {
            case .memory: body.append(contentsOf: bytes)
            case .callback(let consume): if !consume(bytes) { throw .refusedBody }
            case .file(let file): try file.write(bytes)
            }
        } catch {
            stopped = error
            return false
        }
        return true
    }

    fileprivate func allows(_ ip: [UInt8]?, text: @autoclosure () -> String) -> Bool {
        if isProxied {
            // The address is the proxy's. Only a target written as an address, or as what every machine calls itself
            // (RFC 6761, 6.3), can be judged.
            let host = Proxy.host(of: url)
            let isLocal = host == "localhost" || host.hasSuffix(".localhost")
            guard !mayBePrivate, isLocal || parseIP(host).map({ !isPublic($0) }) ?? false
            else { return true }
        } else if mayBePrivate || ip.map(isPublic) ?? false {
            return true
        }
        stopped = .forbiddenAddress(isProxied ? Proxy.host(of: url) : text(), url: url)
        return false
    }

    private func failure(_ code: CURLcode) -> FetchError {
        let words = String(cString: message)
        let text = words.isEmpty ? (curl.easyError(code).map { String(cString: $0) } ?? "") : words
        switch code {
        case CURLE_URL_MALFORMAT: return .badURL(url)
        case CURLE_COULDNT_RESOLVE_HOST: return .cannotResolve(Proxy.host(of: url))
        case CURLE_COULDNT_RESOLVE_PROXY: return .cannotResolve(proxy.map { Proxy.host(of: $0.url) } ?? "")
        case CURLE_PROXY: return .proxy(text)
        case CURLE_COULDNT_CONNECT: return .cannotConnect(text)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR: return .truncated
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(limit: request.byteLimit)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM:
            return .untrusted(text)
        default: return .other(code: Int(code.rawValue), text)
        }
    }
}

/// - Returns: Four bytes or sixteen, or `nil` for a name.
private func parseIP(_ text: String) -> [UInt8]? {
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
        var bytes = [UInt8](repeating: 0, count: count)
        if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let receiveHeader: sward_curl_bytes = { _, size, count, context in
    transfer(context)?.header(size * count) == true ? size * count : 0
}

private let receiveBody: sward_curl_bytes = { bytes, size, count, context in
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    // One byte more than was offered tells libcurl to stop, even when nothing was.
    return transfer(context)?.receive(buffer) == true ? size * count : size * count + 1
}

/// Looks at each address before a packet goes there.
private let openSocket: curl_opensocket_callback = { context, _, address in
    guard let address, let transfer = transfer(context) else { return CURL_SOCKET_BAD }
    let length = Int(address.pointee.addrlen)
    // The address goes on past the field that C gives it: a family may need more than a plain `sockaddr`.
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return CURL_SOCKET_BAD }
    let raw = UnsafeRawBufferPointer(start: UnsafeRawPointer(address) + offset, count: length)
    var ip: [UInt8]?
    switch address.pointee.family {
    // Offsets of `sin_addr` and `sin6_addr`.
    case AF_INET where length >= 8: ip = Array(raw[4..<8])
    case AF_INET6 where length >= 24: ip = Array(raw[8..<24])
    default: ip = nil
    }
    guard transfer.allows(ip, text: show(ip ?? [])) else { return CURL_SOCKET_BAD }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.protocol)
}

/// Looks again before the request is sent: a connection that is used a second time opens no socket.
private let beforeRequest: curl_prereq_callback = { context, address, _, _, _ in
    guard let address, let transfer = transfer(context) else { return CURL_PREREQFUNC_ABORT }
    let text = String(cString: address)
    // `file:` has no address.
    if text.isEmpty, transfer.request.allowsFiles { return CURL_PREREQFUNC_OK }
    return transfer.allows(parseIP(text), text: text) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func show(_ ip: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: 64)
    let family = ip.count == 4 ? AF_INET : AF_INET6
    guard ip.count == 4 || ip.count == 16, inet_ntop(family, ip, &text, 64) != nil else { return "unknown" }
    return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
}
