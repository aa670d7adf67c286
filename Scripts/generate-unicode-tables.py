#!/usr/bin/env python3
"""Makes Sources/CSidikKernels/{unicode,slang}_tables.c from the Unicode data and the slang lists.

    Scripts/generate-unicode-tables.py /usr/share/unicode CONFUSABLES SLANG_TSV SLANG_JSON [FOLDER]

The first argument is the folder of Debian's package unicode-data, which must hold Unicode 15.0.0:
fingerprints depend on these tables, so the version never moves silently. CONFUSABLES is
confusables.txt of UTS #39 (any version; only code points assigned in 15.0 are taken). The slang
lists are IndoCollex' dictionary (TSV) and combined_slang_words (JSON), both MIT.

The files go to FOLDER, if it is given. The same input always gives the same files. See
Documentation/Guides/Normalisation.md.
"""

import hashlib
import json
import pathlib
import re
import sys

VERSION = "15.0.0"
WORD, NO_SPACE, COMPLEX, MARK = 1 << 21, 1 << 22, 1 << 23, 1 << 24
SLOW, IGNORABLE, EMOJI, SPACE = 1 << 25, 1 << 26, 1 << 27, 1 << 31
CLASS_SHIFT = 28
NONE, LATIN, GREEK, CYRILLIC, LOOKALIKE, JOINING, SHARED_MARK, OTHER = range(8)
SIZE = 0x110000

NO_SPACE_SCRIPTS = set(
    "Han Hiragana Katakana Bopomofo Thai Lao Khmer Myanmar Tai_Tham Tai_Le New_Tai_Lue Tai_Viet"
    " Yi Tangut Nushu".split()
)
LOOKALIKE_SCRIPTS = set("Armenian Cherokee Coptic Lisu Deseret Osage Warang_Citi Gothic".split())
# Scripts in which a zero-width (non-)joiner changes what is written.
JOINING_SCRIPTS = set(
    "Arabic Syriac Mandaic Nko Mongolian Phags_Pa Adlam Hanifi_Rohingya Devanagari Bengali"
    " Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Tirhuta Newa Grantha"
    " Balinese Javanese Sundanese Kaithi Chakma Sharada".split()
)
# Letters of real orthographies that only resemble plain ones: never folded as "styled".
REAL_LETTERS = set(map(ord, "ɓɔɖɗəɛɣɩɲʋƒ"))
# Upside-down writing. The second group are letters of some orthography as well, and count only
# in a word that has one of the first.
TURNED = dict(zip("ɐǝɥᴉʞɯɹʇʌʍʎꞁᵷ", "aehikmrtvwylg", strict=True))
TURNED_IF = dict(zip("ɔɟƃɾᴝ", "cfgju", strict=True))
# Doubles that people use and UTS #39 gives another form or none.
MORE_DOUBLES = dict(zip("пєЄηεωχβμ", "neenewxbu", strict=True))
# Cyrillic letters that are written with a mark but are letters of their own: й ў ї ѓ ќ.
KEPT_MARKS = {(0x438, 0x306), (0x443, 0x306), (0x456, 0x308), (0x433, 0x301), (0x43A, 0x301)}


def rows(path):
    """The fields of each line of a UCD file, comments off."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        line = line.split("#")[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def span(field):
    """The code points of a range such as 0041..005A."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def scalars(field):
    """The code points of a sequence such as 0041 0301."""
    return tuple(int(part, 16) for part in field.split())


class Unicode:
    """The properties needed, read from the folder of the package unicode-data."""

    def __init__(self, folder):
        head = (folder / "DerivedNormalizationProps.txt").read_text(encoding="utf-8")[:100]
        if f"-{VERSION}.txt" not in head:
            sys.exit(f"generate-unicode-tables: {folder} is not Unicode {VERSION}")
        self.category = ["Cn"] * SIZE
        self.script = ["Unknown"] * SIZE
        self.combining = [0] * SIZE
        self.digit = {}
        self.name = {}
        self.decomposition = {}
        self.fold = {}
        self.white = set()
        self.emoji = set()
        excluded = set()
        for code, value in rows(folder / "extracted/DerivedGeneralCategory.txt"):
            for cp in span(code):
                self.category[cp] = value
        for code, value in rows(folder / "Scripts.txt"):
            for cp in span(code):
                self.script[cp] = value
        for fields in rows(folder / "UnicodeData.txt"):
            cp = int(fields[0], 16)
            self.name[cp] = fields[1]
            self.combining[cp] = int(fields[3])
            if fields[5] and not fields[5].startswith("<"):
                self.decomposition[cp] = scalars(fields[5])
            if len(fields[8]) == 1:
                self.digit[cp] = fields[8]
        for fields in rows(folder / "DerivedNormalizationProps.txt"):
            if fields[1] == "NFKC_CF":
                for cp in span(fields[0]):
                    self.fold[cp] = scalars(fields[2])
            elif fields[1] == "Full_Composition_Exclusion":
                excluded.update(span(fields[0]))
        for code, value in rows(folder / "PropList.txt"):
            if value == "White_Space":
                self.white.update(span(code))
        for code, value in rows(folder / "emoji/emoji-data.txt"):
            if value in ("Extended_Pictographic", "Emoji_Modifier"):
                self.emoji.update(span(code))
        self.flags = {
            fields[0]
            for fields in (f for f in rows(folder / "emoji/emoji-sequences.txt") if len(f) > 1)
            if fields[1] == "RGI_Emoji_Flag_Sequence"
        }
        self.pairs = {
            value: cp
            for cp, value in self.decomposition.items()
            if len(value) == 2 and cp not in excluded
        }
        self.seconds = {second for _, second in self.pairs}
        self.seconds.update(range(0x1161, 0x1176), range(0x11A8, 0x11C3))

    def decompose(self, cp):
        """The full canonical decomposition of a scalar (Hangul is left to arithmetic)."""
        if cp not in self.decomposition:
            return (cp,)
        return tuple(d for part in self.decomposition[cp] for d in self.decompose(part))

    def folded(self, cp):
        """NFKC_Casefold of a scalar."""
        return self.fold.get(cp, (cp,))

    def word(self, cp):
        """Whether a scalar belongs to words: letters, marks, numbers, connectors."""
        return self.category[cp][0] in "LMN" or self.category[cp] == "Pc"

    def class_of(self, cp):
        """The script class that the folds distinguish."""
        script, category = self.script[cp], self.category[cp]
        if category in ("Mn", "Me") and script in ("Inherited", "Latin", "Greek", "Cyrillic"):
            return SHARED_MARK
        if category[0] not in "LM":
            return NONE
        for known, value in (("Latin", LATIN), ("Greek", GREEK), ("Cyrillic", CYRILLIC)):
            if script == known:
                return value
        if script in LOOKALIKE_SCRIPTS:
            return LOOKALIKE
        return JOINING if script in JOINING_SCRIPTS else OTHER

    def invisible(self, cp):
        """Whether a scalar shows nothing and is dropped: default ignorables and controls."""
        if self.folded(cp) == () or 0xFFF9 <= cp <= 0xFFFB or 0x13430 <= cp <= 0x1343F:
            return self.category[cp] != "Mn" or self.folded(cp) == ()
        return False

    def stripped(self, cp):
        """What one scalar becomes when marks of Latin, Greek and Cyrillic are stripped."""
        nfd = [d for part in self.folded(cp) for d in self.decompose(part)]
        base, out, kept = None, [], False
        for d in nfd:
            if self.class_of(d) == SHARED_MARK:
                strip = base is None or self.class_of(base) in (LATIN, GREEK, CYRILLIC)
                strip = strip or 0x30 <= base <= 0x39
                if strip and ((base, d) not in KEPT_MARKS or kept):
                    continue
                kept = True
            else:
                base, kept = d, False
            out.append(d)
        if len(out) == 2 and tuple(out) in self.pairs:
            out = [self.pairs[tuple(out)]]
        return tuple(out) if len(out) < len(nfd) else self.folded(cp)


def styled_letters(ucd):
    """Scalars that are a plain letter or digit in disguise and that NFKC leaves alone."""
    styled = {ord(k): v for k, v in TURNED.items()}
    patterns = [
        r"LATIN LETTER SMALL CAPITAL ([A-Z])",
        r"NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])",
        r"REGIONAL INDICATOR SYMBOL LETTER ([A-Z])",
    ]
    for cp, name in ucd.name.items():
        for pattern in patterns:
            match = re.fullmatch(pattern, name)
            if match:
                styled[cp] = match[1].lower()
        if ucd.category[cp] == "No" and cp in ucd.digit and ucd.folded(cp) == (cp,):
            if re.match(r"(DINGBAT )?(NEGATIVE CIRCLED|DOUBLE CIRCLED|CIRCLED SANS)", name):
                styled[cp] = ucd.digit[cp]
    return styled


def look_alikes(ucd, path, styled):
    """Letters of other scripts, and phonetic ones, that look like one plain Latin letter."""
    # UTS #39 gives some capitals' small forms as small capitals, em as a turned w
    # and ka as kra.
    chain = {cp: letter for cp, letter in styled.items() if "CAPITAL" in ucd.name[cp]}
    chain[0x28D] = "m"
    chain[0x138] = "k"
    prototypes = {}
    for fields in rows(path):
        source, target = scalars(fields[0]), scalars(fields[1])
        if len(source) == len(target) == 1 and ucd.category[source[0]][0] == "L":
            letter = chain.get(target[0], chr(target[0]).lower())
            if re.fullmatch("[a-z]", letter):
                prototypes[source[0]] = letter
    prototypes |= {ord(k): v for k, v in MORE_DOUBLES.items()}
    for cp in list(prototypes):
        # UTS #39 writes capital I as l.
        lower = ucd.folded(cp)
        if prototypes[cp] == "l" and len(lower) == 1 and prototypes.get(lower[0]) == "i":
            prototypes[cp] = "i"
    across, within = {}, {}
    for cp, letter in sorted(prototypes.items()):
        if cp in styled or cp in REAL_LETTERS or chr(cp) in TURNED_IF:
            continue
        script = ucd.class_of(cp)
        if script in (GREEK, CYRILLIC, LOOKALIKE) and len(ucd.folded(cp)) == 1:
            across[cp] = letter
        elif script == LATIN and (cp == 0x131 or 0x250 <= cp < 0x2B0 or cp >= 0x1D00):
            if ucd.folded(cp) == (cp,):
                within[cp] = letter
    return across, within


class Tables:
    """The two tries and the pool of expansions they share."""

    def __init__(self, ucd, candidates):
        self.ucd, self.candidates = ucd, candidates
        self.pool, self.places, self.blocks, self.index = [], {}, [], {}

    def place(self, sequence):
        """Where an expansion stands in the pool, its length first."""
        if sequence not in self.places:
            self.places[sequence] = len(self.pool)
            self.pool += [len(sequence), *sequence]
        return self.places[sequence]

    def entry(self, cp, strip):
        """The 32-bit entry of one scalar."""
        ucd = self.ucd
        if ucd.invisible(cp):
            return IGNORABLE | SLOW
        result = ucd.stripped(cp) if strip else ucd.folded(cp)
        flags = 0
        if cp in ucd.white or ucd.category[cp] == "Cc":
            return SPACE
        if cp in ucd.emoji:
            flags |= EMOJI
        if not result:
            return flags | SLOW | WORD | COMPLEX | self.place(ucd.folded(cp))
        if any(map(ucd.word, result)):
            flags |= WORD
        if len(result) > 1:
            flags |= COMPLEX | self.place(result)
            if flags & WORD:
                flags |= SLOW
        else:
            flags |= (result[0] - cp) & 0x1FFFFF
            flags |= ucd.class_of(result[0]) << CLASS_SHIFT
        nfd = [d for part in result for d in ucd.decompose(part)]
        if flags & WORD and (nfd[0] in ucd.seconds or ucd.class_of(nfd[0]) == SHARED_MARK):
            flags |= SLOW
        elif flags & WORD and ucd.combining[nfd[0]]:
            flags |= MARK
        if cp in self.candidates or any(d in self.candidates for d in nfd):
            flags |= SLOW
        if ucd.script[cp] in NO_SPACE_SCRIPTS or cp in (0x30FC, 0xFF70):
            if flags & WORD:
                flags |= NO_SPACE
        return flags

    def trie(self, strip):
        """Stage one: a block number for each 128 code points."""
        stage = []
        for start in range(0, SIZE, 128):
            block = tuple(self.entry(cp, strip) for cp in range(start, start + 128))
            if block not in self.index:
                self.index[block] = len(self.blocks)
                self.blocks.append(block)
            stage.append(self.index[block])
        return stage


def combining_trie(ucd):
    """Canonical combining classes in the same two stages, one byte each."""
    blocks, index, stage = [], {}, []
    for start in range(0, SIZE, 128):
        block = tuple(ucd.combining[start : start + 128])
        if block not in index:
            index[block] = len(blocks)
            blocks.append(block)
        stage.append(index[block])
    return stage, [value for block in blocks for value in block]


def slang(tsv, words):
    """Informal word -> its formal words, applied to the end; one word in, one or more out."""
    raw = {}
    for line in tsv.read_text(encoding="utf-8").splitlines()[1:]:
        key, _, value = line.partition("\t")
        raw.setdefault(key.strip().lower(), value.strip())
    for key, value in json.loads(words.read_text(encoding="utf-8")).items():
        raw.setdefault(key.strip().lower(), value.strip())
    clean = {}
    for key, value in raw.items():
        value = " ".join(re.sub(r"[-']", " ", value.lower()).split())
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", key) or key == value:
            continue
        if re.fullmatch(r"[a-z]{2,}( [a-z]{2,})*", value) and len(value) < 64:
            clean[key] = value
    done = {}
    for key in sorted(clean):
        value, seen = clean[key], {key}
        while True:
            parts = value.split()
            again = " ".join(clean.get(part, part) for part in parts)
            if again == value or any(part in seen for part in again.split()) or len(again) > 63:
                break
            seen.update(parts)
            value = again
        if not any(part in clean for part in value.split()):
            done[key] = value
    # A value must not hold a key that survived, or folding twice would differ from once.
    return {k: v for k, v in done.items() if not any(part in done for part in v.split())}


def array(kind, name, values, width=12):
    """A C array definition."""
    lines = [f"static const {kind} {name}[{len(values)}] = {{"]
    for start in range(0, len(values), width):
        lines.append("  " + ",".join(str(v) for v in values[start : start + width]) + ",")
    return "\n".join([*lines, "};", ""])


def accessor(kind, name):
    """The function through which Swift reaches an array (it imports none above 4,096)."""
    return f"const {kind} *sidik_{name}(void) {{ return {name}; }}\n"


def number(kind, name, value):
    """A function that gives a count."""
    return f"{kind} sidik_{name}(void) {{ return {value}; }}\n"


def unicode_source(ucd, confusables):
    """The text of unicode_tables.c."""
    styled = styled_letters(ucd)
    across, within = look_alikes(ucd, confusables, styled)
    maybe = {ord(k): v for k, v in TURNED_IF.items()}
    for cp, letter in within.items():
        styled.setdefault(cp, letter)
    letters = {cp: (0, letter) for cp, letter in across.items()}
    letters |= {cp: (1, letter) for cp, letter in styled.items()}
    letters |= {cp: (2, letter) for cp, letter in maybe.items()}
    letters |= {ord(k): (3, letter) for k, letter in TURNED.items()}
    tables = Tables(ucd, set(styled) | set(maybe))
    plain, strip = tables.trie(False), tables.trie(True)
    ccc_stage, ccc_blocks = combining_trie(ucd)
    nfd_keys = sorted(ucd.decomposition)
    nfd_pool, nfd_at = [], []
    for cp in nfd_keys:
        nfd_at.append(len(nfd_pool))
        sequence = ucd.decompose(cp)
        nfd_pool += [len(sequence), *sequence]
    pairs = sorted(ucd.pairs)
    flags = [0] * 26
    for pair in ucd.flags:
        first, second = (cp - 0x1F1E6 for cp in scalars(pair))
        flags[first] |= 1 << second
    order = sorted(letters)
    parts = [
        ("uint16_t", "unicode_plain", plain),
        ("uint16_t", "unicode_stripped", strip),
        ("uint32_t", "unicode_entries", [value for block in tables.blocks for value in block]),
        ("uint32_t", "unicode_expansions", tables.pool),
        ("uint8_t", "unicode_ccc_stage", ccc_stage),
        ("uint8_t", "unicode_ccc", ccc_blocks),
        ("uint32_t", "unicode_nfd_keys", nfd_keys),
        ("uint16_t", "unicode_nfd_at", nfd_at),
        ("uint32_t", "unicode_nfd", nfd_pool),
        ("uint32_t", "unicode_pair_first", [first for first, _ in pairs]),
        ("uint32_t", "unicode_pair_second", [second for _, second in pairs]),
        ("uint32_t", "unicode_pair_composed", [ucd.pairs[pair] for pair in pairs]),
        ("uint32_t", "unicode_letter_keys", order),
        (
            "uint16_t",
            "unicode_letters",
            [letters[cp][0] << 8 | ord(letters[cp][1]) for cp in order],
        ),
        ("uint32_t", "unicode_flags", flags),
    ]
    body = "\n".join(array(*part) for part in parts)
    digest = int(hashlib.sha256(body.encode()).hexdigest()[:8], 16)
    body += "\n" + "".join(accessor(kind, name) for kind, name, _ in parts)
    body += number("size_t", "unicode_nfd_count", len(nfd_keys))
    body += number("size_t", "unicode_pair_count", len(pairs))
    body += number("size_t", "unicode_letter_count", len(order))
    body += number("uint32_t", "unicode_digest", f"{digest}u")
    return (
        f"/* Generated by Scripts/generate-unicode-tables.py from Unicode {VERSION}; do not edit.\n"
        "   Unicode data: (c) Unicode, Inc.; see Documentation/Notices/NormalisationData.md. */\n"
        '#include "include/sidik_unicode.h"\n\n' + body
    )


def slang_source(table):
    """The text of slang_tables.c: keys in byte order, key and value ends into one pool."""
    pool, ends = "", []
    for key in sorted(table):
        pool += key
        ends.append(len(pool))
        pool += table[key]
        ends.append(len(pool))
    literal = "\n".join(f'  "{pool[i : i + 90]}"' for i in range(0, len(pool), 90))
    digest = int(hashlib.sha256(pool.encode()).hexdigest()[:8], 16)
    return (
        "/* Generated by Scripts/generate-unicode-tables.py from two MIT lists; do not edit.\n"
        "   Their notices stand in Documentation/Notices/NormalisationData.md. */\n"
        '#include "include/sidik_unicode.h"\n\n'
        + array("uint32_t", "slang_ends", ends)
        + f"static const char slang_pool[{len(pool) + 1}] =\n{literal};\n\n"
        + accessor("uint32_t", "slang_ends")
        + "const uint8_t *sidik_slang_pool(void) { return (const uint8_t *)slang_pool; }\n"
        + number("size_t", "slang_count", len(table))
        + number("uint32_t", "slang_digest", f"{digest}u")
    )


def main():
    """Writes both files."""
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    folder, confusables, tsv, words, *given = map(pathlib.Path, sys.argv[1:])
    out = pathlib.Path(__file__).resolve().parent.parent / "Sources/CSidikKernels"
    out = given[0] if given else out
    ucd = Unicode(folder)
    (out / "unicode_tables.c").write_text(unicode_source(ucd, confusables))
    (out / "slang_tables.c").write_text(slang_source(slang(tsv, words)))


if __name__ == "__main__":
    main()
