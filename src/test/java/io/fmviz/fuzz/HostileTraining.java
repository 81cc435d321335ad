package io.fmviz.fuzz;

import io.fmviz.checkpoint.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a resumed training must refuse to go on from. */
public final class HostileTraining {
  private HostileTraining() {}

  /** Optimizer files that can't stand beside {@link Samples#checkpoint}. */
  public static List<HostileFile> optimizerFiles() {
    byte[] good = Samples.optimizerFile();
    int dataStart = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Damage damage =
        new Damage(good)
            .cut(0, 8, dataStart, -1)
            .flip(0, 8, 3)
            .flip(dataStart, good.length, 150)
            .add("a checkpoint", Samples.bytes(Samples.checkpoint()));
    // In Latin-1 every byte is a letter, and all have their length.
    String text = new String(good, StandardCharsets.ISO_8859_1);
    for (String step : List.of("0", "x", "-", "\u00e9")) {
      replace(
          damage, text, "the step is " + step, "\"step\":\"1\"", "\"step\":\"%s\"".formatted(step));
    }
    replace(damage, text, "no step", "\"step\"", "\"stop\"");
    replace(damage, text, "the moments of no checkpoint", "checkpoint_sha256", "checkpoint_sha255");
    replace(damage, text, "a moment is missing", "exp_avg.fc.bias", "exp_avg.fc.bais");
    replace(damage, text, "a moment's type", "F32", "I32");
    return damage.files();
  }

  private static void replace(Damage damage, String good, String what, String a, String b) {
    damage.add(what, good.replace(a, b).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whole checkpoints that record what can't be. */
  public static List<HostileFile> checkpoints() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("epoch", List.of("-1", "7", "2147483647", "2147483648"));
    values.put("seed", List.of("9223372036854775808"));
    values.put("learning_rate", List.of("NaN", "0", "-1"));
    values.put("batch_size", List.of("0", "2147483648"));
    values.put("test_batch_size", List.of("65537"));
    values.put("threads", List.of("1025", "\n"));
    values.put("train_images", List.of("0", "2147483648"));
    values.put("test_images", List.of(""));
    values.put("dataset", List.of("", "/etc/passwd"));
    List<HostileFile> files = new ArrayList<>();
    Checkpoint good = Samples.checkpoint().checkpoint();
    values.forEach(
        (key, list) ->
            list.forEach(
                value -> {
                  Map<String, String> metadata = new LinkedHashMap<>(good.metadata());
                  metadata.put(key, value);
                  Checkpoint bad = new Checkpoint(good.file(), metadata, good.tensors());
                  files.add(new HostileFile(key + " is " + value, Samples.bytes(bad)));
                }));
    return files;
  }
}
