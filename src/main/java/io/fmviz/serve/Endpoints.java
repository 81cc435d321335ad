package io.fmviz.serve;

import io.fmviz.network.Network;
import io.fmviz.pipeline.PictureReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What pages ask for, by path. */
final class Endpoints {
  private static final int MOST_DRAWN = 1024;
  private static final int MOST_CLASSES = 100;

  private final Network network;
  private final ServedLayers layers;
  private final InferenceQueue work;
  private final ForwardPasses passes;
  private final SentPictures pictures;
  private final LastStep last;
  private final TopActivations strongest;
  private final List<String> names;
  private final Example.Later example;

  /** What all of them use. */
  record Tools(InferenceQueue work, ForwardPasses passes, TopActivations strongest) {}

  /**
   * What all pages get.
   *
   * @param example what they begin with
   */
  Endpoints(
      Network network,
      ServedLayers layers,
      List<String> names,
      Example.Later example,
      Tools tools) {
    this.network = network;
    this.layers = layers;
    this.names = names;
    this.last = LastStep.of(network, layers);
    this.example = example;
    this.work = tools.work();
    this.passes = tools.passes();
    this.strongest = tools.strongest();
    this.pictures = new SentPictures(new PictureReader(network.input().reading()));
  }

  Map<String, RequestHandler.Endpoint> table() {
    return Map.of(
        "/api/network",
            (query, body, asker) ->
                Reply.json(NetworkFacts.of(network, layers, names, example.get(), last)),
        "/api/answer", this::answer,
        "/api/value", this::value,
        "/api/worth", this::worth,
        "/api/last", this::last,
        "/api/strongest", (query, body, asker) -> strongest.of(layers.one(query.text("map"))));
  }

  private Reply answer(Query query, byte[] body, Client asker) {
    View view = View.of(query, layers);
    ServedLayers.Off off = layers.off(query.text("off"));
    return work.result(
        who("answer", query) + query.text("part"),
        asker,
        () -> Answer.of(passes.of(picture(query, body), off, view.nodes()), layers, view));
  }

  /**
   * The one that comes with the request, or one that came before. It is decoded where the network
   * runs, so that this counts into the time that an answer may take, and ends with who asked.
   */
  private SentPictures.Sent picture(Query query, byte[] body) {
    return switch (query.text("kind")) {
      case "drawing" ->
          pictures.drawn(
              body, query.number("height", 1, MOST_DRAWN), query.number("width", 1, MOST_DRAWN));
      case "file" -> pictures.file(body);
      case "example" -> {
        Example its = example.get();
        Query.refuseUnless(its != null, "there is no example");
        yield pictures.keep(its.one());
      }
      default -> pictures.get(query.number("picture", 1, Integer.MAX_VALUE));
    };
  }

  private Reply value(Query query, byte[] body, Client asker) {
    ServedLayers.Off off = layers.off(query.text("off"));
    ServedLayers.One one = layers.one(query.text("map"));
    int row = query.number("row", 0, Integer.MAX_VALUE);
    int column = query.number("column", 0, Integer.MAX_VALUE);
    return work.result(
        who("value", query),
        asker,
        () -> {
          ForwardPass pass = passes.of(picture(query, body), off, ValueOrigin.needed(one.node()));
          return Reply.json(new ValueOrigin(network, layers, pass).of(one, row, column));
        });
  }

  private Reply worth(Query query, byte[] body, Client asker) {
    Query.refuseUnless(network.classes() > 0, "this network has no classes");
    ServedLayers.Off off = layers.off(query.text("off"));
    ServedLayers.One one = layers.one(query.text("map"));
    return work.result(
        who("worth", query),
        asker,
        () ->
            Reply.json(
                new AblationEffect(passes, layers, network.scores(), names)
                    .of(picture(query, body), off, one)));
  }

  private Reply last(Query query, byte[] body, Client asker) {
    Query.refuseUnless(last != null, "this network ends otherwise");
    ServedLayers.Off off = layers.off(query.text("off"));
    String[] parts = query.text("classes").split(",", -1);
    Query.refuseUnless(parts.length <= MOST_CLASSES, "too many classes");
    List<Integer> classes =
        Arrays.stream(parts)
            .map(part -> Query.number("class", part, 0, network.classes() - 1))
            .toList();
    return work.result(
        who("last", query),
        asker,
        () -> last.of(passes.of(picture(query, body), off, Set.of(last.node())), classes));
  }

  private static String who(String what, Query query) {
    String page = query.text("page");
    Query.refuseUnless(page.matches("[A-Za-z0-9_-]{1,64}"), "a page names itself");
    return what + " " + page + " ";
  }
}
