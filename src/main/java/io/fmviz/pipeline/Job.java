package io.fmviz.pipeline;

import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Doubt;
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
import io.fmviz.report.Text;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command at work: its network is started, and images go through it.
 *
 * @param start when that was, by the system's nanoseconds
 */
public record Job(Opened opened, Session session, long start) implements AutoCloseable {
  /** Broken pictures that a warning names; JSON names all. */
  private static final int MOST_NAMED = 3;

  /** Starts the network on the machine's engine. */
  public static Job start(Opened opened) {
    return start(opened, compute(opened));
  }

  /** Starts the network with a part of the threads. */
  public static Job start(Opened opened, Compute compute) {
    Session session = opened.network().start(compute);
    return new Job(opened, session, System.nanoTime());
  }

  private static Compute compute(Opened opened) {
    return opened.machine().compute(opened.setup().compute());
  }

  /** What it runs on, and with how many threads. */
  public Compute compute() {
    return compute(opened);
  }

  public Network network() {
    return opened.network();
  }

  public OpenedImages data() {
    return opened.data();
  }

  public Images images() {
    return opened.images();
  }

  public Progress progress() {
    return opened.progress();
  }

  /** The images of a choice, counted from 0. */
  public int[] choose(ImageChoice choice) {
    if (choice.misclassified()) {
      Answers.requireFor("misclassified", network());
    }
    if (choice.isFiltered()) {
      data().requireLabelsFor(choice.misclassified() ? "misclassified" : "class");
    }
    int[] chosen =
        new ImageSelection(choice, images(), data().datasetName())
            .choose(session, ticker("looking for misclassified images"));
    if (!data().isDataset() && chosen.length < images().count() && choice.isByDefault()) {
      progress()
          .note(
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
    return opened.machine().gather(pass, session, data(), count, ticker);
  }

  /** Tells the progress of a task, image by image. */
  public Probe.Ticker ticker(String task) {
    return (done, total) -> progress().step(task, done, total, "");
  }

  /**
   * Says in one line each what is not finite, which pictures were passed over, and which are
   * doubtful, if any.
   *
   * @param images with logits that are NaN or infinite
   * @param all images whose logits were looked at
   * @param values of maps that are NaN or infinite
   */
  public void warnOfNonFinite(long images, int all, long values) {
    NonFiniteWarning.tell(
        List.of(network()),
        new NonFiniteWarning.Computed(images, all, "image", values),
        progress());
    warnOfPassedOver();
    warnOfDoubts();
  }

  private void warnOfDoubts() {
    List<Doubt> doubts = images().doubts();
    if (!doubts.isEmpty()) {
      progress()
          .warn(
              UserException.oneLine(
                  "%s %s doubtful: %s%s"
                      .formatted(
                          Text.count(doubts.size(), "picture"),
                          doubts.size() == 1 ? "is" : "are",
                          doubts.stream()
                              .limit(MOST_NAMED)
                              .map(doubt -> images().source(doubt.index()) + " " + doubt.reason())
                              .collect(Collectors.joining("; ")),
                          doubts.size() > MOST_NAMED ? "; and others" : "")));
    }
  }

  private void warnOfPassedOver() {
    List<PassedOver> broken = images().passedOver();
    if (!broken.isEmpty()) {
      progress()
          .warn(
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
    OutputRequest output = opened.setup().output();
    List<PassedOver> broken = images().passedOver();
    return new RunFacts(
        RunFacts.Origin.of(network()),
        data().datasetName(),
        data().isDataset() ? data().dataset().fallbackReason() : null,
        data().classesBy(),
        session.device(),
        compute(opened).threads(),
        output == null ? null : RunFacts.OutputFiles.of(output),
        (System.nanoTime() - start) / 1e9,
        broken.isEmpty() ? null : broken);
  }

  @Override
  public void close() {
    session.close();
  }
}
