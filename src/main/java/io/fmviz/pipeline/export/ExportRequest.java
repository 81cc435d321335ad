package io.fmviz.pipeline.export;

import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;

/**
 * What to export, and where to.
 *
 * @param to the file, whose name tells the format
 * @param force replace a file that is there
 */
public record ExportRequest(NetworkRequest network, Path to, boolean force) {
  public ExportRequest {
    ExportFormat.of(to);
  }
}
