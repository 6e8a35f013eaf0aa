"""Set this checkout up and run it: nothing is needed but Python 3.11 or newer.

    python3 start.py              load the records of this checkout, then ask for the Shahed-136
    python3 start.py test [...]   run the tests but the slow ones; further words go to pytest (-m "" runs all)

Everything is installed into .venv in this folder, in the versions of constraints.txt, and nothing outside of it is touched.
A second run finds it there. (Written so that an old Python can read it and name what is missing.)
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
MARK = os.path.join(VENV, "made-by-start.txt")  # what was installed; only "unfinished" while something still is
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")


class SetupError(Exception):
    """The reason why it cannot go on, for people."""


def main() -> int:
    """Do what the words after the name of this file ask for; the exit code."""
    words = sys.argv[1:]
    if words[:1] not in ([], ["test"]):
        print(__doc__.strip())
        return 0 if words[0] in ("-h", "--help") else 2
    try:
        if sys.version_info < (3, 11):
            return start_again_with_newer()
        return run_tests(words[1:]) if words else run_main_job()
    except SetupError as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        fail("interrupted; the same command begins again")
        return 130


def fail(why: str) -> int:
    """Say why it cannot go on; the exit code."""
    print(f"error: {why}", file=sys.stderr)
    return 1


def run_main_job() -> int:
    """Load the records, then list the transfers of one system."""
    install("main", ["-e", "."])
    for words in (["load"], ["query", "--system", "Shahed-136"]):
        print("$ transfers " + " ".join(words), flush=True)
        code = subprocess.call([PYTHON, "-m", "transfers", *words, "--collection", HERE])
        if code:
            return code
    return 0


def run_tests(words: "list[str]") -> int:
    """Run the tests, on up to four processors at once. What is given later wins."""
    install("tests", ["-e", ".[dev]"])
    usual = ["-m", "not slow", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]  # nothing waits behind a long test
    return subprocess.call([PYTHON, "-m", "pytest", *usual, *words], cwd=HERE)


def install(part: str, what: "list[str]") -> None:
    """Make .venv and install into it, unless that was done with the same pyproject.toml, constraints.txt and Python."""
    digest = hashlib.sha256(f"{sys.version} {HERE}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    done = read_mark()
    if done[:1] != [digest.hexdigest()] or not os.path.exists(PYTHON):
        done = [digest.hexdigest()]
        make_venv()
    elif part in done:
        return
    else:
        print("adding to .venv what the tests need (once, about a minute)", file=sys.stderr)
    write_mark(["unfinished"])
    pip("hatchling", "editables")  # what builds the project, so that its versions too are those of constraints.txt
    pip("--no-build-isolation", *what)
    write_mark([*done, "main", part])  # whatever is installed, the program is among it


def make_venv() -> None:
    """Make .venv anew. One that stands there and is not ours is left alone."""
    if os.path.lexists(VENV) and not os.path.exists(MARK):
        raise SetupError(f"{VENV} is there and was not made by start.py; move it away")
    if not has("venv") or not (has("ensurepip") or has("pip")):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetupError(f"{sys.executable} cannot make virtual environments; on Debian and Ubuntu: apt install {package}")
    print("setting up .venv (once, about a minute)", file=sys.stderr)
    os.makedirs(VENV, exist_ok=True)
    write_mark(["unfinished"])  # first, so that what an interrupt leaves behind is known to be ours
    for entry in os.scandir(VENV):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.path != MARK:
            os.unlink(entry.path)
    import venv  # not before it is known to be there

    try:
        venv.create(VENV, with_pip=has("ensurepip"), symlinks=os.name != "nt")
    except subprocess.CalledProcessError as error:
        raise SetupError(f"{VENV} cannot be made: {error}") from error


def has(module: str) -> bool:
    """Whether this Python has a module. Debian keeps ensurepip, which puts pip into an environment, in a package of its own."""
    spec = importlib.util.find_spec(module)
    return spec is not None and spec.origin is not None


def pip(*words: str) -> None:
    """Install with the pip of .venv, or else with the pip of this Python, in the versions of constraints.txt."""
    command = [PYTHON, "-m", "pip"] if has("ensurepip") else [sys.executable, "-m", "pip", "--python", PYTHON]
    command += ["install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt", *words]
    # Whatever the user's own settings of Python and pip are.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET")}
    code = subprocess.call(command, cwd=HERE, env={**environment, "PIP_USER": "0"})
    if code:
        raise SetupError(f"this step failed (exit code {code}), its reason stands above: {' '.join(command)}")


def read_mark() -> "list[str]":
    """What was installed, as `write_mark` wrote it; empty when nothing is known."""
    try:
        with open(MARK, encoding="utf-8") as file:
            return file.read().split()
    except OSError:
        return []


def write_mark(words: "list[str]") -> None:
    """Remember what was installed."""
    with open(MARK, "w", encoding="utf-8") as file:
        file.write("\n".join(words) + "\n")


def start_again_with_newer() -> int:
    """Run this file with a newer Python from PATH."""
    for name in NEWER:
        found = shutil.which(name)
        test = "import sys; sys.exit(sys.version_info < (3, 11))"
        if found and subprocess.call([found, "-c", test], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([found, os.path.abspath(__file__), *sys.argv[1:]])
    version = ".".join(map(str, sys.version_info[:3]))
    raise SetupError(f"Python 3.11 or newer is needed; {sys.executable} is {version}, and PATH has none of {', '.join(NEWER)}")


if __name__ == "__main__":
    sys.exit(main())
