package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fmviz.CamFixture;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayTest {
  private static RgbImage gray(int height, int width, int value) {
    byte[] pixels = new byte[3 * height * width];
    Arrays.fill(pixels, (byte) value);
    return new RgbImage(height, width, pixels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cam", "ablation", "mean", "max", "eigen"})
  void scalesAsPyTorchInterpolates(String method) {
    CamFixture fixture = CamFixture.of("linear");
    float[] unit = Arrays.copyOf(fixture.floats(method + ".unit"), 35);
    float[] scaled = fixture.floats(method + ".scaled");
    Overlay.Map map = new Overlay.Map(5, 7, unit);
    Overlay.Area all = Overlay.Area.of(gray(33, 45, 0));
    for (int i = 0; i < scaled.length; i++) {
      assertThat(map.at(all.y(i / 45), all.x(i % 45))).isCloseTo(scaled[i], within(1e-6f));
    }
  }

  @Test
  void mixesTheMapsColourWithThePicture() {
    Overlay overlay = new Overlay(Colormap.GRAY, 0.25);
    RgbImage picture = gray(1, 4, 100);
    RgbImage drawn =
        overlay.draw(picture, new Overlay.Map(1, 2, new float[] {0, 1}), Overlay.Area.of(picture));
    // The map at the pixels' middles: 0, 0.25, 0.75, 1; a quarter of its grey, the rest 75.
    assertThat(drawn.pixel(0, 0)).isEqualTo(75 * 0x010101);
    assertThat(drawn.pixel(0, 1)).isEqualTo(91 * 0x010101);
    assertThat(drawn.pixel(0, 2)).isEqualTo(123 * 0x010101);
    assertThat(drawn.pixel(0, 3)).isEqualTo(139 * 0x010101);
  }

  @Test
  void shadesWhatTheNetworkDoesNotSee() {
    Overlay overlay = new Overlay(Colormap.GRAY, 1);
    RgbImage drawn =
        overlay.draw(
            gray(4, 4, 200), new Overlay.Map(1, 1, new float[] {1}), new Overlay.Area(1, 0, 3, 3));
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        boolean isSeen = row >= 1 && row < 3 && column < 3;
        assertThat(drawn.pixel(row, column)).isEqualTo((isSeen ? 255 : 70) * 0x010101);
      }
    }
  }

  /** A letterbox: the upper and lower quarter of the map lie on the grey around the picture. */
  @Test
  void leavesOutWhatLiesBeyondThePicture() {
    Overlay overlay = new Overlay(Colormap.GRAY, 1);
    RgbImage drawn =
        overlay.draw(
            gray(2, 4, 0),
            new Overlay.Map(4, 1, new float[] {0, 0.2f, 0.6f, 1}),
            new Overlay.Area(-1, 0, 3, 4));
    assertThat(drawn.pixel(0, 0)).isEqualTo(51 * 0x010101);
    assertThat(drawn.pixel(1, 3)).isEqualTo(153 * 0x010101);
  }

  @Test
  void drawsWhatIsNoNumberInGrey() {
    RgbImage picture = gray(1, 1, 0);
    Overlay.Map map = new Overlay.Map(1, 1, new float[] {Float.NaN});
    assertThat(
            new Overlay(Colormap.VIRIDIS, 1)
                .draw(picture, map, Overlay.Area.of(picture))
                .pixel(0, 0))
        .isEqualTo(0xc0c0c0);
  }

  @Test
  void standsBesideABarOfItsColours() {
    RgbImage drawn = new Overlay(Colormap.GRAY, 1).withBar(gray(100, 10, 7), -1, 2);
    assertThat(drawn.height()).isEqualTo(100);
    // Picture, space, bar, space and the longest of -1, -0.25, 0.5, 1.25, 2.
    assertThat(drawn.width()).isEqualTo(10 + 4 + 12 + 4 + 5 * 6);
    assertThat(drawn.pixel(50, 5)).isEqualTo(7 * 0x010101);
    assertThat(drawn.pixel(0, 14)).isEqualTo(0xffffff);
    assertThat(drawn.pixel(99, 14)).isEqualTo(0x000000);
  }

  @Test
  void mixesNoMoreThanAll() {
    assertThatThrownBy(() -> new Overlay(Colormap.GRAY, 1.5))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(Settings.named("{alpha} must be from 0 to 1, not 1.5"));
  }
}
