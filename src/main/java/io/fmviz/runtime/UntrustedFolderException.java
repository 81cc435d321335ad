package io.fmviz.runtime;

import java.io.IOException;

/** A file or folder that others can change: code in it may be theirs. The message names it. */
final class UntrustedFolderException extends IOException {
  private static final long serialVersionUID = 1L;

  UntrustedFolderException(String message) {
    super(message);
  }
}
