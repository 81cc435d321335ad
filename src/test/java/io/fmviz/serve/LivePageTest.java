package io.fmviz.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fmviz.SmallNetwork;
import io.fmviz.TorchFixture;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.network.Compute;
import io.fmviz.pipeline.DataRequest;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.PicturesRequest;
import io.fmviz.pipeline.RecordedProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page asks, answered by PyTorch's small network. */
class LivePageTest {
  private static final int SIDE = 56;

  @TempDir private Path folder;
  private LivePage page;
  private RawClient client;

  private final RecordedProgress progress = new RecordedProgress();

  @BeforeEach
  void start() throws IOException {
    Files.write(folder.resolve("seven.png"), png(drawing(), SIDE, SIDE));
    start("127.0.0.1");
  }

  private void start(String host) throws IOException {
    PicturesRequest pictures =
        new PicturesRequest(List.of(folder.resolve("seven.png")), null, null);
    page =
        LivePage.start(
            new ServeRequest(
                NetworkRequest.ofCheckpoint(checkpoint().toString(), folder),
                new DataRequest(DatasetChoice.SYNTHETIC, folder, pictures),
                Compute.onCpu(1),
                new Address(host, 0, List.of()),
                folder.resolve("cache")),
            progress);
    client = RawClient.of(page.facts().port(), page.facts().address());
  }

  @AfterEach
  void stop() {
    page.close();
  }

  private Path checkpoint() {
    Path file = folder.resolve("small.safetensors");
    return Files.exists(file) ? file : SmallNetwork.checkpoint(folder, "small", "before.");
  }

  /** A bar and a stroke below it. */
  private static byte[] drawing() {
    byte[] gray = new byte[SIDE * SIDE];
    for (int y = 12; y < 44; y++) {
      for (int x = 14; x < 42; x++) {
        boolean bar = y < 17;
        boolean stroke = Math.abs(x - (41 - (y - 12) / 2)) < 3;
        gray[y * SIDE + x] = (byte) (bar || stroke ? 255 : 0);
      }
    }
    return gray;
  }

  /** A grey PNG that claims a size; whether its pixels are so many is not asked. */
  private static byte[] png(byte[] gray, int width, int height) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 0, 0, 0, 0});
    chunk(out, "IHDR", header.array());
    java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
    try (var deflater = new java.util.zip.DeflaterOutputStream(packed)) {
      for (int y = 0; y < SIDE; y++) {
        deflater.write(0);
        deflater.write(gray, y * SIDE, SIDE);
      }
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(java.io.ByteArrayOutputStream out, String type, byte[] data) {
    byte[] named = new byte[4 + data.length];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, named, 0, 4);
    System.arraycopy(data, 0, named, 4, data.length);
    CRC32 sum = new CRC32();
    sum.update(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  /** Facts, and the arrays behind them. */
  private record Unpacked(JsonObject facts, ByteBuffer arrays) {
    static Unpacked of(RawClient.Reply reply) {
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      ByteBuffer all = ByteBuffer.wrap(reply.body()).order(ByteOrder.LITTLE_ENDIAN);
      int length = all.getInt();
      String json = new String(reply.body(), 4, length, StandardCharsets.UTF_8);
      return new Unpacked(
          JsonParser.parseString(json).getAsJsonObject(),
          all.slice(4 + length, all.capacity() - 4 - length).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The bytes of a map of 14 x 14, behind its header. */
    byte[] bytes(JsonObject block) {
      byte[] bytes = new byte[14 * 14];
      arrays.get(block.get("at").getAsInt() + 12, bytes);
      return bytes;
    }

    float[] logits() {
      float[] logits = new float[10];
      int at = facts.get("logits").getAsInt();
      arrays.slice(at, 40).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(logits);
      return logits;
    }
  }

  private Unpacked answer(String more) throws IOException {
    return Unpacked.of(
        client.ask("answer?page=t&kind=drawing&height=56&width=56" + more, drawing()));
  }

  private JsonObject json(String path) throws IOException {
    RawClient.Reply reply = client.ask(path, new byte[0]);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return JsonParser.parseString(reply.text()).getAsJsonObject();
  }

  @Test
  void thePageKnowsTheNetwork() throws IOException {
    JsonObject network = json("network?page=t");
    assertThat(network.get("name").getAsString()).isEqualTo("small.safetensors");
    assertThat(network.get("classes").getAsInt()).isEqualTo(10);
    JsonArray layers = network.getAsJsonArray("layers");
    assertThat(layers).hasSize(9);
    assertThat(layers.get(3).getAsJsonObject().get("name").getAsString()).isEqualTo("Conv2d_2");
    assertThat(layers.get(3).getAsJsonObject().get("reads").toString()).isEqualTo("[2]");
    assertThat(layers.get(3).getAsJsonObject().get("field").toString())
        .isEqualTo("{\"size\":8,\"stride\":2,\"padding\":3}");
    assertThat(progress.lines().get(0))
        .startsWith("9 layers of " + checkpoint() + " live at http://127.0.0.1:");
  }

  @Test
  void onlyWhatIsInViewComes() throws IOException {
    JsonObject facts = answer("&rows=2-3&maps=3:1-99").facts();
    JsonArray layers = facts.getAsJsonArray("layers");
    assertThat(layers).hasSize(9);
    for (int i = 0; i < 9; i++) {
      assertThat(layers.get(i).getAsJsonObject().has("mean")).isEqualTo(i == 2 || i == 3);
    }
    JsonObject maps = facts.getAsJsonArray("maps").get(0).getAsJsonObject();
    assertThat(maps.get("first").getAsInt()).isEqualTo(1);
    assertThat(maps.get("isOwnScale").getAsBoolean()).isFalse();
    JsonObject block = maps.getAsJsonObject("block");
    assertThat(block.get("count").getAsInt()).isEqualTo(3);
    assertThat(block.get("height").getAsInt()).isEqualTo(14);
    assertThat(facts.has("chosen")).isFalse();
    assertThat(facts.getAsJsonObject("seen").get("width").getAsInt()).isEqualTo(28);
  }

  /** The first map of ReLU_2 that isn't dead for the drawing. */
  private int alive() throws IOException {
    Unpacked answer = answer("&maps=4:0-3");
    JsonObject maps = answer.facts().getAsJsonArray("maps").get(0).getAsJsonObject();
    byte[] states = new byte[4];
    answer.arrays().get(maps.get("states").getAsInt(), states);
    for (int map = 0; map < 4; map++) {
      if (states[map] == 0) {
        return map;
      }
    }
    throw new AssertionError("all are dead");
  }

  @Test
  void aMapsBytesLeadFromItsLowestValueToItsHighest() throws IOException {
    Unpacked answer = answer("&map=4.%1$d&scale=map&maps=4:%1$d-%1$d".formatted(alive()));
    byte[] bytes = answer.bytes(answer.facts().getAsJsonObject("chosen").getAsJsonObject("block"));
    int least = 255;
    int most = 0;
    for (byte each : bytes) {
      least = Math.min(least, each & 0xff);
      most = Math.max(most, each & 0xff);
    }
    assertThat(least).isEqualTo(1);
    assertThat(most).isEqualTo(255);
    JsonObject maps = answer.facts().getAsJsonArray("maps").get(0).getAsJsonObject();
    assertThat(answer.bytes(maps.getAsJsonObject("block"))).isEqualTo(bytes);
  }

  @Test
  void mapsThatAreOffChangeTheAnswerAsTheirWorthSays() throws IOException {
    Unpacked with = answer("");
    String map = "4." + alive();
    Unpacked without = answer("&off=" + map);
    long picture = with.facts().get("picture").getAsLong();
    JsonObject worth = json("worth?page=t&map=%s&picture=%d".formatted(map, picture));
    int predicted = worth.getAsJsonObject("with").get("predicted").getAsInt();
    assertThat(worth.get("change").getAsDouble())
        .isNotZero()
        .isCloseTo(with.logits()[predicted] * -1.0 + without.logits()[predicted], within(1e-6));
  }

  @Test
  void whatComesBehindAMapThatIsOffIsComputedWithoutIt() throws IOException {
    String path = "value?page=t&row=5&column=5&map=5.2&picture=";
    long picture = answer("").facts().get("picture").getAsLong();
    JsonObject pooled = json(path + picture + "&off=4.2");
    assertThat(pooled.get("value").getAsFloat()).isZero();
    assertThat(pooled.getAsJsonArray("terms").get(0).getAsJsonObject().get("layer").getAsInt())
        .isEqualTo(4);
  }

  @Test
  void theLastStepsSumIsTheLogit() throws IOException {
    Unpacked answer = answer("");
    long picture = answer.facts().get("picture").getAsLong();
    Unpacked last =
        Unpacked.of(client.ask("last?page=t&classes=7,2&picture=" + picture, new byte[0]));
    int layer = last.facts().get("layer").getAsInt();
    int means = last.facts().get("means").getAsInt();
    int maps =
        json("network?page=t")
            .getAsJsonArray("layers")
            .get(layer)
            .getAsJsonObject()
            .getAsJsonArray("shape")
            .get(0)
            .getAsInt();
    for (int i = 0; i < 2; i++) {
      JsonObject row = last.facts().getAsJsonArray("classes").get(i).getAsJsonObject();
      int label = row.get("label").getAsInt();
      int weights = row.get("weights").getAsInt();
      double sum = row.get("bias").getAsDouble();
      for (int k = 0; k < maps; k++) {
        sum +=
            (double) last.arrays().getFloat(means + 4 * k)
                * last.arrays().getFloat(weights + 4 * k);
      }
      assertThat(label).isEqualTo(i == 0 ? 7 : 2);
      assertThat(row.get("logit").getAsFloat()).isEqualTo(answer.logits()[label]);
      assertThat(sum).isCloseTo(answer.logits()[label], within(1e-5));
    }
    assertThat(layer).isEqualTo(7);
    assertThat(client.ask("last?page=t&classes=10&picture=" + picture, new byte[0]).text())
        .isEqualTo("class must be from 0 to 9\n");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "10,9", "27,27"})
  void aConvolutionsValueIsTheSumThatIsWrittenOut(int row, int column) throws IOException {
    long picture = answer("").facts().get("picture").getAsLong();
    JsonObject value =
        json("value?page=t&map=0.1&row=%d&column=%d&picture=%d".formatted(row, column, picture));
    JsonObject term = value.getAsJsonArray("terms").get(0).getAsJsonObject();
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      sum +=
          term.getAsJsonArray("window").get(i).getAsDouble()
              * term.getAsJsonArray("kernel").get(i).getAsDouble();
    }
    assertThat(term.get("sum").getAsDouble()).isCloseTo(sum, within(1e-6));
    assertThat(value.get("rest").getAsDouble())
        .isCloseTo(TorchFixture.floats("before.net.0.bias")[1], within(1e-5));
  }

  @Test
  void aDeeperConvolutionsRestIsItsBiasToo() throws IOException {
    long picture = answer("").facts().get("picture").getAsLong();
    JsonObject value = json("value?page=t&map=6.5&row=3&column=4&picture=" + picture);
    assertThat(value.get("rest").getAsDouble())
        .isCloseTo(TorchFixture.floats("before.net.6.bias")[5], within(1e-5));
  }

  @Test
  void aPictureFileIsReadAsFromADisk() throws IOException {
    Unpacked file =
        Unpacked.of(
            client.ask("answer?page=t&kind=file", Files.readAllBytes(folder.resolve("seven.png"))));
    assertThat(file.logits()).isEqualTo(answer("").logits());
  }

  @Test
  void aBombOfAPictureIsRefusedBeforeItIsUnpacked() throws IOException {
    RawClient.Reply reply = client.ask("answer?page=t&kind=file", png(drawing(), 30_000, 30_000));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .isEqualTo(
            "the picture is 30000 x 30000 pixels: at most 64 million, 30,000 in a row, are taken; make it smaller\n");
  }

  @Test
  void whatIsNoPictureIsALine() throws IOException {
    byte[] text = "<script>".getBytes(StandardCharsets.UTF_8);
    RawClient.Reply reply = client.ask("answer?page=t&kind=file", text);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).startsWith("the picture ").doesNotContain("script");
    assertThat(client.ask("answer?page=t&kind=file", new byte[0]).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answer?page=t&picture=99|410|this picture is no longer kept: send it again",
        "answer?page=t|400|picture must be a number",
        "answer?page=t&kind=drawing&height=9&width=9|400|a drawing of 9 x 9 has as many bytes",
        "answer?page=t&kind=drawing&height=9999&width=9|400|height must be from 1 to 1024",
        "answer?page=t&picture=%d&rows=0-99|400|there are 9 layers",
        "answer?page=t&picture=%d&rows=5-2|400|a range goes upwards",
        "answer?page=t&picture=%d&maps=3|400|maps are named as 3:0-31",
        "answer?page=t&picture=%d&map=3.99|400|map must be from 0 to 3",
        "answer?page=t&picture=%d&off=x|400|a map is named as 3.17: its layer's number and its own",
        "value?page=t&picture=%d&map=0.0&row=28&column=0|400|the map is smaller",
        "value?picture=%d&map=0.0&row=1&column=0|400|a page names itself"
      })
  void whatCannotBeAskedIsALine(String path, int status, String line) throws IOException {
    long picture = answer("").facts().get("picture").getAsLong();
    RawClient.Reply reply = client.ask(path.replace("%d", String.valueOf(picture)), new byte[0]);
    assertThat(reply.text()).isEqualTo(line + "\n");
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void theStrongestImagesAreFoundAndKept() throws Exception {
    JsonObject found = strongest();
    assertThat(found.get("of").getAsString()).isEqualTo("1 picture");
    assertThat(found.getAsJsonArray("images").size()).isLessThanOrEqualTo(1);
    try (var kept = Files.list(folder.resolve("cache"))) {
      List<Path> files = kept.toList();
      assertThat(files).hasSize(1);
      Files.write(files.get(0), new byte[] {1, 2, 3});
    }
    page.close();
    start("127.0.0.1");
    assertThat(strongest().toString()).isEqualTo(found.toString());
  }

  private JsonObject strongest() throws Exception {
    while (true) {
      JsonObject facts = Unpacked.of(client.ask("strongest?page=t&map=4.1", new byte[0])).facts();
      if (!facts.get("state").getAsString().equals("looking")) {
        assertThat(facts.get("state").getAsString()).isEqualTo("found");
        return facts;
      }
      Thread.sleep(20);
    }
  }

  @Test
  void anotherHostThanTheLoopbackIsWarnedOf() throws IOException {
    page.close();
    start("0.0.0.0");
    assertThat(progress.lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "warning: OTHER MACHINES CAN REACH THIS PAGE: it listens on 0.0.0.0"));
  }
}
