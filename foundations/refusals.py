"""What stops a process of ours and is said in one line, without a traceback."""


class WillNotStart(Exception):
    """As it is set up, Handrail cannot start; the message says what to mend."""


class HadToStop(Exception):
    """A process or a command could not go on; the message says why."""
