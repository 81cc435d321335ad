package io.fmviz.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that the pickle of a checkpoint may refer to, and what each stands for here. No other
 * is looked at, and none of them is ever looked up in Python's sense or in Java's.
 */
final class PickleName {
  /** What a name is good for. */
  enum Role {
    ORDERED_DICT,
    DEFAULT_DICT,
    TENSOR,
    PARAMETER,
    /** Nothing: neither tensors nor dicts, but what trainings keep beside them. */
    OPAQUE
  }

  /** The values' type of a storage, as safetensors names it. */
  record StorageType(String type) {}

  /** What each name stands for: a {@link Role} or a {@link StorageType}. */
  static final Map<String, Object> ALL = new HashMap<>();

  static {
    ALL.put("collections.OrderedDict", Role.ORDERED_DICT);
    ALL.put("collections.defaultdict", Role.DEFAULT_DICT);
    ALL.put("torch._utils._rebuild_tensor_v2", Role.TENSOR);
    ALL.put("torch._utils._rebuild_parameter", Role.PARAMETER);
    storage("Double", "F64");
    storage("Float", Tensor.FLOAT32);
    storage("Half", "F16");
    storage("BFloat16", "BF16");
    storage("Long", "I64");
    storage("Int", "I32");
    storage("Short", "I16");
    storage("Char", "I8");
    storage("Byte", "U8");
    storage("Bool", "BOOL");
    opaque("collections", "Counter", "deque");
    opaque("argparse", "Namespace");
    opaque("types", "SimpleNamespace");
    opaque("datetime", "date", "datetime", "time", "timedelta", "timezone");
    // Bytes, which protocol 2 has only as text.
    opaque("_codecs", "encode");
    for (String builtins : List.of("__builtin__", "builtins")) {
      opaque(builtins, "set", "frozenset", "list", "dict", "tuple", "str", "int", "float", "bool");
      opaque(
          builtins,
          "long",
          "unicode",
          "complex",
          "bytes",
          "bytearray",
          "range",
          "xrange",
          "slice",
          "Ellipsis");
    }
    for (String paths : List.of("pathlib", "pathlib._local")) {
      opaque(paths, "Path", "PosixPath", "WindowsPath");
      opaque(paths, "PurePath", "PurePosixPath", "PureWindowsPath");
    }
    for (String multiarray : List.of("numpy.core.multiarray", "numpy._core.multiarray")) {
      opaque(multiarray, "scalar", "_reconstruct");
    }
    opaque("numpy", "dtype", "ndarray", "bool_", "float16", "float32", "float64");
    opaque("numpy", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64");
    opaque("torch", "device", "Size", "bool", "uint8", "int8", "int16", "int32", "int64");
    opaque("torch", "float16", "bfloat16", "float32", "float64", "complex64", "complex128");
    opaque("torch.torch_version", "TorchVersion");
  }

  private PickleName() {}

  private static void storage(String name, String type) {
    ALL.put("torch." + name + "Storage", new StorageType(type));
  }

  private static void opaque(String module, String... names) {
    Arrays.stream(names).forEach(name -> ALL.put(module + "." + name, Role.OPAQUE));
  }
}
