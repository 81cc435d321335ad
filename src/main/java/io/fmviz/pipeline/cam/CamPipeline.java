package io.fmviz.pipeline.cam;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.NonFinite;
import io.fmviz.analysis.cam.CamImage;
import io.fmviz.analysis.cam.CamMethod;
import io.fmviz.analysis.cam.CamPlan;
import io.fmviz.analysis.cam.CamSession;
import io.fmviz.analysis.cam.ClassActivation;
import io.fmviz.analysis.cam.PositionMap;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.Split;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Logits;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Target;
import io.fmviz.pipeline.AnsweredImage;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.CamPictures;
import io.fmviz.pipeline.Job;
import io.fmviz.pipeline.Machine;
import io.fmviz.pipeline.Opened;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.probe.Batches;
import io.fmviz.probe.MapNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shows where a network looks: a layer's maps made into one, over the picture. */
public final class CamPipeline {
  private static final String SHEET = "sheet.png";

  private final CamRequest request;
  private final CamPlan plan;
  private final Integer target;
  private final Job job;
  private final CamSession session;
  private final Answers answers;
  private long notNumbers;

  private CamPipeline(
      CamRequest request, CamPlan plan, Integer target, Job job, CamSession session) {
    this.session = session;
    this.request = request;
    this.plan = plan;
    this.target = target;
    this.job = job;
    this.answers = job.opened().answers();
  }

  public static CamResult run(CamRequest request, Progress progress) {
    Opened opened = Opened.of(request.setup(), Split.TEST, null, Machine.HERE, progress);
    Network network = opened.network();
    List<Node> chosen = request.layers() == null ? null : MapNodes.of(network, request.layers());
    Target value = value(request.looking(), opened.answers());
    CamPlan plan = CamPlan.of(network, request.looking().method(), chosen, value);
    Integer target =
        value == null ? target(request.looking().target(), plan, opened.answers()) : null;
    try (Job job = Job.start(opened);
        CamSession session = CamSession.of(job.session(), plan, job.compute())) {
      return new CamPipeline(request, plan, target, job, session).look();
    }
  }

  /** The value of an output that is asked for; null where that is a class, or none. */
  private static Target value(CamRequest.Looking looking, Answers answers) {
    String asked = looking.target();
    if (asked == null || answers.names().contains(asked)) {
      return null;
    }
    boolean isOutput =
        asked.endsWith("]")
            || (answers.network().classes() == 0
                && answers.network().outputs().stream().anyMatch(one -> one.name().equals(asked)));
    if (!isOutput && looking.reduce() != null) {
      throw new InvalidValueException(
          "targetReduce",
          Settings.named("goes with a value of an output, and {target} is a class: ") + asked);
    }
    return isOutput ? Target.of(asked, looking.reduce() == CamRequest.Reduce.SUM) : null;
  }

  /**
   * The class that is asked for.
   *
   * @param asked its number or name; null for the likeliest, or where no class is
   */
  private static Integer target(String asked, CamPlan plan, Answers answers) {
    if (asked == null) {
      return null;
    }
    if (!plan.method().isOfClass()) {
      Answers.requireFor("target", answers.network());
    }
    int classes = answers.network().classes();
    int found = answers.names().indexOf(asked);
    if (found < 0 && asked.matches("\\d{1,9}")) {
      found = Integer.parseInt(asked);
      if (found >= classes) {
        throw new InvalidValueException(
            "target", "must be from 0 to %d, not %d".formatted(classes - 1, found));
      }
    }
    if (found < 0) {
      throw new InvalidValueException(
          "target",
          "takes a class's number or name; there is no class %s%s"
              .formatted(asked, Nearest.hint(asked, answers.names())));
    }
    return found;
  }

  private CamResult look() {
    if (session.gradients() != null) {
      session.gradients().notes().forEach(job.progress()::note);
    }
    int[] chosen = job.choose(request.images());
    List<String> files = new ArrayList<>();
    Arrays.stream(chosen).mapToObj(this::file).forEach(files::add);
    String sheet = chosen.length > 1 ? SHEET : null;
    if (sheet != null) {
      files.add(sheet);
    }
    try (OutputWriter out = new OutputWriter("cam", job, files, request.options())) {
      List<CamResult.Image> images = images(chosen, sheet, out.folder());
      job.images().passedOver().forEach(broken -> files.remove(file(broken.index())));
      CamResult.CamDetails details =
          new CamResult.CamDetails(plan.method().toString(), sheet, images);
      out.complete(
          files,
          details,
          details,
          answers.namesOf(images.stream().map(one -> one.image().label()).toList()));
      long unknown = images.stream().filter(one -> one.image().isUnknown()).count();
      job.warnOfNonFinite(unknown, images.size(), notNumbers);
      CamResult result = new CamResult(job.facts(), details.method(), sheet, images.size(), images);
      String lookAt = out.lookAt(sheet == null ? files : List.of(sheet));
      CamReport.print(result, plan, job, answers, lookAt);
      return result;
    }
  }

  /** {@code 1-7.png}: the image's number from 1 and its label, or its file's name. */
  private String file(int index) {
    return job.images().title(index) + ".png";
  }

  /**
   * Looks at the images, and draws each and all of them.
   *
   * @param sheet the picture of all; null for none
   */
  private List<CamResult.Image> images(int[] chosen, String sheet, OutputFolder out) {
    CamDrawing drawing = new CamDrawing(request.overlay(), plan, answers);
    List<CamResult.Image> images = new ArrayList<>();
    Batches batches = Batches.of(job.images(), chosen, job.network(), plan.nodes(), 1);
    try (PngWriter png = new PngWriter()) {
      while (batches.hasNext()) {
        int before = batches.done();
        Batch batch = batches.next();
        CamImage looked =
            session.look(batch, this::classes, share -> tell(before + share, chosen.length));
        images.add(image(batch.indices()[0], looked, drawing, out, png));
        tell(batches.done(), chosen.length);
      }
      if (sheet != null) {
        out.write(sheet, drawing.sheet(chosen.length), png);
      }
    }
    return images;
  }

  /** Of an ablation, which takes its time for each image, all images' maps are counted. */
  private void tell(double done, int images) {
    if (plan.method() == CamMethod.ABLATION) {
      long maps = plan.nodes().stream().mapToLong(Node::channels).sum();
      job.ticker("maps set to zero").done(Math.round(done * maps), images * maps);
    } else {
      job.ticker("images").done((long) done, images);
    }
  }

  private CamResult.Image image(
      int index, CamImage looked, CamDrawing drawing, OutputFolder out, PngWriter png) {
    List<PositionMap> positions = new ArrayList<>();
    List<CamResult.Map> maps = new ArrayList<>();
    for (Node node : plan.nodes()) {
      for (int label : targets(looked)) {
        PositionMap map = looked.map(node, label);
        positions.add(map);
        maps.add(map(node, label, looked, map));
      }
    }
    Original original = job.images().original(index);
    CamPictures pictures = CamDrawing.large(original);
    CamResult.Image image =
        new CamResult.Image(
            AnsweredImage.of(job.data(), index, answers.of(looked.logits(), 0)),
            file(index),
            (!maps.isEmpty() && pictures.isShaded()) ? true : null,
            maps);
    out.write(
        image.file(),
        drawing.picture(image, job.data().one(index), original, pictures, positions),
        png);
    return image;
  }

  /** The classes of an image's maps; one that stands for none where the method asks for none. */
  private int[] targets(CamImage looked) {
    if (plan.target() != null) {
      return new int[] {CamImage.OTHER};
    }
    return plan.method().isOfClass() ? classes(looked.logits()) : new int[] {0};
  }

  private int[] classes(float[] logits) {
    if (target != null) {
      return new int[] {target};
    }
    Integer count = request.looking().targets();
    return Logits.likeliest(logits, count == null ? 1 : count);
  }

  private CamResult.Map map(Node node, int label, CamImage looked, PositionMap map) {
    boolean isClass = plan.method().isOfClass() && plan.target() == null;
    notNumbers += map.notNumbers();
    float[][] rows = new float[map.height()][];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = Arrays.copyOfRange(map.values(), y * map.width(), (y + 1) * map.width());
    }
    return new CamResult.Map(
        LayerName.of(node),
        isClass ? target(label, looked) : null,
        plan.target() == null ? null : value(looked),
        map.low(),
        map.high(),
        NonFinite.orNull(map.notNumbers()),
        rows);
  }

  private CamResult.OutputValue value(CamImage looked) {
    return new CamResult.OutputValue(
        UserException.oneLine(plan.target().toString()),
        looked.slopes().get(CamImage.OTHER).value());
  }

  private CamResult.Target target(int label, CamImage looked) {
    boolean isExact = plan.method() == CamMethod.CAM;
    ClassActivation sum = isExact ? looked.activation(label) : null;
    return new CamResult.Target(
        label,
        answers.nameOf(label),
        looked.probability(label),
        looked.logits()[label],
        isExact ? sum.contributions() : null,
        isExact ? sum.bias() : null,
        isExact ? sum.sum() : null);
  }
}
