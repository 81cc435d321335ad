package io.fmviz.pipeline.cam;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.analysis.Prediction;
import io.fmviz.pipeline.AnsweredImage;
import org.junit.jupiter.api.Test;

class CamDrawingTest {
  private static String caption(String source, Prediction prediction) {
    return CamDrawing.caption(new AnsweredImage(3, source, null, null, prediction));
  }

  /** Names differ at both ends, and 32 characters are as wide as a picture. */
  @Test
  void aFileIsNamedOnTheSheetOfAll() {
    Prediction cat = new Prediction(281, "tabby cat", 0.5, null, null, null);
    assertThat(caption(null, cat)).isEqualTo("3: 281 tabby cat");
    assertThat(caption("photos/cat.jpg", cat)).isEqualTo("3 cat.jpg: 281 tabby cat");
    assertThat(caption("photos/cat.jpg", null)).isEqualTo("3 cat.jpg");
    assertThat(caption("a/holiday_picture_0017.jpg", cat))
        .isEqualTo("3 hol...0017.jpg: 281 tabby cat")
        .hasSizeLessThanOrEqualTo(32);
  }
}
