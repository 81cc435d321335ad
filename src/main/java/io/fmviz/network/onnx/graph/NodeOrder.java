package io.fmviz.network.onnx.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The order in which nodes can run. ONNX asks for a sorted list, but converters append nodes behind
 * those that read them (onnxconverter-common its Casts), and ONNX Runtime takes any order.
 */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * The places of nodes, each behind those that it reads, else as they stand in the file (Kahn
   * 1962, the first of the file first). Nodes of a cycle come last, for the engine to refuse.
   *
   * @param reads the tensors that each reads
   */
  static List<Integer> of(List<NodeProto> nodes, List<Set<String>> reads) {
    Map<String, Integer> makers = new HashMap<>();
    List<List<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      readers.add(new ArrayList<>());
      for (String output : nodes.get(i).getOutputList()) {
        makers.putIfAbsent(output, i);
      }
    }
    int[] waiting = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waiting.length; i++) {
      for (String tensor : reads.get(i)) {
        if (makers.containsKey(tensor)) {
          readers.get(makers.get(tensor)).add(i);
          waiting[i]++;
        }
      }
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      for (int reader : readers.get(next)) {
        waiting[reader]--;
        if (waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        order.add(i);
      }
    }
    return order;
  }
}
