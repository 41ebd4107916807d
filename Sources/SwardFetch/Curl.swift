// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CCurl
internal import Glibc

/// The functions of libcurl, found at run time.
///
/// Linked, the library and the thirty it needs would be loaded at every start, also of commands that fetch nothing:
/// 5 to 10 ms of the 15 a start may take.
struct Curl: @unchecked Sendable {
    // Addresses of code, which stays where it is until the process ends.
    typealias Handle = UnsafeMutableRawPointer
    private typealias GlobalInit = @convention(c) (Int) -> CURLcode

    let easyInit: @convention(c) () -> Handle?
    let easyCleanup: @convention(c) (Handle?) -> Void
    let easyError: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    let multiInit: @convention(c) () -> Handle?
    let multiCleanup: @convention(c) (Handle?) -> CURLMcode
    let multiAdd: @convention(c) (Handle?, Handle?) -> CURLMcode
    let multiRemove: @convention(c) (Handle?, Handle?) -> CURLMcode
    let multiPerform: @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> CURLMcode
    let multiPoll:
        @convention(c) (Handle?, UnsafeMutableRawPointer?, UInt32, Int32, UnsafeMutablePointer<Int32>?) ->
            CURLMcode
    let multiWakeup: @convention(c) (Handle?) -> CURLMcode
    let multiInfo: @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> UnsafeMutablePointer<CURLMsg>?
    // Variadic: called through the shim.
    let easySet: UnsafeMutableRawPointer
    let easyGet: UnsafeMutableRawPointer
    let multiSet: UnsafeMutableRawPointer

    /// Loads and starts the library, once per process.
    static let shared: Result<Curl, FetchError> = load(names: [
        "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so",
    ])

    static func load(names: [String]) -> Result<Curl, FetchError> {
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
            return .failure(.noLibrary(name: names[0]))
        }
        do throws(FetchError) { return .success(try Curl(library)) } catch { return .failure(error) }
    }

    private init(_ library: UnsafeMutableRawPointer) throws(FetchError) {
        func address(_ name: String) throws(FetchError) -> UnsafeMutableRawPointer {
            guard let address = dlsym(library, name) else { throw .noLibrary(name: name) }
            return address
        }
        // The types are those of curl's headers, where no function of these has changed its own since 7.68.
        func function<F>(_ name: String, _ type: F.Type) throws(FetchError) -> F {
            unsafeBitCast(try address(name), to: type)
        }
        easyInit = try function("curl_easy_init", (@convention(c) () -> Handle?).self)
        easyCleanup = try function("curl_easy_cleanup", (@convention(c) (Handle?) -> Void).self)
        easyError = try function(
            "curl_easy_strerror", (@convention(c) (CURLcode) -> UnsafePointer<CChar>?).self)
        multiInit = try function("curl_multi_init", (@convention(c) () -> Handle?).self)
        multiCleanup = try function("curl_multi_cleanup", (@convention(c) (Handle?) -> CURLMcode).self)
        multiAdd = try function(
            "curl_multi_add_handle", (@convention(c) (Handle?, Handle?) -> CURLMcode).self)
        multiRemove = try function(
            "curl_multi_remove_handle", (@convention(c) (Handle?, Handle?) -> CURLMcode).self)
        multiPerform = try function(
            "curl_multi_perform", (@convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> CURLMcode).self)
        multiPoll = try function(
            "curl_multi_poll",
            (@convention(c) (Handle?, UnsafeMutableRawPointer?, UInt32, Int32, UnsafeMutablePointer<Int32>?)
                ->
                CURLMcode).self)
        multiWakeup = try function("curl_multi_wakeup", (@convention(c) (Handle?) -> CURLMcode).self)
        multiInfo = try function(
            "curl_multi_info_read",
            (@convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> UnsafeMutablePointer<CURLMsg>?).self)
        easySet = try address("curl_easy_setopt")
        easyGet = try address("curl_easy_getinfo")
        multiSet = try address("curl_multi_setopt")
        let start = try function("curl_global_init", GlobalInit.self)
        guard start(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { throw .noLibrary(name: "curl_global_init") }
    }
}
