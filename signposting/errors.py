"""What can be wrong with the directory, said so that a person can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """One thing wrong in one record: the file, the record, the field, and why."""

    file: str
    record: str
    field: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.record}: {self.field}: {self.why}"


class DirectoryBroken(Exception):
    """The directory must not be used; `faults` name every file and field."""

    def __init__(self, faults: tuple[Broken, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
