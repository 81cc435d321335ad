"""Compares pictures by what they show: form, size, pixels, and for animations each frame."""
import io

import numpy as np
from PIL import Image, ImageSequence

from arrays import arrays
from differences import Difference


def pixels(content):
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.width * picture.height * getattr(picture, "n_frames", 1)
    except OSError:
        return 0


def compare(old, new, place):
    before, after = frames(old), frames(new)
    if len(before) != len(after):
        yield Difference(f"{place}:frames", len(before), len(after))
    for i, (a, b) in enumerate(zip(before, after)):
        at = f"{place}:{i}" if len(before) > 1 else place
        if a[0] != b[0]:
            yield Difference(f"{at}:form", a[0], b[0])
        yield from arrays(a[1], b[1], f"{at}:pixels")


def frames(content):
    """Of each frame what there is beside pixels (colours or grey, how long it is shown), and these."""
    with Image.open(io.BytesIO(content)) as picture:
        found = []
        for frame in ImageSequence.Iterator(picture):
            shown = {key: frame.info.get(key) for key in ("duration", "loop")}
            found.append(((picture.format, frame.mode, shown), np.asarray(frame.convert("RGBA"))))
        return found
