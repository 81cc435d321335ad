package io.fmviz.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fmviz.Shared;
import io.fmviz.pipeline.NetworkRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** How layers stand one below the other. */
@EnabledIfEnvironmentVariable(named = Shared.VARIABLE, matches = ".+")
class LiveLayersTest extends LiveTest {
  /** Makes a tree of layers with these paths; what stands in it, line by line. */
  private static final String TREE =
      """
      paths => {
        const rows = paths.map(() => fmviz.el('div', null, fmviz.el('span', {class: 'path'})));
        const lines = (element, depth) => element.tagName === 'DETAILS'
            ? [depth + element.querySelector('b').textContent,
               ...Array.from(element.children).slice(1).flatMap(each => lines(each, depth + '  '))]
            : [depth + element.textContent];
        const tree = fmviz.tree(paths.map(path => ({path: path})), rows);
        return tree.elements.flatMap(each => lines(each, ''));
      }
      """;

  @BeforeEach
  void serve() {
    serve(
        NetworkRequest.ofCheckpoint(
            Shared.reference("epoch_0.safetensors").toString(), Path.of(".")));
  }

  @Test
  void theyStandInTheNetworksOrderAndOnlyNeighboursAreABranch() {
    List<String> paths =
        new ArrayList<>(
            List.of("a.x.conv", "a.x.relu", "b.conv", "a.y.conv", "c", "c.in.relu", "b.relu"));
    for (int i = paths.size(); i < 24; i++) {
      paths.add("z." + i);
    }
    List<?> lines = (List<?>) page.evaluate(TREE, paths);
    assertThat(lines.subList(0, 10))
        .isEqualTo(
            List.of(
                "a.x",
                "  conv",
                "  relu",
                "b.conv",
                "a.y.conv",
                "c",
                "c.in.relu",
                "b.relu",
                "z",
                "  7"));
    assertThat(lines).hasSize(9 + 17);
  }

  @Test
  void anEmptyPadInvites() {
    assertThat(page.locator("#best")).hasText("Draw a digit");
    assertThat(page.locator(".likeliest")).hasCount(0);
    assertThat(page.locator(".dead-badge:visible")).hasCount(0);
    drawSeven();
    assertThat(page.locator(".likeliest")).hasCount(1);
    assertThat(page.locator(".dead-badge:visible").first()).isVisible();
  }

  @Test
  void oneTellsWhatItReadsAndLeadsThere() {
    unfold(1);
    assertThat(layer(1).locator(".unfolded .reads"))
        .hasText(
            new String[] {
              "What is below zero becomes 0. A map shows what one channel finds, and where: bright is"
                  + " much of it.",
              "Reads Conv2d_1."
            });
    layer(1).locator(".unfolded .way").click();
    assertThat(layer(0).locator(".fold")).isFocused();
    unfold(0);
    assertThat(layer(0).locator(".unfolded .way")).hasCount(0);
  }
}
