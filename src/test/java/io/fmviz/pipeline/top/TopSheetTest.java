package io.fmviz.pipeline.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopSheetTest {
  private static String caption(String source, Integer label) {
    Answers answers = new Answers(null, List.of("bee", "eel"));
    return TopSheet.caption(new AnsweredImage(3, source, null, label, null), answers);
  }

  @Test
  void aFileIsNamedOverItsCrop() {
    assertThat(caption(null, 1)).isEqualTo("3-1 eel");
    assertThat(caption("photos/cat.jpg", null)).isEqualTo("3 cat.jpg");
    assertThat(caption("photos/eel/tall.png", 1)).isEqualTo("3 tall.png-1 eel");
    assertThat(caption("a/holiday_picture_0017.jpg", null)).isEqualTo("3 hol...17.jpg");
  }
}
