package io.fmviz.network.onnx.engine;

import io.fmviz.base.UserException;

/** Sizes in a network don't go together: those of other pictures may. */
public final class UnfitSizeException extends UserException {
  private static final long serialVersionUID = 1L;

  UnfitSizeException(String reason, String hint, Throwable cause) {
    super(reason, hint, cause);
  }
}
