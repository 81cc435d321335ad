package io.fmviz.network.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was guessed of a model that says too little.
 *
 * @param notes a line each, for people
 * @param inputs the values of inputs beside the pictures, by name
 */
record Guesses(List<String> notes, Map<String, List<Double>> inputs) {
  Guesses() {
    this(new ArrayList<>(), new LinkedHashMap<>());
  }
}
