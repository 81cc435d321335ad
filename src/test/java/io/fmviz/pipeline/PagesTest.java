package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.SmallNetwork;
import io.fmviz.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that commands write into their folders; how they look, src/browser tests. */
class PagesTest {
  @TempDir private Path folder;
  private Path out;
  private Path checkpoint;

  @BeforeEach
  void makeCheckpoint() {
    out = folder.resolve("out");
    checkpoint = SmallNetwork.checkpoint(folder, "small", "before.");
  }

  private Typed run(String command, Path to, String options) {
    return Typed.fmviz(
        "%s --quiet --dataset synthetic --checkpoint %s --out %s %s"
            .formatted(command, checkpoint, to, options)
            .strip());
  }

  /** What stands in an element of a page. */
  private static String content(Path page, String id) throws IOException {
    Matcher element =
        Pattern.compile("id=\"" + id + "\">([^<]*)</script>").matcher(Files.readString(page));
    assertThat(element.find()).as(id).isTrue();
    return element.group(1);
  }

  private static JsonObject facts(Path page) throws IOException {
    return JsonParser.parseString(content(page, "facts")).getAsJsonObject();
  }

  @Test
  void anImagesPageHoldsItsAnswerItsPictureAndAllItsMaps() throws IOException {
    assertThat(run("visualize", out, "--samples 1").exit()).isZero();
    Path page = out.resolve("1-0/index.html");
    JsonObject facts = facts(page);
    assertThat(facts.get("title").getAsString()).isEqualTo("1-0");
    assertThat(facts.get("classes").getAsInt()).isEqualTo(10);
    assertThat(facts.getAsJsonArray("likeliest")).hasSize(10);
    assertThat(facts.get("sample"))
        .isEqualTo(SmallNetwork.manifest(out).getAsJsonArray("details").get(0));
    JsonArray drawn = facts.getAsJsonArray("drawn");
    assertThat(drawn).hasSize(9);
    assertThat(drawn.get(0)).hasToString("{\"height\":28,\"width\":28,\"factor\":1}");
    // Two maps of 28 x 28: smallest value, largest and mean of each, then a byte for each value.
    assertThat(Base64.getDecoder().decode(content(page, "maps-0"))).hasSize(2 * 12 + 2 * 28 * 28);
    assertThat(Base64.getDecoder().decode(content(page, "picture"))).startsWith(0x89, 'P', 'N');
  }

  @Test
  void aPageOfChosenMapsHoldsThoseOnly() throws IOException {
    assertThat(run("visualize", out, "--samples 1 --layers Conv2d_3 --maps 2,5").exit()).isZero();
    Path page = out.resolve("1-0/index.html");
    assertThat(facts(page).getAsJsonArray("drawn").get(0).getAsJsonObject().get("channels"))
        .hasToString("[2,5]");
    assertThat(Base64.getDecoder().decode(content(page, "maps-0"))).hasSize(2 * (12 + 7 * 7));
  }

  @Test
  void theFoldersPageListsItsImagesSomeTogether() throws IOException {
    assertThat(run("visualize", out, "--samples 250 --layers Ada*").exit()).isZero();
    Path page = out.resolve("index.html");
    JsonArray last = JsonParser.parseString(content(page, "samples-2")).getAsJsonArray();
    assertThat(JsonParser.parseString(content(page, "samples-1")).getAsJsonArray()).hasSize(100);
    assertThat(last).hasSize(50);
    JsonObject row = last.get(49).getAsJsonObject();
    assertThat(row.get("title").getAsString()).startsWith("250-");
    JsonObject picture = row.getAsJsonObject("picture");
    assertThat(Base64.getDecoder().decode(picture.get("grey").getAsString())).hasSize(28 * 28);
    assertThat(Files.readString(page)).doesNotContain("samples-3");
  }

  private void assertLinks(String page, String links) throws IOException {
    assertThat(content(out.resolve(page), "links")).isEqualTo(links.replace('\'', '"'));
  }

  @Test
  void pagesLinkEachOtherWhateverTheOrder() throws IOException {
    Path kernels = out.resolve("kernels");
    assertThat(run("kernels", kernels, "").exit()).isZero();
    assertLinks("kernels/index.html", "{'above':false,'beside':[],'below':[]}");
    assertThat(run("dead", out.resolve("dead"), "--limit 20 --no-html").exit()).isZero();
    assertThat(run("top", out.resolve("top"), "--limit 20").exit()).isZero();
    assertLinks("kernels/index.html", "{'above':false,'beside':['top'],'below':[]}");
    String before = Files.readString(kernels.resolve("index.html"));
    assertThat(run("visualize", out, "--samples 2").exit()).isZero();
    assertLinks("index.html", "{'above':false,'beside':[],'below':['kernels','top']}");
    assertLinks("kernels/index.html", "{'above':true,'beside':['top'],'below':[]}");
    assertThat(kernels.resolve("index.html"))
        .hasContent(before.replace("\"above\":false", "\"above\":true"));
    assertThat(run("dead", out.resolve("dead"), "--limit 20").exit()).isZero();
    assertLinks("index.html", "{'above':false,'beside':[],'below':['dead','kernels','top']}");
    assertLinks("top/index.html", "{'above':true,'beside':['dead','kernels'],'below':[]}");
    // A page that goes leaves no link that leads nowhere.
    assertThat(run("kernels", kernels, "--no-html").exit()).isZero();
    assertLinks("index.html", "{'above':false,'beside':[],'below':['dead','top']}");
    assertLinks("dead/index.html", "{'above':true,'beside':['top'],'below':[]}");
  }

  @Test
  void pagesOfOthersAreNotWritten() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    assertThat(run("top", elsewhere, "--limit 20").exit()).isZero();
    String linked = Files.readString(elsewhere.resolve("index.html"));
    Files.createDirectory(out);
    Files.createSymbolicLink(out.resolve("top"), elsewhere);
    Path mine = Files.createDirectory(out.resolve("ablate"));
    Files.copy(elsewhere.resolve("index.html"), mine.resolve("index.html"));
    Files.copy(elsewhere.resolve("index.html"), out.resolve("index.html"));
    Files.writeString(out.resolve("manifest.json"), "{}");
    assertThat(run("kernels", out.resolve("kernels"), "").exit()).isZero();
    assertLinks("kernels/index.html", "{'above':false,'beside':['top'],'below':[]}");
    assertThat(elsewhere.resolve("index.html")).hasContent(linked);
    assertThat(mine.resolve("index.html")).hasContent(linked);
    assertThat(out.resolve("index.html")).hasContent(linked);
  }

  @Test
  void everyCommandEndsWithWhatToLookAt() {
    SmallNetwork.checkpoint(folder, "epoch_0", "before.");
    SmallNetwork.checkpoint(folder, "epoch_1", "after.");
    for (String line :
        List.of(
            "visualize --samples 1",
            "cam --samples 1",
            "dead --limit 20",
            "top --limit 20",
            "ablate --index 1",
            "compare --samples 2",
            "kernels",
            "filmstrip --model-dir " + folder)) {
      String command = line.replaceFirst(" .*", "");
      Path to = out.resolve(command);
      Typed run =
          Typed.fmviz(
              line
                  + (command.equals("filmstrip") ? "" : " --checkpoint " + checkpoint)
                  + (command.equals("kernels") ? "" : " --dataset synthetic")
                  + " --out "
                  + to);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out().strip()).endsWith("; look at " + to.resolve("index.html"));
    }
  }

  @Test
  void pagesAreInTheManifestAndGoWithTheRun() throws IOException {
    assertThat(run("visualize", out, "--samples 2 --layers ReLU_1").exit()).isZero();
    List<String> listed =
        SmallNetwork.manifest(out).getAsJsonArray("files").asList().stream()
            .map(JsonElement::getAsString)
            .toList();
    assertThat(listed)
        .containsExactly(
            "index.html",
            "1-0/ReLU_1.png",
            "1-0/index.html",
            listed.get(3),
            listed.get(3).replace("ReLU_1.png", "index.html"));
    Files.writeString(out.resolve("1-0/mine.html"), "mine");
    assertThat(run("visualize", out, "--samples 1 --layers ReLU_2 --no-html").exit()).isZero();
    assertThat(SmallNetwork.files(out))
        .containsExactly("1-0/ReLU_2.png", "1-0/mine.html", "manifest.json");
  }

  @Test
  void aPageOfSomebodyElsesStays() throws IOException {
    assertThat(run("kernels", out, "--no-html").exit()).isZero();
    Files.writeString(out.resolve("index.html"), "mine");
    Typed refused = run("kernels", out, "");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "fmviz: %s is not fmviz's: move it away, or give --force to overwrite it%n"
                .formatted(out.resolve("index.html")));
    assertThat(out.resolve("index.html")).hasContent("mine");
  }

  @Test
  void thePageOfDeadTellsOfAllClassesTogether() throws IOException {
    assertThat(run("dead", out, "--limit 50").exit()).isZero();
    JsonObject manifest = facts(out.resolve("index.html")).getAsJsonObject("manifest");
    JsonObject shown = manifest.getAsJsonObject("details");
    assertThat(manifest.getAsJsonArray("files")).isEmpty();
    assertThat(shown.get("images").getAsInt()).isEqualTo(50);
    JsonObject layer = shown.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.keySet()).contains("imageShare").doesNotContain("classImageShare");
  }
}
