package io.fmviz.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fmviz.image.MapBytes;
import io.fmviz.report.page.Assets;
import java.util.Base64;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripts that all pages share, each by itself. */
class AssetsInBrowserTest extends BrowserTest {
  @BeforeEach
  void load() {
    page.setContent("<!doctype html><html lang=en><title>test</title><main><h1>test</h1></main>");
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(Assets.joined(Assets.SHARED)));
    page.addStyleTag(new Page.AddStyleTagOptions().setContent(Assets.text(Assets.STYLE)));
  }

  @Test
  void bytesOfMapsAreReadAsTheyWereWritten() {
    float[] maps = {-1, 0, 1, 3, Float.NaN, 2, 2, 2};
    String base64 = Base64.getEncoder().encodeToString(new MapBytes(2, 2).of(maps));
    assertThat(
            page.evaluate(
                """
                text => {
                  const maps = fmviz.mapsOf(fmviz.bytes(text), 2, 2, 2);
                  return [0, 1].map(m => Array.from(fmviz.valuesOf(maps, m), v => v.toFixed(2)).join())
                    .concat(maps.low.join(), maps.high.join(), maps.mean.join());
                }
                """,
                base64))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly("-1.00,-0.01,1.00,3.00", "NaN,2.00,2.00,2.00", "-1,2", "3,2", "0.75,2");
  }

  @Test
  void globsChooseNamesAsOnTheCommandLine() {
    assertThat(
            page.evaluate(
                """
                () => ['', 'conv', 'Conv2d_?', 'Conv2d_?, *Pool*', 'x.y'].map(globs =>
                  ['Conv2d_1', 'Conv2d_12', 'MaxPool2d_1', 'xzy'].filter(name => fmviz.matcher(globs)([name])).join())
                """))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "Conv2d_1,Conv2d_12,MaxPool2d_1,xzy",
            "Conv2d_1,Conv2d_12",
            "Conv2d_1",
            "Conv2d_1,MaxPool2d_1",
            "");
    // With backtracking over all asterisks this would not end.
    assertThat(
            page.evaluate(
                "() => fmviz.matcher('*a'.repeat(30) + 'Q')(['a'.repeat(10000), 'backbone.0'])"))
        .isEqualTo(false);
  }

  @Test
  void smallNumbersKeepThreeDigitsAndZeroHasNoSign() {
    assertThat(
            page.evaluate(
                """
                () => [fmviz.number(-0), fmviz.number(0.000412), fmviz.decimals(-0.00412, 2), fmviz.decimals(-0, 2),
                  fmviz.decimals(0.25, 2), fmviz.percent(0.9366), fmviz.percent(-1e-9), fmviz.percent(0),
                  fmviz.signed(0.25, fmviz.decimals(0.25, 2)), fmviz.signed(0, fmviz.decimals(0, 2))]
                """))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "0",
            "4.12e-4",
            "-0.00412",
            "0.00",
            "0.25",
            "93.66 %",
            "-1.00e-7 %",
            "0.00 %",
            "+0.25",
            "0.00");
  }
}
