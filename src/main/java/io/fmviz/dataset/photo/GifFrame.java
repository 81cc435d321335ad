package io.fmviz.dataset.photo;

import io.fmviz.base.Exact;
import io.fmviz.dataset.file.ImageFile;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** A GIF's first frame in its place: it may be smaller than the picture, which is white there. */
final class GifFrame {
  private GifFrame() {}

  static Flattened first(ImageFile file, ImageReader reader) throws IOException {
    Flattened frame = Flattened.of(reader.read(0));
    IIOMetadata screen = reader.getStreamMetadata();
    int height = number(screen, "LogicalScreenDescriptor", "logicalScreenHeight");
    int width = number(screen, "LogicalScreenDescriptor", "logicalScreenWidth");
    IIOMetadata image = reader.getImageMetadata(0);
    int top = number(image, "ImageDescriptor", "imageTopPosition");
    int left = number(image, "ImageDescriptor", "imageLeftPosition");
    Pixels pixels = frame.pixels();
    // As players do, the picture grows where a frame lies beyond it.
    height = Math.max(height, top + pixels.height());
    width = Math.max(width, left + pixels.width());
    if (height == pixels.height() && width == pixels.width()) {
      return frame;
    }
    file.check(height, width);
    Pixels whole = Pixels.of(new byte[Exact.product(3, height, width)], height, width, 3);
    Arrays.fill(whole.data(), (byte) 255);
    pixels.copyTo(whole, top, left);
    return new Flattened(whole, true, null);
  }

  private static int number(IIOMetadata metadata, String node, String attribute) {
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    IIOMetadataNode found = (IIOMetadataNode) root.getElementsByTagName(node).item(0);
    return Integer.parseInt(found.getAttribute(attribute));
  }
}
