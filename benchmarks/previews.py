"""How fast a page can show what another policy would change, by the number of people.

Run ``python -m benchmarks.previews``; it makes a throwaway instance, enters another policy
as a coordinator would, and prints medians. Nothing here is a test.
"""

import html
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

import matching
from benchmarks.service import COORDINATOR, Browser, service

REPEATS = 7
SIZES = ((60, 100), (100, 100), (300, 500))
_FIELD = re.compile(r"<(?:input|select)\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


def engine_ms(mentors: int, mentees: int, aim: str) -> float:
    """Return the processor time of one matching under an aim, in milliseconds."""
    people = matching.simulate(mentors, mentees, seed=1, region=next(iter(matching.REGIONS)))
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        matching.match(*people, matching.Policy(aim=aim))
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def preview_ms(browser: Browser, slug: str) -> float:
    """Return the median time in which the page says what another policy changes."""
    page = f"/{slug}/policies/"
    entered = _entered(browser.get(page)) | {"sector": "9000", "needs": "0"}
    data = urllib.parse.urlencode(entered).encode()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        browser.send(f"{page}preview", data)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _entered(page: str) -> dict[str, str]:
    """Return what a browser would send of a policy if nothing but the usual were chosen."""
    form = page[page.index('id="policy"') : page.index('id="preview-said"')]
    found = {"aim": "most", "language_floor": "B1"}
    for tag in _FIELD.findall(form):
        attributes = dict(_ATTRIBUTE.findall(tag))
        ticked = attributes.get("type") not in {"checkbox", "radio"} or " checked" in tag
        if "name" in attributes and "value" in attributes and ticked:
            found[attributes["name"]] = html.unescape(attributes["value"])
    return found


def main() -> None:
    """Measure and print."""
    print("| people | aim | engine, ms of processor time |\n|---|---|---|")
    for mentors, mentees in SIZES:
        for aim in matching.AIMS:
            print(f"| {mentors} x {mentees} | {aim} | {engine_ms(mentors, mentees, aim):.0f} |")
    with service() as (address, password):
        browser = Browser(address)
        browser.post("/sign-in", "/sign-in", email=COORDINATOR, password=password)
        sized = ["--mentors", "300", "--mentees", "500", "--seed", "1"]
        subprocess.run([sys.executable, "-m", "tandem", "demo", *sized], check=True)
        print("\n| people | click to what changes, ms |\n|---|---|")
        for slug in ("dithmarschen", "demo-60-100-1", "demo-300-500-1"):
            print(f"| {slug} | {preview_ms(browser, slug):.0f} |")


if __name__ == "__main__":
    main()
