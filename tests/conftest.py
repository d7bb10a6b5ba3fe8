"""What every test may rely on: no network, small hypothesis runs, the real exports."""

from __future__ import annotations

import http.server
import ipaddress
import os
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

os.environ.setdefault("MPLBACKEND", "Agg")
# The shipped outlines, whatever stores of boundaries this computer has.
os.environ["KKBPK_BOUNDARIES"] = "bawaan"
settings.register_profile(
    "kkbpk",
    deadline=None,  # the first call of a heavy import is slow, and that is no failure
    max_examples=60,
    derandomize=True,  # the same examples for everybody, today and tomorrow
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kkbpk")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Where a browser is required (CI), a browser test that is skipped has failed."""
    report = yield
    required = os.environ.get("KKBPK_REQUIRE_BROWSER") == "1"
    if required and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"KKBPK_REQUIRE_BROWSER=1, but skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple):
            try:
                local = ipaddress.ip_address(address[0]).is_loopback
            except ValueError:
                local = address[0] == "localhost"
            if not local:
                pytest.fail(f"a test tried to reach {address[0]}; tests are offline")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real exports beside the repository, or a skip that says why."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no ../shared/data beside this checkout: real exports are absent")
    return SHARED_DATA


@pytest.fixture(scope="session")
def shared_domain(shared_data):
    """The folder of collected facts beside the repository, or a skip that says why."""
    folder = shared_data.parent / "domain"
    if not folder.is_dir():
        pytest.skip("no ../shared/domain beside this checkout: its lists are absent")
    return folder


@pytest.fixture
def new_status(monkeypatch):
    """One more word in statuses.toml, while a test runs."""
    from kkbpk_geo.catalogue import reading
    from kkbpk_geo.catalogue import statuses as module

    entry = {
        "rank": 50, "letter": "z", "id": "hanya sedikit", "en": "only few",
        "hatch": "M1,1 7,2", "print": "**",
    }  # fmt: skip
    read = reading.read_toml
    more = {"statuses.toml": {"few": entry}}
    monkeypatch.setattr(
        reading, "read_toml", lambda name: {**read(name), **more.get(name, {})}
    )
    module.statuses.cache_clear()
    yield entry
    module.statuses.cache_clear()


@pytest.fixture
def listener():
    """Yield an address of this machine, and the list of what was asked of it."""
    asked = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()
