package io.fmviz.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Delegates;
import io.fmviz.dataset.Images;
import org.junit.jupiter.api.Test;

/** What stands before images passes everything on, what has a default too. */
class DelegatesTest {
  @Test
  void passEveryMethodOn() {
    assertThat(Delegates.inherited(Images.class, PartitionImages.class))
        // These follow from others.
        .containsExactly("isLabeled(int)", "size()");
  }
}
