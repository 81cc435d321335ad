package io.fmviz.pipeline;

import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Unwrapped;
import io.fmviz.dataset.PassedOver;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.report.Manifest;
import java.nio.file.Path;
import java.util.List;

/**
 * What the results of all commands that run a network have in common. What doesn't apply is null,
 * and left out of JSON.
 *
 * @param origin of the network; null where several are looked at, or where it is made anew
 * @param dataset null for a user's files
 * @param fallbackReason why the synthetic digits stand in for MNIST, or null if they don't
 * @param classesBy by what a user's folders were taken for classes, {@code names}, {@code numbers}
 *     or, a guess, {@code order}; null where they weren't
 * @param device {@code cpu} or {@code gpu:0}
 * @param threads of the engine for one operation
 * @param place where files were written; null if none were
 * @param seconds from the start of the network to the manifest
 * @param passedOver pictures that could not be read; null for none
 */
public record RunFacts(
    @Unwrapped Origin origin,
    String dataset,
    String fallbackReason,
    String classesBy,
    String device,
    Integer threads,
    @Unwrapped OutputFiles place,
    Double seconds,
    List<PassedOver> passedOver) {
  /**
   * The network that was looked at.
   *
   * @param checkpoint where it was found; null for an ONNX model
   * @param model where that was found; null for a checkpoint
   * @param answer what its answer is if not classes with logits: {@code two classes}, {@code
   *     labels}, {@code probabilities} or {@code score}; else null
   * @param weightsNotANumber how many of its weights are NaN or infinite; null for none
   */
  public record Origin(String checkpoint, String model, String answer, Long weightsNotANumber) {
    static Origin of(Network network) {
      return new Origin(
          network.origin().checkpoint(network.location()),
          network.origin().model(network.location()),
          network.scores().fact(),
          NonFinite.orNull(network.notNumbers()));
    }
  }

  /**
   * Where files were written.
   *
   * @param out their folder
   * @param manifest the file that lists them
   */
  public record OutputFiles(String out, String manifest) {
    static OutputFiles of(OutputRequest request) {
      Path folder = request.folder();
      return new OutputFiles(folder.toString(), folder.resolve(Manifest.FILE).toString());
    }
  }

  /** The same where several checkpoints are looked at. */
  public RunFacts withoutCheckpoint() {
    return new RunFacts(
        null, dataset, fallbackReason, classesBy, device, threads, place, seconds, passedOver);
  }

  /** Of a training, which makes its network. */
  public static RunFacts ofTraining(
      String dataset, String fallbackReason, String device, Compute compute) {
    return new RunFacts(
        null, dataset, fallbackReason, null, device, compute.threads(), null, null, null);
  }

  /** Of a command that runs no network. */
  public static RunFacts ofFiles(Network network, OutputRequest out, double seconds) {
    return new RunFacts(
        Origin.of(network), null, null, null, null, null, OutputFiles.of(out), seconds, null);
  }

  /** Where the network was found. */
  public String location() {
    return origin.checkpoint() == null ? origin.model() : origin.checkpoint();
  }
}
