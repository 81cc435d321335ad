package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names that a graph has, those in bodies too; nodes have names apart from tensors. */
public final class TakenNames {
  /** The kind of names that nodes have. */
  static final String NODE = "\n";

  /** Names of functions within functions would grow without end. */
  private static final int LONGEST = 100;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> last = new HashMap<>();

  /** All names of a graph. */
  public static TakenNames of(GraphProto graph) {
    TakenNames names = new TakenNames();
    names.add(graph);
    return names;
  }

  private void add(GraphProto graph) {
    graph.getInputList().forEach(input -> taken.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> taken.add(tensor.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      taken.add(NODE + node.getName());
      taken.addAll(node.getInputList());
      taken.addAll(node.getOutputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          add(attribute.getG());
        }
        attribute.getGraphsList().forEach(this::add);
      }
    }
  }

  /** A name that isn't taken, {@code prefix/name} if that is free; it is taken then. */
  String free(String kind, String prefix, String name) {
    String first = cut(prefix) + "/" + cut(name);
    String free = first;
    int number = last.getOrDefault(kind + first, 1);
    while (!taken.add(kind + free)) {
      number++;
      free = first + "_" + number;
    }
    last.put(kind + first, number);
    return free;
  }

  private static String cut(String name) {
    return name.length() > LONGEST ? name.substring(name.length() - LONGEST) : name;
  }
}
