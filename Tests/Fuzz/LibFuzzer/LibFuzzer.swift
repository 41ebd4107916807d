// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Fuzz

/// Which entry `SWARD_FUZZ` names; without it they are listed.
private let entry: FuzzEntry = {
    guard let name = ProcessInfo.processInfo.environment["SWARD_FUZZ"] else {
        for entry in FuzzEntry.all { print(entry.name) }
        exit(0)
    }
    guard let entry = FuzzEntry.all.first(where: { $0.name == name }) else {
        FileHandle.standardError.write(Data("no entry has the name \(name)\n".utf8))
        exit(64)
    }
    return entry
}()

/// libFuzzer's own loop, which `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager makes this, and not libFuzzer's, the program's `main`.
@_cdecl("fuzzer_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    _ = entry
    var (count, arguments) = (count, Optional(arguments))
    return runDriver(&count, &arguments) { start, length in
        do throws(FuzzEntry.Violation) {
            try entry.run(Array(UnsafeBufferPointer(start: start, count: length)))
        } catch {
            fatalError("\(error)")
        }
        return 0
    }
}
