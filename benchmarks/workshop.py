"""How long a coordinator waits while working on a round of 300 mentors and 500 mentees.

Run ``python -m benchmarks.workshop``; it serves a throwaway instance with its worker, solves a
round, then pins other choices one after the other and solves again, as the pages do. Nothing
here is a test.
"""

import gzip
import json
import re
import statistics
import time
import urllib.parse

from benchmarks.service import COORDINATOR, Browser, median_ms, service, solve

MENTORS, MENTEES = 300, 500
TRIES = 5
_FIRST_WAIT_SECONDS = 0.25
_SLOWER = 1.2
_MOST_WAIT_SECONDS = 2.0
_OTHER = re.compile(
    r'name="mentee" value="([^"]+)"><input type="hidden" name="mentor" value="([^"]+)">'
    r'(?:(?!</form>).)*value="pin_and_solve"',
    re.DOTALL,
)
"""The form with which a row tries another choice."""


def main() -> None:
    """Measure and print."""
    slug = f"demo-{MENTORS}-{MENTEES}-1"
    with service(MENTORS, MENTEES) as (address, password):
        browser = Browser(address)
        browser.post("/sign-in", "/sign-in", email=COORDINATOR, password=password)
        round_, seconds = solve(browser, slug, "Workshop")
        waited = wait_for_insights(browser, round_)
        review = browser.get(round_)
        keys = re.findall(rf'href="/{slug}/proposals/([\w-]{{12,}})"', review)
        row = f"/{slug}/proposals/{keys[0]}/row"
        print("| what | |\n|---|---|")
        print(f"| first solving, click to result | {seconds:.2f} s |")
        print(f"| insights after that | {waited:.1f} s |")
        print(f"| review page | {median_ms(browser, round_):.0f} ms, {packed(review):.0f} kB |")
        print(f"| opened row | {median_ms(browser, row):.0f} ms |")
        rows = [f"/{slug}/proposals/{key}/row" for key in dict.fromkeys(keys)]
        again = [try_another(browser, round_, each) for each in rows[:TRIES]]
        print(f"| pin, solve again, difference | {statistics.median(again):.2f} s |")
        print(f"| difference | {median_ms(browser, f'{round_}/difference'):.0f} ms |")


def packed(page: str) -> float:
    """Return how many kilobytes a page is over the wire."""
    return len(gzip.compress(page.encode())) / 1000


def wait_for_insights(browser: Browser, round_: str) -> float:
    """Wait until stability and the like are there; return the seconds."""
    start = time.perf_counter()
    while not json.loads(browser.get(f"{round_}/progress"))["insights"]:
        time.sleep(0.1)
    return time.perf_counter() - start


def try_another(browser: Browser, round_: str, row: str) -> float:
    """Pin the cheapest other choice of a row and solve again; return the seconds until it is shown.

    Asks how far it is as the page's script does: often at first, then less often.
    """
    other = _OTHER.search(browser.get(row))
    if other is None:
        raise LookupError(row)
    mentee, mentor = other.groups()
    asked = {"mentee": mentee, "mentor": mentor, "kind": "pin_and_solve"}
    form = urllib.parse.urlencode(asked | {"csrf_token": browser.token(round_)}).encode()
    start = time.perf_counter()
    browser.send(f"{round_}/adjust", form)
    wait = _FIRST_WAIT_SECONDS
    while json.loads(browser.get(f"{round_}/progress"))["solving"]:
        time.sleep(wait)
        wait = min(wait * _SLOWER, _MOST_WAIT_SECONDS)
    browser.get(f"{round_}/difference")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
