// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardPrimitives
import SwardStorage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Measures the hashing of sward. Prints one line per figure, `name value unit`, for `Benchmarks/hash.sh` to pair.
///
///     sward-bench kernels [SECONDS]                    every kernel over 16 KiB leaves, one core
///     sward-bench files v1|v2|hybrid PIECE-LENGTH FILE...  the file hasher over files, all cores; `-` reads their
///                                                      names from standard input, one a line
@main
struct Bench {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "kernels": kernels(seconds: arguments.dropFirst().first.flatMap(Double.init) ?? 0.5)
        case "files":
            let rest = Array(arguments.dropFirst())
            guard let kind = kind(rest.first), rest.count > 2, let pieceLength = Int(rest[1]) else { usage() }
            var paths = Array(rest[2...])
            if paths == ["-"] {
                paths = []
                while let line = readLine() { paths.append(line) }
            }
            files(kind, pieceLength: pieceLength, paths: paths)
        default: usage()
        }
    }

    static func usage() -> Never {
        fail("usage: sward-bench kernels [SECONDS] | files v1|v2|hybrid PIECE-LENGTH FILE...|-", code: 64)
    }

    static func fail(_ message: String, code: Int32 = 1) -> Never {
        let line = Array("\(message)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(code)
    }

    static func kind(_ name: String?) -> HashLayout.Kind? {
        switch name {
        case "v1": .v1
        case "v2": .v2
        case "hybrid": .hybrid
        default: nil
        }
    }

    // MARK: Kernels

    /// What one core does with 32 leaves at once, for `seconds` of its time each.
    static func kernels(seconds: Double) {
        let count = 32
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count * blockLength, alignment: 4_096)
        defer { memory.deallocate() }
        for index in memory.indices {
            memory[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 13)
        }
        let bytes = UnsafeRawBufferPointer(memory)
        let leaves = (0..<count).map {
            UnsafeRawBufferPointer(rebasing: bytes[$0 * blockLength..<($0 + 1) * blockLength])
        }
        print("implementation \(HashLanes.implementation)")
        for implementation in HashLanes.Implementation.supported {
            report("sha256-\(implementation)", seconds, bytes.count) {
                _ = HashLanes.sha256(leaves, by: implementation)
            }
            report("sha1-\(implementation)", seconds, bytes.count) {
                _ = HashLanes.sha1(leaves, by: implementation)
            }
        }
        report("sha256-stream", seconds, bytes.count) { for leaf in leaves { _ = SHA256.hash(leaf) } }
        report("sha1-stream", seconds, bytes.count) { for leaf in leaves { _ = SHA1.hash(leaf) } }
    }

    static func report(_ name: String, _ seconds: Double, _ bytes: Int, _ body: () -> Void) {
        body()
        var rounds = 0
        let start = clock(CLOCK_THREAD_CPUTIME_ID)
        var elapsed = 0.0
        while elapsed < seconds {
            body()
            rounds += 1
            elapsed = clock(CLOCK_THREAD_CPUTIME_ID) - start
        }
        print("\(name) \(rounded(Double(bytes * rounds) / elapsed / 1e9)) GB/s")
    }

    // MARK: Files

    static func files(_ kind: HashLayout.Kind, pieceLength: Int, paths: [String]) {
        let files = paths.map { path -> (path: String, length: Int64) in
            var status = stat()
            guard stat(path, &status) == 0 else {
                fail("sward-bench: \(path): \(String(cString: strerror(errno)))")
            }
            return (path, Int64(status.st_size))
        }
        let layout = HashLayout(kind: kind, pieceLength: pieceLength, files: files)
        let (wall, cpu) = (clock(CLOCK_MONOTONIC), clock(CLOCK_PROCESS_CPUTIME_ID))
        do {
            _ = try FileHasher(layout).run()
        } catch {
            fail("sward-bench: \(error)")
        }
        let seconds = clock(CLOCK_MONOTONIC) - wall
        print("rate \(rounded(Double(layout.byteCount) / seconds / 1_073_741_824)) GiB/s")
        print("wall \(rounded(seconds)) s")
        print("cpu \(rounded(clock(CLOCK_PROCESS_CPUTIME_ID) - cpu)) s")
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
            let peak = Double(usage.ru_maxrss) / 1_048_576
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let peak = Double(usage.ru_maxrss) / 1_024
        #endif
        print("peak \(rounded(peak)) MiB")
    }

    static func clock(_ id: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(id, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
