package io.fmviz.network.onnx.file;

import io.fmviz.base.FileKind;
import io.fmviz.base.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model is that isn't ONNX but PyTorch's, Keras's or TensorFlow's own, and a line that makes
 * an ONNX file of it.
 */
final class OtherModel {
  /** The end of a zip archive, where its directory lists the names. */
  private static final int TAIL = 1 << 16;

  /** How torch.save began its files before they were zip archives: a pickle of this number. */
  private static final String OLD_PICKLE =
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  /** A network of torchvision's, whose files have its name and part of a checksum. */
  private static final Pattern TORCHVISION =
      Pattern.compile(
          "((?:alexnet|vgg|resnet|resnext|wide_resnet|densenet|mobilenet|squeezenet|efficientnet|googlenet"
              + "|inception|shufflenet|convnext|regnet|vit_|swin|mnasnet)[a-z0-9_]*?)(?:-[0-9a-f]{8})?");

  /** The class that a pickle begins with, if it is one of a module's, not of a dict of weights. */
  private static final Pattern MODULE =
      Pattern.compile("\\u0080\\u0002c(?!collections\n)([\\w.]+)\n\\w+\n");

  private static final String INPUT = "torch.zeros(1, 3, 224, 224)";

  private final Path file;
  private final String name;

  private OtherModel(Path file) {
    this.file = file;
    this.name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses a file or folder that is another kind of model.
   *
   * @throws UserException that says which, and how an ONNX file is made of it
   */
  static void refuse(Path file) throws IOException {
    OtherModel other = new OtherModel(file);
    String[] told = Files.isDirectory(file) ? other.folder() : other.file();
    if (told != null) {
      throw new UserException("%s is %s, not an ONNX model; %s".formatted(file, told[0], told[1]));
    }
  }

  private String[] folder() {
    return Files.exists(file.resolve("saved_model.pb")) ? savedModel(file) : null;
  }

  private String[] file() throws IOException {
    String head;
    try (InputStream in = Files.newInputStream(file)) {
      head = new String(FileKind.head(new byte[0], in), StandardCharsets.ISO_8859_1);
    }
    if (head.startsWith("PK\3\4")) {
      return zip(head);
    }
    if (head.startsWith(OLD_PICKLE) || (isPyTorchs() && head.startsWith("\u0080"))) {
      return pyTorch();
    }
    if (head.startsWith("\0\0\0\0", 4) && head.startsWith("{\"", 8)) {
      return new String[] {
        "a safetensors file, which holds weights and no network",
        weights("safetensors.torch.load_file(%s)", "import torch, safetensors.torch")
      };
    }
    if (head.startsWith("\u0089HDF")) {
      return keras();
    }
    if (head.startsWith("TFL3", 4)) {
      return new String[] {"a TensorFlow Lite model", convert("tflite", file)};
    }
    return tensorFlow();
  }

  /** TensorFlow's protobuf has no mark of its own: it is known by its name. */
  private String[] tensorFlow() {
    if (name.equals("saved_model.pb")) {
      Path folder = file.toAbsolutePath().getParent();
      return savedModel(file.getParent() == null ? folder : file.getParent());
    }
    return name.endsWith(".pb")
        ? new String[] {
          "a TensorFlow graph",
          convert("graphdef", file) + " --%s INPUT:0 --%s OUTPUT:0".formatted("inputs", "outputs")
        }
        : null;
  }

  private String[] zip(String head) throws IOException {
    int length = head.length() < 30 ? 0 : head.charAt(26) | head.charAt(27) << 8;
    String first =
        head.substring(Math.min(30, head.length()), Math.min(30 + length, head.length()));
    if (name.endsWith(".keras") || first.equals("metadata.json")) {
      return keras();
    }
    if (first.endsWith("/data.pkl") || isPyTorchs()) {
      return isTorchScript() ? torchScript() : MODULE.matcher(head).find() ? module() : pyTorch();
    }
    return null;
  }

  private boolean isPyTorchs() {
    return name.matches(".*\\.(pth|pt|ckpt|pth\\.tar)");
  }

  private boolean isTorchScript() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      ByteBuffer tail = ByteBuffer.allocate(TAIL);
      while (tail.hasRemaining() && channel.read(tail) >= 0) {}
      String names = new String(tail.array(), 0, tail.position(), StandardCharsets.ISO_8859_1);
      return names.contains("/constants.pkl");
    }
  }

  private String[] torchScript() {
    return new String[] {
      "TorchScript, PyTorch's own format",
      "in Python: import torch; torch.onnx.export(torch.jit.load(%s), %s, %s)"
          .formatted(quoted(file), INPUT, quoted(target()))
    };
  }

  private String[] module() {
    return new String[] {
      "a pickled module of PyTorch's",
      "in Python, where its classes are: import torch; net = torch.load(%s, weights_only=False); torch.onnx.export(net.eval(), %s, %s)"
          .formatted(quoted(file), INPUT, quoted(target()))
    };
  }

  private String[] pyTorch() {
    return new String[] {
      "a PyTorch file, which holds weights and no network",
      weights("torch.load(%s)", "import torch")
    };
  }

  private String weights(String load, String imports) {
    String stem = name.replaceFirst("\\.(pth\\.tar|[a-z]+)$", "");
    Matcher known = TORCHVISION.matcher(stem);
    boolean isKnown = known.matches();
    return "%s: %s; %snet.load_state_dict(%s); torch.onnx.export(net.eval(), %s, %s)"
        .formatted(
            isKnown ? "in Python" : "in Python, where net is the network that they belong to",
            isKnown ? imports + ", torchvision" : imports,
            isKnown ? "net = torchvision.models." + known.group(1) + "(); " : "",
            load.formatted(quoted(file)),
            INPUT,
            quoted(target()));
  }

  private String[] keras() {
    return new String[] {
      name.endsWith(".keras") ? "a Keras model" : "an HDF5 file, as Keras writes models",
      convert("keras", file)
    };
  }

  private String[] savedModel(Path folder) {
    return new String[] {"TensorFlow's SavedModel", convert("saved-model", folder)};
  }

  private String convert(String form, Path from) {
    return "with tf2onnx: python3 -m tf2onnx.convert --%s %s --%s %s"
        .formatted(form, from, "output", target());
  }

  /** The ONNX file to make, beside this one. */
  private Path target() {
    String own = String.valueOf(file.getFileName());
    return file.resolveSibling(
        own.replaceFirst("(?i)\\.(pth\\.tar|pth|pt|ckpt|safetensors|h5|hdf5|keras|tflite|pb)$", "")
            + ".onnx");
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
