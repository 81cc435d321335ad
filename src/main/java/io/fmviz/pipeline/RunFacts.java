package io.fmviz.pipeline;

import io.fmviz.analysis.NotNumbers;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import java.nio.file.Path;

/**
 * What the results of all commands that run a network have in common. What doesn't apply is null,
 * and left out of JSON.
 *
 * @param checkpoint where the network was found
 * @param weightsNotANumber how many of its weights are NaN or infinite; null for none
 * @param dataset null for files of a person's own
 * @param fallbackReason why the synthetic digits stand in for MNIST, or null if they don't
 * @param device {@code cpu} or {@code gpu:0}
 * @param threads of the engine for one operation
 * @param out the folder of the files
 * @param manifest the file that lists them
 * @param seconds from the start of the network to the manifest
 */
public record RunFacts(
    String checkpoint,
    Long weightsNotANumber,
    String dataset,
    String fallbackReason,
    String device,
    Integer threads,
    String out,
    String manifest,
    Double seconds) {
  /** The same where several checkpoints are looked at. */
  public RunFacts withoutCheckpoint() {
    return new RunFacts(
        null, null, dataset, fallbackReason, device, threads, out, manifest, seconds);
  }

  /** Of a training, which makes its network. */
  public static RunFacts ofTraining(
      String dataset, String fallbackReason, String device, Compute compute) {
    return new RunFacts(
        null, null, dataset, fallbackReason, device, compute.threads(), null, null, null);
  }

  /** Of a command that runs no network. */
  public static RunFacts ofFiles(Network network, Path out, Path manifest, double seconds) {
    return new RunFacts(
        network.location(),
        NotNumbers.orNull(network.notNumbers()),
        null,
        null,
        null,
        null,
        out.toString(),
        manifest.toString(),
        seconds);
  }
}
