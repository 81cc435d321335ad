package io.fmviz.spark;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.UserException;
import io.fmviz.cli.Arguments;
import io.fmviz.dataset.Images;
import io.fmviz.network.Compute;
import io.fmviz.network.Network;
import io.fmviz.network.NetworkKind;
import io.fmviz.network.Session;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.NetworkRequest;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.probe.Aggregation;
import io.fmviz.probe.NoneReadException;
import io.fmviz.probe.Probe;
import io.fmviz.probe.Statistic;
import io.fmviz.report.Text;
import io.fmviz.spark.files.HadoopStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A cluster of Spark's, as the driver sees it. Spark is started when the first network is opened,
 * so that wrong options need none.
 */
final class Cluster implements Machine, AutoCloseable {
  /** How many parts the images are divided into; as their bytes suggest unless it is set. */
  private static final String PARTITIONS = "spark.fmviz.partitions";

  /** Spark's own default. */
  private static final int TRIES = 4;

  /** Statistics of so few parts come straight to the driver: a tree would be a stage more. */
  private static final int FEW = 32;

  private final SparkConf conf = new SparkConf();
  private final HadoopStore store =
      new HadoopStore(() -> SparkHadoopUtil.get().newConfiguration(conf));
  private final Copies copies = new Copies(store);
  private final AtomicInteger jobs = new AtomicInteger();
  private final String command;
  private JavaSparkContext spark;
  private Broadcast<SerializableConfiguration> hadoop;
  private SentNetwork sent;

  /** For a command line. */
  Cluster(Arguments arguments) {
    command = arguments.command();
    if (!arguments.isVerbose()) {
      conf.setIfMissing("spark.log.level", "ERROR");
    }
  }

  @Override
  public Path path(String text) {
    return store.path(text);
  }

  @Override
  public boolean isCluster() {
    return true;
  }

  @Override
  public boolean listsPassedOver() {
    return true;
  }

  /** On as many threads as Spark gives a task. */
  @Override
  public Compute compute(Compute asked) {
    int threads = conf.getInt("spark.task.cpus", 1);
    if (!asked.device().matches("auto|cpu")) {
      throw new InvalidValueException(
          "device", "must be cpu: executors have no other, not " + asked.device());
    }
    if (asked.threads() != threads
        && asked.threads() != Runtime.getRuntime().availableProcessors()) {
      throw new InvalidValueException(
          "threads",
          "is what Spark gives a task, %d: leave it out, and set spark.task.cpus"
              .formatted(threads));
    }
    return Compute.onCpu(threads);
  }

  @Override
  public Network open(NetworkRequest request) {
    start(request.kind());
    Copies.CopiedNetwork copied = copies.open(request);
    Network network = copied.network();
    Path file = copied.file();
    String where = HadoopStore.isRemote(network.location()) ? network.location() : file.toString();
    spark.addFile(where);
    copied.beside().forEach(weights -> spark.addFile(weights.toString()));
    sent =
        new SentNetwork(
            file.getFileName().toString(),
            network.location(),
            network.sha256(),
            request.kind(),
            network.input().reading(),
            request.answer());
    NativeMemory.require(conf, file);
    return network;
  }

  private void start(NetworkKind kind) {
    Deployment.require(conf);
    if (!kind.isOnTorch()) {
      SentJar.leaveOutTorch(conf);
    }
    conf.set("spark.app.name", "fmviz " + command);
    // Statistics and parts write themselves as Java does.
    conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    conf.set("spark.ui.showConsoleProgress", "false");
    spark = new JavaSparkContext(conf);
    hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  @Override
  public <S extends Statistic<S>> S gather(
      Aggregation<S> pass, Session session, OpenedImages opened, int count, Probe.Ticker ticker) {
    Images images = opened.images();
    PartitionResult<S> found = gathered(pass, opened, parts(images, count), ticker);
    found.passedOver().forEach(one -> images.passOver(one.index(), one.reason()));
    found.doubts().forEach(one -> images.doubt(one.index(), one.reason()));
    if (found.read() == 0) {
      throw new NoneReadException(count, images.passedOver().get(0));
    }
    return found.statistic();
  }

  private List<Partition> parts(Images images, int count) {
    return conf.contains(PARTITIONS)
        ? Partitions.ofNumber(images, count, conf.getInt(PARTITIONS, 1))
        : Partitions.of(images, count, spark.defaultParallelism());
  }

  private <S extends Statistic<S>> PartitionResult<S> gathered(
      Aggregation<S> pass, OpenedImages opened, List<Partition> parts, Probe.Ticker ticker) {
    Broadcast<PartitionJob<S>> work = spark.broadcast(work(pass, opened));
    String group = "fmviz-" + jobs.incrementAndGet();
    int images = parts.stream().mapToInt(Partition::count).sum();
    spark.setJobGroup(
        group,
        "fmviz %s: %s of %s through %s"
            .formatted(command, Text.count(images, "image"), opened.name(), sent.location()),
        true);
    try (Watch watch = Watch.over(spark.sc(), group, parts, ticker)) {
      try {
        return spark
            .parallelize(parts, parts.size())
            .map(part -> PartitionTask.run(work.value(), part))
            .treeReduce(PartitionResult::merged, parts.size() <= FEW ? 1 : 2);
      } catch (Exception e) {
        throw failed(watch, e);
      }
    } finally {
      spark.clearJobGroup();
      work.destroy();
    }
  }

  private static RuntimeException failed(Watch watch, Exception e) {
    if (watch.failure() != null) {
      return new UserException(watch.failure(), e);
    }
    String reason = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    return new UserException("Spark has given up: " + reason, e);
  }

  private <S extends Statistic<S>> PartitionJob<S> work(Aggregation<S> pass, OpenedImages opened) {
    Boolean invert = opened.pictures() == null ? null : opened.pictures().request().invert();
    return new PartitionJob<>(
        pass,
        sent,
        hadoop,
        Path.of("").toAbsolutePath().toString(),
        new PartitionJob.Reader(
            invert,
            conf.getInt("spark.task.cpus", 1),
            conf.getInt("spark.task.maxFailures", TRIES)));
  }

  @Override
  public void close() {
    if (spark != null) {
      spark.close();
    }
  }
}
