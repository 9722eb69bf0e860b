"""read.py FORMAT FILE: reads a profile with a reader that is not rayc's, and prints how often each
function was called, as JSON: {"name": calls}. Ends with status 1 where the file is not as it should.

callgrind is read by callgrind_annotate, pprof by protoc with pprof's own profile.proto, perfetto by
the package of that name, whose folder READERS names."""
import collections
import json
import os
import re
import subprocess
import sys

PPROF = "/usr/share/gocode/src/github.com/google/pprof/proto"


def callgrind(path):
    run = subprocess.run(["callgrind_annotate", "--threshold=100", "--tree=calling", "--auto=no", path],
                         capture_output=True, text=True, check=True)
    if run.stderr:
        raise SystemExit(run.stderr)
    calls = collections.Counter()
    for file, name, count in re.findall(r">\s+(\S*?):(.*) \((\d+)x\)", run.stdout):
        calls[name] += int(count)
    return calls


def collapsed(path):
    calls = collections.Counter()
    for line in open(path):
        stack, value = re.fullmatch(r"(\S.*) (\d+)\n", line).groups()
        calls[stack.split(";")[-1]] += int(value)
    return calls


# Speedscope's description of its format (src/lib/file-format-spec.ts): what a member is; with `?`
# it may be left out. What is not named there may not be there.
SPEEDSCOPE = {
    "File": {"$schema": "schema", "shared": "Shared", "profiles": ["Profile"], "name?": str,
             "activeProfileIndex?": int, "exporter?": str},
    "Shared": {"frames": ["Frame"]},
    "Frame": {"name": str, "file?": str, "line?": int, "col?": int},
    "Profile": {"type": "type", "name": str, "unit": "unit", "startValue": int, "endValue": int,
                "samples": [[int]], "weights": [int]},
    "schema": {"https://www.speedscope.app/file-format-schema.json"},
    "type": {"sampled"},
    "unit": {"none", "nanoseconds", "microseconds", "milliseconds", "seconds", "bytes"},
}


def check(value, kind, place):
    """Ends the program where a value is not what the description says."""
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise SystemExit(f"{place} is no list")
        for index, each in enumerate(value):
            check(each, kind[0], f"{place}[{index}]")
    elif isinstance(kind, type):
        if not isinstance(value, kind):
            raise SystemExit(f"{place} is {value!r}")
    elif isinstance(SPEEDSCOPE[kind], set):
        if value not in SPEEDSCOPE[kind]:
            raise SystemExit(f"{place} is {value!r}")
    else:
        members = {name.rstrip("?"): each for name, each in SPEEDSCOPE[kind].items()}
        needed = {name for name in SPEEDSCOPE[kind] if not name.endswith("?")}
        if not needed <= set(value) <= set(members):
            raise SystemExit(f"{place} has {sorted(value)}")
        for name in value:
            check(value[name], members[name], f"{place}.{name}")


def speedscope(path):
    content = json.load(open(path))
    check(content, "File", "the file")
    frames = content["shared"]["frames"]
    calls = collections.Counter()
    for profile in content["profiles"]:
        if any(not 0 <= frame < len(frames) for stack in profile["samples"] for frame in stack):
            raise SystemExit("a frame that is not there")
        if len(profile["samples"]) != len(profile["weights"]):
            raise SystemExit("samples and weights differ")
        if profile["endValue"] - profile["startValue"] != sum(profile["weights"]):
            raise SystemExit("the weights are not the whole")
        for stack, weight in zip(profile["samples"], profile["weights"]):
            calls[frames[stack[-1]]["name"]] += weight
    return calls


def pprof(path):
    text = subprocess.run(["protoc", "--decode=perftools.profiles.Profile", "-I", PPROF, "profile.proto"],
                          stdin=open(path), capture_output=True, text=True, check=True).stdout
    strings = [json.loads(each) if "\\" not in each else each[1:-1]
               for each in re.findall(r'^string_table: (".*")$', text, re.M)]
    names = {}
    for block in re.findall(r"^function \{(.*?)^\}", text, re.M | re.S):
        fields = dict(re.findall(r"(\w+): (\d+)", block))
        names[fields["id"]] = strings[int(fields["name"])]
    locations = {}
    for block in re.findall(r"^location \{(.*?)^\}", text, re.M | re.S):
        locations[re.search(r"^  id: (\d+)", block, re.M)[1]] = re.search(r"function_id: (\d+)", block)[1]
    types = [strings[int(each)] for each in re.findall(r"^sample_type \{\s+type: (\d+)", text, re.M)]
    calls = collections.Counter()
    for block in re.findall(r"^sample \{(.*?)^\}", text, re.M | re.S):
        values = re.findall(r"value: (\d+)", block)
        leaf = re.search(r"location_id: (\d+)", block)[1]
        calls[names[locations[leaf]]] += int(values[types.index("calls")])
    return calls


def perfetto(path):
    sys.path.insert(0, os.environ["READERS"])
    from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent
    trace = Trace()
    trace.ParseFromString(open(path, "rb").read())
    calls, depth, now = collections.Counter(), 0, 0
    for packet in trace.packet:
        if not packet.HasField("track_event"):
            continue
        event = packet.track_event
        if packet.timestamp < now:
            raise SystemExit("time goes backwards")
        now = packet.timestamp
        depth += 1 if event.type == TrackEvent.TYPE_SLICE_BEGIN else -1
        if depth < 0:
            raise SystemExit("an end without a beginning")
        if event.type == TrackEvent.TYPE_SLICE_BEGIN:
            calls[event.name] += next(each.uint_value for each in event.debug_annotations
                                      if each.name == "calls")
    if depth:
        raise SystemExit("a beginning without an end")
    return calls


if __name__ == "__main__":
    found = globals()[sys.argv[1]](sys.argv[2])
    print(json.dumps({name: count for name, count in found.items() if count}, sort_keys=True))
