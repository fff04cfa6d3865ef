#!/usr/bin/env python3
"""Every complaint that the program can make is in a test.   usage: complaints.py SRC TESTS [--list]

Texts: the string literals of SRC that reach pl_fail, pl_warn, pl_note or pl_hint, be it as the format, as words put into
it, through a function that passes its argument on, a variable, a member of a struct, a function's result or a row of
a .def file; and literals that begin with "error: ". Phrases of one or two words that are put into a format are not held
to be texts of their own.

A text is in a test when a string of TESTS can only be it: an expected line (.err, .out), an expectation of a case
("# expect …"), a literal in C, a quoted word in a shell script. What a format leaves open (%s) fits anything, and a string
may be a part of a text; it then counts for the text of which it holds the most fixed characters, and for none when two
are equal. A table that a test includes (trap.def) is tested row by row there. Not followed: words that pass through an
array or a struct made of several, such as the verbs of what prevents a plan."""
import os
import re
import sys

COMPLAINERS = {"pl_fail": 3, "pl_warn": 2, "pl_note": 2, "pl_hint": 1}  # which argument is the format
FORMATTERS = {"pl_arena_printf": 1, "pl_arena_vprintf": 1, "pl_string_printf": 1, "snprintf": 2}
TELLING = {"words", "hint", "fault", "why"}  # members that hold what is told, within a file
EVERYWHERE = {"sentence"}  # and across files
ROWS = {"yaml_error.def": (3, 4)}  # tables of such members: which columns (every row of trap.def is in test_unit.c)
UNPROVOKED = {  # what no test can bring about, and why
    "'%s' does not fit into memory": "out of memory within libyaml",
    "the program has %ld entries; at most %d can be solved": "takes more than 30 GB of memory",
    "%s gave up on the program (model status %d)": "HiGHS fails",
    "an integer solution was found, but not its marginal values": "HiGHS fails",
    "could not be planned": "the solver fails in one of many programs",
    "the payments under the agreements cannot be settled": "the solver refuses a small program that always has an answer",
    "the search for a split did not end in %d steps": "a simplex method of ours that never cycles would have to",
    "the solver could not look for loops": "the solver fails on a program that is bounded and feasible",
    "the case earns without limit; give its markets an 'up to'": "the solver calls unbounded what has no loop that earns",
    "the solver found no plan, but no number of the case prevents one: this is a bug in potline": "the solver refuses what has a plan",
    "the case is numerically difficult: no plan can meet it, but these amounts are approximate, and a cheaper remedy "
    "may exist": "no solver answers the program that looks for a remedy",
    "no plan can meet the case, but which of its numbers prevent one was not found": "the same",
    "its numbers may differ too much in size: look for one that is far too large or too small": "the same",
}
WHOLE, PART = 1, 3  # of a message; so many words a literal has at least
FIXED_MIN, SHARE_MIN = 10, 0.4  # a part of a text is known by so many characters, and by that share of all fixed ones

TOKEN = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:\\\n|[^\n])*"
    r"|[A-Za-z_]\w*|\.?[0-9][\w.]*|->|\.\.\.|[=!<>]=|\S", re.S | re.M)
NAME = re.compile(r"[A-Za-z_]\w*$")
KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "else", "do", "case", "const", "static"}
SPEC = re.compile(r"%(?:[-+ #0']*)(?:\*|\d+)?(?:\.(?:\*|\d+)?)?(?:hh|h|ll|l|z|j|t)?[diouxXeEfFgGaAcspn]")
PASSING = {"pl_arena_strdup", "pl_arena_strndup", "pl_text_safe"}  # give back what they get
SQL = re.compile(r"(SELECT|INSERT|PRAGMA|CREATE) ")
SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "'": "'", "\\": "\\"}


def unescape(body):
    return re.sub(r"\\(x[0-9a-fA-F]{1,2}|.)",
                  lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "x" else SIMPLE.get(m[1], m[1]), body)


class Token(str):
    """A token of C; a literal is its text with a quote before it. Adjacent literals are one."""
    line = 0


def tokens_of(text):
    found = []
    line, at = 1, 0
    for m in TOKEN.finditer(text):
        line += text.count("\n", at, m.start())
        at = m.start()
        t = m.group()
        if t.startswith(("/*", "//")):
            continue
        if t.lstrip().startswith("#"):  # a directive; the literals of a macro are read all the same
            d = re.match(r"\s*#\s*define\s+\w+(\([^)]*\))?", t)
            if not d:
                continue
            found.append(Token("#"))
            for inner in tokens_of(t[d.end():].replace("\\\n", " \n")):
                inner.line += line - 1
                found.append(inner)
            found.append(Token("#"))
            continue
        if t[0] == '"':
            t = '"' + unescape(t[1:-1])
            if found and found[-1][0] == '"':
                t = found[-1] + t[1:]
                where = found.pop().line
            elif len(found) > 1 and found[-2][0] == '"' and re.fullmatch(r"[A-Z][A-Z0-9_a-z]+", found[-1]):
                t = found[-2] + "%s" + t[1:]  # "…" PRId64 "…"
                where = found[-2].line
                del found[-2:]
            else:
                where = line
            token = Token(t)
            token.line = where
        else:
            token = Token(t)
            token.line = line
        found.append(token)
    return found


OPEN, CLOSE = set("([{"), set(")]}")


def arguments(tokens, at):
    """The arguments of the call whose '(' is at at, and where its ')' is."""
    depth, found = 0, [[]]
    for i in range(at, len(tokens)):
        t = tokens[i]
        if t in OPEN:
            depth += 1
            if depth == 1:
                continue
        elif t in CLOSE:
            depth -= 1
            if depth == 0:
                return found if found != [[]] else [], i
        if t == "," and depth == 1:
            found.append([])
        else:
            found[-1].append(t)
    return found, len(tokens)


class Function:
    def __init__(self, file, name, parameters, body, is_text):
        self.file, self.name, self.body = file, name, body
        self.parameters = parameters
        self.is_text = is_text  # what it returns
        self.calls = []  # (name, arguments)
        for i, t in enumerate(body[:-1]):
            if body[i + 1] == "(" and NAME.match(t) and t not in KEYWORDS:
                self.calls.append((str(t), arguments(body, i + 1)[0]))


def is_text(declaration):
    if declaration and declaration[-1] == "const":
        declaration = declaration[:-1]
    return [str(t) for t in declaration[-2:]] == ["char", "*"]


def functions_of(file, tokens):
    """The functions of a file, and what is outside of them."""
    found, outside = [], []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t == "{":
            depth, j = 1, i + 1
            while j < len(tokens) and depth:
                depth += (tokens[j] == "{") - (tokens[j] == "}")
                j += 1
            if i > 0 and tokens[i - 1] == ")":
                k, depth = i - 1, 0
                while k >= 0:
                    depth += (tokens[k] == ")") - (tokens[k] == "(")
                    if depth == 0:
                        break
                    k -= 1
                names = [str(p[-1]) if is_text(p[:-1]) else None for p in arguments(tokens, k)[0]]
                found.append(Function(file, str(tokens[k - 1]), names, tokens[i + 1:j - 1], is_text(tokens[:k - 1])))
            else:
                outside += tokens[i:j]
            i = j
            continue
        outside.append(t)
        i += 1
    return found, outside


class Source:
    def __init__(self, root):
        self.functions, self.outside, self.definitions = [], {}, {}
        for path in files_below(root, (".c", ".h", ".inc", ".def")):
            text = open(path, encoding="utf-8").read()
            tokens = tokens_of(text)
            if path.endswith(".def"):
                self.definitions[os.path.basename(path)] = (path, tokens)
                continue
            functions, self.outside[path] = functions_of(path, tokens)
            self.functions += functions


def files_below(root, ends):
    return sorted(os.path.join(folder, f) for folder, _, files in os.walk(root) for f in files if f.endswith(ends))


class Extractor:
    """What is told to people: which arguments of which functions, which results, which members."""

    def __init__(self, source):
        self.source = source
        self.formats = dict(COMPLAINERS)  # function -> index of its format
        self.texts = {}  # (function, index of an argument that is put into a text) -> WHOLE or PART
        self.results = {}  # function whose result is told -> WHOLE or PART
        self.variables = {}  # (file, function, variable) that is told -> WHOLE or PART
        self.members = {}  # (file, member) that is told -> WHOLE
        self.found = {}  # text -> place
        self.whole = set()  # those that are all of a message, not words put into one
        self.changed = True
        while self.changed:
            self.changed = False
            for f in source.functions:
                self.read(f)
        for path, outside in source.outside.items():
            self.read_tables(path, outside)
        for name, columns in ROWS.items():
            self.read_rows(name, columns)

    def note(self, table, key, words):
        """True when it is new that key is told, or told as a whole."""
        if table.get(key, PART + 1) <= words:
            return False
        table[key] = words
        self.changed = True
        return True

    def add(self, f, t, words, least=None):
        lines = [line for line in str(t)[1:].split("\n") if line.strip()]
        for line in lines:
            self.add_line(f, t, re.sub(r"^ *(error|hint): ", "", line) if len(lines) > 1 else line, words, least)

    def add_line(self, f, t, text, words, least):
        if SQL.match(text):
            return
        if len(re.findall(r"[^\W\d_]{2,}|\ba\b", SPEC.sub("", text))) >= (least or words):
            self.found.setdefault(text, (f, t.line))
            if words == WHOLE:
                self.whole.add(text)

    def told(self, f, argument, words):
        """The argument is shown to somebody: note where it comes from."""
        compared = {id(t) for name, args in calls_in(argument) if name in ("strcmp", "strstr") for a in args for t in a}
        i = -1
        while (i := i + 1) < len(argument):
            t, after = argument[i], argument[i + 1] if i + 1 < len(argument) else ""
            if t[0] == '"' and id(t) not in compared:
                self.add(f.file, t, words, words + (words == WHOLE))
            elif not NAME.match(t) or t in KEYWORDS:
                continue
            elif after == "(" and t in FORMATTERS:
                args, i = arguments(argument, i + 1)
                for k, a in enumerate(args[FORMATTERS[t]:]):
                    self.told(f, a, PART if k else words)
            elif after == "(":
                if t not in PASSING and t not in self.formats:
                    self.note(self.results, str(t), words)
            elif i and argument[i - 1] in (".", "->"):
                if t in TELLING or t in EVERYWHERE:
                    self.note(self.members, (f.file, str(t)), WHOLE)
            else:
                self.variable(f, str(t), words)

    def variable(self, f, name, words):
        if name in f.parameters:
            i = f.parameters.index(name)
            if self.formats.get(f.name) != i:
                self.note(self.texts, (f.name, i), words)
            return
        if not self.note(self.variables, (f.file, f.name, name), words):
            return
        for i, t in enumerate(f.body):
            if t == name and i + 1 < len(f.body) and f.body[i + 1] == "=" and f.body[i - 1] not in (".", "->"):
                self.told(f, value_at(f.body, i + 2), words)
        for call, args in f.calls:
            if call in ("snprintf", "pl_string_printf") and args and str(args[0][-1] if args[0] else "") == name:
                for a in args[FORMATTERS[call]:]:
                    self.told(f, a, PART)

    def read(self, f):
        for call, args in f.calls:
            if call in self.formats and len(args) > self.formats[call]:
                at = self.formats[call]
                fmt = args[at]
                name = str(fmt[0]) if len(fmt) == 1 else ""
                if name in f.parameters:
                    self.changed = self.changed or f.name not in self.formats
                    self.formats.setdefault(f.name, f.parameters.index(name))
                elif any(t[0] == '"' for t in fmt):
                    for t in fmt:
                        if t[0] == '"':
                            self.add(f.file, t, WHOLE)
                else:
                    self.told(f, fmt, WHOLE)
                for a in args[at + 1:]:
                    self.told(f, a, WHOLE if fmt == ['"%s'] else PART)
            for i, a in enumerate(args):
                if (call, i) in self.texts and call != f.name:
                    self.told(f, a, self.texts[call, i])
        if f.name in self.results and f.is_text:
            for i, t in enumerate(f.body):
                if t == "return":
                    self.told(f, value_at(f.body, i + 1), self.results[f.name])
        mine = {m for file, m in self.members if file == f.file} | EVERYWHERE
        for i, t in enumerate(f.body):
            if t in mine and i + 1 < len(f.body) and f.body[i + 1] == "=" and f.body[i - 1] in (".", "->"):
                self.told(f, value_at(f.body, i + 2), WHOLE)
        for t in f.body:
            if t.startswith('"error: '):
                self.add(f.file, t, WHOLE)

    def read_tables(self, path, outside):
        """Tables of a file that tells of a member of theirs."""
        if not any(file == path for file, _ in self.members):
            return
        depth = 0
        for t in outside:
            depth += (t == "{") - (t == "}")
            if t[0] == '"' and depth > 0:
                self.add(path, t, PART)

    def read_rows(self, name, columns):
        path, tokens = self.source.definitions[name]
        for i, t in enumerate(tokens):
            if t == "(" and i and NAME.match(tokens[i - 1]):
                row = arguments(tokens, i)[0]
                for c in columns:
                    for x in row[c]:
                        if x[0] == '"':
                            self.add(path, x, WHOLE)


def calls_in(tokens):
    return [(str(t), arguments(tokens, i + 1)[0]) for i, t in enumerate(tokens[:-1])
            if tokens[i + 1] == "(" and NAME.match(t)]


def value_at(body, i):
    """The expression from i to its ';' or the ',' of a declaration."""
    depth, found = 0, []
    for t in body[i:]:
        depth += (t in OPEN) - (t in CLOSE)
        if depth < 0 or (depth == 0 and t in (";", ",")):
            break
        found.append(t)
    return found


# --- What tests say ---------------------------------------------------------------------------------------------

SEVERITY = re.compile(r"(?:^|.*?[: ])(?:error|warning|note|hint): (.*)$")


def strings_of(path):
    text = open(path, encoding="utf-8", errors="replace").read()
    if path.endswith((".c", ".h", ".def")):
        for t in tokens_of(text):
            if t[0] == '"':
                yield str(t)[1:]
        return
    for line in text.split("\n"):
        if path.endswith(".yaml"):
            m = re.match(r"# expect (?:error|warning|note) \S* ?(.*)$", line)
            if m:
                yield m[1]
        elif path.endswith(".sh"):
            yield from re.findall(r'"([^"]+)"', line)
            yield from re.findall(r"'([^']+)'", line)
        else:
            m = SEVERITY.match(line)
            yield m[1] if m else line.strip()
            for quoted in re.findall(r'"(?:text|hint)":"((?:\\.|[^"\\])*)"', line):
                yield unescape(quoted)


def test_strings(root):
    found = set()
    for path in files_below(root, (".err", ".out", ".yaml", ".c", ".h", ".def", ".sh")):
        if f"{os.sep}corpus{os.sep}" in path:
            continue
        for s in strings_of(path):
            found.add(s)
            parts = s.split("; ")
            for i in range(len(parts)):
                for j in range(i + 1, len(parts) + 1):
                    found.add("; ".join(parts[i:j]))
    return {s for s in found if len(s) >= FIXED_MIN or " " in s}


# --- What fits what -------------------------------------------------------------------------------------------------


def pieces_of(text):
    return [p.replace("%%", "%") for p in SPEC.split(text)]


def find_in_order(s, pieces, at=0):
    """Where the last of the pieces ends that s holds in order, -1 without."""
    for p in pieces:
        i = s.find(p, at)
        if i < 0:
            return -1
        at = i + len(p)
    return at


def overlap(end, start):
    """The length of the longest end of the one that is the start of the other."""
    return next((n for n in range(min(len(end), len(start)), 0, -1) if end.endswith(start[:n])), 0)


class Matcher:
    def __init__(self, text):
        self.text = text
        self.pieces = pieces_of(text)
        self.length = sum(map(len, self.pieces))

    def part(self, s):
        """How many fixed characters of the text s holds, were it a part of one."""
        best = max((len(s) for p in self.pieces if s in p), default=0)
        first = [overlap(p, s) for p in self.pieces]
        last = [overlap(s, p) for p in self.pieces]
        for i in range(len(self.pieces)):
            for j in range(i + 1, len(self.pieces)):
                at = find_in_order(s, self.pieces[i + 1:j], first[i])
                if 0 <= at <= len(s) - last[j]:
                    best = max(best, first[i] + sum(map(len, self.pieces[i + 1:j])) + last[j])
        return best

    def score(self, s):
        """The same, 0 if s cannot be it; half a character more for the whole text."""
        if find_in_order(s, self.pieces) >= 0:
            return self.length + 0.5
        best = self.part(s)
        return best if best >= max(min(FIXED_MIN, self.length), SHARE_MIN * self.length) else 0


GRAM = 8


def grams(s):
    return {s[i:i + GRAM] for i in range(len(s) - GRAM + 1)}


def mentioned(texts, whole, strings):
    """text -> a string that mentions it. Words that are put into a text need only be in one."""
    matchers = [Matcher(t) for t in texts]
    index, short = {}, []
    for m in matchers:
        mine = set().union(*[grams(p) for p in m.pieces])
        if not mine:
            short.append(m)
        for g in mine:
            index.setdefault(g, set()).add(m)
    found = {}
    for s in sorted(strings):
        near = set(short).union(*[index.get(g, ()) for g in grams(s)])
        scores = {m.text: m.score(s) for m in near}
        most = max((scores[t] for t in scores if t in whole), default=0)
        best = [t for t in scores if t in whole and scores[t] == most > 0]
        is_all = most % 1 > 0
        mine = best if is_all or len(best) == 1 else []
        for t in mine + [t for t in scores if t not in whole and scores[t] % 1 > 0]:
            found.setdefault(t, s)
    return found


def main():
    src, tests = sys.argv[1:3]
    extracted = Extractor(Source(src))
    texts = extracted.found
    if len(texts) < 300:
        sys.exit(f"only {len(texts)} complaints found in {src}: has pl_fail another name?")
    known = mentioned(texts, extracted.whole, test_strings(tests))
    if "--list" in sys.argv:
        for text, (file, line) in sorted(texts.items(), key=lambda x: x[1]):
            print(f"{file}:{line}: {text!r} <- {known.get(text)!r}")
    wrong = 0
    for text, (file, line) in sorted(texts.items(), key=lambda x: x[1]):
        if text in known or text in UNPROVOKED:
            continue
        print(f"{file}:{line}: in no test: {text!r}")
        wrong += 1
    for text in UNPROVOKED:
        if text not in texts or text in known:
            print(f"not unprovoked: {'a test has it' if text in texts else 'nothing says it'}: {text!r}")
            wrong += 1
    print(f"{len(texts)} complaints, {len(known)} in tests, {len(UNPROVOKED)} unprovoked, {wrong} wrong")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
