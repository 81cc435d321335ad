package io.fmviz.serve;

import io.fmviz.analysis.ReceptiveField;
import io.fmviz.dataset.photo.ChannelOrder;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Scores;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.PictureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a page must know of the network before anything is drawn.
 *
 * @param name of its file
 * @param hash of its weights, shortened; null where it has none
 * @param classes how many; 0 where it has none
 * @param noClasses why it has none, a clause; null where it has
 * @param scores what the values of its answers mean, as {@link Scores} names it
 * @param notShown what of it can't be looked at, a sentence each
 * @param example what the page begins with, for people; null for nothing
 * @param last the layer whose maps' means make the logits; null where the network ends otherwise
 */
record NetworkFacts(
    String name,
    String hash,
    Input input,
    int classes,
    String noClasses,
    String scores,
    List<String> classNames,
    List<Layer> layers,
    List<String> notShown,
    String example,
    Integer last) {
  /**
   * What it takes.
   *
   * @param digit whether pictures are read as digits
   * @param colours what its channels are; empty where they are not a picture's colours
   * @param reading how pictures are read, for people
   */
  record Input(
      int channels, int height, int width, boolean digit, List<String> colours, String reading) {}

  /**
   * A layer with maps.
   *
   * @param sent height and width of its maps as they are sent
   * @param reads the numbers of the layers that it reads; none for the picture, and for what has no
   *     maps
   * @param kernel whether it has one
   * @param field what one position sees of what the network sees; null where that isn't known
   * @param note a clause, such as what else its output holds; null for nothing
   */
  record Layer(
      String name,
      String type,
      String path,
      List<Integer> shape,
      List<Integer> sent,
      List<Integer> reads,
      boolean kernel,
      ReceptiveField field,
      String note) {}

  private static final int SHORT = 12;

  static NetworkFacts of(
      Network network,
      ServedLayers layers,
      List<String> classNames,
      Example example,
      LastStep last) {
    InputForm form = network.input();
    return new NetworkFacts(
        Objects.toString(Path.of(network.location()).getFileName(), network.location()),
        network.sha256() == null ? null : network.sha256().substring(0, SHORT),
        new Input(
            form.channels(),
            form.height(),
            form.width(),
            new PictureReader(form.reading()).isOfDigits(),
            colours(form.reading().numbers().order(), form.channels()),
            form.reading().text()),
        network.classes(),
        Answers.whyNone(network),
        network.scores().name(),
        classNames,
        layers.nodes().stream().map(node -> layer(node, network, layers)).toList(),
        network.notShown(),
        example == null ? null : example.text(),
        last == null ? null : layers.number(last.node()));
  }

  private static List<String> colours(ChannelOrder order, int channels) {
    List<String> all =
        switch (order) {
          case RGB -> List.of("red", "green", "blue", "the fourth channel");
          case BGR -> List.of("blue", "green", "red", "the fourth channel");
          case GRAY -> List.of();
        };
    return channels < 3 ? List.of() : all.subList(0, Math.min(channels, all.size()));
  }

  private static Layer layer(Node node, Network network, ServedLayers layers) {
    return new Layer(
        node.name(),
        node.type(),
        node.path(),
        node.shape(),
        List.of(Answer.form(node).rows(), Answer.form(node).columns()),
        node.inputs().stream().map(layers::number).filter(Objects::nonNull).toList(),
        network.hasKernel(node),
        ReceptiveField.of(node).orElse(null),
        node.note().orElse(null));
  }
}
