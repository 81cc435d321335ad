package io.fmviz.pipeline;

import io.fmviz.checkpoint.CheckpointFormat;
import java.nio.file.Path;

/**
 * What to export, and where to.
 *
 * @param to the file, whose name tells the format
 * @param force replace a file that is there
 */
public record ExportRequest(CheckpointRequest checkpoint, Path to, boolean force) {
  public ExportRequest {
    try {
      CheckpointFormat.of(to);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--to " + e.getMessage(), e);
    }
  }
}
