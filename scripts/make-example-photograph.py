#!/usr/bin/env python3
"""Makes the photograph that the live page begins with: Chelsea the cat, from Debian's
python3-skimage, whose photographer (Stefan van der Walt) put it under CC0.

    scripts/make-example-photograph.py src/main/resources/io/fmviz/serve/example.jpg
"""
import sys

from PIL import Image
from skimage import data

Image.fromarray(data.chelsea()).resize((361, 240), Image.LANCZOS).save(sys.argv[1], quality=85, optimize=True)
