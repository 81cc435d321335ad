package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.Settings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MapsPictureTest {
  private static final GridOptions GRID = new GridOptions(2, 1, 0);
  private static final float[] MAPS = {0, 1, 2, -2};

  /** Two maps of 1 x 2 pixels. */
  private static BufferedImage draw(
      Normalize normalize, Colormap colormap, int scale, boolean label) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PngWriter png = new PngWriter()) {
      PictureOptions options = new PictureOptions(GRID, normalize, colormap, scale, label);
      MapsPicture.write(MAPS, 2, 1, 2, options, png, out);
    }
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static String row(BufferedImage image, int y) {
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < image.getWidth(); x++) {
      int value =
          image.getType() == BufferedImage.TYPE_BYTE_GRAY
              ? image.getRaster().getSample(x, y, 0) * 0x010101
              : image.getRGB(x, y) & 0xffffff;
      text.append(x == 0 ? "" : " ").append("%06x".formatted(value));
    }
    return text.toString();
  }

  @Test
  void aPlainPictureIsTheGrid() throws IOException {
    BufferedImage image = draw(Normalize.NONE, Colormap.GRAY, 1, false);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(row(image, 1)).isEqualTo("000000 000000 ffffff 000000 ffffff 000000 000000");
  }

  @Test
  void normalisesBeforeItColours() throws IOException {
    assertThat(row(draw(Normalize.MAP, Colormap.GRAY, 1, false), 1))
        .isEqualTo("000000 000000 ffffff 000000 ffffff 000000 000000");
    assertThat(row(draw(Normalize.LAYER, Colormap.GRAY, 1, false), 1))
        .isEqualTo("000000 808080 bfbfbf 000000 ffffff 000000 000000");
    assertThat(row(draw(Normalize.LAYER, Colormap.VIRIDIS, 1, false), 1))
        .isEqualTo("000000 21918c 5cc863 000000 fde725 440154 000000");
  }

  @Test
  void centresDivergingColoursOnZero() throws IOException {
    String zero = "%06x".formatted(Colormap.COOLWARM.color(128));
    String half = "%06x".formatted(Colormap.COOLWARM.color(191));
    assertThat(row(draw(Normalize.LAYER, Colormap.COOLWARM, 1, false), 1))
        .isEqualTo("000000 " + zero + " " + half + " 000000 b40426 3b4cc0 000000");
    assertThat(row(draw(Normalize.MAP, Colormap.COOLWARM, 1, false), 1))
        .isEqualTo("000000 " + zero + " b40426 000000 b40426 3b4cc0 000000");
  }

  @Test
  void scalesTheGapsToo() throws IOException {
    BufferedImage image = draw(Normalize.NONE, Colormap.GRAY, 2, false);
    assertThat(image.getHeight()).isEqualTo(6);
    assertThat(row(image, 3))
        .isEqualTo(
            row(draw(Normalize.NONE, Colormap.MAGMA, 2, false), 3)
                .replace("fcfdbf", "ffffff")
                .replace("000004", "000000"))
        .isEqualTo(
            "000000 000000 000000 000000 ffffff ffffff 000000 000000 ffffff ffffff 000000 000000"
                + " 000000 000000");
  }

  @Test
  void writesChannelNumbersAboveTheMaps() throws IOException {
    BufferedImage image = draw(Normalize.NONE, Colormap.GRAY, 1, true);
    assertThat(image.getHeight()).isEqualTo(10 + 1 + 1);
    assertThat(image.getWidth()).isEqualTo(1 + (5 + 1) + 1 + (5 + 1) + 1);
    // The middle of a 0 has its two sides, and that of a 1 its one stroke.
    assertThat(row(image, 5)).contains("ffffff 000000");
    assertThat(row(image, 10))
        .isEqualTo(
            "000000 000000 000000 000000 ffffff 000000 000000 000000 000000 000000 ffffff 000000"
                + " 000000 000000 000000");
  }

  @Test
  void aSingleImageHasNoGap() {
    GrayImage image = MapsPicture.image(new float[] {0, 1}, 1, 2, 3);
    assertThat(image.height()).isEqualTo(3);
    assertThat(image.width()).isEqualTo(6);
    assertThat(image.pixel(2, 3)).isEqualTo(255);
  }

  /** Five maps of 2 x 3 values in rows of two. */
  @Test
  void aColouredGridIsTheSheetOfItsTiles() throws IOException {
    float[] maps = new float[5 * 6];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = i / 7f - 1;
    }
    for (int scale : new int[] {1, 3}) {
      Shaded shaded = Shaded.of(maps, 5, Normalize.MAP, Colormap.AUTO);
      List<Tile> tiles = new ArrayList<>();
      for (int map = 0; map < 5; map++) {
        tiles.add(Tile.of(shaded.paint(6 * map, 2, 3), scale));
      }
      RgbImage sheet = new TileSheet(2, 0.25f).tiles(tiles, 2).draw();
      RgbImage grid =
          new ColorGrid(scale, 2, 2, 0.25f).draw(shaded, 5, 2, 3, size -> new byte[size + 7]);
      assertThat(List.of(grid.height(), grid.width()))
          .isEqualTo(List.of(sheet.height(), sheet.width()));
      for (int y = 0; y < sheet.height(); y++) {
        for (int x = 0; x < sheet.width(); x++) {
          assertThat(grid.pixel(y, x)).isEqualTo(sheet.pixel(y, x));
        }
      }
    }
  }

  @Test
  void smallMapsAreMadeAsLargeAsCanBeSeen() {
    PictureOptions auto =
        new PictureOptions(GRID, Normalize.LAYER, Colormap.AUTO, PictureOptions.AUTO, false);
    assertThat(auto.scale(512, 1, 1)).isEqualTo(24);
    assertThat(auto.scale(512, 7, 7)).isEqualTo(4);
    assertThat(auto.scale(64, 13, 13)).isEqualTo(2);
    assertThat(auto.scale(64, 24, 24)).isEqualTo(1);
    assertThat(auto.scale(64, 112, 112)).isEqualTo(1);
    // Long ones no longer than they are wide elsewhere, many ones so that a picture is no monster.
    assertThat(auto.scale(8, 1, 32)).isEqualTo(3);
    assertThat(auto.scale(8, 1, 1000)).isEqualTo(1);
    assertThat(auto.scale(1_000_000, 1, 1)).isEqualTo(4);
    assertThat(auto.gap()).isEqualTo(1);
    assertThat(auto.imageScale()).isEqualTo(1);
  }

  @Test
  void marksZeroByTheColourMap() throws IOException {
    String zero = "%06x".formatted(Colormap.COOLWARM.color(128));
    assertThat(row(draw(Normalize.LAYER, Colormap.AUTO, 1, false), 1))
        .isEqualTo(row(draw(Normalize.LAYER, Colormap.COOLWARM, 1, false), 1))
        .contains(zero);
    Shaded above = Shaded.of(new float[] {1, 2, 4, 3}, 2, Normalize.LAYER, Colormap.AUTO);
    assertThat(above.scale()).isEqualTo(new Shaded.Scale(Colormap.MAGMA, 0f, 4f));
    assertThat(above.unit()).containsExactly(0.25f, 0.5f, 1, 0.75f);
    above = Shaded.of(new float[] {1, 2, 4, 3}, 2, Normalize.MAP, Colormap.AUTO);
    assertThat(above.scale()).isEqualTo(new Shaded.Scale(Colormap.MAGMA, null, null));
    assertThat(above.unit()).containsExactly(0.5f, 1, 1, 0.75f);
    assertThat(Shaded.of(new float[] {0, 0}, 1, Normalize.LAYER, Colormap.AUTO).unit())
        .containsExactly(0, 0);
    // What a person chooses stretches from the smallest value on.
    assertThat(Shaded.of(new float[] {1, 3}, 1, Normalize.LAYER, Colormap.MAGMA).scale())
        .isEqualTo(new Shaded.Scale(Colormap.MAGMA, 1f, 3f));
  }

  /** Seven maps of 3 x 5 values, with gaps, titles and numbers of any kind around them. */
  @Test
  void tellsWhereItDrawsEachMap() throws IOException {
    float[] maps = new float[7 * 15];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = i * 37 % 101 / 50f - 1;
    }
    Drawn some = new Drawn(new int[] {1, 4, 6}, "Conv2d_1: maps 3 of 7");
    for (Drawn drawn : new Drawn[] {null, some}) {
      for (Colormap colormap : new Colormap[] {Colormap.GRAY, Colormap.AUTO}) {
        for (int scale : new int[] {PictureOptions.AUTO, 1, 3}) {
          for (boolean label : new boolean[] {false, true}) {
            GridOptions grid = new GridOptions(2, scale == 1 ? 0 : 2, 1);
            assertPlaces(
                maps, new PictureOptions(grid, Normalize.LAYER, colormap, scale, label), drawn);
          }
        }
      }
    }
  }

  private static void assertPlaces(float[] maps, PictureOptions options, Drawn drawn)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PngWriter png = new PngWriter()) {
      MapsPicture.write(maps, 7, 3, 5, options, drawn, png, out);
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    TilePlaces places = MapsPicture.places(7, 3, 5, options, drawn);
    assertThat(List.of(places.height(), places.width()))
        .isEqualTo(List.of(image.getHeight(), image.getWidth()));
    int shown = drawn == null ? 7 : drawn.channels().length;
    int scale = options.scale(shown, 3, 5);
    Shaded shaded = Shaded.of(maps, 7, options.normalize(), options.colormap());
    for (int i = 0; i < shown; i++) {
      RgbImage map = shaded.paint(15 * (drawn == null ? i : drawn.channels()[i]), 3, 5);
      for (int y = 0; y < 3 * scale; y++) {
        String row = row(image.getSubimage(0, places.top(i) + y, image.getWidth(), 1), 0);
        for (int x = 0; x < 5 * scale; x++) {
          assertThat(row.split(" ", -1)[places.left(i) + x])
              .isEqualTo("%06x".formatted(map.pixel(y / scale, x / scale)));
        }
      }
    }
  }

  @Test
  void refusesToScaleBeyondReason() {
    assertThatThrownBy(() -> new PictureOptions(GRID, Normalize.NONE, Colormap.GRAY, 33, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Settings.named("{scale} must be from 1 to 32, not 33"));
  }
}
