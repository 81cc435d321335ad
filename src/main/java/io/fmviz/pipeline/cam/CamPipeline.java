package io.fmviz.pipeline.cam;

import io.fmviz.analysis.LayerName;
import io.fmviz.analysis.NonFinite;
import io.fmviz.analysis.Prediction;
import io.fmviz.analysis.cam.CamImage;
import io.fmviz.analysis.cam.CamMethod;
import io.fmviz.analysis.cam.CamPlan;
import io.fmviz.analysis.cam.CamSession;
import io.fmviz.analysis.cam.ClassActivation;
import io.fmviz.analysis.cam.PositionMap;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Nearest;
import io.fmviz.dataset.Original;
import io.fmviz.dataset.Split;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Batch;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.Answers;
import io.fmviz.pipeline.CamPictures;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Run;
import io.fmviz.probe.Batches;
import io.fmviz.probe.MapNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shows where a network looks: a layer's maps made into one, over the picture. */
public final class CamPipeline {
  private static final String SHEET = "sheet.png";

  private final CamRequest request;
  private final Run run;
  private final CamPlan plan;
  private final Answers answers;
  private final Integer target;
  private long unknown;
  private long notNumbers;

  private CamPipeline(CamRequest request, Run run) {
    this.request = request;
    this.run = run;
    List<Node> chosen =
        request.layers() == null ? null : MapNodes.of(run.network(), request.layers());
    this.plan = CamPlan.of(run.network(), request.looking().method(), chosen);
    this.answers = Answers.of(run.network(), run.opened());
    this.target = target();
  }

  public static CamResult run(CamRequest request, Progress progress) {
    return run(
        request,
        request.setup().network().open(progress),
        opened -> OpenedImages.of(request.setup().data(), Split.TEST, opened, progress),
        progress);
  }

  /** Runs on a network and images that are opened elsewhere. */
  public static CamResult run(
      CamRequest request, Network network, Run.Opening opening, Progress progress) {
    try (Run run = new Run("cam", request.setup(), network, opening, progress)) {
      CamPipeline pipeline = new CamPipeline(request, run);
      run.start();
      return pipeline.look();
    }
  }

  /** The class that is asked for; null for the likeliest, or where no class is. */
  private Integer target() {
    String asked = request.looking().target();
    if (asked == null) {
      return null;
    }
    if (!plan.method().isOfClass()) {
      Answers.requireFor("target", run.network());
    }
    int classes = run.network().classes();
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
    int[] chosen = run.choose(request.images());
    List<String> files = new ArrayList<>();
    Arrays.stream(chosen).mapToObj(this::file).forEach(files::add);
    String sheet = chosen.length > 1 ? SHEET : null;
    if (sheet != null) {
      files.add(sheet);
    }
    run.prepare(files, request.options());
    CamDrawing drawing = new CamDrawing(request.overlay(), plan, answers);
    List<CamResult.Image> images = images(chosen, drawing);
    if (sheet != null) {
      try (PngWriter png = new PngWriter()) {
        run.out().write(sheet, drawing.sheet(chosen.length), png);
      }
    }
    run.images().passedOver().forEach(broken -> files.remove(file(broken.index())));
    String method = plan.method().toString();
    CamResult.CamDetails details = new CamResult.CamDetails(method, sheet, images);
    run.complete(files, details, details, images.stream().map(CamResult.Image::label).toList());
    run.warnOfNotNumbers(unknown, images.size(), notNumbers);
    CamResult result = new CamResult(run.facts(), method, sheet, images.size(), images);
    CamReport.print(
        result, plan, run, answers, run.page().lookAt(sheet == null ? files : List.of(sheet)));
    return result;
  }

  /** {@code 1-7.png}: the image's number from 1 and its label, or its file's name. */
  private String file(int index) {
    return run.images().title(index) + ".png";
  }

  private List<CamResult.Image> images(int[] chosen, CamDrawing drawing) {
    CamSession session = new CamSession(run.session(), plan);
    List<CamResult.Image> images = new ArrayList<>();
    Batches batches = Batches.of(run.images(), chosen, run.network(), plan.nodes(), 1);
    try (PngWriter png = new PngWriter()) {
      while (batches.hasNext()) {
        int before = batches.done();
        Batch batch = batches.next();
        CamImage looked = session.look(batch, share -> tell(before + share, chosen.length));
        images.add(image(batch.indices()[0], looked, drawing, png));
        tell(batches.done(), chosen.length);
      }
    }
    return images;
  }

  /** Of an ablation, which takes its time for each image, all images' maps are counted. */
  private void tell(double done, int images) {
    if (plan.method() == CamMethod.ABLATION) {
      long maps = plan.nodes().stream().mapToLong(Node::channels).sum();
      run.ticker("maps set to zero").done(Math.round(done * maps), images * maps);
    } else {
      run.ticker("images").done((long) done, images);
    }
  }

  private CamResult.Image image(int index, CamImage looked, CamDrawing drawing, PngWriter png) {
    List<PositionMap> positions = new ArrayList<>();
    List<CamResult.Map> maps = new ArrayList<>();
    for (Node node : plan.nodes()) {
      for (int label : targets(looked)) {
        PositionMap map = looked.map(node, label);
        positions.add(map);
        maps.add(map(node, plan.method().isOfClass() ? target(label, looked) : null, map));
      }
    }
    Prediction prediction = answers.of(looked.logits(), 0);
    Original original = run.images().original(index);
    CamPictures pictures = CamDrawing.large(original);
    unknown += prediction == null || prediction.isKnown() ? 0 : 1;
    CamResult.Image image =
        new CamResult.Image(
            index + 1,
            run.images().source(index),
            run.opened().label(index),
            prediction,
            file(index),
            (!maps.isEmpty() && pictures.isShaded()) ? true : null,
            maps);
    run.out()
        .write(
            image.file(),
            drawing.picture(image, run.opened().one(index), original, pictures, positions),
            png);
    return image;
  }

  /** The classes of an image's maps; one that stands for none where the method asks for none. */
  private int[] targets(CamImage looked) {
    if (!plan.method().isOfClass()) {
      return new int[] {0};
    }
    if (target != null) {
      return new int[] {target};
    }
    Integer count = request.looking().targets();
    return looked.likeliest(count == null ? 1 : count);
  }

  private CamResult.Map map(Node node, CamResult.Target of, PositionMap map) {
    notNumbers += map.notNumbers();
    float[][] rows = new float[map.height()][];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = Arrays.copyOfRange(map.values(), y * map.width(), (y + 1) * map.width());
    }
    return new CamResult.Map(
        LayerName.of(node), of, map.low(), map.high(), NonFinite.orNull(map.notNumbers()), rows);
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
