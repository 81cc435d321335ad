"""Compares arrays bit by bit: NumPy's files, safetensors, and what is in a state dict's archive."""
import io
import json
import struct
import zipfile

import numpy as np

import objects
from differences import Difference

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "u1"}


def compare_npy(old, new, place):
    yield from arrays(np.load(io.BytesIO(old)), np.load(io.BytesIO(new)), place)


def compare_npz(old, new, place):
    with np.load(io.BytesIO(old)) as a, np.load(io.BytesIO(new)) as b:
        yield from named(a, b, place)


def compare_safetensors(old, new, place):
    (header, tensors), (new_header, new_tensors) = safetensors(old), safetensors(new)
    yield from objects.values(header, new_header, f"{place}:$")
    yield from named(tensors, new_tensors, place)


def compare_state_dict(old, new, place):
    """The pickle's bytes and the tensors' bytes, whatever the archive around them looks like."""
    with zipfile.ZipFile(io.BytesIO(old)) as a, zipfile.ZipFile(io.BytesIO(new)) as b:
        yield from named(*({name: np.frombuffer(archive.read(name), "u1") for name in archive.namelist()}
                           for archive in (a, b)), place)


def safetensors(content):
    """The header without the places of the tensors, and these."""
    end = 8 + struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:end])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, last = (end + offset for offset in entry.pop("data_offsets"))
            tensors[name] = np.frombuffer(content[first:last], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return header, tensors


def named(old, new, place):
    for name in dict.fromkeys([*old, *new]):
        if name in old and name in new:
            yield from arrays(old[name], new[name], f"{place}:{name}")
        else:
            yield Difference(f"{place}:{name}", *("there" if name in side else "missing" for side in (old, new)))


def arrays(old, new, place):
    if (old.dtype, old.shape) != (new.dtype, new.shape):
        yield Difference(place, f"{old.dtype} {old.shape}", f"{new.dtype} {new.shape}")
    elif old.tobytes() != new.tobytes():
        bits = [np.frombuffer(array.tobytes(), "u1").reshape(old.size, old.itemsize) for array in (old, new)]
        differs = (bits[0] != bits[1]).any(axis=1)
        a, b = (array.astype("f8").reshape(-1) for array in (old, new))
        a, b, first = a[differs], b[differs], int(np.argmax(differs))
        absolute, larger = np.abs(a - b), np.maximum(np.abs(a), np.abs(b))
        # Zeros of two signs differ by nothing, and NaN by more than any tolerance.
        relative = np.divide(absolute, larger, out=np.zeros_like(a), where=larger != 0)
        place += str([int(i) for i in np.unravel_index(first, old.shape)])
        yield Difference(place, float(a[0]), f"{float(b[0])}, and so {len(a):,} of {old.size:,}",
                         float(absolute.max()), float(relative.max()))
