package io.fmviz.pipeline;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.dataset.PassedOver;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.ImageChoice;
import io.fmviz.probe.ImageSelection;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import io.fmviz.report.Json;
import io.fmviz.report.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A command at work on images with a network: what it does before and after what it is for. It
 * reads and opens both, checks that they fit, starts the engine, keeps others out of the folder
 * that it writes into, and knows what every result tells.
 */
public final class Run implements AutoCloseable {
  /** Broken pictures that a warning names; JSON names all. */
  private static final int MOST_NAMED = 3;

  /**
   * The file that names all of them, a line each: the picture, a tab, and what is wrong with it.
   */
  private static final String PASSED_OVER = "passed-over.txt";

  private final String command;
  private final Setup setup;
  private final Network network;
  private final OpenedImages opened;
  private final Progress progress;
  private final OutputFolder out;
  private final FolderPage page;
  private Machine machine = Machine.HERE;
  private Session session;
  private Provenance provenance;
  private long start;

  /** Opens the images that a command looks at. */
  @FunctionalInterface
  public interface Opening {
    OpenedImages open(Network network);
  }

  /**
   * Begins.
   *
   * @param command its name
   * @param network read already
   * @param opening called once
   */
  public Run(String command, Setup setup, Network network, Opening opening, Progress progress) {
    this.command = command;
    this.setup = setup;
    this.progress = progress;
    this.network = network;
    this.opened = opening.open(network);
    Fit.check(network, opened, progress);
    if (opened.pictures() != null) {
      progress.note(opened.pictures().reading());
    }
    this.out =
        setup.output() == null
            ? null
            : new OutputFolder(setup.output().folder(), setup.output().force());
    this.page = out == null ? null : new FolderPage(setup.output(), out);
  }

  /** Begins with the network that the setup names, and starts it. */
  public static Run start(String command, Setup setup, Opening opening, Progress progress) {
    return new Run(command, setup, setup.network().open(progress), opening, progress).start();
  }

  /** Has another machine do what grows with the number of images. */
  public Run on(Machine other) {
    machine = other;
    return this;
  }

  /** Starts the network. */
  public Run start() {
    return start(machine.compute(setup.compute()));
  }

  /** Starts the network with a part of the threads. */
  public Run start(Compute compute) {
    session = network.start(compute);
    start = System.nanoTime();
    return this;
  }

  public Network network() {
    return network;
  }

  public Session session() {
    return session;
  }

  public OpenedImages opened() {
    return opened;
  }

  public Images images() {
    return opened.images();
  }

  public OutputFolder out() {
    return out;
  }

  public Progress progress() {
    return progress;
  }

  /** The images of a choice, counted from 0. */
  public int[] choose(ImageChoice choice) {
    if (choice.misclassified()) {
      Answers.requireFor("misclassified", network);
    }
    if (choice.isFiltered()) {
      opened.requireLabelsFor(choice.misclassified() ? "misclassified" : "class");
    }
    int[] chosen =
        new ImageSelection(choice, images(), opened.datasetName())
            .choose(session, ticker("looking for misclassified images"));
    if (!opened.isDataset() && chosen.length < images().count() && choice.isByDefault()) {
      progress.note(
          Settings.named("the first %d of %s: {samples} takes more")
              .formatted(chosen.length, Text.count(images().count(), "picture")));
    }
    return chosen;
  }

  /** Gathers a statistic of all images. */
  public <S extends Statistic<S>> S gather(Aggregation<S> pass, Probe.Ticker ticker) {
    return gather(pass, images().count(), ticker);
  }

  /** Gathers a statistic of the first so many images. */
  public <S extends Statistic<S>> S gather(Aggregation<S> pass, int count, Probe.Ticker ticker) {
    return machine.gather(pass, session, opened, count, ticker);
  }

  /** Tells the progress of a task, image by image. */
  public Probe.Ticker ticker(String task) {
    return (done, total) -> progress.step(task, done, total, "");
  }

  /**
   * Makes room for files in the folder.
   *
   * @param files all that are to come
   * @param options as in a manifest
   */
  public void prepare(List<String> files, Map<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>(options);
    all.putAll(opened.options());
    provenance = new Provenance(command, network, opened, all);
    List<String> planned = new ArrayList<>(page.with(files));
    if (machine.listsPassedOver() && images().isLazy()) {
      planned.add(PASSED_OVER);
    }
    out.prepare(provenance.planned(planned));
  }

  /**
   * Writes the page of the folder, and the manifest of files that are all written.
   *
   * @param details what was found, a record, or a list of such
   */
  public void complete(List<String> files, Object details) {
    complete(files, details, details);
  }

  /**
   * The same where the page doesn't show all of it.
   *
   * @param shown what the page shows
   */
  public void complete(List<String> files, Object details, Object shown) {
    complete(files, details, shown, List.of());
  }

  /**
   * The same where the details know classes by their numbers.
   *
   * @param classes whose names the page needs; null for an image without a label
   */
  public void complete(
      List<String> files, Object details, Object shown, Collection<Integer> classes) {
    page.write(provenance.complete(List.of(), shown), Answers.of(network, opened).namesOf(classes));
    out.writeManifest(stream -> writeManifest(files, details, stream));
    page.link();
  }

  /** Begins the manifest of files that are written meanwhile. */
  public GrowingManifest beginManifest(List<String> files) {
    return new GrowingManifest(
        out.openManifest(), provenance.complete(new Written(page.with(files)), List.of()));
  }

  /** Begins the page of the folder; null if none is wanted. */
  public GrowingPage beginPage() {
    return page.begin(provenance.complete(List.of(), null));
  }

  /**
   * Completes both, once all files are written. The manifest gets its name last: what a complete
   * one lists is there.
   */
  public void complete(GrowingManifest manifest, GrowingPage shown) {
    writePassedOver();
    if (shown != null) {
      shown.complete();
    }
    manifest.complete();
    page.link();
  }

  private void writeManifest(List<String> files, Object details, OutputStream stream)
      throws IOException {
    Json.pretty(provenance.complete(new Written(page.with(files)), details), stream);
    writePassedOver();
  }

  private void writePassedOver() {
    if (isPassedOverWritten()) {
      out.write(
          PASSED_OVER,
          images().passedOver().stream().map(one -> one.source() + "\t" + one.reason()).toList());
    }
  }

  private boolean isPassedOverWritten() {
    return machine.listsPassedOver() && !images().passedOver().isEmpty();
  }

  /** The files that came to be, as far as that is known when they are asked for. */
  private final class Written extends AbstractList<String> {
    private final List<String> files;

    Written(List<String> files) {
      this.files = files;
    }

    @Override
    public String get(int i) {
      return i < files.size() ? files.get(i) : PASSED_OVER;
    }

    @Override
    public int size() {
      return files.size() + (isPassedOverWritten() ? 1 : 0);
    }
  }

  /** The page of the folder. */
  public FolderPage page() {
    return page;
  }

  /**
   * Says in one line each what is not finite, and which pictures were passed over, if any.
   *
   * @param images with logits that are NaN or infinite
   * @param all images whose logits were looked at
   * @param values of maps that are NaN or infinite
   */
  public void warnOfNotNumbers(long images, int all, long values) {
    NonFiniteWarning.tell(
        List.of(network), new NonFiniteWarning.Computed(images, all, "image", values), progress);
    warnOfPassedOver();
  }

  private void warnOfPassedOver() {
    List<PassedOver> broken = images().passedOver();
    if (!broken.isEmpty()) {
      progress.warn(
          UserException.oneLine(
              "%s could not be read and %s passed over: %s%s"
                  .formatted(
                      Text.count(broken.size(), "picture"),
                      broken.size() == 1 ? "was" : "were",
                      broken.stream()
                          .limit(MOST_NAMED)
                          .map(PassedOver::reason)
                          .collect(Collectors.joining("; ")),
                      broken.size() > MOST_NAMED ? "; and others" : "")));
    }
  }

  /** What the result has in common with others. */
  public RunFacts facts() {
    return new RunFacts(
        RunFacts.Origin.of(network),
        opened.datasetName(),
        opened.isDataset() ? opened.dataset().fallbackReason() : null,
        session.device(),
        machine.compute(setup.compute()).threads(),
        out == null ? null : RunFacts.OutputFiles.of(out),
        seconds(),
        passedOver());
  }

  private List<PassedOver> passedOver() {
    List<PassedOver> broken = images().passedOver();
    return broken.isEmpty() ? null : broken;
  }

  /** Since the network was started. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    try {
      if (session != null) {
        session.close();
      }
    } finally {
      if (out != null) {
        out.close();
      }
    }
  }
}
