package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

class GifWriterTest {
  private static RgbImage frame(Colormap colormap, int shift) {
    float[] values = new float[300];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i + shift) % 300 / 299f;
    }
    return colormap.paint(values, 0, 3, 100);
  }

  private static byte[] write(List<RgbImage> frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GifWriter.write(frames, out);
    return out.toByteArray();
  }

  private interface Check {
    void of(ImageReader reader) throws IOException;
  }

  private static void read(byte[] gif, Check check) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      check.of(reader);
    } finally {
      reader.dispose();
    }
  }

  /** 256 colours of viridis. */
  @Test
  void showsEveryFrameInItsOwnColours() throws IOException {
    List<RgbImage> frames =
        List.of(
            frame(Colormap.VIRIDIS, 0), frame(Colormap.VIRIDIS, 100), frame(Colormap.VIRIDIS, 7));
    read(
        write(frames),
        reader -> {
          assertThat(reader.getNumImages(true)).isEqualTo(3);
          for (int i = 0; i < 3; i++) {
            BufferedImage image = reader.read(i);
            for (int y = 0; y < 3; y++) {
              for (int x = 0; x < 100; x++) {
                assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(frames.get(i).pixel(y, x));
              }
            }
          }
        });
  }

  @Test
  void merelyDropsTheLowestBitsOfMoreColoursThanAGifHolds() throws IOException {
    List<RgbImage> frames = new ArrayList<>();
    for (Colormap colormap : EnumSet.complementOf(EnumSet.of(Colormap.AUTO))) {
      frames.add(frame(colormap, 0));
    }
    read(
        write(frames),
        reader -> {
          for (int i = 0; i < frames.size(); i++) {
            BufferedImage image = reader.read(i);
            for (int x = 0; x < 100; x++) {
              int actual = image.getRGB(x, 1);
              int expected = frames.get(i).pixel(1, x);
              for (int bits = 0; bits <= 16; bits += 8) {
                assertThat(actual >> bits & 0xff).isCloseTo(expected >> bits & 0xff, within(15));
              }
            }
          }
        });
  }

  @Test
  void beginsAgainAndHoldsTheLastFrame() throws IOException {
    byte[] gif = write(List.of(frame(Colormap.GRAY, 0), frame(Colormap.GRAY, 5)));
    read(
        gif,
        reader -> {
          assertThat(delay(reader, 0)).isEqualTo("60");
          assertThat(delay(reader, 1)).isEqualTo("180");
        });
    assertThat(new String(gif, StandardCharsets.ISO_8859_1))
        .containsOnlyOnce("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
  }

  @Test
  void refusesFramesThatNoGifHolds() {
    RgbImage frame = frame(Colormap.GRAY, 0);
    assertThatThrownBy(() -> write(List.of(frame, new Canvas(6, 200, 0).image())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a frame of 6 x 200 among frames of 3 x 100");
    RgbImage wide = new Canvas(1, 65_536, 0).image();
    assertThatThrownBy(() -> write(List.of(wide)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a GIF of 1 x 65536");
  }

  private static String delay(ImageReader reader, int frame) throws IOException {
    IIOMetadataNode root =
        (IIOMetadataNode) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
    IIOMetadataNode control =
        (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    return control.getAttribute("delayTime");
  }
}
