package io.fmviz.network.onnx.gradient;

import io.fmviz.network.onnx.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules of what gives values another shape or order. */
final class Shaping {
  private Shaping() {}

  static void addTo(Map<String, Rule> rules) {
    Rule reshaped = (op, g, to) -> to.give(op.input(0), to.reshape(g, to.shape(op.input(0))));
    List.of("Flatten", "Reshape", "Squeeze", "Unsqueeze")
        .forEach(type -> rules.put(type, reshaped));
    rules.put("Transpose", Shaping::transposed);
    rules.put("Concat", Shaping::concatenated);
    rules.put("Split", Shaping::split);
    rules.put("DepthToSpace", Shaping::depthToSpace);
    rules.put("SpaceToDepth", Shaping::spaceToDepth);
    rules.put("Tile", Shaping::tiled);
  }

  private static void transposed(Op op, String g, Backward to) {
    int rank = to.rank(op.input(0));
    long[] order = op.numbers("perm");
    long[] back = new long[rank];
    for (int i = 0; i < rank; i++) {
      back[order.length == 0 ? i : (int) order[i]] = order.length == 0 ? rank - 1 - i : i;
    }
    to.give(op.input(0), to.transpose(g, back));
  }

  private static void concatenated(Op op, String g, Backward to) {
    int axis = Backward.axis(op.number("axis", 0), to.rank(op.output()));
    long from = 0;
    for (String input : op.inputs()) {
      long end = from + to.shape(input)[axis];
      if (to.isWanted(input)) {
        to.give(input, to.slice(g, axis, from, end));
      }
      from = end;
    }
  }

  private static void split(Op op, String g, Backward to) {
    int axis = Backward.axis(op.number("axis", 0), to.rank(op.input(0)));
    List<String> parts = op.outputs().stream().map(to::gradientOrZeros).toList();
    if (parts.size() != op.proto().getOutputCount()) {
      throw new NoRuleException("leaves outputs out");
    }
    to.give(op.input(0), to.op("Concat", parts, Emitter.number("axis", axis)));
  }

  private static void depthToSpace(Op op, String g, Backward to) {
    long block = op.number("blocksize", 1);
    long[] in = to.shape(op.input(0));
    if (!op.text("mode").equals("CRD")) {
      to.give(op.input(0), to.op("SpaceToDepth", List.of(g), Emitter.number("blocksize", block)));
      return;
    }
    long channels = in[1] / (block * block);
    String parts = to.reshape(g, in[0], channels, in[2], block, in[3], block);
    to.give(op.input(0), to.reshape(to.transpose(parts, 0, 1, 3, 5, 2, 4), in));
  }

  private static void spaceToDepth(Op op, String g, Backward to) {
    long block = op.number("blocksize", 1);
    to.give(op.input(0), to.op("DepthToSpace", List.of(g), Emitter.number("blocksize", block)));
  }

  /** Each repetition adds up. */
  private static void tiled(Op op, String g, Backward to) {
    long[] in = to.shape(op.input(0));
    long[] out = to.shape(op.output());
    List<Long> sides = new ArrayList<>();
    List<Long> repeated = new ArrayList<>();
    for (int i = 0; i < in.length; i++) {
      repeated.add((long) sides.size());
      sides.add(in[i] == 0 ? 1 : out[i] / in[i]);
      sides.add(in[i]);
    }
    long[] axes = repeated.stream().mapToLong(Long::longValue).toArray();
    long[] apart = sides.stream().mapToLong(Long::longValue).toArray();
    to.give(op.input(0), to.reshape(to.sum(to.reshape(g, apart), axes), in));
  }
}
