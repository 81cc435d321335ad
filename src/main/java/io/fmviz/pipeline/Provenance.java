package io.fmviz.pipeline;

import io.fmviz.base.Sha256;
import io.fmviz.base.Versions;
import io.fmviz.checkpoint.Checkpoint;
import io.fmviz.dataset.OpenedDataset;
import io.fmviz.dataset.Split;
import io.fmviz.report.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a command's files are made from, and how: the part of its manifest that is known before. */
final class Provenance {
  private final String command;
  private final Manifest.CheckpointFacts checkpoint;
  private final Manifest.DatasetFacts dataset;
  private final Map<String, Object> options;

  /**
   * Notes all that, and the hash of the checkpoint's file.
   *
   * @param command its name
   * @param opened the images; null if none are looked at
   * @param split of these; null if none are looked at
   * @param options as on the command line, under their names in camel case
   */
  Provenance(
      String command,
      Checkpoint checkpoint,
      OpenedDataset opened,
      Split split,
      Map<String, Object> options) {
    this.command = command;
    this.checkpoint = facts(checkpoint);
    this.dataset =
        opened == null
            ? null
            : new Manifest.DatasetFacts(
                opened.dataset().name(),
                split.name().toLowerCase(Locale.ROOT),
                opened.fallbackReason());
    this.options = options;
  }

  /** The manifest of files that are still to be written. */
  Manifest planned(List<String> files) {
    return manifest(false, files, null);
  }

  /**
   * The manifest of files that are all written.
   *
   * @param details what the command found, a record, or a list or iterator of such
   */
  Manifest complete(List<String> files, Object details) {
    return manifest(true, files, details);
  }

  private Manifest manifest(boolean complete, List<String> files, Object details) {
    return new Manifest(
        Versions.get().fmviz(), command, complete, checkpoint, dataset, options, files, details);
  }

  static Manifest.CheckpointFacts facts(Checkpoint checkpoint) {
    return new Manifest.CheckpointFacts(
        checkpoint.file().toString(), Sha256.of(checkpoint.file()), checkpoint.metadata());
  }
}
