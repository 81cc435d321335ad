package io.fmviz.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scaling, text, sheets of tiles, heat maps and bars, by their pixels. */
class DrawingTest {
  private static final int RED = 0xff2020;

  private static RgbImage colors(int height, int width, int... colors) {
    Canvas canvas = new Canvas(height, width, 0);
    for (int i = 0; i < colors.length; i++) {
      canvas.set(i / width, i % width, colors[i]);
    }
    return canvas.image();
  }

  /** A picture's dark pixels as #, all others as blanks at the ends cut off. */
  private static String dark(RgbImage image, int top, int left, int height, int width) {
    StringBuilder text = new StringBuilder();
    for (int y = top; y < top + height; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = left; x < left + width; x++) {
        row.append(image.pixel(y, x) == 0 ? '#' : ' ');
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  @Test
  void scalesPixelsToSquares() {
    Tile tile = Tile.of(colors(1, 2, 0x123456, 0xabcdef), 3);
    RgbImage scaled = new TileSheet(0, 1).tiles(List.of(tile), 1).draw();
    assertThat(scaled.height()).isEqualTo(3);
    assertThat(scaled.width()).isEqualTo(6);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 6; x++) {
        assertThat(scaled.pixel(y, x)).isEqualTo(x < 3 ? 0x123456 : 0xabcdef);
      }
    }
    GrayImage gray = new GrayImage(2, 1, new byte[] {7, 9}).scaled(2);
    assertThat(gray.pixels()).containsExactly(7, 7, 7, 7, 9, 9, 9, 9);
  }

  @Test
  void refusesPicturesThatNoMemoryHolds() {
    RgbImage wide = new Canvas(1, 1 << 14, 0).image();
    List<Tile> tiles = List.of(Tile.of(wide, 1));
    String advice =
        Settings.named(
            ", more than fmviz draws: take a smaller {scale} or {padding}, or fewer images");
    assertThatThrownBy(() -> new TileSheet(1 << 14, 1).tiles(tiles, 1).draw())
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a picture would be 49,152 pixels wide and 32,769 high" + advice);
    assertThatThrownBy(() -> Tile.of(wide, 1 << 14))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a picture would be 268,435,456 pixels wide and 16,384 high" + advice);
    assertThatThrownBy(() -> new GrayImage(2, 1, new byte[2]).scaled(1 << 20))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a picture would be 1,048,576 pixels wide and 2,097,152 high" + advice);
    GridOptions options = new GridOptions(4096, 4096, 0);
    assertThatThrownBy(() -> FeatureMapGrid.draw(new float[20], 20, 1, 1, options))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a picture would be 86,036 pixels wide and 8,193 high" + advice);
    assertThat(new Canvas(1 << 10, 1 << 10, 0).image().height()).isEqualTo(1 << 10);
  }

  @Test
  void writesWithAFontOfItsOwn() {
    Canvas canvas = new Canvas(8, 10, 0xffffff);
    canvas.text(BitmapFont.SMALL, "4?", 0, 0, 0);
    assertThat(dark(canvas.image(), 0, 0, 8, 10))
        .isEqualTo(
            """
                  ##
            #    #  #
            # #     #
            # #    #
            ####  #
              #
              #   #

            """);
    assertThat(BitmapFont.NORMAL.width("12")).isEqualTo(12);
  }

  private static RgbImage written(String text) {
    Canvas canvas = new Canvas(12, BitmapFont.NORMAL.width(text), 0xffffff);
    canvas.text(BitmapFont.NORMAL, text, 0, 0, 0);
    return canvas.image();
  }

  /** Private use: no font has it. */
  @Test
  void writesWhatNoFontHasAsItsCodePoint() {
    RgbImage box = written("\ue0a1");
    assertThat(box.width()).isEqualTo(4 * 5 + 5);
    Canvas digits = new Canvas(8, 20, 0xffffff);
    digits.text(BitmapFont.SMALL, "E0A1", 0, 0, 0);
    assertThat(dark(box, 2, 3, 8, 20)).isEqualTo(dark(digits.image(), 0, 0, 8, 20));
    assertThat(dark(box, 0, 0, 1, 25)).isEqualTo(" " + "#".repeat(23) + "\n");
    // Nothing that is not seen leaves a text as it was, or turns it around.
    assertThat(BitmapFont.NORMAL.width("a\u202eb")).isEqualTo(6 + 25 + 6);
    assertThat(BitmapFont.SMALL.width("\ud83d\ude00")).isIn(5 * 5 + 5, 7, 8, 9, 10, 11);
  }

  @Test
  void differentNamesLookDifferentWhateverFontsThereAre() {
    for (String[] two :
        List.of(
            new String[] {"\u732b", "\u72d7"},
            new String[] {"\u043a\u043e\u0442", "\u043a\u0438\u0442"},
            new String[] {"\u0642\u0637", "\u0643\u0644"})) {
      assertThat(written(two[0]).pixels()).isNotEqualTo(written(two[1]).pixels());
      assertThat(written(two[0]).pixels()).contains((byte) 0);
    }
    // As it is composed, and of a letter and its accent.
    assertThat(written("caf\u00e9").pixels()).isEqualTo(written("cafe\u0301").pixels());
  }

  @Test
  void captionsInOtherScriptsGetTheLargerFont() {
    Tile tile = Tile.of(colors(1, 1, RED), 1, "\ue0a1");
    RgbImage sheet = new TileSheet(1, 1).tiles(List.of(tile), 1).draw();
    assertThat(sheet.height()).isEqualTo(12 + 2 + 1 + 1);
  }

  @Test
  void picturesStandRightBelowTheirCaptions() {
    List<Tile> tiles =
        List.of(Tile.of(colors(9, 9, RED), 1, "1"), Tile.of(colors(3, 9, RED), 1, "2"));
    RgbImage sheet = new TileSheet(2, 1).tiles(tiles, 2).draw();
    for (int column : new int[] {2, 13}) {
      assertThat(sheet.pixel(9, column)).isEqualTo(0xffffff);
      assertThat(sheet.pixel(10, column)).isEqualTo(RED);
    }
    // A row of low ones is low.
    RgbImage rows = new TileSheet(2, 1).tiles(tiles, 1).draw();
    assertThat(rows.height()).isEqualTo(10 + 9 + 10 + 3 + 2);
  }

  @Test
  void aCaptionStandsOverThePictureNotOverWhatIsBesideIt() {
    RgbImage wide = new Canvas(4, 100, 5).image();
    Tile tile = new Tile(wide, 1, "1", false, 20);
    RgbImage sheet = new TileSheet(2, 1).tiles(List.of(tile), 1).draw();
    String over = dark(sheet, 0, 2, 8, 20);
    assertThat(over).contains("#");
    assertThat(dark(sheet, 0, 22, 8, 80)).doesNotContain("#");
  }

  @Test
  void aSheetMayHaveSeveralHeads() {
    List<Tile> one = List.of(Tile.of(colors(1, 1, RED), 1));
    TileSheet sheet = new TileSheet(1, 1);
    sheet.columnLabels(List.of("4")).row(null, one).row(null, one);
    sheet.columnLabels(List.of("4")).row(null, one);
    RgbImage drawn = sheet.draw();
    assertThat(drawn.height()).isEqualTo(10 + 2 + 2 + 20 + 2 + 1);
    assertThat((long) drawn.width()).isEqualTo(sheet.width());
    assertThat(dark(drawn, 24, 0, 8, 8)).contains("#").isEqualTo(dark(drawn, 0, 0, 8, 8));
  }

  @Test
  void cutsOffWhatLeavesTheCanvas() {
    Canvas canvas = new Canvas(2, 2, 0xffffff);
    canvas.text(BitmapFont.SMALL, "WWW", -3, -3, 0xffffff);
    canvas.draw(colors(2, 2, 1, 2, 3, 4), 1, 1, 1);
    canvas.frame(0, 0, 2, 2, 1, 0);
    RgbImage image = canvas.image();
    assertThat(image.pixel(1, 1)).isEqualTo(1);
    assertThat(image.pixel(0, 0)).isEqualTo(0xffffff);
  }

  @Test
  void aSheetWithoutLabelsIsTheGridOfTheMaps() {
    float[] maps = new float[5 * 6];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = i / 29f;
    }
    List<Tile> tiles = new ArrayList<>();
    for (int k = 0; k < 5; k++) {
      tiles.add(Tile.of(Colormap.GRAY.paint(maps, k * 6, 2, 3), 1));
    }
    RgbImage sheet = new TileSheet(2, 0.25f).tiles(tiles, 3).draw();
    RgbImage grid = RgbImage.of(FeatureMapGrid.draw(maps, 5, 2, 3, new GridOptions(3, 2, 0.25f)));
    assertThat(List.of(sheet.height(), sheet.width()))
        .isEqualTo(List.of(grid.height(), grid.width()));
    assertThat(sheet.pixels()).isEqualTo(grid.pixels());
  }

  @Test
  void aSheetMakesRoomForItsLabels() {
    Tile plain = Tile.of(colors(1, 1, RED), 1);
    RgbImage captions =
        new TileSheet(1, 1).tiles(List.of(Tile.of(colors(1, 1, RED), 1, "12")), 1).draw();
    // Two characters of 5 pixels and 1 of space with gaps of 1; 8 rows of text and 2 of space
    // above.
    assertThat(List.of(captions.height(), captions.width())).isEqualTo(List.of(12, 13));
    assertThat(captions.pixel(10, 6)).isEqualTo(RED);
    assertThat(dark(captions, 0, 0, 12, 13)).contains("#");
    RgbImage all =
        new TileSheet(1, 1).title("x").columnLabels(List.of("0")).row("ab", List.of(plain)).draw();
    assertThat(all.height()).isEqualTo(12 + 8 + 2 + 1 + 12 + 1);
    assertThat(all.width()).isEqualTo(1 + 12 + 2 + (5 + 1) + 1);
    assertThat(all.pixel(28, 17)).isEqualTo(RED);
  }

  @Test
  void aSheetFramesTilesInTheGap() {
    RgbImage sheet =
        new TileSheet(3, 1).tiles(List.of(new Tile(colors(1, 1, 5), 1, null, true)), 1).draw();
    assertThat(sheet.pixel(3, 3)).isEqualTo(5);
    assertThat(sheet.pixel(2, 3)).isEqualTo(RED);
    assertThat(sheet.pixel(1, 1)).isEqualTo(RED);
    assertThat(sheet.pixel(0, 3)).isEqualTo(0xffffff);
  }

  @Test
  void aFrameLeavesTheCaptionAboveItWhole() {
    RgbImage picture = colors(20, 20, 5);
    RgbImage plain = new TileSheet(4, 1).tiles(List.of(Tile.of(picture, 1, "3.5")), 1).draw();
    RgbImage framed =
        new TileSheet(4, 1).tiles(List.of(new Tile(picture, 1, "3.5", true)), 1).draw();
    assertThat(dark(framed, 0, 0, 10, 28)).contains("#").isEqualTo(dark(plain, 0, 0, 10, 28));
    assertThat(List.of(framed.pixel(10, 4), framed.pixel(11, 4))).isEqualTo(List.of(RED, RED));
    assertThat(framed.pixel(12, 4)).isEqualTo(5);
    assertThat(framed.height()).isEqualTo(plain.height() + 2);
  }

  @Test
  void framesHaveRoomInASheetWithoutGaps() {
    List<Tile> tiles = new ArrayList<>();
    for (int color = 1; color <= 4; color++) {
      tiles.add(new Tile(colors(1, 1, color), 1, null, color % 2 == 1));
    }
    RgbImage sheet = new TileSheet(0, 1).tiles(tiles, 2).draw();
    assertThat(List.of(sheet.height(), sheet.width())).isEqualTo(List.of(8, 8));
    assertThat(sheet.pixel(2, 2)).isEqualTo(1);
    assertThat(sheet.pixel(2, 3)).isEqualTo(RED);
    assertThat(sheet.pixel(2, 4)).isEqualTo(0xffffff);
    assertThat(sheet.pixel(2, 5)).isEqualTo(2);
    assertThat(sheet.pixel(4, 2)).isEqualTo(RED);
    assertThat(sheet.pixel(5, 2)).isEqualTo(3);
    assertThat(sheet.pixel(5, 5)).isEqualTo(4);
  }

  @Test
  void labelsOfNarrowColumnsStandApart() {
    List<Tile> tiles = List.of(Tile.of(colors(1, 1, RED), 1), Tile.of(colors(1, 1, RED), 1));
    RgbImage sheet = new TileSheet(0, 1).columnLabels(List.of("4", "4")).row(null, tiles).draw();
    assertThat(sheet.width()).isEqualTo(2 * (5 + 2));
    assertThat(dark(sheet, 0, 0, 8, 7)).contains("#").isEqualTo(dark(sheet, 0, 7, 8, 7));
    assertThat(dark(sheet, 0, 6, 8, 2)).doesNotContain("#");
  }

  @Test
  void labelsOfLowRowsDoNotOverlap() {
    List<Tile> tiles = List.of(Tile.of(colors(3, 3, 0xff), 1));
    RgbImage sheet = new TileSheet(1, 1).row("8", tiles).row("8", tiles).draw();
    assertThat(sheet.height()).isEqualTo(1 + 2 * (12 + 1));
    assertThat(dark(sheet, 14, 0, 12, 8)).contains("#").isEqualTo(dark(sheet, 1, 0, 12, 8));
    assertThat(sheet.pixel(1 + 4, 1 + 6 + 2)).isEqualTo(0xff);
  }

  @Test
  void aHeatMapColoursItsCellsAndExplainsThem() {
    double[][] values = {{0, 1}, {2, Double.NaN}};
    HeatMap map =
        new HeatMap(
            List.of("t"),
            List.of("a", "b"),
            List.of("x", "y"),
            values,
            new HeatMap.Shades(0, 2, Colormap.VIRIDIS),
            12,
            20);
    RgbImage image = map.draw();
    int top = 4 + 24 + 4;
    int left = 4 + 6 + 4;
    assertThat(image.pixel(top, left)).isEqualTo(0x440154);
    assertThat(image.pixel(top + 11, left + 39)).isEqualTo(0x21918c);
    assertThat(image.pixel(top + 12, left)).isEqualTo(0xfde725);
    assertThat(image.pixel(top + 23, left + 39)).isEqualTo(0xc0c0c0);
    int bar = left + 40 + 8;
    assertThat(image.pixel(top, bar)).isEqualTo(0xfde725);
    assertThat(image.pixel(image.height() - 9, bar)).isEqualTo(0x440154);
  }

  @Test
  void aHeatMapRefusesWhatDoesNotFit() {
    List<String> one = List.of("a");
    assertThatThrownBy(
            () ->
                new HeatMap(
                    one,
                    one,
                    one,
                    new double[][] {{1, 2}},
                    new HeatMap.Shades(0, 1, Colormap.GRAY),
                    1,
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 labels for 2 columns");
    assertThatThrownBy(() -> new HeatMap.Shades(1, 1, Colormap.GRAY))
        .hasMessage("no colours between 1.0 and 1.0");
  }

  @Test
  void barsBeginAtZeroAndAreAsLongAsTheirValues() {
    RgbImage image =
        new BarChart(List.of(), List.of("a", "b"), List.of("3", "-1"), new double[] {3, -1}).draw();
    int left = 4 + 6 + 4;
    int row = 8 + 5;
    assertThat(image.pixel(row, left + 79)).isEqualTo(0xffffff);
    assertThat(image.pixel(row, left + 80)).isZero();
    assertThat(image.pixel(row, left + 81)).isEqualTo(0xb40426);
    assertThat(image.pixel(row, left + 319)).isEqualTo(0xb40426);
    assertThat(image.pixel(row, left + 320)).isEqualTo(0xffffff);
    assertThat(image.pixel(row + 12, left)).isEqualTo(0x3b4cc0);
    assertThat(image.pixel(row + 12, left + 79)).isEqualTo(0x3b4cc0);
    assertThat(image.pixel(row + 12, left + 81)).isEqualTo(0xffffff);
  }

  @Test
  void barsOfZerosAreDrawnToo() {
    RgbImage image = new BarChart(List.of(), List.of("a"), List.of("0"), new double[1]).draw();
    assertThat(image.pixel(13, 14)).isZero();
    assertThat(image.pixel(13, 15)).isEqualTo(0xffffff);
  }

  @Test
  void aPictureIsMadeSmallerByTheMeanOfWhatAPixelStandsFor() {
    byte[] pixels = new byte[2 * 4 * 3];
    pixels[0] = (byte) 200;
    pixels[3] = 100;
    RgbImage small = new RgbImage(2, 4, pixels).within(2);
    assertThat(small.height()).isEqualTo(1);
    assertThat(small.width()).isEqualTo(2);
    assertThat(small.pixel(0, 0)).isEqualTo(75 << 16);
    assertThat(small.pixel(0, 1)).isZero();
    assertThat(small.within(2)).isSameAs(small);
  }

  @Test
  void nearSquareGridsAreAsWideAsHigh() {
    GridOptions auto = new GridOptions(GridOptions.AUTO, 2, 0);
    assertThat(auto.columns(64, 7, 7)).isEqualTo(8);
    assertThat(auto.columns(2048, 7, 7)).isEqualTo(46);
    assertThat(auto.columns(3, 7, 7)).isEqualTo(2);
    assertThat(auto.columns(9, 100, 1)).isEqualTo(9);
    assertThat(auto.columns(9, 1, 100)).isEqualTo(1);
  }
}
