"""Says what was found: a line for each difference, a table at the end."""
import sys

SHOWN = 6


class Report:
    def __init__(self, intended, cases, file):
        self.intended, self.cases, self.file = intended, cases, open(file, "w")
        self.files = self.pixels = self.done = self.meant = self.unintended = 0

    def add(self, result):
        self.done += 1
        self.files += result.counts.files
        self.pixels += result.counts.pixels
        bad = []
        for difference in result.differences:
            meant = self.intended.covers(result.case, difference)
            print(f"{'intended' if meant else 'DIFFERENT'} {result.case} {difference}", file=self.file)
            bad += [] if meant else [difference]
        self.meant += len(result.differences) - len(bad)
        self.unintended += len(bad)
        for difference in bad[:SHOWN]:
            print(f"DIFFERENT {result.case} {difference}")
        if len(bad) > SHOWN:
            print(f"DIFFERENT {result.case} ... and {len(bad) - SHOWN} more, see {self.file.name}")
        if self.done % 25 == 0:
            print(f"ruler: {self.done} of {self.cases} cases", file=sys.stderr, flush=True)

    def end(self, whole):
        self.file.close()
        if whole:
            for line in self.intended.stale():
                print(f"STALE, no such difference any more: {line}")
        print(f"{self.done:12,} cases\n{self.files:12,} files compared\n{self.pixels:12,} pixels compared")
        print(f"{self.meant:12,} differences intended\n{self.unintended:12,} differences not intended")
