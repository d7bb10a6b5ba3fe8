"""A small driver for Chromium: opens files, clicks, types, prints; no network.

In: a path to a page. Out: a :class:`Page` that answers from the real browser, and
remembers every request, console message and uncaught error.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
KEYS = {
    "Enter": 13,
    "Escape": 27,
    "Tab": 9,
    " ": 32,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
}


Answer = Callable[[str, dict[str, str]], tuple[str, bytes] | None]


def find_chromium() -> str | None:
    """Return the browser's program, or None."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser")
    return next(
        (found for name in names if name and (found := shutil.which(name))), None
    )


class Browser:
    """One process with an empty profile; :meth:`open` gives pages."""

    def __init__(self, program: str) -> None:
        from websockets.sync.client import connect

        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self._profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port_file = Path(self._profile.name) / "DevToolsActivePort"
        until = time.monotonic() + 20
        while not (port_file.exists() and "\n" in port_file.read_text()):
            if time.monotonic() > until:
                self._process.kill()
                message = "Chromium did not open its control port in 20 seconds."
                raise RuntimeError(message)
            time.sleep(0.05)
        port, path = port_file.read_text().split("\n")[:2]
        direct = socket.create_connection(("127.0.0.1", int(port)), timeout=20)
        self._closing = ExitStack()
        self._socket = self._closing.enter_context(
            connect(f"ws://127.0.0.1:{port}{path}", sock=direct, max_size=None)
        )
        self._next = 0
        self._events: list[dict[str, Any]] = []

    def send(self, method: str, session: str | None = None, **params: Any) -> Any:
        """Send one command and return its result; events are kept for later."""
        self._next += 1
        message = {"id": self._next, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=30))
            if answer.get("id") == self._next:
                if "error" in answer:
                    message = f"{method}: {answer['error']['message']}"
                    raise RuntimeError(message)
                return answer["result"]
            self._events.append(answer)

    def events(self, session: str) -> list[dict[str, Any]]:
        """Return and forget the events of one page."""
        mine = [e for e in self._events if e.get("sessionId") == session]
        self._events = [e for e in self._events if e.get("sessionId") != session]
        return mine

    def save_into(self, folder: Path) -> None:
        """Let pages save files into a folder."""
        self.send(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(folder.resolve()),
        )

    def open(
        self,
        path: Path,
        width: int = 1280,
        height: int = 800,
        *,
        address: str = "",
        trap: str = "",
        policy: bool = True,
    ) -> Page:
        """Open a file in a new page with the network off; wait until it has loaded.

        ``trap`` is a script that runs before anything of the page does; without
        ``policy`` the page's own policy is as if it were not there.
        """
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, target, session["sessionId"])
        for domain in ("Page", "Runtime", "Network", "Log"):
            page.send(f"{domain}.enable")
        page.send("Network.setBlockedURLs", urls=["http://*", "https://*", "ws://*"])
        page.resize(width, height)
        if trap:
            page.send("Page.addScriptToEvaluateOnNewDocument", source=trap)
        page.send("Page.setBypassCSP", enabled=not policy)
        page.send("Page.navigate", url=path.resolve().as_uri() + address)
        page.wait("document.readyState === 'complete'")
        return page

    def open_address(self, url: str, answer: Answer) -> Page:
        """Open a web address; every request is answered by ``answer``, no network.

        It gets address and headers, and gives (type, body), or None to fail.
        """
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, target, session["sessionId"], answer)
        for domain in ("Page", "Runtime", "Log", "Fetch"):
            page.send(f"{domain}.enable")
        page.resize(1280, 800)
        self._next += 1
        message = {
            "id": self._next,
            "method": "Page.navigate",
            "params": {"url": url},
            "sessionId": session["sessionId"],
        }
        self._socket.send(json.dumps(message))  # its answer comes after the page's
        while not page.serve():
            self._events.append(json.loads(self._socket.recv(timeout=30)))
        page.wait("typeof kkbpk === 'object' && kkbpk.map !== undefined")
        return page

    def close(self) -> None:
        """End the process and remove its profile."""
        try:
            self.send("Browser.close")
        finally:
            self._closing.close()
            self._process.wait(timeout=20)
            self._profile.cleanup()


class Page:
    """One open page."""

    def __init__(
        self,
        browser: Browser,
        target: str,
        session: str,
        answer: Answer | None = None,
    ) -> None:
        self._browser, self._target, self._session = browser, target, session
        self._answer = answer
        self._seen: list[dict[str, Any]] = []

    def send(self, method: str, **params: Any) -> Any:
        """Send a command to this page."""
        return self._browser.send(method, self._session, **params)

    def run(self, script: str) -> Any:
        """Return the value of an expression; an exception in the page is one here."""
        answer = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, condition: str, seconds: float = 10) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while not self.run(condition):
            self.serve()
            if time.monotonic() > until:
                message = f"still not true after {seconds} s: {condition}"
                raise AssertionError(message)
            time.sleep(0.02)

    def serve(self) -> int:
        """Answer the requests that wait for it; how many there were."""
        if self._answer is None:
            return 0
        served = 0
        for event in self._browser.events(self._session):
            if event.get("method") != "Fetch.requestPaused":
                self._seen += [event] if "method" in event else []
                continue
            asked = event["params"]
            served += 1
            found = self._answer(asked["request"]["url"], asked["request"]["headers"])
            request = {"requestId": asked["requestId"]}
            if found is None:
                self.send("Fetch.failRequest", **request, errorReason="Failed")
                continue
            kind, body = found
            self.send(
                "Fetch.fulfillRequest",
                **request,
                responseCode=200,
                responseHeaders=[{"name": "Content-Type", "value": kind}],
                body=base64.b64encode(body).decode(),
            )
        return served

    def resize(self, width: int, height: int, *, scale: float = 1) -> None:
        """Give the window another size."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def click(self, x: float, y: float, *, times: int = 1) -> None:
        """Move the mouse there and click, or double-click."""
        self.hover(x, y)
        for count in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.send(
                    "Input.dispatchMouseEvent",
                    type=kind,
                    x=x,
                    y=y,
                    button="left",
                    clickCount=count,
                )

    def hover(self, x: float, y: float) -> None:
        """Move the mouse there."""
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def drag_fingers(self, *fingers: tuple[float, float, float, float]) -> None:
        """Put fingers down at (x, y), move each by (dx, dy) in steps, lift them."""
        self.send("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=2)
        steps = 8

        def at(step: int) -> list[dict[str, float]]:
            share = step / steps
            return [
                {"x": x + dx * share, "y": y + dy * share, "id": i}
                for i, (x, y, dx, dy) in enumerate(fingers)
            ]

        def send(kind: str, points: list[dict[str, float]]) -> None:
            self.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)

        send("touchStart", at(0))
        for step in range(1, steps + 1):
            send("touchMove", at(step))
        send("touchEnd", [])

    def click_on(self, selector: str) -> None:
        """Scroll an element into view and click its middle."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'nearest'}); const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.click(*box)

    def press(self, key: str) -> None:
        """Press and release a key."""
        more = {"text": {"Enter": "\r"}.get(key, key)} if key in ("Enter", " ") else {}
        code = {
            "key": key,
            "code": "Space" if key == " " else key,
            "windowsVirtualKeyCode": KEYS[key],
        }
        self.send("Input.dispatchKeyEvent", type="keyDown", **code, **more)
        self.send("Input.dispatchKeyEvent", type="keyUp", **code)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.send("Input.insertText", text=text)

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a select, as a person would."""
        self.run(
            f"(() => {{ const s = document.querySelector({json.dumps(selector)});"
            f"s.value = {json.dumps(value)};"
            "s.dispatchEvent(new Event('change', {bubbles: true})); })()"
        )

    def text(self, selector: str) -> str:
        """Return the text of an element as it shows."""
        return self.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def pdf(self) -> bytes:
        """Print the page."""
        answer = self.send(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=True
        )
        return base64.b64decode(answer["data"])

    def picture(self) -> bytes:
        """Return the window as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])

    def _events(self, method: str) -> list[dict[str, Any]]:
        self.run("0")  # whatever happened before has been reported after this
        self._seen += self._browser.events(self._session)
        return [e["params"] for e in self._seen if e["method"] == method]

    def requests(self) -> list[str]:
        """Return every address that the page asked for, itself included."""
        found = [e["request"]["url"] for e in self._events("Network.requestWillBeSent")]
        return [url for url in found if not url.startswith("data:")]

    def complaints(self) -> list[str]:
        """Return uncaught errors, console errors and policy violations."""
        thrown = [
            e["exceptionDetails"].get("exception", {}).get("description", str(e))
            for e in self._events("Runtime.exceptionThrown")
        ]
        logged = [e["entry"]["text"] for e in self._events("Log.entryAdded")]
        said = [
            str(e["args"])
            for e in self._events("Runtime.consoleAPICalled")
            if e["type"] in ("error", "warning", "assert")
        ]
        return thrown + logged + said

    def close(self) -> None:
        """Close the page."""
        self._browser.send("Target.closeTarget", targetId=self._target)
