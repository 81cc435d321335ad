package io.fmviz.pipeline.visualize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.analysis.LayerName;
import io.fmviz.network.Node;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageMapsTest {
  private static WantedMaps layer(int index, int channels, int side) {
    Node node =
        new Node(
            new Node.Name("Conv2d", index, "conv" + index),
            List.of(),
            List.of(channels, side, side),
            0,
            null);
    return new WantedMaps(LayerName.of(node), node, null);
  }

  private static int[] factors(WantedMaps... wanted) {
    return PageMaps.of(List.of(wanted), null).stream()
        .mapToInt(maps -> maps.form().factor())
        .toArray();
  }

  @Test
  void mapsStayWholeWhereThePageHasRoom() {
    assertThat(factors(layer(1, 32, 28), layer(2, 64, 14), layer(3, 128, 7))).containsOnly(1);
  }

  /** 64 maps of 224 are 3.2 million values; the small layer behind them is left as it is. */
  @Test
  void theLargestLayersAreMadeSmaller() {
    assertThat(factors(layer(1, 64, 224), layer(2, 512, 7))).containsExactly(2, 1);
  }

  @Test
  void aPageHasThreeMillionValuesAtMost() {
    WantedMaps[] many =
        IntStream.range(0, 300).mapToObj(i -> layer(i, 64, 112)).toArray(WantedMaps[]::new);
    List<PageMaps> maps = PageMaps.of(List.of(many), null);
    long values = maps.stream().mapToLong(m -> 64L * m.drawn().height() * m.drawn().width()).sum();
    assertThat(maps.get(0).form().factor()).isEqualTo(11);
    assertThat(values).isEqualTo(300L * 64 * 11 * 11).isLessThan(3_000_000);
  }

  @Test
  void mapsOfOneValueCanNotBeMadeSmaller() {
    assertThat(factors(layer(1, 4_000_000, 1))).containsExactly(1);
  }
}
