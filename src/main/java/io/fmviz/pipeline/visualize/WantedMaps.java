package io.fmviz.pipeline.visualize;

import io.fmviz.analysis.LayerName;
import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.image.Drawn;
import io.fmviz.image.MapsPicture;
import io.fmviz.image.PictureOptions;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.FeatureMaps;
import io.fmviz.probe.MapChoice;
import io.fmviz.probe.MapNodes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written of each image, under one name: a node's output, or the image itself.
 *
 * @param layer with {@code -input} behind its name for what it was given; called {@code input} for
 *     the image itself
 * @param node whose output it is; null for the image
 * @param drawn which of the maps are drawn; null for all
 */
record WantedMaps(LayerName layer, Node node, Drawn drawn) {
  /** All that is wanted of a network, in the order in which it is written. */
  static List<WantedMaps> of(VisualizeRequest request, Network network) {
    List<Node> layers = MapNodes.of(network, request.layers());
    return of(layers, request);
  }

  private static List<WantedMaps> of(List<Node> layers, VisualizeRequest request) {
    List<WantedMaps> wanted = new ArrayList<>();
    if (request.input()) {
      wanted.add(new WantedMaps(new LayerName(FeatureMaps.IMAGE, null, null), null, null));
    }
    for (Node layer : layers) {
      for (VisualizeRequest.Capture side : request.captures()) {
        wanted.add(
            side == VisualizeRequest.Capture.OUTPUT
                ? of(LayerName.of(layer), layer, request.maps())
                : of(input(layer, side), read(layer), request.maps()));
      }
    }
    return wanted;
  }

  private static WantedMaps of(LayerName name, Node node, MapChoice maps) {
    if (node == null || maps == null) {
      return new WantedMaps(name, node, null);
    }
    int[] channels = MapChoice.of(maps, node);
    String share = MapChoice.share(channels, node.channels());
    return new WantedMaps(
        name, node, share == null ? null : new Drawn(channels, name + ": maps " + share));
  }

  /** What a layer was given, under the layer's path and the tensor's own name. */
  private static LayerName input(Node layer, VisualizeRequest.Capture side) {
    Node read = read(layer);
    return new LayerName(
        layer.name() + "-" + side, layer.path(), read == null ? null : read.tensor().orElse(null));
  }

  /** What a layer is given is what the one before it returns. */
  private static Node read(Node layer) {
    if (layer.inputs().size() > 1) {
      throw new InvalidValueException(
          Settings.named("{capture} input: %s reads %s; choose layers that read one")
              .formatted(layer.name(), layer.inputs()));
    }
    return layer.inputs().isEmpty() ? null : layer.inputs().get(0);
  }

  /** Of a layer, {@code Conv2d_1}; with {@code -input} behind it for what it was given. */
  String name() {
    return layer.layer();
  }

  boolean isImage() {
    return node == null;
  }

  /**
   * Checks the size of the picture.
   *
   * @throws UserException if it would have too many pixels
   */
  void checkSize(PictureOptions drawing, Images images) {
    if (name().equals(FeatureMaps.IMAGE)) {
      MapsPicture.checkImage(images.height(), images.width(), drawing.imageScale());
    } else if (isImage()) {
      MapsPicture.check(images.channels(), images.height(), images.width(), drawing, null);
    } else {
      MapsPicture.check(node.channels(), node.height(), node.width(), drawing, drawn);
    }
  }
}
