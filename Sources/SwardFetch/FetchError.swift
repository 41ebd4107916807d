// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// Why nothing, or not what was wanted, came from a URL.
package enum FetchError: Error, Hashable, Sendable {
    /// Empty, over-long, or with bytes that a request cannot carry.
    case badURL(String)
    case unsupportedScheme(String)
    /// The first address that was refused, and the URL that led to it.
    case forbiddenAddress(String, url: String)
    /// From `https` to `http`.
    case insecureRedirect(to: String)
    case tooManyRedirects(limit: Int)
    case status(Int, url: String)
    /// The server has too much to do, and says in how many seconds it may be asked again.
    case unavailable(seconds: Int, url: String)
    /// In bytes, after decompression.
    case tooLarge(limit: Int64)
    case headersTooLarge(limit: Int)
    case timedOut
    /// The connection ended before the body did.
    case truncated
    /// The host, or the proxy, that has no address.
    case cannotResolve(String)
    case cannotConnect(String)
    /// What a SOCKS proxy said or did instead of connecting us, in libcurl's words.
    case proxy(String)
    /// The server's certificate or handshake is not to be trusted, in libcurl's words.
    case untrusted(String)
    /// The server sent something else than the range that was asked for.
    case noRange
    case wrongLength(found: Int64, expected: Int64)
    case wrongDigest(found: Digest256, expected: Digest256)
    /// The system call that failed while a file was written, on what, and its `errno`.
    case system(call: String, path: String, errno: Int32)
    /// More requests wait than ever should.
    case busy(limit: Int)
    /// Whoever took the body wanted no more of it.
    case refusedBody
    case cancelled
    /// libcurl, or this function of it, is not on this machine.
    case noLibrary(name: String)
    /// Whatever else libcurl says.
    case other(code: Int, String)
}
