package io.fmviz.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GarbageTest {
  @Test
  void isCollectedWhereNobodySaysHowLargeTheHeapMayBe() {
    assertThat(Garbage.isCollected(List.of())).isTrue();
    assertThat(Garbage.isCollected(List.of("-Xms64m", "-Xss1m", "-Dapp=-Xmx1g"))).isTrue();
  }

  @Test
  void isLeftToTheJvmWhereTheHeapIsSet() {
    assertThat(Garbage.isCollected(List.of("-ea", "-Xmx512M"))).isFalse();
    assertThat(Garbage.isCollected(List.of("-XX:MaxHeapSize=512m"))).isFalse();
  }
}
