"""How fast the service answers: pages on the demo data, and a round from click to result.

Run ``python -m benchmarks.service``; it makes a throwaway instance, starts the server with
its worker, signs in as a coordinator, and prints medians. Nothing here is a test.
"""

import http.cookiejar
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPEATS = 15
COORDINATOR = "svenja.marschkamp@tandem-koordination.example"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """The least of a browser: cookies, forms with their token, redirects."""

    def __init__(self, address: str) -> None:
        self._address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        """Return a page."""
        with self._opener.open(self._address + path) as answer:
            return str(answer.read().decode())

    def post(self, page: str, action: str, **values: str) -> str:
        """Send a form of ``page`` to ``action`` and return where it leads."""
        values["csrf_token"] = self.token(page)
        data = urllib.parse.urlencode(values).encode()
        with self._opener.open(self._address + action, data) as answer:
            return str(answer.url).removeprefix(self._address)

    def token(self, page: str) -> str:
        """Return the token that the forms of a page carry."""
        found = _TOKEN.search(self.get(page))
        return found.group(1) if found else ""

    def send(self, action: str, data: bytes) -> str:
        """Send a form that is filled in already, and return the page that answers."""
        with self._opener.open(self._address + action, data) as answer:
            return str(answer.read().decode())


@contextmanager
def service(mentors: int = 60, mentees: int = 100) -> Iterator[tuple[str, str]]:
    """Serve two demo programmes from a throwaway folder; yield address and password.

    One is the written demo, the other has as many people as asked for.
    """
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        os.environ["TANDEM_INSTANCE"] = folder
        tandem = [sys.executable, "-m", "tandem"]
        subprocess.run([*tandem, "upgrade"], check=True)
        subprocess.run([*tandem, "demo"], check=True, stdout=subprocess.DEVNULL)
        sized = ["--mentors", str(mentors), "--mentees", str(mentees), "--seed", "1"]
        subprocess.run([*tandem, "demo", *sized], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*tandem, "serve", "--port", str(port)])
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address, (Path(folder) / "demo_password").read_text()
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return


def solve(browser: Browser, slug: str, name: str) -> tuple[str, float]:
    """Open a round and solve it; return its address and the seconds from click to result."""
    round_ = browser.post(f"/{slug}/rounds/", f"/{slug}/rounds/", name=name)
    start = time.perf_counter()
    browser.post(round_, f"{round_}/solve")
    while "/proposals/" not in browser.get(round_):
        time.sleep(0.05)
    return round_, time.perf_counter() - start


def median_ms(browser: Browser, path: str) -> float:
    """Return the median time of a page, in milliseconds, the way over loopback included."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        browser.get(path)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def first_link(html: str, noun: str) -> str:
    """Return the first address of a thing of this noun on a page."""
    found = re.search(rf'href="([^"]*/{noun}/[\w-]{{12,}})"', html)
    if found is None:
        raise LookupError(noun)
    return found.group(1)


def main() -> None:
    """Measure and print."""
    with service() as (address, password):
        browser = Browser(address)
        browser.post("/sign-in", "/sign-in", email=COORDINATOR, password=password)
        round_, seconds = solve(browser, "dithmarschen", "Demo")
        _, large = solve(browser, "demo-60-100-1", "Larger")
        review = browser.get(round_)
        slug = "/dithmarschen"
        pages = {
            "start": f"{slug}/",
            "people": f"{slug}/people/",
            "person": first_link(browser.get(f"{slug}/people/"), "people"),
            "companies": f"{slug}/companies/",
            "round, prepare": f"{round_}?step=prepare",
            "round, review": round_,
            "proposal": first_link(review, "proposals"),
            "tandems": f"{slug}/tandems/",
        }
        print("| what | median ms |\n|---|---|")
        for name, path in pages.items():
            print(f"| {name} | {median_ms(browser, path):.0f} |")
        print(f"\nround of 25 x 40, click to result: {seconds:.2f} s")
        print(f"round of 60 x 100, click to result: {large:.2f} s")


if __name__ == "__main__":
    main()
