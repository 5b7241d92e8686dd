"""The command line of the mutation check: workers, progress, score and survivors."""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from scripts.mutation import Mutant, MutationError
from scripts.mutation.checks import Checks, Outcome
from scripts.mutation.workshop import ROOT, Workshop, open_workshop

EQUIVALENTS = ROOT / "tests" / "mutation_equivalents.csv"
PROGRESS_EVERY_SECONDS = 15
# So many are tried however slow the preparation was.
AT_LEAST = 20

worker_checks: Checks | None = None


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Change each legal parameter and comparison, one at a time; the fast tests must catch every change."
    )
    parser.add_argument("--changes", type=int, help="try only this many changes, chosen at random")
    parser.add_argument("--seed", default=time.strftime("%Y-%m-%d"), help="seed of the random choice (default: today's date)")
    parser.add_argument("--minutes", type=float, help="stop after this long, preparation included")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--only", default="", help="only changes whose file, place or change contains this text")
    parser.add_argument("--list", action="store_true", help="print every change and what caught it")
    return parser.parse_args(arguments)


def read_equivalents() -> dict[tuple[str, str, str], str]:
    """Changes that change nothing, with the reason. Raises MutationError for a row without one."""
    with EQUIVALENTS.open(encoding="utf-8", newline="") as handle:
        rows = {(row["file"], row["place"], row["change"]): row["reason"].strip() for row in csv.DictReader(handle)}
    silent = [" | ".join(identity) for identity, reason in rows.items() if not reason]
    if silent:
        raise MutationError(f"{EQUIVALENTS.name}: no reason is given for {silent[0]}")
    return rows


def start_worker(workshop: Workshop, folder: Path) -> None:
    """Prepare the tests of one worker process."""
    global worker_checks
    worker_checks = Checks(workshop, folder / f"worker_{os.getpid()}")


def try_mutant(mutant: Mutant) -> tuple[Mutant, Outcome]:
    """Run the tests of this worker on one change."""
    assert worker_checks is not None
    return mutant, worker_checks.outcome(mutant)


def choose(mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    """The changes to try, in random order when a choice is made or the time may run out."""
    chosen = [mutant for mutant in mutants if options.only in " | ".join(mutant.identity)]
    if options.changes or options.minutes:
        random.Random(options.seed).shuffle(chosen)
    return chosen[: options.changes]


def run(mutants: list[Mutant], workshop: Workshop, folder: Path, jobs: int, deadline: float) -> list[tuple[Mutant, Outcome]]:
    """Try the changes until done or until the deadline (monotonic seconds).

    Raises MutationError when a worker cannot prepare its tests.
    """
    results: list[tuple[Mutant, Outcome]] = []
    started = shown = time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, initializer=start_worker, initargs=(workshop, folder)) as pool:
        for future in as_completed([pool.submit(try_mutant, mutant) for mutant in mutants]):
            try:
                results.append(future.result())
            except BrokenProcessPool as error:
                raise MutationError("a worker stopped; what it says stands above") from error
            now = time.monotonic()
            if now - shown > PROGRESS_EVERY_SECONDS:
                shown = now
                uncaught = sum(outcome.kind == "survived" for _, outcome in results)
                tried = f"{len(results)} of {len(mutants)} tried in {now - started:.0f} s"
                print(f"{tried}, {uncaught} uncaught or equivalent", flush=True)
            if now > deadline and len(results) >= AT_LEAST:
                pool.shutdown(cancel_futures=True)
                break
    return results


def report(results: list[tuple[Mutant, Outcome]], equivalents: dict[tuple[str, str, str], str], total: int) -> int:
    """Print score and survivors; returns how many changes are wrong: not caught, or not what they are listed as."""
    counted = Counter(outcome.kind for _, outcome in results)
    caught_by = Counter(outcome.by.partition(",")[0].split(" test ")[0] for _, outcome in results if outcome.kind == "caught")
    survivors = [mutant for mutant, outcome in results if outcome.kind == "survived"]
    unexplained = [mutant for mutant in survivors if mutant.identity not in equivalents]
    wrong = [mutant for mutant, outcome in results if outcome.kind == "caught" and mutant.identity in equivalents]
    judged = counted["caught"] + len(unexplained)
    score = 100 * counted["caught"] / judged if judged else 100.0
    for mutant in sorted(unexplained, key=lambda mutant: mutant.identity):
        print(f"SURVIVED {mutant.file}:{mutant.line}: {mutant.change}\n    {mutant.place}")
    for mutant, outcome in results:
        if outcome.kind == "invalid":
            print(f"NO SQL {mutant.file}:{mutant.line}: {mutant.change}\n    {mutant.place}\n    {outcome.by}")
    for mutant in wrong:
        print(f"NOT EQUIVALENT, a test catches it: {' | '.join(mutant.identity)}")
    print(
        f"{len(results)} of {total} changes tried: {counted['caught']} caught"
        f" ({', '.join(f'{number} by {kind}' for kind, number in caught_by.most_common())}),"
        f" {len(survivors) - len(unexplained)} equivalent, {counted['invalid']} no SQL, {len(unexplained)} survived."
        f" Score {score:.2f} %."
    )
    return len(unexplained) + len(wrong) + counted["invalid"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    started = time.monotonic()
    options = parse_options(arguments)
    deadline = started + 60 * options.minutes if options.minutes else float("inf")
    try:
        equivalents = read_equivalents()
        with tempfile.TemporaryDirectory(prefix="mutation_") as name:
            workshop = open_workshop(Path(name))
            unknown = equivalents.keys() - {mutant.identity for mutant in workshop.mutants}
            if unknown:
                raise MutationError(f"{EQUIVALENTS.name}: no such change: {' | '.join(sorted(unknown)[0])}")
            chosen = choose(workshop.mutants, options)
            print(
                f"prepared in {time.monotonic() - started:.0f} s; {len(chosen)} of {len(workshop.mutants)} changes,"
                f" seed {options.seed}",
                flush=True,
            )
            results = run(chosen, workshop, Path(name), options.jobs, deadline)
    except MutationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.list:
        for mutant, outcome in results:
            print(f"{outcome.kind}\t{outcome.by}\t{' | '.join(mutant.identity)}")
    return 1 if report(results, equivalents, len(workshop.mutants)) else 0
