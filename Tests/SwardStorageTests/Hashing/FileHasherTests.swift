// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardPrimitives
import SwardStorage
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("File hasher") struct FileHasherTests {
    static let kinds: [HashLayout.Kind] = [.v1, .v2, .hybrid]
    static let kib = 1_024

    @Test("one file of any length around the boundaries", arguments: kinds)
    func oneFile(_ kind: HashLayout.Kind) throws {
        let lengths = [
            0, 1, 16_383, 16_384, 16_385, 32_768, 65_536, 65_537, 524_287, 524_288, 524_289, 1_048_576,
            1_100_001,
        ]
        for length in lengths {
            for pieceLength in [16 * Self.kib, 64 * Self.kib, 512 * Self.kib, 1_024 * Self.kib] {
                let payload = try SamplePayload(
                    kind, pieceLength: pieceLength, lengths: [length], seed: UInt64(length))
                for workers in [1, 3] {
                    let hashed = try FileHasher(payload.layout, workers: workers).run()
                    #expect(hashed == payload.expected, "\(length) bytes, pieces of \(pieceLength)")
                }
            }
        }
    }

    @Test("many files over seeds", arguments: kinds)
    func manyFiles(_ kind: HashLayout.Kind) throws {
        for seed in 0..<12 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let longest = [100, 20_000, 200_000, 900_000][generator.below(4)]
            let lengths = (0..<generator.below(60)).map { _ in
                generator.oneIn(8) ? 0 : generator.below(longest) + 1
            }
            let pieceLength = 16_384 << generator.below(6)
            let payload = try SamplePayload(kind, pieceLength: pieceLength, lengths: lengths, seed: seed)
            let hashed = try FileHasher(payload.layout, workers: Int(seed % 3) + 1).run()
            #expect(hashed == payload.expected, "seed \(seed)")
        }
    }

    @Test("v1 pieces of any length, with pads anywhere")
    func pads() throws {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let lengths = (0..<generator.below(30) + 1).map { _ in generator.below(40_000) }
            let payload = try SamplePayload(
                .v1, pieceLength: [1_000, 16_384, 40_001, 300_000][generator.below(4)], lengths: lengths,
                seed: seed, pads: generator.oneIn(2) ? 90_000 : 0, trailingPad: Int64(generator.below(70_000))
            )
            #expect(try FileHasher(payload.layout).run() == payload.expected, "seed \(seed)")
        }
    }

    @Test("a hybrid whose last file is padded too")
    func trailingPad() throws {
        let payload = try SamplePayload(
            .hybrid, pieceLength: 65_536, lengths: [70_000, 0, 5], seed: 1, trailingPad: 65_531)
        #expect(payload.layout.totalLength == 3 * 65_536)
        #expect(try FileHasher(payload.layout).run() == payload.expected)
    }

    @Test("a file that is not as it was said is named", arguments: kinds)
    func locatedErrors(_ kind: HashLayout.Kind) throws {
        let changes: [(String, FileProblem.Reason, (String) throws -> Void)] = [
            ("missing", .missing, { #expect(unlink($0) == 0) }),
            ("short", .length(found: 5), { #expect(truncate($0, 5) == 0) }),
            ("long", .length(found: 99_999), { #expect(truncate($0, 99_999) == 0) }),
            ("folder", .notARegularFile, { #expect(unlink($0) == 0 && mkdir($0, 0o700) == 0) }),
            ("fifo", .notARegularFile, { #expect(unlink($0) == 0 && mkfifo($0, 0o600) == 0) }),
            ("link", .notARegularFile, { #expect(unlink($0) == 0 && symlink("/dev/null", $0) == 0) }),
        ]
        for (name, reason, change) in changes {
            for victim in [0, 3, 4] {
                let payload = try SamplePayload(
                    kind, pieceLength: 32_768, lengths: [600_000, 10, 0, 40_000, 0], seed: 5)
                let file = payload.layout.files[victim]
                if name == "short", file.length < 5 { continue }
                try change(file.path)
                let problem = FileProblem(
                    file: victim, path: file.path, reason: reason, expectedLength: file.length)
                #expect(throws: FileHashError.file(problem), "\(name) \(victim)") {
                    try FileHasher(payload.layout).run()
                }
            }
        }
    }

    @Test("a file written to while it is read is an error", arguments: kinds)
    func changedFile(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(kind, pieceLength: 32_768, lengths: [10, 3_000_000, 20], seed: 5)
        let path = payload.layout.files[1].path
        let paths = payload.layout.files.map(\.path)
        // The second open of the long file finds it touched; so does the end of the first.
        let hasher = FileHasher(payload.layout, workers: 2) { number in
            let descriptor = open(paths[number], O_RDONLY)
            if number == 1 {
                let times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
                var status = stat()
                _ = fstat(descriptor, &status)
                let writer = open(paths[1], O_WRONLY)
                if status.st_size == 3_000_000 { _ = ftruncate(writer, 2_999_999) }
                _ = futimens(writer, times)
                _ = close(writer)
            }
            return descriptor
        }
        #expect {
            try hasher.run()
        } throws: { error in
            guard case .file(let problem) = error as? FileHashError else { return false }
            return problem.path == path && [.changed, .length(found: 2_999_999)].contains(problem.reason)
        }
    }

    @Test("an error the system gives on opening is passed on")
    func unreadable() throws {
        let payload = try SamplePayload(.v2, pieceLength: 32_768, lengths: [10], seed: 5)
        let hasher = FileHasher(payload.layout) { _ in -EACCES }
        let path = payload.layout.files[0].path
        let problem = FileProblem(file: 0, path: path, reason: .unreadable(EACCES), expectedLength: 10)
        #expect(throws: FileHashError.file(problem)) { try hasher.run() }
    }

    @Test("progress ends at the number of bytes, and each file is opened once", arguments: kinds)
    func progress(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(
            kind, pieceLength: 16_384, lengths: Array(repeating: 3_000, count: 500) + [0, 1_000_000], seed: 9)
        let paths = payload.layout.files.map(\.path)
        let opened = Mutex([Int: Int]())
        var last: Int64 = -1
        _ = try FileHasher(payload.layout, workers: 1) { number in
            opened.withLock { $0[number, default: 0] += 1 }
            return open(paths[number], O_RDONLY)
        }.run { bytes in
            #expect(bytes >= last)
            last = bytes
            return true
        }
        #expect(last == payload.layout.byteCount)
        #expect(opened.withLock { $0.count } == paths.count)
        // A v1 piece may end within a file; then the next lane opens it while the first may have closed it.
        let most = kind == .v1 ? 2 : 1
        #expect(opened.withLock { $0.values.allSatisfy { $0 <= most } })
    }

    @Test("a run that is told to stop stops", arguments: kinds)
    func cancellation(_ kind: HashLayout.Kind) throws {
        let payload = try SamplePayload(kind, pieceLength: 16_384, lengths: [100_000], seed: 9)
        #expect(throws: FileHashError.cancelled) { try FileHasher(payload.layout).run { _ in false } }
        #expect(throws: FileHashError.cancelled) {
            try FileHasher(payload.layout).verify(against: payload.expected) { _ in false }
        }
    }
}
