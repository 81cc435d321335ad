package io.fmviz.dataset.file;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of a few bytes that a decoder takes minutes or all of its stack for. */
public final class HostilePictures {
  private HostilePictures() {}

  /** A TIFF of so many directories without tags, one after the other. */
  public static byte[] chainOfDirectories(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 6 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {'I', 'I', 42, 0}).putInt(8);
    for (int i = 0; i < count; i++) {
      bytes.putShort((short) 0).putInt(i < count - 1 ? 8 + 6 * (i + 1) : 0);
    }
    return bytes.array();
  }

  /** A JPEG as it comes: 16 x 16 pixels, with noise in them. */
  public static byte[] jpeg(boolean isProgressive) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, (i * 2654435 & 0xff) * 0x010101);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(
        isProgressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  /** A progressive one that claims other sides, and repeats its last scan so many times. */
  public static byte[] manyScans(int side, int times) {
    byte[] jpeg = jpeg(true);
    int frame = last(jpeg, 0xc2);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
    byte[] scan = Arrays.copyOfRange(jpeg, last(jpeg, 0xda), jpeg.length - 2);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < times; i++) {
      all.writeBytes(scan);
    }
    all.write(0xff);
    all.write(0xd9);
    return all.toByteArray();
  }

  private static int last(byte[] bytes, int code) {
    for (int i = bytes.length - 2; i >= 0; i--) {
      if ((bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xff) == code) {
        return i;
      }
    }
    throw new AssertionError();
  }

  /** A TIFF of so many tags, all of which have the same megabyte. */
  static byte[] sameTags(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) count);
    for (int i = 0; i < count; i++) {
      bytes.putShort((short) 0x111).putShort((short) 1).putInt(1 << 19).putInt(8);
    }
    return bytes.array();
  }

  /** A TIFF of one strip, which is a JPEG. */
  public static byte[] inTiff(byte[] jpeg, int side) {
    int[][] tags = {
      {0x100, 4, side},
      {0x101, 4, side},
      {0x102, 3, 8},
      {0x103, 3, 7},
      {0x106, 3, 1},
      {0x111, 4, 8},
      {0x115, 3, 1},
      {0x116, 4, side},
      {0x117, 4, jpeg.length}
    };
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + jpeg.length + 2 + 12 * tags.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {'I', 'I', 42, 0}).putInt(8 + jpeg.length).put(jpeg);
    bytes.putShort((short) tags.length);
    for (int[] tag : tags) {
      bytes.putShort((short) tag[0]).putShort((short) tag[1]).putInt(1).putInt(tag[2]);
    }
    return bytes.putInt(0).array();
  }
}
