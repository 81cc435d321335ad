"""Reads and writes safetensors."""
import json
import struct

from arrays import safetensors


def read(file):
    with open(file, "rb") as opened:
        return safetensors(opened.read())


def as_type(array, name):
    if name == "BF16":
        return (array.astype("<f4").view("<u4") >> 16).astype("<u2")
    return array.astype({"F64": "<f8", "F32": "<f4", "F16": "<f2", "I32": "<i4"}[name])


def encoded(arrays, name, metadata=None):
    header = {"__metadata__": metadata} if metadata is not None else {}
    data = b""
    for key, array in arrays.items():
        content = as_type(array, name).tobytes()
        header[key] = {"dtype": name, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def write(file, arrays, name):
    with open(file, "wb") as opened:
        opened.write(encoded(arrays, name))
