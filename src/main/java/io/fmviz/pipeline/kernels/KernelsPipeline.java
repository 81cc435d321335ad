package io.fmviz.pipeline.kernels;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.Settings;
import io.fmviz.image.PngWriter;
import io.fmviz.network.Kernel;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.NonFiniteWarning;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputWriter;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.RunFacts;
import io.fmviz.probe.LayerSelection;
import io.fmviz.probe.MapNodes;
import io.fmviz.report.Text;
import io.fmviz.tensor.NumpyArchive;
import io.fmviz.tensor.NumpyArray;
import io.fmviz.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Draws the kernels of a checkpoint's convolutions, one picture for each, or writes them raw. */
public final class KernelsPipeline {
  private final KernelsRequest request;
  private final KernelDrawing drawing;
  private final OutputFolder out;
  private final PngWriter png;
  private final Map<String, Tensor> archive = new LinkedHashMap<>();

  private KernelsPipeline(
      KernelsRequest request, KernelDrawing drawing, OutputFolder out, PngWriter png) {
    this.request = request;
    this.drawing = drawing;
    this.out = out;
    this.png = png;
  }

  public static KernelsResult run(KernelsRequest request, Progress progress) {
    long start = System.nanoTime();
    Network network = request.network().ofAnySize().open(progress);
    List<Node> nodes = MapNodes.convolutions(network, request.layers());
    Set<String> distinct = new LinkedHashSet<>();
    nodes.forEach(node -> distinct.addAll(files(node, request.formats())));
    List<String> files = List.copyOf(distinct);
    KernelDrawing drawing = new KernelDrawing(request, network);
    if (request.formats().contains(MapsFormat.PNG)) {
      nodes.forEach(node -> drawing.checkSize(node, network.kernel(node).orElseThrow().shape()));
    }
    try (OutputWriter out =
            new OutputWriter("kernels", network, request.output(), files, request.options());
        PngWriter png = new PngWriter()) {
      KernelsPipeline pipeline = new KernelsPipeline(request, drawing, out.folder(), png);
      List<KernelsResult.KernelPicture> pictures = new ArrayList<>();
      for (Node node : nodes) {
        pictures.add(pipeline.write(node, network.kernel(node).orElseThrow()));
        progress.step("convolutions", pictures.size(), nodes.size(), "");
      }
      pipeline.writeArchive();
      out.complete(files, pictures);
      NonFiniteWarning.tell(network, progress);
      tellOfReduced(pictures, progress);
      List<Node> without = MapNodes.withoutKernel(network);
      if (request.layers() == null && !without.isEmpty()) {
        progress.note(
            "the kernels of %s are left out: their weights are computed from the picture, or integers of no scale"
                .formatted(LayerSelection.names(without)));
      }
      progress.result(
          "the kernels of %s in %s; %s"
              .formatted(
                  Text.count(nodes.size(), "convolution"),
                  request.output().folder(),
                  out.lookAt(files)));
      return new KernelsResult(
          RunFacts.ofFiles(network, request.output(), (System.nanoTime() - start) / 1e9), pictures);
    }
  }

  private static void tellOfReduced(List<KernelsResult.KernelPicture> pictures, Progress progress) {
    List<String> reduced =
        pictures.stream()
            .filter(p -> KernelView.MAX_ABS.toString().equals(p.reduce()))
            .map(p -> p.name().layer())
            .toList();
    if (!reduced.isEmpty()) {
      progress.note(
          Settings.named("more than %,d pairs of channels, drawn as with {reduce} max-abs: %s")
              .formatted(KernelDrawing.MOST_PAIRS, String.join(", ", reduced)));
    }
  }

  private static List<String> files(Node node, Set<MapsFormat> formats) {
    return formats.stream().map(format -> file(node, format)).toList();
  }

  /** {@code Conv2d_1.png}, {@code kernels.npz}. */
  private static String file(Node node, MapsFormat format) {
    return (format == MapsFormat.NPZ ? "kernels" : node.name()) + "." + format;
  }

  private KernelsResult.KernelPicture write(Node node, Kernel kernel) {
    KernelView view = drawing.view(node, kernel.shape());
    Kernel shown = KernelDrawing.reduced(kernel, view.reduction());
    // Reduced because a person said so, not because all pairs make no picture.
    Kernel kept = request.view() == null ? kernel : shown;
    for (MapsFormat format : request.formats()) {
      String file = file(node, format);
      switch (format) {
        case PNG -> out.write(file, stream -> drawing.draw(shown, view, png, stream));
        case NPY -> out.write(file, stream -> NumpyArray.write(tensor(kept), stream));
        case NPZ -> archive.put(node.name(), tensor(kept));
      }
    }
    FeatureMaps facts = new FeatureMaps(node.name(), longs(kernel.shape()), kernel.values());
    return new KernelsResult.KernelPicture(
        files(node, request.formats()),
        LayerName.of(node),
        request.view() == null && view != KernelView.NONE ? view.toString() : null,
        kernel.shape(),
        facts.minimum(),
        facts.maximum(),
        facts.mean(),
        facts.notANumber());
  }

  private static Tensor tensor(Kernel kernel) {
    return Tensor.of(longs(kernel.shape()), kernel.values());
  }

  private static long[] longs(int[] shape) {
    return IntStream.of(shape).asLongStream().toArray();
  }

  private void writeArchive() {
    if (!archive.isEmpty()) {
      out.write("kernels." + MapsFormat.NPZ, stream -> NumpyArchive.write(archive, stream));
    }
  }
}
