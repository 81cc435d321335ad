package io.fmviz.pipeline;

import io.fmviz.analysis.NonFinite;
import io.fmviz.base.Versions;
import io.fmviz.network.Network;
import io.fmviz.report.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command's files are made from, and how: the part of its manifest that is known before. */
final class Provenance {
  private final String command;
  private final Manifest.NetworkFacts network;
  private final Manifest.DatasetFacts dataset;
  private final Map<String, Object> options;

  /**
   * Notes all that, and the hash of the network.
   *
   * @param command its name
   * @param opened the images; null if none are looked at
   * @param options as on the command line, under their names in camel case, but for the pictures'
   */
  Provenance(String command, Network network, OpenedImages opened, Map<String, Object> options) {
    this.command = command;
    Manifest.CheckpointFacts facts =
        new Manifest.CheckpointFacts(
            network.location(),
            network.sha256(),
            network.metadata(),
            network.scores().fact(),
            network.answerOutput(),
            NonFinite.orNull(network.notNumbers()));
    this.network =
        new Manifest.NetworkFacts(
            network.origin().checkpoint(facts), network.origin().model(facts));
    this.dataset =
        opened == null || !opened.isDataset()
            ? null
            : new Manifest.DatasetFacts(
                opened.name(),
                opened.dataset().split().toString(),
                opened.dataset().fallbackReason());
    this.options = new LinkedHashMap<>(options);
    if (opened != null) {
      this.options.putAll(opened.options());
    }
  }

  /** The manifest of files that are still to be written. */
  Manifest planned(List<String> files) {
    return manifest(false, files, null);
  }

  /**
   * The manifest of files that are all written.
   *
   * @param details what the command found, a record, or a list of such
   */
  Manifest complete(List<String> files, Object details) {
    return manifest(true, files, details);
  }

  private Manifest manifest(boolean complete, List<String> files, Object details) {
    return new Manifest(
        Versions.get().fmviz(), command, complete, network, dataset, options, details, files);
  }
}
