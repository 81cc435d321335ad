package io.fmviz.dataset.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Pattern;

/** What decoders say, for people. */
final class DecoderWords {
  /**
   * Warnings of pixels that are missing or wrong. Others, such as of a colour profile that is
   * ignored or of bytes between two segments, change nothing that is looked at.
   */
  private static final Pattern LOSS =
      Pattern.compile(
          "(?i)premature|truncated|inconsistent progression|corrupt(?! JPEG data: \\d+ extraneous"
              + " bytes)");

  /** Words of a decoder's about itself. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "\\b(?:java|javax|com|sun)\\.[a-z]|Exception|SampleModel|DataBuffer|out of"
              + " bounds|^null$");

  private DecoderWords() {}

  /** Whether a warning says that pixels are lost. */
  static boolean isLoss(String warning) {
    return LOSS.matcher(warning).find();
  }

  /** Why it failed. */
  static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return "it ends early";
      }
    }
    // Other exceptions tell of the decoder's arrays.
    return e instanceof IOException
            && e.getMessage() != null
            && !INTERNAL.matcher(e.getMessage()).find()
        ? e.getMessage()
        : "the decoder does not understand it";
  }
}
