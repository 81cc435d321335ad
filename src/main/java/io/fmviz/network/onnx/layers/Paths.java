package io.fmviz.network.onnx.layers;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.fmviz.base.UserException;
import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads off the names in a file which module of whoever exported it a layer was:
 *
 * <pre>
 * /layer1/layer1.0/conv1/Conv                  layer1.0.conv1      PyTorch
 * ['', 'layer1', 'layer1.0', 'conv1', 'conv']  conv1               PyTorch, in the node's metadata
 * model/block_1/Conv2D                         model.block_1       TensorFlow
 * p2o.Conv.0                                   p2o.Conv.0          Paddle
 * </pre>
 *
 * Where nothing can be read off, it is the name of the output tensor. A path that is only what
 * other layers are in gets the operator's name behind it, {@code layer1.0.Add}.
 */
final class Paths {
  private static final String SCOPES = "pkg.torch.onnx.name_scopes";
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final int LONGEST = 200;

  private final Map<String, Integer> taken = new HashMap<>();
  private final Set<String> containers = new HashSet<>();

  /** What each module ends with: that is the module's output, and has its path. */
  private final Map<String, Op> ends = new HashMap<>();

  /**
   * What can be read off.
   *
   * @param module with dots between containers; empty for the outermost
   * @param operator how the operator is told from others in there; null for a module of its own
   *     name
   */
  private record ExportedName(String module, String operator) {}

  /** Notes the paths of all operators of a graph. */
  Paths(List<Op> ops) {
    for (Op op : ops) {
      ExportedName read = read(op);
      String path = read == null ? "" : read.module();
      ends.put(path, op);
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        containers.add(path.substring(0, dot));
      }
    }
    containers.add("");
  }

  /**
   * The path of a layer, which no other has.
   *
   * @param tensor the layer's output
   */
  String of(Module module, String tensor) {
    ExportedName read = read(module.first());
    String path;
    if (read == null) {
      path = tensor;
    } else if (read.operator() != null && isWithin(read.module(), module.last())) {
      path = read.module().isEmpty() ? read.operator() : read.module() + "." + read.operator();
    } else {
      path = read.module();
    }
    return unique(plain(path.isEmpty() ? tensor : path));
  }

  /** Whether a path is that of more than a layer; a module that runs twice ends alike. */
  private boolean isWithin(String path, Op last) {
    Op end = ends.get(path);
    return containers.contains(path)
        || (end != null && !end.equals(last) && !end.type().equals(last.type()));
  }

  private static String plain(String path) {
    String plain = UserException.plain(path);
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }

  private String unique(String path) {
    Integer before = taken.putIfAbsent(path, 0);
    if (before == null) {
      return path;
    }
    int count = before;
    String numbered;
    do {
      count++;
      numbered = path + "_" + count;
    } while (taken.containsKey(numbered));
    taken.put(path, count);
    taken.put(numbered, 0);
    return numbered;
  }

  private static ExportedName read(Op op) {
    for (StringStringEntryProto entry : op.proto().getMetadataPropsList()) {
      if (entry.getKey().equals(SCOPES)) {
        return scopes(op, entry.getValue());
      }
    }
    String name = op.proto().getName();
    if (name.startsWith("/")) {
      String[] parts = name.substring(1).split("/", -1);
      return new ExportedName(
          joined(Arrays.asList(parts).subList(0, parts.length - 1)), last(parts));
    }
    if (name.contains("/")) {
      return slashes(op, name);
    }
    return name.isEmpty() || name.matches(Pattern.quote(op.type()) + "_?\\d*")
        ? null
        : new ExportedName(name, null);
  }

  private static String last(String... parts) {
    return parts[parts.length - 1];
  }

  /** The last but one is the module's path, the last the operator. */
  private static ExportedName scopes(Op op, String text) {
    List<String> scopes = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      scopes.add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
    }
    return scopes.size() < 2 ? null : new ExportedName(scopes.get(scopes.size() - 2), op.type());
  }

  /** A scope that begins with its parent's says all of it again: layer1, layer1.0. */
  private static String joined(List<String> scopes) {
    String path = "";
    String parent = null;
    for (String scope : scopes) {
      if (parent != null && scope.startsWith(parent + ".")) {
        path = path.substring(0, path.length() - parent.length()) + scope;
      } else {
        path = path.isEmpty() ? scope : path + "." + scope;
      }
      parent = scope;
    }
    return path;
  }

  private static ExportedName slashes(Op op, String name) {
    List<String> parts = new ArrayList<>(List.of(name.split(";", 2)[0].split("/", -1)));
    parts.removeIf(part -> part.isEmpty() || part.startsWith("StatefulPartitionedCall"));
    if (parts.isEmpty()) {
      return null;
    }
    String end = parts.get(parts.size() - 1);
    if (parts.size() > 1 && (end.startsWith(op.type()) || end.startsWith("BiasAdd"))) {
      return new ExportedName(String.join(".", parts.subList(0, parts.size() - 1)), end);
    }
    return new ExportedName(String.join(".", parts), null);
  }
}
