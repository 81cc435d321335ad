"""What may differ between two runs of one jar: times, progress that is told now and then, and nothing else."""
import re

SECONDS = re.compile(r"\b[\d,]+(?:\.\d+)? s\b")
# A task, how far it is, perhaps a loss, since when, and the time left; a line each five seconds.
PROGRESS = re.compile(r"^\S[^\n]* [\d,]+/[\d,]+  (?:[^\n]*  )?[\dhmins ]+(?:, [\dhmins ]+ left)?\n", re.M)
PER_IMAGE = re.compile(r"^(ms per image, batches of \d+) [\d.,]+ [\d.,]+$", re.M)
# Of JSON, by name: seconds, and the moment an epoch ended.
TIMES = {"seconds", "testSeconds", "totalSeconds", "time"}
# prune measures milliseconds per image, before and after.
TIMINGS = "timings"


def text(content):
    content = SECONDS.sub("# s", PROGRESS.sub("", content))
    if "ms per image" in content:
        # How wide the columns are depends on these times.
        content = PER_IMAGE.sub(r"\1 # #", re.sub(r"(?m)^ +| +(?= )", "", content))
    return content


def json(value):
    if isinstance(value, list):
        return [json(v) for v in value]
    if not isinstance(value, dict):
        return value
    return {k: measured(v) if k in TIMES else timings(v) if k == TIMINGS else json(v) for k, v in value.items()}


def timings(rows):
    return [{k: v if k == "batchSize" else measured(v) for k, v in row.items()} for row in rows]


def measured(value):
    """The type of a measured value is still compared."""
    return f"<{type(value).__name__}>"
