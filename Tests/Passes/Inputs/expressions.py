"""expressions.py TABLE FILE line:column=name[/call]…: a table of expressions as rayc-source writes
it, with texts of the file given in the command: each is looked for from the place's line on."""
import struct
import sys

table, path, *places = sys.argv[1:]
text = open(path).read()
rows = []
for place in places:
    at, texts = place.split("=", 1)
    line, column = map(int, at.split(":"))
    start = sum(len(each) + 1 for each in text.split("\n")[:line - 1])
    row = [line, column]
    for each in texts.split("/"):
        begin = text.index(each, start)
        row += [begin, begin + len(each)]
    rows.append((row + [0, 0])[:6])
name = path.encode()
with open(table, "wb") as out:
    out.write(struct.pack("<I", len(name)) + name + b"\0" * (-len(name) % 4))
    out.write(struct.pack("<I", len(rows)))
    for row in sorted(rows):
        out.write(struct.pack("<6I", *row))
