"""Python files are short, say what they are for, print nothing and hold no words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from foundations.content import read_yaml
from tests.house_rules.names import LOGGING
from tests.house_rules.tree import files, packages, parsed, text

MOST_LINES = 400
MIGRATIONS = "storage/migrations/versions"
COMMAND_LINES = ("__main__.py",)
TALKS_TO_A_TERMINAL = {
    "runtime/backup.py": "says where the copy is",
    "runtime/doctor.py": "says what to mend",
    "runtime/environments.py": "runs before anything is installed, from make",
    "runtime/keys_command.py": "keys says which step is done",
    "runtime/yearly_command.py": "yearly-report says where the page is",
    "runtime/keeping_commands.py": "retention shows what would go",
    "runtime/feedback_command.py": "prints a month's digest",
    "runtime/model.py": "shows the progress of training",
    "runtime/staff_commands.py": "prints a sign-in, an invitation, the audit's state",
    "runtime/reconcile_command.py": "says how many texts had been missed",
    "runtime/report_commands.py": "a command line for service reports",
    "runtime/supervisor.py": "make run prints what is open",
    "tests/storage/speed_probe.py": "a command line for measuring",
}
SPEAKS_TO_YOUNG_PEOPLE = ("bot", "gateway", "channels")
SENTENCE = re.compile(r"[A-Za-z']+ [a-z']+ [a-z']+ [^\n]*[a-z][.?!](\s|$)")
SHORTEST = 40
HERE = Path(__file__).parent
NOT_SAID = read_yaml(HERE / "sentences.yml") or {}


def test_no_python_file_is_longer_than_can_be_read_at_once() -> None:
    lengths = {str(path): len(text(path).splitlines()) for path in files(".py")}
    too_long = [
        f"{path}: {lines}"
        for path, lines in lengths.items()
        if lines > MOST_LINES and not path.startswith(MIGRATIONS)
    ]

    assert too_long == []


def test_every_python_file_begins_by_saying_what_it_is_for() -> None:
    silent = [str(p) for p in files(".py") if not ast.get_docstring(parsed(p))]

    assert silent == []


def test_nothing_is_printed_outside_command_lines() -> None:
    found = {
        str(path)
        for path in files(".py")
        if path.name not in COMMAND_LINES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }

    assert found == set(TALKS_TO_A_TERMINAL)


def test_no_sentence_for_a_young_person_is_written_in_code() -> None:
    found = {
        f"{path}:{line}": said
        for path in packages()
        if path.parts[0] in SPEAKS_TO_YOUNG_PEOPLE
        for line, said in sentences(path)
    }

    assert [at for at, said in found.items() if said not in NOT_SAID] == []
    assert [said for said in NOT_SAID if said not in found.values()] == []


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Give long texts with a sentence in them that are no docstring, log or error."""
    module = parsed(path)
    apart = {id(inner) for node in ast.walk(module) for inner in _not_shown(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_long = len(node.value) > SHORTEST and SENTENCE.search(node.value)
            if is_long and id(node) not in apart:
                yield node.lineno, node.value


def _not_shown(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise():
            yield from ast.walk(node)
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in LOGGING:
            yield from ast.walk(node)
        case ast.Call(func=ast.Name(id=name)) if name.endswith(("Error", "Exception")):
            yield from ast.walk(node)
        case _:
            pass
