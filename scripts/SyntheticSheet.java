import io.fmviz.dataset.LabeledImages;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.mnist.SyntheticDigits;
import io.fmviz.image.FeatureMapGrid;
import io.fmviz.image.GridOptions;
import io.fmviz.image.PngWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Draws the sheet of synthetic digits in src/docs/data.md, a row for each digit:
 * {@code java -cp target/fmviz.jar scripts/SyntheticSheet.java src/docs/synthetic.png}.
 */
class SyntheticSheet {
  private static final int COLUMNS = 16;

  public static void main(String[] args) throws Exception {
    LabeledImages images = new SyntheticDigits(SyntheticDigits.DEFAULT_SEED).load(Split.TEST);
    FloatBuffer cells = FloatBuffer.allocate(10 * COLUMNS * 28 * 28);
    int[] drawn = new int[10];
    for (int i = 0; i < images.count(); i++) {
      int label = images.label(i);
      if (drawn[label] < COLUMNS) {
        cells.position((label * COLUMNS + drawn[label]++) * 28 * 28);
        images.copyTo(cells, i);
      }
    }
    try (var png = new PngWriter();
        var out = Files.newOutputStream(Path.of(args[0]))) {
      png.write(
          FeatureMapGrid.draw(
              cells.array(), 10 * COLUMNS, 28, 28, new GridOptions(COLUMNS, 2, 0.5f)),
          out);
    }
  }
}
