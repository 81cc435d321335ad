package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegWriterTest {
  @Test
  void itsColoursAreThePictures() throws IOException {
    byte[] pixels = new byte[3 * 16 * 24];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
      pixels[i + 1] = (byte) 100;
      pixels[i + 2] = 50;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JpegWriter.write(new RgbImage(16, 24, pixels), out);
    var read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(Arrays.asList(read.getHeight(), read.getWidth())).containsExactly(16, 24);
    int color = read.getRGB(12, 8);
    assertThat(color >> 16 & 0xff).isCloseTo(200, within(3));
    assertThat(color >> 8 & 0xff).isCloseTo(100, within(3));
    assertThat(color & 0xff).isCloseTo(50, within(3));
  }
}
