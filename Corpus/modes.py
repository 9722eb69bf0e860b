"""The ways in which a package's tests are run."""

import dataclasses
import pathlib

CONTEXTS = {
    "count": ("-W", "count --top 1"),
    "identity": ("-W", "{root}/Corpus/Contexts/Identity.swift:Identity"),
    "boxing": ("-W", "{root}/Corpus/Contexts/Boxing.swift:Boxing"),
    "roundtrip": ("-D", "{root}/Examples/Dynamos/Guide.swift:Roundtrip"),
}
"""What is put into the package: a context, or a dynamo that makes every call anew."""
CONTEXT_FILES = {"identity": pathlib.Path(__file__).with_name("Contexts") / "Identity.swift",
                 "boxing": pathlib.Path(__file__).with_name("Contexts") / "Boxing.swift",
                 "roundtrip": pathlib.Path(__file__).parents[1] / "Examples/Dynamos/Guide.swift"}


@dataclasses.dataclass(frozen=True)
class Plain:
    """`swift test` as it is: what the other modes of the same configuration are held against."""
    configuration: str
    build_system: str
    is_instrumented = False

    @property
    def name(self):
        return f"{self.configuration}/plain/{self.build_system}"

    def command(self, rayc, root, package, checkout, scratch):
        return ["swift", "test", *shared_options(self, package, checkout, scratch),
                *package.arguments]


@dataclasses.dataclass(frozen=True)
class Mode:
    """One way of instrumenting; with `twins` the whole run is one extent (`--trigger main`)."""
    configuration: str
    placement: str
    context: str
    build_system: str
    is_instrumented = True

    @property
    def name(self):
        return "/".join(dataclasses.astuple(self))

    @property
    def plain(self):
        return Plain(self.configuration, self.build_system)

    @property
    def counts_events(self):
        return self.context == "count"

    @property
    def context_source(self):
        """The context's source if it is one of this folder; it may change apart from rayc."""
        file = CONTEXT_FILES.get(self.context)
        return file.read_text() if file else None

    def command(self, rayc, root, package, checkout, scratch):
        option, text = CONTEXTS[self.context]
        return [str(rayc), "test", *shared_options(self, package, checkout, scratch),
                option, text.format(root=root),
                *(["--trigger", "main"] if self.placement == "twins" else []),
                "--", *package.arguments]


def shared_options(mode, package, checkout, scratch):
    """A release build of tests needs to be testable."""
    options = ["--package-path", str(checkout), "--scratch-path", str(scratch),
               "-c", mode.configuration, "--build-system", mode.build_system]
    if mode.configuration == "release":
        options += ["-Xswiftc", "-enable-testing"]
    return options


def modes_with(*contexts):
    return [Mode(configuration, placement, context, build_system)
            for build_system in ("native", "swiftbuild")
            for configuration in ("debug", "release")
            for placement in ("in-place", "twins")
            for context in contexts]


MODES = modes_with("count", "identity")
SLOW_MODES = modes_with("boxing")
DYNAMO_MODES = [mode for mode in modes_with("roundtrip") if mode.placement == "in-place"]
"""Nothing is observed there, so there are no twins."""
NAMED_MODES = SLOW_MODES + DYNAMO_MODES
"""Run only where `boxing` or `roundtrip` is written."""
WORDS = {word for mode in MODES + NAMED_MODES for word in mode.name.split("/")}

QUICK = "debug/count/native,release/identity/native"


def choose(text):
    """The modes that a list such as `debug/twins,release/count/native` means.

    Each item names the words that a mode must have, in any order; `all` means every mode but
    those with `boxing` or `roundtrip`, which have to be named.
    Raises ValueError with the first word that no mode has.
    """
    chosen = set()
    for item in text.split(","):
        words = [] if item == "all" else item.split("/")
        for word in words:
            if word not in WORDS:
                raise ValueError(f"no mode is '{word}'; modes are made of the words "
                                 + ", ".join(sorted(WORDS)))
        known = MODES + [mode for mode in NAMED_MODES if mode.context in words]
        chosen.update(mode for mode in known if set(words) <= set(mode.name.split("/")))
    return [mode for mode in MODES + NAMED_MODES if mode in chosen]


def usual(package):
    """What is run if no modes are asked for: swiftbuild only where the list says so, counting."""
    return [mode for mode in MODES if mode.build_system == "native"
            or package.swiftbuild and mode.context == "count"]
