// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import SwardPolicy
import TOMLKit

/// What the user said once and for all, in `config.toml`; options of a command win over it.
struct Configuration: Codable, Sendable {
    struct Operator: Codable, Sendable {
        /// Whether this operator shares without payment and without commercial ends (CC NC 4.0 §1).
        var noncommercial: Bool?
        /// `redistributable`, `commons` or `protected`.
        var policy: String?
    }

    struct Pack: Codable, Sendable {
        var creators: [String]?
        var copyright: [String]?
        /// The key that `--sign` uses when none is named.
        var key: String?
        var trackers: [String]?
    }

    struct Network: Codable, Sendable {
        /// `HOST:PORT` to take connections on.
        var listen: String?
        var localDiscovery: Bool?
        /// Whether the gateway is asked to let peers in.
        var mapPorts: Bool?
        /// `HOST:PORT` of nodes to enter the DHT by.
        var dhtNodes: [String]?

        /// `off`, `allow`, `prefer` or `require`.
        var encryption: String?
        /// `socks5://[USER:PASSWORD@]HOST[:PORT]`.
        var proxy: String?
        /// Whether those who have given go first among equals.
        var reciprocity: Bool?
        /// As the options of those names: `500K`.
        var uploadLimit: String?
        var downloadLimit: String?
        var workUploadLimit: String?
        var peerUploadLimit: String?
        var maxPeers: Int?
        /// Files of addresses to keep away from.
        var blocklists: [String]?

        enum CodingKeys: String, CodingKey {
            case listen, encryption, proxy, reciprocity, blocklists
            case uploadLimit = "upload-limit"
            case downloadLimit = "download-limit"
            case workUploadLimit = "work-upload-limit"
            case peerUploadLimit = "peer-upload-limit"
            case maxPeers = "max-peers"
            case localDiscovery = "local-discovery"
            case mapPorts = "map-ports"
            case dhtNodes = "dht-nodes"
        }
    }

    var `operator`: Operator?
    var pack: Pack?
    var network: Network?

    /// - Returns: The empty configuration where there is no file.
    /// - Throws: `Misfortune` that names the file and, where the parser knows it, the line.
    static func load(from path: String = Folders.live.configurationFile) throws -> Configuration {
        guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Misfortune("\(path): cannot be read as UTF-8 text; correct or remove it")
        }
        // What the reader would end the program on, or nest without bound.
        do throws(PolicyError) { _ = try TOMLLines(text) } catch {
            guard case .notTOML(let what) = error.reason else {
                throw Misfortune("\(path): is too long, nested too deep, or has a NUL byte; correct it")
            }
            throw Misfortune("\(path):\(error.line ?? 1): \(what); correct that line")
        }
        do {
            return try TOMLDecoder(strictDecoding: true).decode(Configuration.self, from: text)
        } catch let error as TOMLParseError {
            throw Misfortune("\(path):\(error.source.begin.line): \(error.description); correct that line")
        } catch let error as UnexpectedKeysError {
            let keys = error.keys.keys.sorted().joined(separator: ", ")
            throw Misfortune("\(path): unknown keys: \(keys); `man sward` lists those there are")
        } catch let error as DecodingError {
            let context: DecodingError.Context
            switch error {
            case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
                .dataCorrupted(let found):
                context = found
            @unknown default: throw Misfortune("\(path): \(error); correct it")
            }
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw Misfortune(
                "\(path): \(key): a value of the wrong type; `man sward` shows what belongs there")
        }
    }
}
