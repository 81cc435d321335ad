"""What the scripts that make the tests' fixtures share: writing safetensors."""
import json, struct
import numpy as np

TYPES = {"float32": "F32", "uint8": "U8"}


def write(tensors, file):
    """Writes tensors, or arrays, by their names."""
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        values = np.asarray(tensor)
        header[name] = {"dtype": TYPES[str(values.dtype)], "shape": list(values.shape),
                        "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
        blobs.append(np.ascontiguousarray(values).tobytes())
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))
