package io.fmviz.probe;

import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import io.fmviz.dataset.PassedOver;

/** There were images to look at, and none of them could be read. */
public final class NoneReadException extends UserException {
  private static final long serialVersionUID = 1L;

  /**
   * Of so many.
   *
   * @param first why the first can't be read
   */
  public NoneReadException(int images, PassedOver first) {
    super("none of %s can be read: %s".formatted(Numbers.count(images, "image"), first.reason()));
  }
}
