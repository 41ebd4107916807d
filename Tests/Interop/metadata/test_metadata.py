# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""License statements and locks in files that others' programs wrote: exiftool, ffmpeg, mutagen, pikepdf,
fontTools, Chromium, 7z."""

import json
import os
import struct
import subprocess
import unittest
import zipfile
import zlib

import mutagen.apev2
import mutagen.id3
import mutagen.mp4
import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from support import InteropTest

# REUSE-IgnoreStart

ADDRESS = "https://creativecommons.org/licenses/by-sa/4.0/"
IDENTIFIER = "CC-BY-SA-4.0"
CHROMIUM = os.environ.get("CHROMIUM", "chromium")


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"


def ffmpeg(*arguments):
    run("ffmpeg", "-v", "error", "-nostdin", "-y", *arguments)


def exiftool(base, path, *options):
    """In place: it creates no WebP anew."""
    path.write_bytes(base.read_bytes())
    run("exiftool", "-q", "-overwrite_original", *options, path)


def png(path):
    """The least there is: four black points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(14))) + chunk(b"IEND", b""))


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in members.items():
            writer.writestr(name, data)


class MetadataTest(InteropTest):
    def setUp(self):
        super().setUp()
        self.work = self.folder / "work"
        self.work.mkdir()
        self.expected = {}
        self.marks = {}

    def expect(self, name, expression=IDENTIFIER, marks=()):
        self.expected[name] = expression
        self.marks[name] = set(marks)
        return self.work / name

    def check(self):
        """Scans once, and holds every file against what was put into it."""
        report = json.loads(self.sward("scan", "--no-cache", "--fail-on", "never", "--format", "json", self.work))
        found = {file["path"]: file for file in report["files"]}
        locks = ("drm-", "encrypted-", "font-", "no-ai")
        marks = {}
        for mark in report["marks"]:
            if mark["mark"].startswith(locks):
                marks.setdefault(mark["path"], set()).add(mark["mark"])
        for name, expression in self.expected.items():
            with self.subTest(name):
                self.assertIn(name, found)
                self.assertEqual(found[name]["expression"], expression)
                if expression:
                    self.assertIn("metadata", {f["kind"] for f in found[name]["findings"]})
                self.assertEqual(marks.get(name, set()), self.marks[name])
        self.assertGreater(len(self.expected), 0)

    def test_images(self):
        plain = self.folder / "plain.png"
        png(plain)
        ways = {
            "web": [f"-XMP-xmpRights:WebStatement={ADDRESS}"],
            "terms": ["-XMP-xmpRights:UsageTerms=This work is licensed under CC BY-SA 4.0."],
            "cc": [f"-XMP-cc:License={ADDRESS}"],
            "rights": ["-XMP-dc:Rights=(c) 2020 Jane Doe, CC BY-SA 4.0"],
        }
        for ending in ("png", "jpg", "gif", "tiff", "webp"):
            base = self.folder / f"base.{ending}"
            if ending == "png":
                base.write_bytes(plain.read_bytes())
            else:
                ffmpeg("-i", plain, *(["-pix_fmt", "yuv420p"] if ending == "webp" else []), base)
            some = dict(ways)
            if ending in ("jpg", "tiff"):
                some["iptc"] = ["-IPTC:CopyrightNotice=© 2020 Jänn; CC BY-SA 4.0", "-charset", "iptc=UTF8"]
            if ending != "gif":
                some["exif"] = ["-EXIF:Copyright=(c) 2020 Jane. CC BY-SA 4.0"]
                some["user"] = [f"-EXIF:UserComment=Licensed under {ADDRESS}"]
            for way, options in some.items():
                exiftool(base, self.expect(f"{way}.{ending}"), *options)
        photograph = self.folder / "base.jpg"
        exiftool(plain, self.expect("text.png"), f"-PNG:Copyright={ADDRESS}")
        exiftool(photograph, self.expect("comment.jpg"), f"-comment=Licensed under {ADDRESS}")
        exiftool(photograph, self.expect("none.jpg", None), "-XMP-dc:Creator=Jane")
        self.check()

    def test_sound(self):
        plain = self.folder / "plain.wav"
        ffmpeg("-f", "lavfi", "-i", "sine=d=0.2", plain)
        for ending in ("mp3", "ogg", "opus", "flac", "mka", "wma", "wv"):
            ffmpeg("-i", plain, "-strict", "-2", "-metadata", f"license={ADDRESS}", "-metadata", "artist=Jane",
                   self.expect(f"license.{ending}"))
        for ending in ("mp3", "m4a", "ogg", "flac", "mka", "wma", "wav", "aiff", "caf"):
            ffmpeg("-i", plain, "-strict", "-2", "-metadata", "copyright=2020 Jane, CC BY-SA 4.0",
                   self.expect(f"copyright.{ending}"))
        ffmpeg("-i", plain, self.expect("none.mp3", None))
        for version in (3, 4):
            path = self.expect(f"frames-{version}.mp3")
            path.write_bytes((self.work / "none.mp3").read_bytes())
            tags = mutagen.id3.ID3()
            tags.add(mutagen.id3.WCOP(url=ADDRESS))
            tags.add(mutagen.id3.TCOP(encoding=1, text="2020 Jäne"))
            tags.add(mutagen.id3.TXXX(encoding=1, desc="LICENSE", text="CC-BY-SA-4.0"))
            tags.save(path, v2_version=version)
        path = self.expect("user.mp3")
        path.write_bytes((self.work / "none.mp3").read_bytes())
        tags = mutagen.id3.ID3()
        tags.add(mutagen.id3.USER(encoding=3, lang="eng", text="CC BY-SA 4.0"))
        tags.save(path)
        path = self.expect("ape.mp3")
        path.write_bytes((self.work / "none.mp3").read_bytes())
        tags = mutagen.apev2.APEv2()
        tags["License"] = ADDRESS
        tags.save(path)
        path = self.expect("freeform.m4a")
        ffmpeg("-i", plain, path)
        tags = mutagen.mp4.MP4(path)
        tags["----:com.apple.iTunes:LICENSE"] = ADDRESS.encode()
        tags.save()
        self.check()

    def test_film(self):
        plain = self.folder / "plain.mkv"
        ffmpeg("-f", "lavfi", "-i", "testsrc=d=0.2:s=64x64", plain)
        for ending in ("mkv", "webm", "ogv", "wmv"):
            ffmpeg("-i", plain, "-metadata", f"LICENSE={ADDRESS}", self.expect(f"license.{ending}"))
        for ending in ("mp4", "mov", "avi", "mkv", "flv"):
            ffmpeg("-i", plain, "-metadata", "copyright=Jane, CC BY-SA 4.0", self.expect(f"copyright.{ending}"))
        ffmpeg("-i", plain, "-movflags", "use_metadata_tags", "-metadata", f"license={ADDRESS}", self.expect("keys.mp4"))
        path = self.expect("xmp.mp4")
        ffmpeg("-i", plain, path)
        run("exiftool", "-q", "-overwrite_original", f"-XMP-xmpRights:WebStatement={ADDRESS}", path)
        locked = self.expect("locked.mp4", marks=["drm-mp4"])
        ffmpeg("-i", plain, "-metadata", f"copyright={ADDRESS}", "-encryption_scheme", "cenc-aes-ctr",
               "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid", "a7e61c373e219033c21091fa607bf3b8",
               locked)
        self.check()

    def test_pdf(self):
        def write(name, expression=IDENTIFIER, marks=(), information=True, packet=True, **options):
            with pikepdf.new() as document:
                document.add_blank_page()
                if packet:
                    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
                        metadata["xmpRights:WebStatement"] = ADDRESS
                if information:
                    document.docinfo["/Title"] = "Ä"
                    document.docinfo["/License"] = "CC BY-SA 4.0"
                document.save(self.expect(name, expression, marks), **options)

        write("both.pdf")
        write("information.pdf", packet=False)
        write("packet.pdf", information=False)
        write("none.pdf", None, information=False, packet=False)
        write("objects.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
        write("linear.pdf", linearize=True)
        deny = pikepdf.Permissions(extract=False, print_highres=False, print_lowres=False)
        for revision in (2, 3, 4, 6):
            new = revision >= 4
            opens = pikepdf.Encryption(owner="o", user="", R=revision, aes=new, metadata=new, allow=deny)
            closed = pikepdf.Encryption(owner="o", user="u", R=revision, aes=new, metadata=new)
            write(f"opens-{revision}.pdf", marks=["drm-pdf"], encryption=opens)
            write(f"closed-{revision}.pdf", None, ["drm-pdf"], encryption=closed)
        self.check()

    def test_fonts(self):
        def write(name, embedding=0, flavor=None, marks=(), license="https://openfontlicense.org"):
            builder = FontBuilder(1000)
            builder.setupGlyphOrder([".notdef"])
            builder.setupCharacterMap({})
            builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
            builder.setupHorizontalMetrics({".notdef": (500, 0)})
            builder.setupHorizontalHeader()
            names = {"familyName": "X", "styleName": "R", "copyright": "Copyright 2020 The X Authors"}
            builder.setupNameTable(dict(names, licenseInfoURL=license) if license else names)
            builder.setupOS2(fsType=embedding)
            builder.setupPost()
            builder.font.flavor = flavor
            builder.save(self.expect(name, "OFL-1.1" if license else None, marks))

        write("plain.ttf")
        write("none.ttf", license=None)
        write("locked.ttf", 2, marks=["font-embedding"])
        for flavor in ("woff", "woff2"):
            write(f"web.{flavor}", flavor=flavor)
            write(f"locked.{flavor}", 8, flavor, ["font-embedding"])
        self.check()

    def test_archives(self):
        text = self.folder / "text.txt"
        text.write_text("hello " * 200)
        for name, mark, options in [
            ("names.7z", "encrypted-7z", ["-pabc", "-mhe=on"]), ("members.7z", "encrypted-7z", ["-pabc"]), ("plain.7z", None, []),
            ("aes.zip", "encrypted-zip", ["-pabc", "-tzip", "-mem=AES256"]), ("old.zip", "encrypted-zip", ["-pabc", "-tzip"]),
            ("plain.zip", None, ["-tzip"]),
        ]:
            run("7z", "a", *options, self.expect(name, None, [mark] if mark else []), text)
        self.check()

    def test_books_and_offices(self):
        container = ('<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf" '
                     'media-type="application/oebps-package+xml"/></rootfiles></container>')
        book = {
            "mimetype": "application/epub+zip", "META-INF/container.xml": container,
            "c.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
                     f"<dc:title>T</dc:title><dc:rights>CC BY-SA 4.0</dc:rights><link rel='cc:license' href='{ADDRESS}'/></metadata></package>",
        }

        def locked(algorithm):
            return {"META-INF/encryption.xml":
                    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
                    f'<e:EncryptedData><e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'}

        archive(self.expect("plain.epub"), book)
        archive(self.expect("fonts.epub"), book | locked("http://www.idpf.org/2008/embedding"))
        archive(self.expect("locked.epub", marks=["drm-epub"]), book | locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
        archive(self.expect("lcp.epub", marks=["drm-epub"]), book | {"META-INF/license.lcpl": "{}"})
        archive(self.expect("a.odt"), {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "meta.xml": '<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                        'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><o:meta>'
                        '<m:user-defined m:name="License">CC BY-SA 4.0</m:user-defined></o:meta></o:document-meta>'})
        archive(self.expect("a.docx"), {
            "[Content_Types].xml": "<Types/>",
            "docProps/custom.xml": '<Properties xmlns:v="urn:v"><property name="License"><v:lpwstr>CC-BY-SA-4.0</v:lpwstr></property></Properties>'})
        self.check()

    def test_words_of_documents(self):
        """A page printed by Chromium, and the same rewritten: what is granted stands in the text alone."""
        page = self.folder / "page.html"
        words = "Except where otherwise noted, this work is licensed under a"
        name = "Creative Commons Attribution-ShareAlike 4.0 International License"
        page.write_text(f"<h1>Report</h1><p>Words.</p><p>{words} {name}.</p>")
        plain = self.expect("plain.pdf")
        run(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={self.folder / 'browser'}", f"--print-to-pdf={plain}", page)
        with pikepdf.open(plain) as document:
            document.save(self.expect("packed.pdf"), object_stream_mode=pikepdf.ObjectStreamMode.generate)
            document.save(
                self.expect("open.pdf"), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
            document.save(self.expect("old.pdf"), force_version="1.3", object_stream_mode=pikepdf.ObjectStreamMode.disable)
            # The last pages are read too, those between are not.
            long = pikepdf.new()
            for _ in range(40):
                long.add_blank_page()
            long.pages.extend(document.pages)
            long.save(self.expect("long.pdf"))
        page.write_text("<p>We compare the license terms of ten projects.</p>")
        run(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={self.folder / 'browser'}", f"--print-to-pdf={self.expect('none.pdf', None)}", page)
        self.check()

    def test_large(self):
        """Tags behind more than is ever read at once."""
        plain = self.folder / "plain.mp4"
        ffmpeg("-f", "lavfi", "-i", "testsrc=d=0.2:s=64x64", "-metadata", f"copyright={ADDRESS}", plain)
        data = plain.read_bytes()
        box = data.index(b"moov") - 4
        path = self.expect("large.mp4")
        with path.open("wb") as file:
            file.write(data[:box])
            # A box of nothing, as sparse as the disk allows.
            file.write(struct.pack(">I4sQ", 1, b"free", 3 << 30))
            file.seek(box + (3 << 30))
            file.write(data[box:])
        self.check()


# REUSE-IgnoreEnd

if __name__ == "__main__":
    unittest.main()
