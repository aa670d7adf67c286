"""Drives a headless Chromium over its DevTools pipe, with nothing but the standard library.

    with Browser() as browser:
        page = browser.open(path)
        page.wait("document.documentElement.dataset.ready")
        page.evaluate("document.title")
"""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]


def find_browser():
    """The path of a Chromium, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One Chromium process with a profile of its own, gone at the end."""

    def __init__(self, path=None, width=1360, height=860):
        self.path = path or find_browser()
        if not self.path:
            raise FileNotFoundError("no Chromium is installed")
        self.width, self.height = width, height
        self.number = 0
        self.waiting = b""
        self.events = []

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="sidik-browser-")
        read_end, self.to_browser = os.pipe()
        self.from_browser, write_end = os.pipe()
        arguments = [
            self.path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-extensions", "--hide-scrollbars", "--lang=en-GB",
            "--disable-background-networking", "--remote-debugging-pipe", "--font-render-hinting=none",
            f"--window-size={self.width},{self.height}", f"--user-data-dir={self.profile}", "about:blank",
        ]
        # The browser reads commands from descriptor 3 and answers on 4.
        shell = f'exec "$@" 3<&{read_end} 4>&{write_end}'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, "bash", *arguments], pass_fds=(read_end, write_end),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read_end)
        os.close(write_end)
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self.process.wait(timeout=10)
        except Exception:
            self.process.kill()
            self.process.wait()
        os.close(self.to_browser)
        os.close(self.from_browser)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _post(self, method, parameters, session):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_browser, data):]
        return self.number

    def _take(self, deadline):
        """The next message, or None when the time is up."""
        while b"\0" not in self.waiting:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.from_browser], [], [], left)[0]:
                return None
            part = os.read(self.from_browser, 1 << 20)
            if not part:
                raise ConnectionError("the browser has ended")
            self.waiting += part
        message, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, parameters=None, session=None, timeout=60):
        """Calls a DevTools method and returns its result."""
        number = self._post(method, parameters or {}, session)
        deadline = time.monotonic() + timeout
        while True:
            message = self._take(deadline)
            if message is None:
                raise TimeoutError(method)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def open(self, path, **size):
        """Opens a file in a new tab and returns the tab."""
        return Page(self, pathlib.Path(path).resolve().as_uri(), **size)


class Page:
    """One tab; remembers what its console and its exceptions said."""

    def __init__(self, browser, address, width=None, height=None, dark=False, mobile=False):
        self.browser = browser
        target = browser.send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.target = target
        attached = browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})
        self.session = attached["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.send(domain + ".enable")
        self.resize(width or browser.width, height or browser.height, mobile)
        self.send("Emulation.setEmulatedMedia",
                  {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        self.send("Page.navigate", {"url": address})

    def send(self, method, parameters=None, timeout=60):
        return self.browser.send(method, parameters, self.session, timeout)

    def resize(self, width, height, mobile=False):
        self.send("Emulation.setDeviceMetricsOverride",
                  {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile})

    def evaluate(self, expression, timeout=60):
        """The value of an expression or of the promise it gives."""
        result = self.send("Runtime.evaluate", {
            "expression": expression, "awaitPromise": True, "returnByValue": True}, timeout)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    def wait(self, condition, timeout=30):
        """Waits until an expression is true and returns its value."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            value = self.evaluate(
                f"(() => {{ try {{ const v = {condition}; return v instanceof Node ? true : v }}"
                " catch { return null } })()")
            if value:
                return value
            time.sleep(0.03)
        raise TimeoutError(f"never true: {condition}; {self.complaints()}")

    def click(self, selector, nth=0):
        """Clicks an element with a real mouse event in its middle."""
        place = self.evaluate(
            f"(() => {{ const e = document.querySelectorAll({json.dumps(selector)})[{nth}];"
            " if (!e) return null; e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect();"
            " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()")
        if place is None:
            raise LookupError(f"no element {selector} [{nth}]")
        for kind in ["mousePressed", "mouseReleased"]:
            self.send("Input.dispatchMouseEvent", {
                "type": kind, "button": "left", "clickCount": 1, **place})

    def key(self, name, text=None):
        """Presses a key."""
        special = {"Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, None), "Tab": ("Tab", 9, None)}
        code, number, typed = special.get(name, (name, ord(name.upper()[0]), text or name))
        down = {"type": "keyDown", "key": name, "code": code, "windowsVirtualKeyCode": number}
        if typed:
            down["text"] = typed
        self.send("Input.dispatchKeyEvent", down)
        self.send("Input.dispatchKeyEvent",
                  {"type": "keyUp", "key": name, "code": code, "windowsVirtualKeyCode": number})

    def type(self, text):
        self.send("Input.insertText", {"text": text})

    def picture(self, path):
        """Keeps a screenshot of what is in view."""
        data = self.send("Page.captureScreenshot", {"format": "png"})["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def print(self, path):
        """Keeps the page as it prints, as a PDF."""
        data = self.send("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def complaints(self):
        """Console errors, exceptions, refusals and loads of anything but the page itself."""
        self.evaluate("1")
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            method, what = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                found.append(str(what["exceptionDetails"].get("exception", {}).get("description", what)))
            elif method == "Runtime.consoleAPICalled" and what["type"] in ("error", "warning", "assert"):
                found.append(" ".join(str(item.get("value")) for item in what["args"]))
            elif method == "Log.entryAdded" and what["entry"]["level"] in ("error", "warning"):
                found.append(what["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                address = what["request"]["url"]
                if not address.startswith(("file://", "blob:", "data:")):  # data: the browser's own icons
                    found.append("loads " + address)
            elif method == "Page.javascriptDialogOpening":
                found.append("opens a dialogue")
        return found

    def close(self):
        self.browser.send("Target.closeTarget", {"targetId": self.target})
