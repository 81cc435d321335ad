package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Numbers;
import io.fmviz.base.Require;
import io.fmviz.dataset.photo.Source.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Decides how pictures are read, from what several say. */
final class Resolver {
  /** Of the scaled picture's side: torchvision cuts 224 out of 256. */
  private static final Margin USUAL = Margin.of(0.875);

  private static final int DIGIT = 28;

  /** Red, green, blue and how opaque they are. */
  private static final int ALPHA_TOO = 4;

  /** What most networks were trained on. */
  private static final Size ANY_SIZE = new Size(224, 224);

  private final ReadingChoice choice;
  private final InputShape shape;
  private final Source person;
  private final List<Source> sources = new ArrayList<>();
  private final Map<String, String> origins = new LinkedHashMap<>();

  Resolver(ReadingChoice choice, DeclaredInput input, Path model, Map<String, String> metadata) {
    this.choice = choice;
    this.shape = InputShape.of(input.sides(), choice.layout());
    this.person = said(choice);
    sources.add(person);
    if (input.values() != DeclaredInput.Values.REAL) {
      sources.add(whole(input.values()));
      requireWhole(choice.scaling());
    }
    if (choice.file() != null) {
      sources.add(SettingsFile.read(choice.file()));
    } else if (model != null) {
      sources.addAll(SettingsFile.beside(model));
    }
    sources.add(ModelSettings.of(metadata));
  }

  /** What whole numbers leave open: their bytes are the network's to scale. */
  private static Source whole(DeclaredInput.Values values) {
    boolean isSigned = values == DeclaredInput.Values.SIGNED_BYTES;
    ChannelValues zero = new ChannelValues(null, List.of(128.0), 255.0);
    return new Source("the network's whole numbers")
        .say(Setting.RANGE, 255.0)
        .say(Setting.MEAN, isSigned ? zero : ChannelValues.NONE)
        .say(Setting.STD, ChannelValues.NONE);
  }

  /** The engine would cut off what is behind the point. */
  private static void requireWhole(ReadingChoice.Scaling told) {
    Require.that(
        told.range() == null || told.range() == 255,
        Setting.RANGE.word(),
        "must be 255: the network takes whole numbers");
    Require.that(
        told.mean() == null || told.mean().isWhole(),
        Setting.MEAN.word(),
        "must be none or whole numbers: the network takes no others");
    Require.that(
        told.std() == null || ChannelValues.NONE.equals(told.std()),
        Setting.STD.word(),
        "must be none: the network takes whole numbers");
  }

  private static Source said(ReadingChoice choice) {
    ReadingChoice.Geometry geometry = choice.geometry();
    ReadingChoice.Scaling scaling = choice.scaling();
    return new Source("as told")
        .say(Setting.FIT, geometry.fit())
        .say(Setting.INPUT_SIZE, geometry.inputSize())
        .say(Setting.MARGIN, geometry.cropPct() == null ? null : Margin.of(geometry.cropPct()))
        .say(Setting.INTERPOLATION, geometry.interpolation())
        .say(Setting.CHANNEL_ORDER, choice.channelOrder())
        .say(Setting.RANGE, scaling.range())
        .say(Setting.MEAN, scaling.mean())
        .say(Setting.STD, scaling.std())
        .say(Setting.ALPHA, scaling.alpha());
  }

  Preprocessing resolve() {
    Said<Fit> fit = first(Setting.FIT, Fit.class, Fit.CROP);
    note(Setting.FIT, fit);
    Size size = size(fit.value());
    int channels = channels(fit.value());
    Preprocessing.Form form = new Preprocessing.Form(channels, size, shape.layout());
    if (fit.value() == Fit.DIGIT) {
      return digit(form);
    }
    Size scaled = margin(fit, size).around(size);
    if (Exact.product(3L, scaled.height(), scaled.width()) > 4L * Integer.MAX_VALUE / 8) {
      throw new InvalidValueException(
          "cropPct", "must be larger: pictures would be scaled to " + scaled);
    }
    Interpolation interpolation =
        take(Setting.INTERPOLATION, Interpolation.class, Interpolation.BILINEAR);
    return new Preprocessing(
        form,
        new Preprocessing.Fitting(fit.value(), scaled, interpolation),
        numbers(channels),
        origins,
        notes(),
        choice.inputs(),
        Set.of());
  }

  private Size size(Fit fit) {
    Said<Size> wanted = Source.first(sources, Setting.INPUT_SIZE, Size.class);
    if (wanted == null && fit == Fit.DIGIT) {
      wanted = new Said<>(new Size(DIGIT, DIGIT), person);
      return shape.size(wanted.value(), false);
    }
    if (wanted == null && shape.isOfAnySize() && choice.anySize()) {
      origins.put(Setting.INPUT_SIZE.title(), Source.GUESS);
      return shape.size(ANY_SIZE, false);
    }
    if (wanted == null) {
      return shape.size(null, false);
    }
    Size size = shape.size(wanted.value(), wanted.by() == person);
    if (shape.isOfAnySize()) {
      note(Setting.INPUT_SIZE, wanted);
    }
    return size;
  }

  private int channels(Fit fit) {
    if (shape.channels() != InputShape.ANY) {
      return shape.channels();
    }
    Said<ChannelOrder> order = Source.first(sources, Setting.CHANNEL_ORDER, ChannelOrder.class);
    boolean gray = order != null && order.value() == ChannelOrder.GRAY;
    return gray || fit == Fit.DIGIT ? 1 : 3;
  }

  /** A margin that somebody else had in mind for another way to fit is none. */
  private Margin margin(Said<Fit> fit, Size size) {
    boolean crop = fit.value() == Fit.CROP;
    Require.that(
        crop || choice.geometry().cropPct() == null,
        Setting.MARGIN.word(),
        "is for pictures that are cropped, not for %s",
        fit.value().name().toLowerCase(Locale.ROOT));
    if (crop) {
      Said<Margin> margin = first(Setting.MARGIN, Margin.class, USUAL);
      note(Setting.MARGIN, margin);
      return meant(margin.value(), size, margin.by());
    }
    Object margin = fit.value() == Fit.STRETCH ? fit.by().said(Setting.MARGIN) : null;
    return margin == null ? Margin.NONE : meant((Margin) margin, size, fit.by());
  }

  /** A margin in pixels is meant for the size that was said with it. */
  private static Margin meant(Margin margin, Size size, Source by) {
    return size.equals(by.said(Setting.INPUT_SIZE)) ? margin : Margin.of(margin.share());
  }

  /** What of the files is not followed. */
  private List<String> notes() {
    return sources.stream().map(Source::notes).filter(Objects::nonNull).toList();
  }

  private Preprocessing.Numbers numbers(int channels) {
    ChannelOrder order = order(channels);
    double range = take(Setting.RANGE, Double.class, 1.0);
    ChannelValues usual =
        channels == 1 ? ChannelValues.NONE : ChannelValues.named(ChannelValues.Name.IMAGENET);
    ChannelValues mean = take(Setting.MEAN, ChannelValues.class, usual);
    ChannelValues std = take(Setting.STD, ChannelValues.class, usual);
    boolean hasAlpha = channels == ALPHA_TOO;
    Require.that(
        hasAlpha || choice.scaling().alpha() == null,
        Setting.ALPHA.word(),
        "is for networks of four channels: this one takes %d",
        channels);
    return new Preprocessing.Numbers(
        order,
        range,
        hasAlpha ? mean.ofColors().mean(3, range, order) : mean.mean(channels, range, order),
        hasAlpha ? std.ofColors().std(3, range, order) : std.std(channels, range, order),
        mean.text(),
        std.text(),
        hasAlpha ? take(Setting.ALPHA, Double.class, range) : null);
  }

  /** One channel is grey, whoever says what. */
  private ChannelOrder order(int channels) {
    if (channels != 1) {
      return take(Setting.CHANNEL_ORDER, ChannelOrder.class, ChannelOrder.RGB);
    }
    Require.that(
        choice.channelOrder() == null || choice.channelOrder() == ChannelOrder.GRAY,
        Setting.CHANNEL_ORDER.word(),
        "must be gray: the network takes one channel");
    return ChannelOrder.GRAY;
  }

  /** MNIST's form: strokes in white on black, from 0 to 1. */
  private Preprocessing digit(Preprocessing.Form form) {
    for (Setting other :
        List.of(
            Setting.MARGIN,
            Setting.INTERPOLATION,
            Setting.CHANNEL_ORDER,
            Setting.RANGE,
            Setting.MEAN,
            Setting.STD,
            Setting.ALPHA)) {
      Require.that(
          person.said(other) == null,
          other.word(),
          "is not for pictures that are read as digits, which have a form of their own");
    }
    Size size = new Size(DIGIT, DIGIT);
    if (form.channels() != 1 || !form.size().equals(size)) {
      throw new InvalidValueException(
          "fit",
          "digit gives pictures of %s in grey; the network takes %s with %s"
              .formatted(size, form.size(), Numbers.count(form.channels(), "channel")));
    }
    return new Preprocessing(
        form,
        new Preprocessing.Fitting(Fit.DIGIT, size, Interpolation.BILINEAR),
        new Preprocessing.Numbers(
            ChannelOrder.GRAY, 1, new float[] {0}, new float[] {1}, "none", "none", null),
        origins,
        notes(),
        choice.inputs(),
        Set.of());
  }

  private <T> T take(Setting setting, Class<T> type, T otherwise) {
    Said<T> said = first(setting, type, otherwise);
    note(setting, said);
    return said.value();
  }

  private <T> Said<T> first(Setting setting, Class<T> type, T otherwise) {
    Said<T> said = Source.first(sources, setting, type);
    return said == null ? new Said<>(otherwise, new Source(Source.GUESS)) : said;
  }

  private void note(Setting setting, Said<?> said) {
    origins.put(setting.title(), said.by().title());
  }
}
