package io.fmviz.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes pictures as an animated GIF that begins again after its end. All frames share one palette,
 * so that a colour means the same in each.
 */
public final class GifWriter {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  /** How long a frame is shown, in hundredths of a second, and how long the last. */
  private static final int DELAY = 60;

  private static final int LAST_DELAY = 180;

  /** A GIF holds sizes in 16 bits. */
  private static final int MAX_SIDE = 0xffff;

  private GifWriter() {}

  /**
   * Writes an animation; the stream is left open.
   *
   * @param frames at least one, all of one size, no side longer than 65,535 pixels
   * @throws IllegalArgumentException if they are not
   */
  public static void write(List<RgbImage> frames, OutputStream out) throws IOException {
    checkSizes(frames);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      List<BufferedImage> images = indexed(frames);
      for (int i = 0; i < images.size(); i++) {
        boolean last = i == images.size() - 1;
        IIOMetadata metadata = metadata(writer, images.get(i), i == 0, last ? LAST_DELAY : DELAY);
        writer.writeToSequence(new IIOImage(images.get(i), null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private static void checkSizes(List<RgbImage> frames) {
    int height = frames.get(0).height();
    int width = frames.get(0).width();
    if (Math.max(height, width) > MAX_SIDE) {
      throw new IllegalArgumentException("a GIF of %d x %d".formatted(height, width));
    }
    for (RgbImage frame : frames) {
      if (frame.height() != height || frame.width() != width) {
        throw new IllegalArgumentException(
            "a frame of %d x %d among frames of %d x %d"
                .formatted(frame.height(), frame.width(), height, width));
      }
    }
  }

  private static List<BufferedImage> indexed(List<RgbImage> frames) {
    Palette palette = Palette.of(frames);
    IndexColorModel model = palette.colorModel();
    List<BufferedImage> images = new ArrayList<>();
    for (RgbImage frame : frames) {
      BufferedImage image =
          new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
      for (int y = 0; y < frame.height(); y++) {
        for (int x = 0; x < frame.width(); x++) {
          image.getRaster().setSample(x, y, 0, palette.index(frame.pixel(y, x)));
        }
      }
      images.add(image);
    }
    return images;
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage image, boolean first, int delay) throws IOException {
    // ImageTypeSpecifier's factory method would take a palette of its own for the picture's.
    ImageWriteParam param = writer.getDefaultWriteParam();
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    child(root, "ImageDescriptor").setAttribute("interlaceFlag", "FALSE");
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", String.valueOf(delay));
    control.setAttribute("transparentColorIndex", "0");
    if (first) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0}); // without end
      child(root, "ApplicationExtensions").appendChild(loop);
    }
    metadata.setFromTree(FORMAT, root);
    return metadata;
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode child = new IIOMetadataNode(name);
    root.appendChild(child);
    return child;
  }
}
