package io.fmviz.spark.files;

import java.io.IOException;

/**
 * A file is there, and its bytes did not come: a connection or a machine failed, and the next try
 * may go well.
 */
public final class RemoteReadException extends IOException {
  private static final long serialVersionUID = 1L;

  RemoteReadException(IOException cause) {
    super(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
  }
}
