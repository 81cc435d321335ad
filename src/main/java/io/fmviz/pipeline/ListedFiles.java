package io.fmviz.pipeline;

import io.fmviz.dataset.photo.OwnFiles;
import io.fmviz.report.Manifest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The files that manifests list, in whatever folder a person's pictures are looked for. */
final class ListedFiles implements OwnFiles {
  @Override
  public Optional<Set<String>> of(Path file) {
    return file.getFileName().toString().equals(Manifest.FILE) && OutputFolder.isManifest(file)
        ? Optional.of(OutputFolder.listed(file))
        : Optional.empty();
  }
}
