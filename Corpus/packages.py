"""The packages of packages.json, and how one is brought here and prepared."""

import dataclasses
import json
import pathlib
import shutil
import subprocess

LIST = pathlib.Path(__file__).with_name("packages.json")


class PackageError(Exception):
    """A package cannot be brought here; the text says why."""


@dataclasses.dataclass(frozen=True)
class Package:
    """One entry of the list.

    `arguments` go to every `swift test`, and `why` says what for. `preparation` is a named
    change of the checkout that the package needs to work plainly: its name, why it is needed,
    the files to copy (from, to) and the texts to replace (old, new).
    """
    url: str
    tag: str
    arguments: tuple = ()
    why: str | None = None
    preparation: dict | None = None
    quick: bool = False
    swiftbuild: bool = False

    @property
    def name(self):
        return self.url.rstrip("/").rsplit("/", 1)[1].removesuffix(".git")

    @property
    def key(self):
        """What a kept result must have been made of to be used again."""
        return {**self.checkout_key, "arguments": list(self.arguments)}

    @property
    def checkout_key(self):
        return {"url": self.url, "tag": self.tag, "preparation": self.preparation}


def read_list(file=LIST):
    entries = json.loads(file.read_text())["packages"]
    return [Package(**{**entry, "arguments": tuple(entry.get("arguments", ()))})
            for entry in entries]


def check_out(package, folder):
    """Clones the package at its tag into the folder and prepares it, unless that is there."""
    stamp = folder.with_name(folder.name + ".json")
    text = json.dumps(package.checkout_key, indent=2) + "\n"
    if folder.exists() and stamp.exists() and stamp.read_text() == text:
        return
    shutil.rmtree(folder, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["git", "clone", "-q", "--depth", "1", "-c", "advice.detachedHead=false",
         "--branch", package.tag, package.url, folder],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise PackageError(f"'{package.url}' at '{package.tag}': {done.stderr.strip()}")
    prepare(package, folder)
    stamp.write_text(text)


def prepare(package, folder):
    preparation = package.preparation or {}
    try:
        for source, copies in preparation.get("copy", {}).items():
            for copy in copies:
                shutil.copyfile(folder / source, folder / copy)
        for file, (old, new) in preparation.get("replace", {}).items():
            text = (folder / file).read_text()
            if old not in text:
                raise PackageError(f"preparation '{preparation['name']}': no '{old}' in '{file}'")
            (folder / file).write_text(text.replace(old, new))
    except OSError as error:
        raise PackageError(f"preparation '{preparation['name']}': {error}")
