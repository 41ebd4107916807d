// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardMetadata
import Testing

extension MediaCase {
    private static let widevine =
        Sample.big(0xEDEF_8BA9) ++ Sample.big(0x79D6_4ACE) ++ Sample.big(0xA3C8_27DC)
        ++ Sample.big(0xD51D_21ED)
    private static let clearKey =
        Sample.big(0x1077_EFEC) ++ Sample.big(0xC0B2_4D02) ++ Sample.big(0xACE3_3C1E)
        ++ Sample.big(0x52E2_FB4B)

    private static func data(_ text: String) -> [UInt8] {
        Sample.box("data", Sample.big(1), Sample.big(0), Sample.text(text))
    }

    private static func track(_ entry: [UInt8]) -> [UInt8] {
        Sample.box(
            "trak",
            Sample.box(
                "mdia",
                Sample.box(
                    "minf", Sample.box("stbl", Sample.box("stsd", Sample.big(0), Sample.big(1), entry)))))
    }

    private static func locked(_ scheme: String) -> [UInt8] {
        Sample.box(
            "encv", [UInt8](repeating: 0, count: 78),
            Sample.box(
                "sinf", Sample.box("frma", Sample.text("avc1")),
                Sample.box("schm", Sample.big(0), Sample.text(scheme), Sample.big(0x10000))))
    }

    private static let type = Sample.box("ftyp", Sample.text("isom"), Sample.big(0))

    static let film: [MediaCase] = [
        MediaCase(
            name: "a.mp4",
            bytes: type
                ++ Sample.box(
                    "moov",
                    Sample.box(
                        "udta", Sample.box("cprt", Sample.big(0), [0x15, 0xC7], Sample.text("3GPP words\0")),
                        Sample.box("\u{A9}cpy", Sample.big(4, 2), [0, 0], Sample.text("QT c")),
                        Sample.box(
                            "meta", Sample.big(0), Sample.box("hdlr", [UInt8](repeating: 0, count: 25)),
                            Sample.box(
                                "ilst", Sample.box("cprt", data("CC BY 4.0")),
                                Sample.box("\u{A9}nam", data("Song")),
                                Sample.box(
                                    "----",
                                    Sample.box("mean", Sample.big(0), Sample.text("com.apple.iTunes")),
                                    Sample.box("name", Sample.big(0), Sample.text("LICENSE")), data(by)))))),
            fields: [
                "cprt=3GPP words", "\u{A9}cpy=QT c", "cprt=CC BY 4.0", "\u{A9}nam=Song", "LICENSE=\(by)",
            ]),
        MediaCase(
            name: "keys.mov",
            bytes: type
                ++ Sample.box(
                    "moov",
                    Sample.box(
                        "meta", Sample.box("hdlr", [UInt8](repeating: 0, count: 24)),
                        Sample.box(
                            "keys", Sample.big(0), Sample.big(1),
                            Sample.box("mdta", Sample.text("com.apple.quicktime.copyright"))),
                        Sample.box("ilst", Sample.big(24 + 3) ++ Sample.big(1) ++ data("CC0")))),
            fields: ["copyright=CC0"]),
        MediaCase(
            name: "widevine.mp4",
            bytes: type
                ++ Sample.box(
                    "moov", Sample.box("pssh", Sample.big(0), widevine, Sample.big(0)), track(locked("cenc"))),
            fields: [], locks: ["drm-mp4: pssh: Widevine", "drm-mp4: sample entry encv, scheme cenc"]),
        MediaCase(
            name: "clearkey.mp4",
            bytes: type
                ++ Sample.box(
                    "moov", Sample.box("pssh", Sample.big(0), clearKey, Sample.big(0)), track(locked("cenc"))),
            fields: []),
        MediaCase(
            name: "fairplay.m4p",
            bytes: type ++ Sample.box("moov", track(Sample.box("drms", [UInt8](repeating: 0, count: 28)))),
            fields: [],
            locks: ["drm-mp4: sample entry drms"]),
        MediaCase(
            name: "plain.mp4",
            bytes: type ++ Sample.box("moov", track(Sample.box("avc1", [UInt8](repeating: 0, count: 78)))),
            fields: []),
        MediaCase(
            name: "a.avif",
            bytes: {
                let file = Sample.box("ftyp", Sample.text("avif"), Sample.big(0))
                let packet = Sample.text(Sample.xmp)
                func meta(_ offset: Int) -> [UInt8] {
                    Sample.box(
                        "meta", Sample.big(0), Sample.box("hdlr", [UInt8](repeating: 0, count: 25)),
                        Sample.box(
                            "iinf", Sample.big(0), Sample.big(1, 2),
                            Sample.box(
                                "infe", [2, 0, 0, 0], Sample.big(1, 2), Sample.big(0, 2), Sample.text("mime"),
                                Sample.text("\0application/rdf+xml\0"))),
                        Sample.box(
                            "iloc", Sample.big(0), [0x44, 0x00], Sample.big(1, 2), Sample.big(1, 2),
                            Sample.big(0, 2),
                            Sample.big(1, 2), Sample.big(offset), Sample.big(packet.count)))
                }
                let start = file.count + meta(0).count + 8
                return file ++ meta(start) ++ Sample.box("mdat", packet)
            }(),
            fields: [
                "WebStatement=https://creativecommons.org/licenses/by-sa/4.0/", "rights=Copyright 2020 Jane",
                "creator=Jane", "creator=Joe", "license=https://creativecommons.org/licenses/by-sa/4.0/",
                "attributionURL=https://example.org/jane",
            ]),
        MediaCase(
            name: "a.mkv",
            bytes: Sample.element(0x1A45_DFA3, Sample.element(0x4282, Sample.text("matroska")))
                ++ Sample.element(
                    0x1853_8067, Sample.element(0x1549_A966, Sample.element(0x7BA9, Sample.text("Film"))),
                    Sample.element(0x1F43_B675, [1, 2, 3]),
                    Sample.element(
                        0x1254_C367,
                        Sample.element(
                            0x7373,
                            Sample.element(
                                0x67C8, Sample.element(0x45A3, Sample.text("LICENSE")),
                                Sample.element(0x4487, Sample.text(by)),
                                Sample.element(
                                    0x67C8, Sample.element(0x45A3, Sample.text("URL")),
                                    Sample.element(0x4487, Sample.text("https://example.org"))))))),
            fields: ["Title=Film", "LICENSE=\(by)", "URL=https://example.org"]),
        MediaCase(
            name: "locked.webm",
            bytes: Sample.element(0x1A45_DFA3, Sample.element(0x4282, Sample.text("webm")))
                ++ Sample.element(
                    0x1853_8067,
                    Sample.element(
                        0x1654_AE6B,
                        Sample.element(
                            0xAE,
                            Sample.element(
                                0x6D80,
                                Sample.element(0x6240, Sample.element(0x5035, Sample.element(0x47E1, [5]))))))
                ),
            fields: [], locks: ["drm-webm: ContentEncryption: AES"]),
        MediaCase(
            name: "compressed.mkv",
            bytes: Sample.element(0x1A45_DFA3, Sample.element(0x4282, Sample.text("matroska")))
                ++ Sample.element(
                    0x1853_8067,
                    Sample.element(
                        0x1654_AE6B,
                        Sample.element(
                            0xAE, Sample.element(0x6D80, Sample.element(0x6240, Sample.element(0x5034, [5]))))
                    )),
            fields: []),
        MediaCase(name: "a.wma", bytes: asf([]), fields: ["Copyright=CC BY 4.0", "Title=T"]),
        MediaCase(
            name: "locked.wma",
            bytes: asf(
                [
                    0xFB, 0xB3, 0x11, 0x22, 0x23, 0xBD, 0xD2, 0x11, 0xB4, 0xB7, 0x00, 0xA0, 0xC9, 0x55, 0xFC,
                    0x6E,
                ]
                    ++ Sample.little(24 + 16, 8) ++ Sample.little(0) ++ Sample.little(4)
                    ++ Sample.text("DRM\0")
                    ++ Sample.little(0)),
            fields: ["Copyright=CC BY 4.0", "Title=T"], locks: ["drm-asf: Content Encryption Object: DRM"]),
    ]

    private static func asf(_ more: [UInt8]) -> [UInt8] {
        let texts = ["T", "", "CC BY 4.0", "", ""].map { Sample.utf16($0 + "\0", bigEndian: false) }
        let body = texts.flatMap { Sample.little($0.count, 2) } ++ texts.flatMap { $0 }
        let description =
            [0x33, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C]
            ++ Sample.little(24 + body.count, 8) ++ body
        let head: [UInt8] = [
            0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
        ]
        return head ++ Sample.little(30 + description.count + more.count, 8) ++ Sample.little(2) ++ [1, 2]
            ++ description ++ more
    }
}

@Suite("Large media") struct LargeMediaTests {
    /// A file of 4 GiB of which only the beginning and the end are there.
    private func source(front: [UInt8], back: [UInt8], length: Int, _ count: @escaping (Int) -> Void)
        -> ByteSource
    {
        ByteSource(length: length, budget: ByteSource.budget(forLength: length)) { offset, wanted in
            count(wanted)
            return (offset..<(offset + wanted)).map { place in
                if place < front.count { return front[place] }
                let fromEnd = place - (length - back.count)
                return fromEnd >= 0 ? back[fromEnd] : 0
            }
        }
    }

    @Test("a film costs a few reads, its tags behind it or not")
    func film() throws {
        let length = 4 << 30
        let back = try #require(MediaCase.film.first { $0.name == "a.mp4" }).bytes
        let front = Sample.big(1) ++ Sample.text("mdat") ++ Sample.big(length - back.count, 8)
        var reads: [Int] = []
        let film = source(front: front, back: back, length: length) { reads.append($0) }
        let contents = try #require(MediaReader.contents(of: film, name: "a.mp4")).contents
        #expect(contents.fields.contains { $0.text == "CC BY 4.0" })
        #expect(reads.count < 12)
        #expect(reads.reduce(0, +) < 65536)
    }

    @Test("a film of many clusters is not walked through when a table tells where its tags are")
    func clusters() throws {
        let tags = Sample.element(
            0x1254_C367,
            Sample.element(
                0x7373,
                Sample.element(
                    0x67C8, Sample.element(0x45A3, Sample.text("LICENSE")),
                    Sample.element(0x4487, Sample.text("CC0")))))
        let cluster = [0x1F, 0x43, 0xB6, 0x75, 0x08] ++ Sample.big(99_991)
        let head = Sample.element(0x1A45_DFA3, Sample.element(0x4282, Sample.text("matroska")))
        func seek(_ place: Int) -> [UInt8] {
            Sample.element(
                0x114D_9B74,
                Sample.element(
                    0x4DBB, Sample.element(0x53AB, Sample.big(0x1254_C367)),
                    Sample.element(0x53AC, Sample.big(place))))
        }
        let inside = seek(0).count
        let count = 5000
        let place = inside + count * 100_000
        let segment = Sample.big(0x1853_8067) ++ [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let front = head ++ segment ++ seek(place)
        let length = front.count + count * 100_000 + tags.count
        var reads = 0
        let film = ByteSource(length: length, budget: ByteSource.budget(forLength: length)) {
            offset, wanted in
            reads += 1
            return (offset..<(offset + wanted)).map { at in
                if at < front.count { return front[at] }
                if at >= length - tags.count { return tags[at - (length - tags.count)] }
                let inCluster = (at - front.count) % 100_000
                return inCluster < cluster.count ? cluster[inCluster] : 0
            }
        }
        let contents = try #require(MediaReader.contents(of: film, name: "a.mkv")).contents
        #expect(contents.fields.map(\.text) == ["CC0"])
        #expect(reads < 30)
    }

    @Test("a file that claims more than it has costs no more than it is long")
    func claims() {
        // Boxes of eight bytes that hold nothing, in as many lists as there may be.
        let times = growth { count in
            let box: [UInt8] = [0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65]
            _ = Sample.contents((0..<count).map { box[$0 % 8] }, "a.mp4")
        }
        #expect(times < 24)
    }
}
