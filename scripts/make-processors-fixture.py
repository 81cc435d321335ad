#!/usr/bin/python3
"""Writes src/test/resources/processors: files of settings as transformers' image processors write
them, and what each makes of photo/color.png and photo/tall.png, by the arithmetic that its page
documents. Needs Debian's python3-pil and python3-numpy; transformers itself isn't needed.

NAME.json is a preprocessor_config.json. processors.safetensors holds NAME/PICTURE, float32
[3, height, width], which is what the network gets. Middles are cut out as torchvision rounds, which
transformers' fast processors call.
"""
import json, os
import numpy as np
from PIL import Image
import safetensors_file

RESOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/test/resources")
FOLDER = os.path.join(RESOURCES, "processors")
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
HALF = [0.5, 0.5, 0.5]
CLIP_MEAN, CLIP_STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
TOP_STD = [0.47853944, 0.4732864, 0.47434163]


def shorter(image, side, resample):
    """get_resize_output_image_size with default_to_square=False: the longer side is rounded down."""
    short, long = min(image.size), max(image.size)
    other = int(side * long / short)
    return image.resize((side, other) if image.width <= image.height else (other, side), resample)


def stretched(image, height, width, resample):
    return image.resize((width, height), resample)


def middle(image, height, width):
    """center_crop: what is smaller gets black around it."""
    array = np.asarray(image)
    top, left = (int(round((array.shape[i] - side) / 2)) for i, side in ((0, height), (1, width)))
    around = [(max(0, -top), max(0, height - array.shape[0])), (max(0, -left), max(0, width - array.shape[1]))]
    array = np.pad(array, around + [(0, 0)])
    return array[max(0, top):max(0, top) + height, max(0, left):max(0, left) + width]


def numbers(array, factor=1 / 255, mean=None, std=None, offset=0):
    values = np.asarray(array).astype(np.float64) * factor - offset
    return (values - np.array(mean)) / np.array(std) if mean is not None else values


def convnext(image, c):
    side = c["size"]["shortest_edge"]
    assert side < 384
    scaled = shorter(image, int(side / c["crop_pct"]), c["resample"])
    return numbers(middle(scaled, side, side), mean=c["image_mean"], std=c["image_std"])


def cropping(image, c):
    """MobileNetV1, MobileNetV2, BiT, CLIP."""
    scaled = shorter(image, c["size"]["shortest_edge"], c["resample"])
    cut = middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"])
    return numbers(cut, mean=c["image_mean"], std=c["image_std"])


def mobilevit(image, c):
    scaled = shorter(image, c["size"]["shortest_edge"], c["resample"])
    return numbers(middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"]))[..., ::-1]


def levit(image, c):
    scaled = shorter(image, int((256 / 224) * c["size"]["shortest_edge"]), c["resample"])
    cut = middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"])
    return numbers(cut, mean=c["image_mean"], std=c["image_std"])


def poolformer(image, c):
    side = c["size"].get("shortest_edge", c["size"].get("height"))
    scaled = shorter(image, int(side / c["crop_pct"]), c["resample"])
    cut = middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"])
    return numbers(cut, mean=c["image_mean"], std=c["image_std"])


def stretching(image, c):
    """SegFormer, PVT, ViT, RT-DETR without its mean."""
    scaled = stretched(image, c["size"]["height"], c["size"]["width"], c["resample"])
    if not c["do_normalize"]:
        return numbers(scaled, c["rescale_factor"])
    return numbers(scaled, c["rescale_factor"], c["image_mean"], c["image_std"])


def deit(image, c):
    scaled = stretched(image, c["size"]["height"], c["size"]["width"], c["resample"])
    cut = middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"])
    return numbers(cut, mean=c["image_mean"], std=c["image_std"])


def efficientnet(image, c):
    """Rescaled to [-1, 1] by rescale_offset; with include_top divided by the deviation once more."""
    scaled = stretched(image, c["size"]["height"], c["size"]["width"], c["resample"])
    array = middle(scaled, c["crop_size"]["height"], c["crop_size"]["width"]) if c["do_center_crop"] else scaled
    values = numbers(array, c["rescale_factor"], offset=1 if c["rescale_offset"] else 0)
    if c["do_normalize"]:
        values = (values - np.array(c["image_mean"])) / np.array(c["image_std"])
    return values / np.array(c["image_std"]) if c["include_top"] else values


def dpt(image, c):
    """Without keep_aspect_ratio: each side to the next multiple."""
    multiple = c["ensure_multiple_of"]
    height, width = (round(c["size"][side] / multiple) * multiple for side in ("height", "width"))
    return numbers(stretched(image, height, width, c["resample"]), mean=c["image_mean"], std=c["image_std"])


def file(kind, size, resample, mean=None, std=None, **more):
    c = {"image_processor_type": kind + "ImageProcessor", "do_resize": True, "size": size,
         "resample": resample, "do_rescale": True, "rescale_factor": 1 / 255}
    if mean is not None:
        c.update(do_normalize=True, image_mean=mean, image_std=std)
    c.update(more)
    return c


def square(side):
    return {"height": side, "width": side}


def edge(side):
    return {"shortest_edge": side}


def cut(side):
    return {"do_center_crop": True, "crop_size": square(side)}


TOP = dict(do_center_crop=False, crop_size=square(16), rescale_offset=False, include_top=True)
CASES = {
    "convnext": (convnext, file("ConvNext", edge(21), 3, MEAN, STD, crop_pct=0.875)),
    "resnet-regnet": (convnext, file("ConvNext", edge(20), 3, MEAN, STD, crop_pct=0.9)),
    "mobilenet-v1": (cropping, file("MobileNetV1", edge(24), 2, HALF, HALF, **cut(21))),
    "mobilenet-v2": (cropping, file("MobileNetV2", edge(25), 2, HALF, HALF, **cut(20), do_reduce_labels=False)),
    "bit": (cropping, file("Bit", edge(22), 3, HALF, HALF, **cut(22), do_convert_rgb=True)),
    "clip": (cropping, file("CLIP", edge(22), 3, CLIP_MEAN, CLIP_STD, do_center_crop=True,
                            crop_size={"height": 22, "width": 17}, do_convert_rgb=True)),
    "mobilevit": (mobilevit, file("MobileViT", edge(24), 2, do_flip_channel_order=True, **cut(21))),
    "mobilevit-padded": (mobilevit, file("MobileViT", edge(16), 2, do_flip_channel_order=True, **cut(20))),
    "levit": (levit, file("Levit", edge(21), 3, MEAN, STD, **cut(21))),
    "poolformer": (poolformer, file("PoolFormer", edge(20), 3, MEAN, STD, crop_pct=0.9, **cut(20))),
    "poolformer-square": (poolformer, file("PoolFormer", square(20), 3, MEAN, STD, crop_pct=0.95, **cut(20))),
    "segformer": (stretching, file("Segformer", {"height": 16, "width": 24}, 2, MEAN, STD, do_reduce_labels=True)),
    "pvt": (stretching, file("Pvt", square(20), 2, MEAN, STD)),
    "vit-scalar": (stretching, file("ViT", square(20), 2, 0.5, 0.25)),
    "rt-detr": (stretching, file("RTDetr", square(20), 2, MEAN, STD, do_normalize=False, do_pad=False,
                                 pad_size=None, format="coco_detection", do_convert_annotations=True)),
    "bytes": (stretching, file("ViT", square(20), 2, [127.5] * 3, [127.5] * 3, do_rescale=False,
                               rescale_factor=1)),
    "deit": (deit, file("DeiT", square(24), 3, MEAN, STD, **cut(20))),
    "deit-wide": (deit, file("DeiT", {"height": 22, "width": 30}, 3, MEAN, STD, **cut(20))),
    "efficientnet": (efficientnet, file("EfficientNet", square(20), 0, MEAN, TOP_STD, **TOP)),
    "efficientnet-offset": (efficientnet, file("EfficientNet", square(20), 0, HALF, TOP_STD,
                                               **{**TOP, "rescale_offset": True, "rescale_factor": 1 / 127.5})),
    "efficientnet-plain": (efficientnet, file("EfficientNet", square(20), 2, MEAN, STD, do_normalize=False,
        **{**TOP, "rescale_offset": True, "rescale_factor": 1 / 127.5, "include_top": False})),
    "efficientnet-cut": (efficientnet, file("EfficientNet", square(24), 2, MEAN, STD,
                                            **{**TOP, "do_center_crop": True})),
    "dpt": (dpt, file("DPT", {"height": 22, "width": 30}, 3, HALF, HALF, keep_aspect_ratio=False,
                      ensure_multiple_of=4, do_pad=False, size_divisor=14)),
}

os.makedirs(FOLDER, exist_ok=True)
results = {}
for name, (processor, config) in CASES.items():
    with open(os.path.join(FOLDER, name + ".json"), "w") as out:
        json.dump(config, out, indent=1)
        out.write("\n")
    for picture in ("color.png", "tall.png"):
        image = Image.open(os.path.join(RESOURCES, "photo", picture)).convert("RGB")
        results[f"{name}/{picture}"] = processor(image, config).transpose(2, 0, 1).astype(np.float32)
safetensors_file.write(results, os.path.join(FOLDER, "processors.safetensors"))
