// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import Support
import SwardPrimitives
import Testing

@testable import SwardCLI

@Suite("Configuration") struct ConfigurationTests {
    private func load(_ text: String) throws -> Configuration {
        let folder = try TemporaryFolder()
        let file = try folder.write(text.utf8, to: "config.toml")
        return try Configuration.load(from: file.path)
    }

    @Test("the file of the README is read")
    func reads() throws {
        let configuration = try load(
            """
            [operator]
            noncommercial = true
            policy = "commons"
            [pack]
            creators = ["A. Name"]
            trackers = ["https://tracker.example/announce"]
            key = "default"
            [network]
            listen = "0.0.0.0:6881"
            local-discovery = true
            proxy = "socks5://user:password@host:1080"
            reciprocity = true
            upload-limit = "2MiB"
            max-peers = 20
            """)
        #expect(configuration.operator?.noncommercial == true)
        #expect(configuration.operator?.policy == "commons")
        #expect(configuration.pack?.creators == ["A. Name"])
        #expect(configuration.network?.listen == "0.0.0.0:6881")
        #expect(configuration.network?.localDiscovery == true)
        #expect(configuration.network?.proxy == "socks5://user:password@host:1080")
        #expect(configuration.network?.reciprocity == true)
        #expect(configuration.network?.uploadLimit == "2MiB" && configuration.network?.maxPeers == 20)
    }

    @Test("no file is an empty configuration")
    func missing() throws {
        #expect(try Configuration.load(from: "/nonexistent/config.toml").operator == nil)
    }

    @Test(
        "a bad file names the line or the key",
        arguments: [
            ("[operator]\nnoncommercial = maybe\n", ":2:"), ("[operator]\npolice = 1\n", "police"),
            ("[operator]\nnoncommercial = 3\n", "noncommercial"), ("[network]\nlisten = 6881\n", "listen"),
        ])
    func bad(_ row: (text: String, named: String)) {
        let error = #expect(throws: Misfortune.self) { try load(row.text) }
        #expect(error?.description.contains(row.named) == true, "\(String(describing: error))")
    }

    @Test("relative XDG paths are ignored, as the specification has it")
    func folders() {
        let folders = Folders(environment: [
            "HOME": "/home/a", "XDG_CONFIG_HOME": "x", "XDG_STATE_HOME": "/s",
        ])
        #expect(folders.configurationFile == "/home/a/.config/sward/config.toml")
        #expect(folders.resume == "/s/sward/resume")
        #expect(folders.licenses == "/home/a/.local/share/sward/licenses")
    }

    static let proxies: [(option: String?, configured: String?, proxy: String?)] = [
        (nil, nil, nil), (nil, "socks5://h:1", "h:1"), ("socks5://g:2", "socks5://h:1", "g:2"),
        ("none", "socks5://h:1", nil), ("socks5h://g", nil, "g:1080"),
    ]

    @Test("the proxy of the command line wins, and none is one", arguments: proxies)
    func picksProxy(_ row: (option: String?, configured: String?, proxy: String?)) throws {
        let options = try ProxyOptions.parse(row.option.map { ["--proxy", $0] } ?? [])
        let configuration =
            try row.configured.map { try load("[network]\nproxy = \"\($0)\"\n") } ?? Configuration()
        #expect(try options.proxy(configuration)?.description == row.proxy)
    }

    @Test("a proxy that cannot be read is not repeated, as there may be a password in it")
    func hidesProxy() throws {
        let bad = "socks5://user:secret@host:port"
        for error in [
            #expect(throws: (any Error).self) { try ProxyOptions.parse(["--proxy", bad]) },
            #expect(throws: (any Error).self) {
                try ProxyOptions.parse([]).proxy(load("[network]\nproxy = \"\(bad)\"\n"))
            },
        ] {
            let text = "\(try #require(error)) \(ProxyOptions.message(for: try #require(error)))"
            #expect(!text.contains("secret"), "\(text)")
        }
    }
}
