package io.fmviz.dataset.photo;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A mean or a deviation for each channel.
 *
 * @param name whose they are; null for numbers
 * @param numbers in the order of the network's channels, or one for all; empty for a name
 * @param range in which a white pixel has that value; null for the range that pictures are read in
 */
public record ChannelValues(Name name, List<Double> numbers, Double range) {
  /** Values that have a name. The first three colours are red, green and blue, of 1. */
  public enum Name {
    IMAGENET(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
    HALF(List.of(0.5), List.of(0.5)),
    NONE(List.of(0.0), List.of());

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Double> mean;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Double> std;

    Name(List<Double> mean, List<Double> std) {
      this.mean = mean;
      this.std = std;
    }
  }

  static final ChannelValues NONE = named(Name.NONE);

  public ChannelValues {
    numbers = List.copyOf(numbers);
  }

  static ChannelValues named(Name name) {
    return new ChannelValues(name, List.of(), null);
  }

  /**
   * Values as a person gives them: {@code imagenet}, {@code half}, {@code none}, or one number or
   * three with commas between.
   *
   * @param setting {@code mean} or {@code std}
   * @throws InvalidValueException if they are none of these
   */
  public static ChannelValues parse(String setting, String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    for (Name name : Name.values()) {
      if (name.name().equals(word)) {
        return named(name);
      }
    }
    List<Double> numbers = new ArrayList<>();
    for (String number : word.split("[,\\s]+", 5)) {
      try {
        numbers.add(Double.parseDouble(number));
      } catch (NumberFormatException e) {
        throw invalid(setting, text);
      }
    }
    if (numbers.size() != 1 && numbers.size() != 3) {
      throw invalid(setting, text);
    }
    check(setting, numbers);
    return new ChannelValues(null, numbers, null);
  }

  private static InvalidValueException invalid(String setting, String text) {
    return new InvalidValueException(
        setting,
        "must be imagenet, half, none, or one number or three separated by commas, not \"%s\""
            .formatted(text));
  }

  /** Refuses numbers that no picture can be divided by. */
  static void check(String setting, List<Double> numbers) {
    for (double number : numbers) {
      Require.that(
          Double.isFinite((float) number) && Math.abs(number) < 1e6,
          setting,
          "must be numbers below a million, not %s",
          number);
      Require.that(
          !setting.equals("std") || number >= 1e-6, setting, "must be above 0, not %s", number);
    }
  }

  /** The mean of each of a network's channels. */
  float[] mean(int channels, double range, ChannelOrder order) {
    return values("mean", name == null ? null : name.mean, channels, range, order);
  }

  /** The deviation of each of a network's channels. */
  float[] std(int channels, double range, ChannelOrder order) {
    if (name == Name.NONE) {
      return new ChannelValues(null, List.of(1.0), null).std(channels, range, order);
    }
    return values("std", name == null ? null : name.std, channels, range, order);
  }

  private float[] values(
      String setting, List<Double> ofName, int channels, double pictures, ChannelOrder order) {
    List<Double> all = name == null ? numbers : ofName;
    double unit = name != null ? 1 : range == null ? pictures : range;
    Require.that(
        all.size() == 1 || all.size() == channels,
        setting,
        "%s %s, the network takes %s",
        name == null ? "has" : text() + " has",
        Numbers.count(all.size(), "value"),
        channels == 1 ? "one channel" : Numbers.count(channels, "channel"));
    float[] values = new float[channels];
    for (int c = 0; c < channels; c++) {
      boolean turned = name != null && order == ChannelOrder.BGR;
      double value = all.get(all.size() == 1 ? 0 : turned ? channels - 1 - c : c);
      values[c] = (float) (unit == pictures ? value : value * (pictures / unit));
    }
    return values;
  }

  /** As a person would give them. */
  String text() {
    return name != null
        ? name.name().toLowerCase(Locale.ROOT)
        : numbers.stream().map(Preprocessing::number).collect(Collectors.joining(","));
  }

  /** The name of what these numbers are, if they are ImageNet's or halves; themselves otherwise. */
  ChannelValues recognized(boolean isMean) {
    for (Name known : Name.values()) {
      List<Double> its = isMean ? known.mean : known == Name.NONE ? List.of(1.0) : known.std;
      if (name == null && range != null && equal(its)) {
        return named(known);
      }
    }
    return this;
  }

  /** Whether bytes stay whole numbers when these are subtracted. */
  boolean isWhole() {
    return name == Name.NONE
        || (name == null && numbers.stream().allMatch(number -> number == Math.rint(number)));
  }

  /** Of four, which have alpha's behind them, the first three. */
  ChannelValues ofColors() {
    return numbers.size() == 4 ? new ChannelValues(name, numbers.subList(0, 3), range) : this;
  }

  /** The same in the other order of colours. */
  ChannelValues turned() {
    List<Double> turned = new ArrayList<>(numbers);
    Collections.reverse(turned);
    return numbers.size() == 3 ? new ChannelValues(name, turned, range) : this;
  }

  private boolean equal(List<Double> others) {
    for (int i = 0; i < Math.max(numbers.size(), others.size()); i++) {
      double mine = numbers.get(numbers.size() == 1 ? 0 : Math.min(i, numbers.size() - 1)) / range;
      double other = others.get(Math.min(i, others.size() - 1));
      if (Math.abs(mine - other) > 1e-9) {
        return false;
      }
    }
    return numbers.size() == 1 || numbers.size() == 3;
  }
}
