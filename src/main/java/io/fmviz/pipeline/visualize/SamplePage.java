package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.Likely;
import io.fmviz.image.PngWriter;
import io.fmviz.image.RgbImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.report.page.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Writes the page of one image: itself, what the network takes it for, all its maps. */
final class SamplePage {
  /** Classes whose probabilities are shown. */
  private static final int MOST_CLASSES = 10;

  private final OutputFolder out;
  private final Answers answers;
  private final MapsWriter writer;
  private final List<WantedMaps> wanted;
  private final List<PageMaps> maps;

  /** Null where a network has no such map. */
  private final AnswerMap answerMap;

  /**
   * A writer of pages.
   *
   * @param writer of the pictures beside them
   */
  SamplePage(
      Job job, OutputFolder out, Answers answers, MapsWriter writer, List<WantedMaps> wanted) {
    this.out = out;
    this.answers = answers;
    this.writer = writer;
    this.wanted = wanted;
    this.maps = PageMaps.of(wanted, job.images());
    this.answerMap = AnswerMap.of(job.network(), wanted);
  }

  /**
   * What a page shows beside the maps.
   *
   * @param title of the image, the name of its folder
   * @param labelName what its class is called; null where that isn't known
   * @param classes that the network tells apart; 0 for none
   * @param likeliest of them
   * @param drawn how the maps stand in the page, for each of the sample's first pictures
   * @param cam what each position adds to the answer; null where that isn't known exactly
   * @param inFull where those of them that are smaller there stand in full; null where they don't
   */
  private record Facts(
      String title,
      VisualizedSample sample,
      String labelName,
      int classes,
      List<Likely> likeliest,
      AnswerMap.Facts cam,
      List<PageMaps.Drawn> drawn,
      List<PageMaps.InFull> inFull) {}

  /**
   * Writes it.
   *
   * @param logits of the image; empty where the network has none
   * @param captured its maps, for each of what is wanted
   */
  void write(
      String title,
      VisualizedSample sample,
      float[] logits,
      List<FeatureMaps> captured,
      Supplier<RgbImage> picture,
      PngWriter png) {
    AnswerMap.Drawn cam =
        answerMap == null ? null : answerMap.of(logits, captured, answers.names());
    Facts facts =
        new Facts(
            title,
            sample.withoutFolder(),
            sample.image().label() == null ? null : answers.nameOf(sample.image().label()),
            logits.length,
            Likely.of(answers.network().scores(), logits, answers.names(), MOST_CLASSES),
            cam == null ? null : cam.facts(),
            maps.stream().map(PageMaps::drawn).toList(),
            inFull(sample, captured));
    out.write(
        title + "/" + Page.FILE,
        stream ->
            Page.SAMPLE.write(
                title + ", fmviz visualize",
                stream,
                page -> {
                  page.json("facts", facts);
                  page.bytes("picture", png(picture.get(), png));
                  if (cam != null) {
                    page.bytes("cam", cam.bytes());
                  }
                  for (int i = 0; i < maps.size(); i++) {
                    page.bytes("maps-" + i, maps.get(i).bytes(captured.get(i)));
                  }
                }));
  }

  /**
   * A picture has no colour for what is not finite: maps with such are shown as the page has them.
   */
  private List<PageMaps.InFull> inFull(VisualizedSample sample, List<FeatureMaps> captured) {
    List<PageMaps.InFull> all = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      boolean isWhole = maps.get(i).form().factor() == 1;
      boolean hasNumbers = sample.pictures().get(i).notANumber() == null;
      all.add(!isWhole && hasNumbers ? writer.inFull(wanted.get(i), captured.get(i)) : null);
    }
    return all;
  }

  private static byte[] png(RgbImage picture, PngWriter png) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    png.write(picture, bytes);
    return bytes.toByteArray();
  }
}
