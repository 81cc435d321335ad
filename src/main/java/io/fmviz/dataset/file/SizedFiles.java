package io.fmviz.dataset.file;

import java.nio.file.Path;
import java.util.List;

/** Files of which is known how large they are, about. */
public interface SizedFiles extends List<Path> {
  /** In bytes. */
  long bytes(int index);
}
