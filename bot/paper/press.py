"""The press: sets one record and ends. Run as a process of its own, from standard input to standard output.

It prints nothing but the PDF, as an error of Typst's may quote what it was to set.
"""

import resource
import sys
from pathlib import Path

SHEETS = {name: Path(__file__).with_name(f"{name}.typ") for name in ("record", "report")}
CPU_SECONDS = 20
MOST_MEMORY = 2 * 1024**3


def main(sheet: str) -> int:
    """Set what stands on standard input, on the sheet of that name. Returns 1 where Typst refuses it."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is left of a fall would hold what people said
    import typst  # only now, so that it has the limits too

    record = sys.stdin.buffer.read().decode()
    try:
        paper = typst.compile(
            SHEETS[sheet].read_bytes(), ignore_system_fonts=True, sys_inputs={"record": record}, pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        return 1
    sys.stdout.buffer.write(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["record"]))
