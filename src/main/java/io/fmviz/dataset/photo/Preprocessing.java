package io.fmviz.dataset.photo;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How pictures of any size become what a network takes, all of it decided.
 *
 * @param origins who said each setting that matters, by its title; {@link Source#GUESS} for nobody
 * @param notes what of the files that say it is not followed, or passed over: a line each
 * @param inputs the values of the network's other inputs, by name
 * @param guessed which of these nobody told
 */
public record Preprocessing(
    Form form,
    Fitting fitting,
    Numbers numbers,
    Map<String, String> origins,
    List<String> notes,
    Map<String, List<Double>> inputs,
    Set<String> guessed)
    implements Serializable {

  public Preprocessing {
    notes = List.copyOf(notes);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    guessed = Collections.unmodifiableSet(new LinkedHashSet<>(guessed));
    origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
  }

  /** What the network takes: 1, 3 or 4 channels. */
  public record Form(int channels, Size size, Layout layout) implements Serializable {}

  /**
   * How a picture is brought to that size.
   *
   * @param scaled what a picture is scaled to cover or, if stretched, to; the size itself where
   *     there is no margin
   */
  public record Fitting(Fit fit, Size scaled, Interpolation interpolation)
      implements Serializable {}

  /**
   * How its bytes become numbers: {@code (byte * range / 255 - mean) / std}.
   *
   * @param meanText like stdText as a person would give it: {@code imagenet}
   * @param mean like std one for each channel but a fourth, in the range's units
   * @param alpha what a fourth channel holds, as the network gets it; null for none
   */
  public record Numbers(
      ChannelOrder order,
      double range,
      float[] mean,
      float[] std,
      String meanText,
      String stdText,
      Double alpha)
      implements Serializable {}

  /**
   * Decides how pictures are read. What a person said comes first, then the file they named, a file
   * beside the model, what the model says of itself; for the rest there are defaults.
   *
   * @param input that takes the pictures
   * @param model beside which files are looked for; null for none
   * @param metadata the model's own
   * @throws io.fmviz.base.UserException if the network takes no pictures, or a file of settings is
   *     none
   * @throws io.fmviz.base.InvalidValueException if something must be said, or can't be as it was
   */
  public static Preprocessing resolve(
      ReadingChoice choice, DeclaredInput input, Path model, Map<String, String> metadata) {
    return new Resolver(choice, input, model, metadata).resolve();
  }

  /** The same for an input of real numbers, of which the dimensions are known. */
  public static Preprocessing resolve(
      ReadingChoice choice, long[] dimensions, Path model, Map<String, String> metadata) {
    return resolve(choice, DeclaredInput.ofReals(dimensions), model, metadata);
  }

  /** The same numbers of pictures that are stretched to another size. */
  public Preprocessing ofSize(Size size) {
    return new Preprocessing(
        new Form(channels(), size, layout()),
        new Fitting(Fit.STRETCH, size, fitting.interpolation()),
        numbers,
        origins,
        notes,
        inputs,
        guessed);
  }

  /** The same, of a size that nobody said. */
  public Preprocessing ofGuessedSize() {
    Map<String, String> others = new LinkedHashMap<>(origins);
    others.put(Setting.INPUT_SIZE.title(), Source.GUESS);
    return new Preprocessing(form, fitting, numbers, others, notes, inputs, guessed);
  }

  /** The same with values of the network's other inputs that nobody told. */
  public Preprocessing withGuessedInputs(Map<String, List<Double>> values) {
    Map<String, List<Double>> all = new LinkedHashMap<>(inputs);
    all.putAll(values);
    return new Preprocessing(form, fitting, numbers, origins, notes, all, values.keySet());
  }

  /** Whether nobody said what a fourth channel holds, and there is one. */
  public boolean isFourthChannelGuessed() {
    return Source.GUESS.equals(origins.get(Setting.ALPHA.title()));
  }

  /** Whether nobody said the size of pictures, and the network takes any. */
  public boolean isSizeGuessed() {
    return Source.GUESS.equals(origins.get(Setting.INPUT_SIZE.title()));
  }

  public int channels() {
    return form.channels();
  }

  public int height() {
    return form.size().height();
  }

  public int width() {
    return form.size().width();
  }

  public Layout layout() {
    return form.layout();
  }

  public Fit fit() {
    return fitting.fit();
  }

  /** One line for people: what is done, and who said so. */
  public String text() {
    return "pictures are read as: %s, range %s, mean %s, std %s%s (%s)"
        .formatted(
            fitText(),
            number(numbers.range()),
            numbers.meanText(),
            numbers.stdText(),
            layout() == Layout.NHWC ? ", NHWC" : "",
            Origins.text(origins));
  }

  private String fitText() {
    Size size = form.size();
    String shape = size + (size.isSquare() ? "" : " (height x width)");
    String how =
        switch (fit()) {
          case CROP ->
              fitting.scaled().shorter() < size.shorter()
                  ? "crop to %s of %s, with black around".formatted(shape, scaled())
                  : "crop to %s of %s (crop-pct %s)".formatted(shape, scaled(), share());
          case STRETCH ->
              fitting.scaled().equals(size)
                  ? "stretch to " + shape
                  : "stretch to %s, of which %s".formatted(fitting.scaled(), shape);
          case LETTERBOX -> "letterbox in " + shape;
          case DIGIT -> "a digit of " + shape;
        };
    String order = numbers.order() == ChannelOrder.GRAY ? "grey" : numbers.order().name();
    String color =
        numbers.alpha() == null
            ? order
            : order + " and a fourth channel of " + number(numbers.alpha());
    return fit() == Fit.DIGIT
        ? how + ", " + color
        : how + ", " + fitting.interpolation().name().toLowerCase(Locale.ROOT) + ", " + color;
  }

  private String scaled() {
    return fitting.scaled().isSquare()
        ? String.valueOf(fitting.scaled().height())
        : fitting.scaled().toString();
  }

  private String share() {
    return number((double) form.size().shorter() / fitting.scaled().shorter());
  }

  /** The same for manifests. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fit", fit().name().toLowerCase(Locale.ROOT));
    facts.put("inputSize", new int[] {height(), width()});
    facts.put("scaledTo", new int[] {fitting.scaled().height(), fitting.scaled().width()});
    facts.put("interpolation", fitting.interpolation().name().toLowerCase(Locale.ROOT));
    facts.put("channelOrder", numbers.order().name().toLowerCase(Locale.ROOT));
    facts.put("layout", layout().name().toLowerCase(Locale.ROOT));
    facts.put("range", numbers.range());
    facts.put("mean", numbers.mean());
    facts.put("std", numbers.std());
    facts.put("alpha", "over white");
    if (numbers.alpha() != null) {
      facts.put("fourthChannel", numbers.alpha());
    }
    if (!inputs.isEmpty()) {
      facts.put("inputs", inputs);
    }
    if (!guessed.isEmpty()) {
      facts.put("guessedInputs", guessed);
    }
    facts.put("from", origins);
    if (!notes.isEmpty()) {
      facts.put("notFollowed", notes);
    }
    return facts;
  }

  /** A number as a person would write it, of four digits. */
  static String number(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
