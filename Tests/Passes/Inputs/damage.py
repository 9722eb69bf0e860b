"""damage.py half|noise FILE OUTPUT: the first half of a file, or the file with other bytes in its middle."""
import sys

how, source, target = sys.argv[1:]
with open(source, "rb") as file:
    content = file.read()
middle = len(content) // 2
if how == "half":
    content = content[: middle // 4 * 4]
else:
    content = content[:400] + bytes(each ^ 0x5A for each in content[400:middle]) + content[middle:]
with open(target, "wb") as file:
    file.write(content)
