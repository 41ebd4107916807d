// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardMetadata
import SwardSPDX
import Testing

@Suite("Descriptors of data and works") struct DescriptorTests {
    private static let by4 = "https://creativecommons.org/licenses/by/4.0/"

    static let json: [ManifestCase] = [
        ManifestCase(
            "CITATION.cff",
            "cff-version: 1.2.0\ntitle: \"A\"\nauthors:\n  - family-names: B\n    given-names: C\nlicense: Apache-2.0\n",
            "Apache-2.0"),
        ManifestCase("CITATION.cff", "title: A\nlicense:\n  - MIT\n  - Apache-2.0\n", "MIT OR Apache-2.0"),
        ManifestCase(".zenodo.json", #"{"title":"A","license":"cc-by-4.0"}"#, "CC-BY-4.0"),
        ManifestCase(
            ".zenodo.json", #"{"title":"A","license":{"id":"GPL-3.0-or-later"}}"#, "GPL-3.0-or-later"),
        ManifestCase(
            "codemeta.json",
            #"{"@context":"https://doi.org/10.5063/schema/codemeta-2.0","name":"A","license":"https://spdx.org/licenses/MIT"}"#,
            "MIT"),
        ManifestCase(
            "codemeta.json",
            #"{"name":"A","license":["https://spdx.org/licenses/MIT","https://spdx.org/licenses/Apache-2.0.html"]}"#,
            "MIT AND Apache-2.0"),
        ManifestCase(
            "datapackage.json",
            #"{"name":"a","licenses":[{"name":"ODC-PDDL-1.0","path":"http://opendatacommons.org/licenses/pddl/"}],"resources":[]}"#,
            "PDDL-1.0"),
        ManifestCase(
            "datapackage.json", #"{"name":"a","licenses":[{"name":"CC-BY-SA-4.0","title":"x"}]}"#,
            "CC-BY-SA-4.0"),
        ManifestCase(
            "api.json",
            #"{"openapi":"3.1.0","info":{"title":"A","license":{"name":"Apache 2.0","identifier":"Apache-2.0"}}}"#,
            "Apache-2.0"),
        ManifestCase("swagger.json", #"{"swagger":"2.0","info":{"license":{"name":"MIT"}}}"#, "MIT"),
        ManifestCase(
            "openapi.yaml",
            "openapi: 3.0.3\ninfo:\n  title: A\n  license:\n    name: Apache 2.0\n    url: https://www.apache.org/licenses/LICENSE-2.0.html\npaths: {}\n",
            "Apache-2.0"),
        ManifestCase(
            "asyncapi.yml", "asyncapi: 2.6.0\ninfo:\n  license:\n    name: CC-BY-4.0\n", "CC-BY-4.0"),
        ManifestCase(
            "croissant.json",
            #"{"@context":{"@vocab":"https://schema.org/","cr":"http://mlcommons.org/croissant/"},"@type":"sc:Dataset","name":"d","license":"\#(by4)"}"#,
            "CC-BY-4.0"),
        ManifestCase(
            "ro-crate-metadata.json",
            #"{"@context":"https://w3id.org/ro/crate/1.1/context","@graph":[{"@id":"ro-crate-metadata.json","@type":"CreativeWork","about":{"@id":"./"}},{"@id":"./","@type":"Dataset","name":"c","license":{"@id":"https://creativecommons.org/publicdomain/zero/1.0/"}},{"@id":"a.csv","@type":"File","license":{"@id":"\#(by4)"}}]}"#,
            "CC0-1.0"),
        ManifestCase(
            "d.csv-metadata.json",
            #"{"@context":"http://www.w3.org/ns/csvw","url":"d.csv","dc:license":{"@id":"http://opendefinition.org/licenses/cc-by/"}}"#,
            "CC-BY-4.0"),
        ManifestCase(
            "m.geojson", #"{"type":"FeatureCollection","license":"ODbL-1.0","features":[]}"#, "ODbL-1.0"),
        ManifestCase(
            "m.geojson",
            #"{"type":"FeatureCollection","metadata":{"license":"https://opendatacommons.org/licenses/odbl/1-0/"},"features":[]}"#,
            "ODbL-1.0"),
        ManifestCase(
            "m.geojson", #"{"type":"FeatureCollection","features":[{"properties":{"license":"MIT"}}]}"#, nil),
        ManifestCase(
            "dcat.jsonld",
            #"{"@context":{"dct":"http://purl.org/dc/terms/","dcat":"http://www.w3.org/ns/dcat#"},"@graph":[{"@type":"dcat:Dataset","dct:title":"x"},{"@type":"dcat:Distribution","dct:license":{"@id":"\#(by4)"}}]}"#,
            "CC-BY-4.0"),
        ManifestCase(
            "item.json",
            #"{"type":"Feature","stac_version":"1.0.0","properties":{"license":"CC-BY-4.0"},"links":[]}"#,
            "CC-BY-4.0"),
        ManifestCase(
            "datacite.json",
            #"{"titles":[{"title":"t"}],"rightsList":[{"rights":"Creative Commons Attribution 4.0 International","rightsUri":"https://creativecommons.org/licenses/by/4.0/legalcode","rightsIdentifier":"cc-by-4.0"}]}"#,
            "CC-BY-4.0"),
        ManifestCase(
            "iiif.json",
            #"{"@context":"http://iiif.io/api/presentation/3/context.json","label":"x","rights":"http://creativecommons.org/licenses/by-sa/3.0/"}"#,
            "CC-BY-SA-3.0"),
        ManifestCase(
            "a.ipynb", #"{"cells":[],"metadata":{"license":"CC-BY-4.0"},"nbformat":4}"#, "CC-BY-4.0"),
        ManifestCase("README.md", "---\nlicense: apache-2.0\ntags:\n- x\n---\n# A\n", "Apache-2.0"),
        ManifestCase("README.md", "---\ntitle: x\n---\nlicense: MIT\n", nil),
        ManifestCase(
            "tool.json", #"{"version":"1","url":"https://x/a.zip","license":"MIT","bin":"a.exe"}"#, "MIT"),
        ManifestCase("licenses.json", #"[{"licenseId":"MIT","name":"x"},{"licenseId":"ISC"}]"#, nil),
        ManifestCase(
            "sbom.json", #"{"spdxVersion":"SPDX-2.3","name":"x","license":"MIT","packages":[]}"#, nil),
        ManifestCase("config.json", #"{"license":"premium seat","name":"x"}"#, nil),
        ManifestCase(
            "Dockerfile",
            "FROM x\nLABEL org.opencontainers.image.title=\"a\" \\\n      org.opencontainers.image.licenses=\"MIT OR Apache-2.0\"\n",
            "MIT OR Apache-2.0"),
        ManifestCase(
            "Dockerfile", "FROM x\nLABEL license GPL\nLABEL licenses=MIT\nRUN sed s/license=x/y/\n", "MIT"),
        ManifestCase("Dockerfile", "FROM x\nRUN echo license=\"MIT\"\n", nil),
    ]

    static let xml: [ManifestCase] = [
        ManifestCase(
            "m.gpx",
            "<gpx version=\"1.1\"><metadata><copyright author=\"A\"><year>2020</year><license>https://creativecommons.org/licenses/by-sa/4.0/</license></copyright></metadata></gpx>",
            "CC-BY-SA-4.0"),
        ManifestCase(
            "m.kml",
            "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><Document><atom:link rel=\"license\" href=\"\(by4)\"/></Document></kml>",
            "CC-BY-4.0"),
        ManifestCase(
            "m.kml",
            "<kml><Document><ExtendedData><Data name=\"license\"><value>CC-BY-4.0</value></Data></ExtendedData></Document></kml>",
            "CC-BY-4.0"),
        ManifestCase(
            "a.xml",
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><publicationStmt><availability><licence target=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</licence></availability></publicationStmt></fileDesc></teiHeader></TEI>",
            "CC-BY-4.0"),
        ManifestCase(
            "a.xml",
            "<article xmlns:xlink=\"http://www.w3.org/1999/xlink\"><front><article-meta><permissions><copyright-statement>© 2020 A</copyright-statement><license license-type=\"open-access\" xlink:href=\"http://creativecommons.org/licenses/by/3.0/\"><license-p>x</license-p></license></permissions></article-meta></front></article>",
            "CC-BY-3.0"),
        ManifestCase(
            "a.nxml",
            "<article><front><permissions><license><license-p>Distributed under <ext-link xlink:href=\"http://creativecommons.org/licenses/by-nc/4.0/\">terms</ext-link>.</license-p></license></permissions></front></article>",
            "CC-BY-NC-4.0"),
        ManifestCase(
            "a.musicxml",
            "<score-partwise><identification><rights>https://creativecommons.org/publicdomain/zero/1.0/</rights></identification></score-partwise>",
            "CC0-1.0"),
        ManifestCase(
            "dc.xml",
            "<oai_dc:dc xmlns:oai_dc=\"o\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:rights>CC BY-SA 4.0</dc:rights></oai_dc:dc>",
            "CC-BY-SA-4.0"),
        ManifestCase(
            "feed.rss",
            "<rss xmlns:creativeCommons=\"http://backend.userland.com/creativeCommonsRssModule\"><channel><title>x</title><creativeCommons:license>http://creativecommons.org/licenses/by-nc-sa/2.0/</creativeCommons:license></channel></rss>",
            "CC-BY-NC-SA-2.0"),
        ManifestCase(
            "feed.atom",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"license\" href=\"\(by4)\"/><rights>© 2020 A</rights></feed>",
            "CC-BY-4.0"),
        ManifestCase(
            "d.rdf",
            "<rdf:RDF xmlns:rdf=\"r\" xmlns:cc=\"http://creativecommons.org/ns#\"><rdf:Description><cc:license rdf:resource=\"\(by4)\"/></rdf:Description></rdf:RDF>",
            "CC-BY-4.0"),
        ManifestCase(
            "datacite.xml",
            "<resource xmlns=\"http://datacite.org/schema/kernel-4\"><rightsList><rights rightsURI=\"info:eu-repo/semantics/openAccess\"/><rights rightsURI=\"\(by4)\">CC BY</rights></rightsList></resource>",
            "CC-BY-4.0"),
        ManifestCase(
            "iso.xml",
            "<gmd:MD_Metadata xmlns:gmd=\"g\" xmlns:gco=\"c\"><gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:otherConstraints><gco:CharacterString>https://creativecommons.org/licenses/by/4.0/</gco:CharacterString></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints></gmd:MD_Metadata>",
            "CC-BY-4.0"),
        ManifestCase(
            "b.dbk",
            "<book xmlns:xlink=\"x\"><info><title>T</title><legalnotice><para>Licensed as <link xlink:href=\"https://www.gnu.org/licenses/fdl-1.3.html\">so</link>.</para></legalnotice></info></book>",
            "GFDL-1.3-only"),
        ManifestCase(
            "s.xml", "<settings><server license=\"x\"/><a><license>MIT</license></a></settings>", nil),
        ManifestCase(
            "d.ttl",
            "@prefix dct: <http://purl.org/dc/terms/> .\n<d> a <x> ;\n  dct:license <\(by4)> ;\n  dct:title \"license\" .\n",
            "CC-BY-4.0"),
        ManifestCase(
            "d.nt",
            "<http://a/d> <http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/> .\n",
            "CC0-1.0"),
    ]

    static let pages: [ManifestCase] = [
        ManifestCase(
            "a.html", "<!DOCTYPE html><html><body><a rel=\"license\" href=\"\(by4)\">CC BY</a></body></html>",
            "CC-BY-4.0"),
        ManifestCase(
            "a.html", "<link rel='license' href='https://creativecommons.org/licenses/by-sa/3.0/de/'>",
            "CC-BY-SA-3.0-DE"),
        ManifestCase(
            "a.htm",
            "<A HREF=\"http://creativecommons.org/licenses/by-nc/2.5/\" REL=\"nofollow License\">x</A>",
            "CC-BY-NC-2.5"),
        ManifestCase("a.html", "<span property=\"dct:license\" resource=\"\(by4)\">x</span>", "CC-BY-4.0"),
        ManifestCase(
            "a.html",
            "<div itemscope itemtype=\"https://schema.org/Article\"><a itemprop=\"license\" href=\"\(by4)\">x</a></div>",
            "CC-BY-4.0"),
        ManifestCase("a.html", "<meta name=\"dcterms.license\" content=\"\(by4)\">", "CC-BY-4.0"),
        ManifestCase("a.html", "<meta name=\"DC.rights\" content=\"CC BY-SA 4.0\"/>", "CC-BY-SA-4.0"),
        ManifestCase("a.html", "<meta name=\"copyright\" content=\"© 2020 A. All rights reserved.\">", nil),
        ManifestCase(
            "a.html",
            "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"license\":\"\(by4)\"}</script>",
            "CC-BY-4.0"),
        ManifestCase("a.html", "<p>We like licenses. <a href=\"\(by4)\">one</a></p>", nil),
        ManifestCase("a.html", "<!-- <a rel=license href=\"\(by4)\"> --><p>license</p>", nil),
        ManifestCase("a.html", "<script>var s = '<a rel=license href=\"\(by4)\">';</script>", nil),
        ManifestCase(
            "a.html", "<a rel=license href=https://www.gnu.org/licenses/gpl-3.0.html>GPL</a>", "GPL-3.0-only"),
        ManifestCase(
            "p/plugin.php",
            "<?php\n/*\n * Plugin Name: A\n * Version: 1\n * License: GPLv2 or later\n * License URI: https://www.gnu.org/licenses/gpl-2.0.html\n */\n",
            "GPL-2.0-or-later"),
        ManifestCase(
            "readme.txt", "=== A ===\nRequires at least: 5\nStable tag: 1\nLicense: GPL-3.0-or-later\n",
            "GPL-3.0-or-later"),
    ]

    @Test("a descriptor is read as its vocabulary means it", arguments: json + xml + pages)
    func reads(_ row: ManifestCase) { row.check() }

    @Test("a page tells who to name, and the terms of what it shows")
    func page() throws {
        let text = """
            <html><body><div about="img.jpg"><a rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">x</a></div>
            <p><span property="cc:attributionName">Ada</span> <a rel="cc:attributionURL" href="https://a.example">a</a>
            <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a></p></body></html>
            """
        let found = try #require(ManifestCase("a.html", text, nil).metadata.first)
        #expect(found.findings.map(\.expression.description) == ["CC-BY-4.0"])
        #expect(found.declarations.map(\.patterns) == [["img.jpg"]])
        #expect(found.declarations.first?.expression?.description == "CC-BY-ND-4.0")
        #expect(found.creators == ["Ada"] && found.attributionURL == "https://a.example")
        let finding = try #require(found.findings.first)
        #expect(
            Array(text.utf8)[finding.bytes].elementsEqual("https://creativecommons.org/licenses/by/4.0/".utf8)
        )
        #expect(finding.lines == 3...3)
    }

    @Test("a crate's files have terms of their own")
    func crate() throws {
        let row = try #require(Self.json.first { $0.path == "ro-crate-metadata.json" })
        let found = try #require(row.metadata.first)
        #expect(found.declarations.map(\.patterns) == [["a.csv"]])
        #expect(found.declarations.first?.expression?.description == "CC-BY-4.0")
    }
}
