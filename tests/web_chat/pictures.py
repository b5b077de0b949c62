"""Take a picture of every state: python tests/web_chat/pictures.py FOLDER."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from browser import chromium  # noqa: E402
from served import ServedChat  # noqa: E402
from states import STATES  # noqa: E402

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
