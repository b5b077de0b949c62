"""Take a picture of every state: python -m tests.web_chat.pictures FOLDER."""

import sys
from pathlib import Path

from tests.browser import chromium
from tests.web_chat.served import ServedChat
from tests.web_chat.states import STATES

SIZES = ((320, 640), (390, 844), (1280, 800))
THEMES = ("light", "dark")


def take_pictures(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for width, height in SIZES:
            for theme in THEMES:
                for state in STATES:
                    served = ServedChat()
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme="dark" if theme == "dark" else "light",
                    )
                    page = context.new_page()
                    page.goto(f"{served.url}/c/demo")
                    state(page, served)
                    name = f"{state.__name__}-{width}-{theme}.png"
                    page.screenshot(path=folder / name)
                    context.close()
                    served.close()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]))
