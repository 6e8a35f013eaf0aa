"""Files that somebody could write to harm whoever reads them: a name, the bytes, and a pattern of what the refusal says."""

from __future__ import annotations

import random

from tests.records.made_up import RECORD, as_yaml

_FULL = 1_990_000  # just within the size that is read


def _repeated(part: str, before: str = "", after: str = "", size: int = _FULL) -> bytes:
    return (before + part * (size // len(part.encode())) + after).encode()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "laughs": ("".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("zabcdefgh", "abcdefghi", strict=True)).encode(), "anchor"),
    "laughs without anchors": (b"a: [*b, *b, *b]\n", "alias"),
    "merge bomb": (("a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 28))).encode(), "anchor"),
    "merge without anchors": (b"a: {<<: {b: c}}\n", "merge key"),
    "recursive alias": (b"&x [*x]\n", "anchor"),
    "python object": (b"a: !!python/object/apply:os.system ['true']\n", "tag"),
    "python name": (b"!!python/name:os.system\n", "tag"),
    "binary": (b"a: !!binary AAAA\n", "tag"),
    "set": (b"!!set {a, b}\n", "tag"),
    "timestamp tag": (b"a: !!timestamp 2024-01-31\n", "tag"),
    "brackets": (b"[" * 200_000, "deep|depth"),
    "braces": (b"{a: " * 100_000, "deep"),
    "brackets closed": (b"[" * 100_000 + b"]" * 100_000, "deep|depth"),
    "dashes": (b"- " * 200_000, "deep"),
    "questions": (b"? " * 200_000, "a key must be a word"),
    "nested blocks": ("".join(" " * n + "a:\n" for n in range(1_500)).encode(), "deep"),
    "tags": (_repeated("!a "), "tag"),
    "anchors": (_repeated("&a "), "anchor"),
    "aliases": (_repeated("*a "), "alias"),
    "directives": (_repeated("%a b\n"), "is not YAML"),
    "documents": (_repeated("---\n"), "second document"),
    "duplicate keys": (b"a: 1\na: 2\n", "duplicate key"),
    "duplicate long keys": (b"? " + b"k" * 900_000 + b"\n: 1\n? " + b"k" * 900_000 + b"\n: 2\n", "duplicate key"),
    "no end of a string": (b'a: "' + b"x" * _FULL, "is not YAML"),
    "no end of lines": (_repeated("\n", 'a: "'), "is not YAML"),
    "colons": (b":" * _FULL, "is not YAML"),
    "spaced colons": (_repeated(": "), "is not YAML"),
    "tabs": (b"\t" * _FULL, "is not YAML"),
    "comments": (_repeated("# a\n"), "is empty"),
    "blank lines": (b"\n" * _FULL, "is empty"),
    "empty": (b"", "is empty"),
    "many strings": (_repeated('"a" ', "- "), "is not YAML"),
    "many words": (_repeated("a "), "must be a map"),
    "one key of a megabyte": (b"? " + b"k" * _FULL + b"\n: b\n", "is not a known key"),
    "one value of a megabyte": (b"coder: " + b"x" * _FULL, "at most 1,000"),
    "one date of a megabyte": (b"article: {published: {edtf: '" + b"2" * _FULL + b"', basis: x}}", "at most 40"),
    "one word of a megabyte": (b"article: {format: '" + b"html" * 400_000 + b"'}", "is not one of html, text"),
    "marks": (("a: a" + "\u0301" * 900_000).encode(), "marks stand on one letter"),
    "marks to be sorted": (("a: a" + "\u0301\u0323" * 450_000).encode(), "marks stand on one letter"),
    "marks by escape": (('a: "a' + "\\u0301\\u0323" * 150_000 + '"').encode(), "marks stand on one letter"),
    "too large": (b"a: " + b"x" * 20_000_000, "at most 2,000,000"),
    "too long a list": (b"- a\n" * 5_000_000, "at most 2,000,000"),
    "utf-16": ("format: '1'\n".encode("utf-16"), "is not UTF-8"),
    "utf-16 without a mark": ("format: '1'\n".encode("utf-16-le"), r"U\+0000"),
    "utf-32": ("format: '1'\n".encode("utf-32"), "is not UTF-8"),
    "latin-1": ("coder: Zoë\n".encode("latin-1"), "is not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbfcoder: ab\n", "byte order mark"),
    "byte order mark in the middle": ("coder: ab\n\ufefffoo: b\n".encode(), "byte order mark"),
    "nul": (b"coder: a\0b\n", r"U\+0000"),
    "escape": (b"coder: a\x1b[2Jb\n", r"U\+001B"),
    "escape by escape": (b'coder: "a\\e[2Jb"\n', "an escape gives"),
    "nul by escape": (b'coder: "a\\0b"\n', "an escape gives"),
    "surrogate by escape": (b'coder: "a\\ud800b"\n', ""),
    "carriage return by escape": (b'coder: "100\\r999"\n', "an escape gives"),
    "bidi": ("coder: a\u202eb\n".encode(), r"U\+202E"),
    "bidi in a comment": ("coder: ab # a\u202eb\n".encode(), r"U\+202E"),
    "c1": ("coder: a\u009b2Jb\n".encode(), r"U\+009B"),
    "tag characters": ("coder: a\U000e0041b\n".encode(), r"U\+E0041"),
    "tab for indentation": (b"article:\n\tid: a\n", "is not YAML"),
    "two documents": (b"coder: a\n---\ncoder: b\n", "second document"),
    "null": (b"coder: ~\n", "is not a value"),
    "a list as the record": (b"[a, b]\n", "must be a map, not a list"),
    "a word as the record": (b"record\n", "must be a map, not a word or text"),
    "every value a list": (as_yaml({key: [value] for key, value in RECORD.items()}).encode(), "must be"),
    "every value a word": (as_yaml(dict.fromkeys(RECORD, "x")).encode(), "must be a"),
}

# Of the largest size that is read, and nothing wrong until the end: these take what a good file of that size takes.
LARGE: dict[str, tuple[bytes, str]] = {
    "a long list": (_repeated("- a\n"), "must be a map, not a list"),
    "a long list in brackets": (_repeated("a,", "[", "]"), "must be a map, not a list"),
    "a long list of claims": (_repeated("a,", "claims: [", "]"), "more is wrong in this file"),
    "a long list of empty claims": (_repeated("{},", "claims: [", "]"), "more is wrong in this file"),
    "unknown keys": ("".join(f"k{number}: x\n" for number in range(180_000)).encode(), "more is wrong in this file"),
    "unknown words": (_repeated("- {stance: asserte}\n", "claims:\n"), "more is wrong in this file"),
    "unknown registry keys": (_repeated("- {id: c01, quotes: {suplier: x}}\n", "claims:\n"), "more is wrong in this file"),
}


def mutations(count: int, seed: int) -> list[bytes]:
    """A valid record with slips of all kinds, the same for the same seed."""
    random_ = random.Random(seed)
    good = as_yaml(RECORD).encode()
    lines = good.split(b"\n")
    tokens = [
        b"{", b"}", b"[", b"]", b":", b": ", b"- ", b"? ", b"#", b" #", b"&a ", b"*a", b"!!int ", b"|", b">", b"'", b'"', b"\\", b"~", b"null",
        b"<<: ", b"---\n", b"...\n", b"%", b"@", b"`", b",", b"\t", b"\n", b"\r\n", b"\r", b"  ", b"\0", b"\x1b", b"\xff", b"\xc3", b"\xef\xbb\xbf",
        "\u202e".encode(), "\u0301".encode(), "é".encode(), "٣".encode(), "Т".encode(), b"[]", b"{}", b"''", b"x", b"NO", b"1:30", b"2023-02-30", b"-1",
        b"9" * 30, b"c01", b"s01", b"transfer", b"quote", b"inferred: {}", b"quotes: []", b"denied", b"inferred", b"occurrence: '99'",
    ]
    made = []
    for _ in range(count):
        data = bytearray(good)
        for _ in range(random_.choice((1, 1, 1, 2, 3, 8))):
            at = random_.randrange(len(data) + 1)
            length = random_.choice((1, 1, 2, 5, 20, 200))
            kind = random_.randrange(8)
            if kind == 0:
                data[at : at + 1] = bytes([random_.randrange(256)])
            elif kind == 1:
                del data[at : at + length]
            elif kind == 2:
                data[at:at] = random_.choice(tokens)
            elif kind == 3:
                data[at : at + length] = random_.choice(tokens)
            elif kind == 4:
                data[at:at] = data[at : at + length]
            elif kind == 5:
                changed = bytes(data).split(b"\n")
                one, other = random_.randrange(len(changed)), random_.randrange(len(changed))
                changed[one], changed[other] = changed[other], changed[one]
                data = bytearray(b"\n".join(changed))
            elif kind == 6:
                changed = bytes(data).split(b"\n")
                one = random_.randrange(len(changed))
                changed[one] = random_.choice((b"  " + changed[one], changed[one][2:], b"", random_.choice(lines)))
                data = bytearray(b"\n".join(changed))
            else:
                changed = bytes(data).split(b"\n")
                one = random_.randrange(len(changed))
                key, colon, _ = changed[one].partition(b": ")
                changed[one] = key + colon + random_.choice(tokens)
                data = bytearray(b"\n".join(changed))
        made.append(bytes(data))
    return made
