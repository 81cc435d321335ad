package io.fmviz.cli.options;

import java.util.ArrayList;
import java.util.List;

/** Words that an option takes beside others, for completion. */
abstract class Words extends ArrayList<String> {
  private static final long serialVersionUID = 1L;

  private Words(String... words) {
    super(List.of(words));
  }

  /** Of a device; its number may follow. */
  static final class Devices extends Words {
    private static final long serialVersionUID = 1L;

    Devices() {
      super("auto", "cpu", "gpu", "cuda");
    }
  }

  /** Of a number that may be found. */
  static final class Auto extends Words {
    private static final long serialVersionUID = 1L;

    Auto() {
      super("auto");
    }
  }

  /** Of channels' values that have names. */
  static final class Channels extends Words {
    private static final long serialVersionUID = 1L;

    Channels() {
      super("imagenet", "half", "none");
    }
  }
}
