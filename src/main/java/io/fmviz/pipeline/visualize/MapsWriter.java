package io.fmviz.pipeline.visualize;

import io.fmviz.image.Colormap;
import io.fmviz.image.Drawn;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.image.Shaded;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.tensor.NumpyArchive;
import io.fmviz.tensor.NumpyArray;
import io.fmviz.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Writes what was captured of one image, in every format that is asked for. */
final class MapsWriter {
  private final VisualizeRequest request;
  private final PictureOptions drawing;
  private final List<WantedMaps> wanted;
  private final OutputFolder out;

  /** Of all maps; several threads add to it. */
  private final LongAdder notNumbers = new LongAdder();

  /** A writer into a folder. */
  MapsWriter(
      VisualizeRequest request, PictureOptions drawing, List<WantedMaps> wanted, OutputFolder out) {
    this.request = request;
    this.drawing = drawing;
    this.wanted = wanted;
    this.out = out;
  }

  /**
   * Writes one image's.
   *
   * @param captured as many as are wanted, in the same order
   * @param picture of the image itself
   */
  List<VisualizedSample.MapPicture> write(
      String folder, List<FeatureMaps> captured, Supplier<RgbImage> picture, PngWriter png) {
    List<VisualizedSample.MapPicture> pictures = new ArrayList<>();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    EqualPictures.OfImage equal = new EqualPictures.OfImage(out.resolve(""));
    for (MapsFormat format : request.formats()) {
      for (int i = 0; i < captured.size(); i++) {
        FeatureMaps maps = captured.get(i);
        String file = folder + SampleFiles.name(maps.name(), format);
        String equalTo = null;
        switch (format) {
          case PNG -> {
            writePng(file, wanted.get(i), maps, picture, png);
            equalTo = equal.add(file, png);
          }
          case NPY -> out.write(file, stream -> NumpyArray.write(array(maps), stream));
          case NPZ -> arrays.put(maps.name(), array(maps));
        }
        pictures.add(picture(file, wanted.get(i), maps, equalTo));
      }
    }
    // The same maps, in each format.
    pictures.stream()
        .limit(captured.size())
        .map(VisualizedSample.MapPicture::notANumber)
        .filter(Objects::nonNull)
        .forEach(notNumbers::add);
    if (!arrays.isEmpty()) {
      String file = folder + SampleFiles.name("", MapsFormat.NPZ);
      out.write(file, stream -> NumpyArchive.write(arrays, stream));
    }
    return pictures;
  }

  private VisualizedSample.MapPicture picture(
      String file, WantedMaps wanted, FeatureMaps maps, String equalTo) {
    double minimum = maps.minimum();
    double maximum = maps.maximum();
    // Both ends tell of any NaN or infinity.
    boolean isFinite = Double.isFinite(minimum) && Double.isFinite(maximum);
    return new VisualizedSample.MapPicture(
        file,
        wanted.layer(),
        VisualizedSample.Chosen.of(wanted),
        maps.shape(),
        minimum,
        maximum,
        maps.mean(),
        isFinite ? null : maps.notANumber(),
        colors(maps),
        equalTo);
  }

  /** What the colours of maps stand for, where nothing else tells. */
  private VisualizedSample.Colors colors(FeatureMaps maps) {
    return isDrawn(maps) && drawing.colormap() == Colormap.AUTO ? scale(maps) : null;
  }

  private boolean isDrawn(FeatureMaps maps) {
    return request.formats().contains(MapsFormat.PNG) && !maps.name().equals(FeatureMaps.IMAGE);
  }

  private VisualizedSample.Colors scale(FeatureMaps maps) {
    Shaded.Scale scale = MapsPicture.scale(maps.values(), drawing);
    return new VisualizedSample.Colors(scale.colormap().toString(), scale.low(), scale.high());
  }

  /** Where maps stand in full; null where no picture has them. */
  PageMaps.InFull inFull(WantedMaps wanted, FeatureMaps maps) {
    if (!isDrawn(maps)) {
      return null;
    }
    Drawn drawn = wanted.drawn();
    int shown = drawn == null ? maps.channels() : drawn.channels().length;
    return new PageMaps.InFull(
        SampleFiles.name(maps.name(), MapsFormat.PNG).substring(1),
        drawing.scale(shown, maps.height(), maps.width()),
        MapsPicture.places(maps.channels(), maps.height(), maps.width(), drawing, drawn),
        scale(maps));
  }

  /** How many values of the maps that were written are NaN or infinite. */
  long notNumbers() {
    return notNumbers.sum();
  }

  private static Tensor array(FeatureMaps maps) {
    return Tensor.of(maps.shape(), maps.values());
  }

  private void writePng(
      String file, WantedMaps wanted, FeatureMaps maps, Supplier<RgbImage> picture, PngWriter png) {
    out.write(
        file,
        stream -> {
          if (maps.name().equals(FeatureMaps.IMAGE) && maps.channels() > 1) {
            png.write(MapsPicture.scaled(picture.get(), drawing.imageScale()), stream);
          } else if (maps.name().equals(FeatureMaps.IMAGE)) {
            png.write(
                MapsPicture.image(maps.values(), maps.height(), maps.width(), drawing.imageScale()),
                stream);
          } else {
            MapsPicture.write(
                maps.values(),
                maps.channels(),
                maps.height(),
                maps.width(),
                drawing,
                wanted.drawn(),
                png,
                stream);
          }
        });
  }
}
