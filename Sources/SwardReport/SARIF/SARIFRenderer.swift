// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives
internal import SwardDetection
internal import SwardPolicy

/// What should be looked at, as code hosts show it beside the lines. Source: SARIF 2.1.0, OASIS Standard.
struct SARIFRenderer {
    private let report: ScanReport
    private let results: [SARIFResult]
    private let archives: ArchivePaths

    /// Where to show what is about the work as a whole: its license, else its first file.
    private let work: SARIFResult.Place?

    init(_ report: ScanReport) {
        self.report = report
        results = SARIFResult.all(of: report.judgement)
        archives = ArchivePaths(report)
        let file = report.files.first { $0.file.role == .licenseText } ?? report.files.first
        work = file.map { SARIFResult.Place(path: $0.file.path) }
    }

    func render(into output: inout ByteOutput) {
        var rules: [String: Labels.Label] = [:]
        for result in results { rules[result.rule] = result.label }
        let identifiers = rules.keys.sorted()
        let indices = Dictionary(uniqueKeysWithValues: identifiers.enumerated().map { ($1, $0) })

        var json = JSONStream(output, lineDepth: 4)
        json.object { json in
            json.entry("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.entry("version", "2.1.0")
            json.array("runs") { json in
                json.object { json in
                    json.object("tool") { json in
                        json.object("driver") { json in
                            json.entry("name", "sward")
                            json.entry("version", report.toolVersion)
                            json.objects("rules", identifiers) { json, identifier in
                                if let label = rules[identifier] { rule(identifier, label, &json) }
                            }
                        }
                    }
                    json.object("automationDetails") { $0.entry("id", "sward/") }
                    invocation(&json)
                    json.object("originalUriBaseIds") { json in
                        json.object("SRCROOT") { json in
                            json.object("description") { $0.entry("text", report.rootName) }
                        }
                    }
                    json.objects("results", results) { write($1, index: indices[$1.rule] ?? 0, &$0) }
                }
            }
        }
        output = json.finish()
    }

    private func rule(_ identifier: String, _ label: Labels.Label, _ json: inout JSONStream) {
        json.entry("id", identifier)
        json.object("shortDescription") { $0.entry("text", label.title) }
        json.object("fullDescription") { $0.entry("text", label.help) }
        json.object("help") { $0.entry("text", label.help) }
        let level = results.first { $0.rule == identifier }?.level ?? .warning
        json.object("defaultConfiguration") { $0.entry("level", level.rawValue) }
        json.object("properties") { $0.entry("tags", ["license"]) }
    }

    private func invocation(_ json: inout JSONStream) {
        json.array("invocations") { json in
            json.object { json in
                json.entry("executionSuccessful", !report.isPartial)
                json.entry("endTimeUtc", Timestamp.text(report.createdAt))
                guard !report.notes.isEmpty else { return }
                json.objects("toolExecutionNotifications", report.notes) { json, note in
                    json.entry("level", note.severity == .warning ? "warning" : "note")
                    json.object("message") { $0.entry("text", note.text) }
                    if let path = note.path {
                        json.array("locations") { json in
                            json.object { location(SARIFResult.Place(path: path), &$0) }
                        }
                    }
                }
            }
        }
    }

    private func write(_ result: SARIFResult, index: Int, _ json: inout JSONStream) {
        json.entry("ruleId", result.rule)
        json.entry("ruleIndex", index)
        json.entry("level", result.level.rawValue)
        json.object("message") { $0.entry("text", result.message) }
        json.array("locations") { json in
            // Code hosts show nothing that has no place.
            if let place = result.places.first ?? work { json.object { location(place, &$0) } }
        }
        if result.places.count > 1 {
            json.array("relatedLocations") { json in
                for place in result.places.dropFirst() { json.object { location(place, &$0) } }
            }
        }
        json.object("partialFingerprints") { $0.entry("sward/v1", result.fingerprint) }
        if report.hasBaseline {
            // What the policy is silent on is no new debt.
            json.entry("baselineState", result.isInBaseline ?? true ? "unchanged" : "new")
        }
        if let reason = result.exceptionReason {
            json.array("suppressions") { json in
                json.object { json in
                    json.entry("kind", "external")
                    json.entry("status", "accepted")
                    json.entry("justification", reason)
                }
            }
        }
    }

    /// A member of an archive is shown at the archive, which is what the tree has.
    private func location(_ place: SARIFResult.Place, _ json: inout JSONStream) {
        let container = archives.container(of: place.path)
        json.object("physicalLocation") { json in
            json.object("artifactLocation") { json in
                json.entry("uri", (container?.outermost ?? place.path).uriPath)
                json.entry("uriBaseId", "SRCROOT")
            }
            guard container == nil, place.lines != nil || place.bytes != nil else { return }
            json.object("region") { json in
                if let lines = place.lines {
                    json.entry("startLine", lines.lowerBound)
                    json.entry("endLine", lines.upperBound)
                }
                if let bytes = place.bytes {
                    json.entry("byteOffset", bytes.lowerBound)
                    json.entry("byteLength", bytes.count)
                }
                if !place.quote.isEmpty {
                    json.object("snippet") { $0.entry("text", place.quote) }
                }
            }
        }
        if container != nil {
            json.array("logicalLocations") { json in
                json.object { json in
                    json.entry("fullyQualifiedName", place.path)
                    json.entry("kind", "resource")
                }
            }
        }
        if !place.note.isEmpty { json.object("message") { $0.entry("text", place.note) } }
    }
}
