"""How long a coordinator waits while working on a round of 300 mentors and 500 mentees.

Run ``python -m benchmarks.workshop``; it serves a throwaway instance with its worker, solves a
round, then pins other choices one after the other and solves again, as the pages do. With
``--size 5000`` it has so many mentors and as many mentees, and tells the processor time and the
weight of each page instead. Nothing here is a test.
"""

import argparse
import gzip
import json
import re
import statistics
import time
import urllib.parse

from flask.testing import FlaskClient

from benchmarks.service import COORDINATOR, Browser, median_ms, service, solve
from tandem.app import create_app

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
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int)
    size = parser.parse_args().size
    if size is None:
        walk()
    else:
        weigh(size)


def weigh(size: int) -> None:
    """Tell what the pages of a large round cost, each by itself, without a server between."""
    slug = f"demo-{size}-{size}-1"
    with service(size, size) as (address, password):
        browser = Browser(address)
        browser.post("/sign-in", "/sign-in", email=COORDINATOR, password=password)
        round_, seconds = solve(browser, slug, "Large")
        print(f"first solving, click to result: {seconds:.0f} s")
        client = create_app().test_client()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
        token = found.group(1) if found else ""
        client.post(
            "/sign-in", data={"email": COORDINATOR, "password": password, "csrf_token": token}
        )
        [key, *_] = re.findall(rf'href="/{slug}/proposals/([\w-]{{12,}})"', browser.get(round_))
        print("| page | ms of processor time | kB |\n|---|---|---|")
        pages = {
            "review": round_,
            "second page": f"{round_}?page=2",
            "search": f"{round_}?name=an",
            "mentees left over": f"{round_}?left=mentees",
            "prepare": f"{round_}?step=prepare",
            "opened row": f"/{slug}/proposals/{key}/row",
            "proposal": f"/{slug}/proposals/{key}",
            "what has changed": f"{round_}/mark",
            "policy": f"/{slug}/policies/",
        }
        for name, path in pages.items():
            print_cost(client, name, path)
        browser.post(round_, f"{round_}/solve")
        while json.loads(browser.get(f"{round_}/progress"))["solving"]:
            time.sleep(1)
        print_cost(client, "difference", f"{round_}/difference")


def print_cost(client: FlaskClient, name: str, path: str) -> None:
    """Print the median processor time of a page, and its size over the wire."""
    times, page = [], ""
    for _ in range(TRIES):
        start = time.process_time()
        answer = client.get(path)
        times.append(1000 * (time.process_time() - start))
        page = answer.text
        if answer.status_code != 200:
            raise LookupError(path)
    print(f"| {name} | {statistics.median(times):.0f} | {packed(page):.0f} |", flush=True)


def walk() -> None:
    """Work on a round as a coordinator does, and print how long it takes."""
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
