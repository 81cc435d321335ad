package io.fmviz.pipeline.visualize;

import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.pipeline.FolderPage;
import io.fmviz.pipeline.MapsFormat;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.pipeline.OutputFolder;
import io.fmviz.pipeline.OutputRequest;
import io.fmviz.probe.ImageSelection;
import java.util.List;

/** What is wrong with a request, found before anything is done for it. */
public final class VisualizeCheck {
  private VisualizeCheck() {}

  /**
   * All that can be known before the network is trained: layers, images, sizes, the folder.
   *
   * @param network of the same form, not to be run
   * @throws UserException if the request can't be met
   */
  public static void beforeTraining(
      VisualizeRequest request, Network network, OpenedImages opened) {
    PictureOptions drawing = request.drawing(network);
    List<WantedMaps> wanted = WantedMaps.of(request, network);
    sizes(request, drawing, wanted, opened.images());
    int[] candidates =
        new ImageSelection(request.images(), opened.images(), opened.datasetName())
            .candidates(network.classes());
    OutputRequest output = request.setup().output();
    OutputFolder out = new OutputFolder(output.folder(), output.force());
    // Which images are misclassified, only the trained network tells.
    int[] chosen = request.images().misclassified() ? new int[0] : candidates;
    SampleFiles files =
        new SampleWriter(request, drawing, out).files(opened.images(), chosen, wanted);
    out.check(new FolderPage(output, out).with(files));
  }

  /**
   * Checks the sizes of the pictures.
   *
   * @throws UserException if one would have too many pixels
   */
  static void sizes(
      VisualizeRequest request, PictureOptions drawing, List<WantedMaps> wanted, Images images) {
    if (!request.formats().contains(MapsFormat.PNG)) {
      return;
    }
    for (WantedMaps maps : wanted) {
      if (maps.name().equals(FeatureMaps.IMAGE)) {
        MapsPicture.checkImage(images.height(), images.width(), drawing.imageScale());
      } else if (maps.isImage()) {
        MapsPicture.check(images.channels(), images.height(), images.width(), drawing, null);
      } else {
        Node node = maps.node();
        MapsPicture.check(node.channels(), node.height(), node.width(), drawing, maps.drawn());
      }
    }
  }
}
