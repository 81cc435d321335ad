package io.fmviz.network.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import io.fmviz.base.FileKind;
import io.fmviz.base.FileSize;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an ONNX file, its large weights apart: they go straight from the file into one piece of
 * memory outside the heap, where the engine uses them without a copy of its own, and what is left
 * is small. In the place of such a weight there stands its number, in a field that ONNX doesn't
 * have.
 */
public final class ModelReader {
  /** The field of a tensor whose values are kept apart: their number, from 0. */
  static final int MARK = 100_000;

  /** Values of fewer bytes stay where they are: shapes, bounds, biases of few channels. */
  private static final int LARGE = 1024;

  /** Each weight begins at a multiple of this many bytes. */
  private static final int ALIGNMENT = 16;

  private static final int PIECE = 1 << 16;

  /** What protobuf itself allows; ONNX's own messages nest far less. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private final CodedInputStream in;
  private final ByteBuffer memory;
  private final List<ByteBuffer> weights = new ArrayList<>();

  /**
   * What was read.
   *
   * @param model without its large weights
   * @param weights in the file's order, little-endian
   */
  public record LoadedModel(ModelProto model, List<ByteBuffer> weights, String sha256) {}

  private ModelReader(InputStream in, ByteBuffer memory) {
    this.in = CodedInputStream.newInstance(in, PIECE);
    this.memory = memory;
  }

  /**
   * Reads a file.
   *
   * @throws UserException if it can't be read or is not an ONNX model
   */
  public static LoadedModel read(Path file) {
    try {
      // Before anything opens it.
      FileSize.of(file);
      OtherModel.refuse(file);
      long size = size(file);
      ByteBuffer memory = memory(file, size);
      MessageDigest digest = Sha256.digest();
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        ModelReader reader = new ModelReader(in, memory);
        ModelProto model = ModelProto.parseFrom(reader.message(WeightField.MODEL));
        in.transferTo(OutputStream.nullOutputStream());
        return new LoadedModel(model, reader.weights, Sha256.text(digest));
      }
    } catch (InvalidProtocolBufferException e) {
      throw noModel(file, e);
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    } catch (OutOfMemoryError e) {
      throw new UserException(file + " needs more memory than Java has", "raise -Xmx", e);
    }
  }

  private static long size(Path file) {
    long size = FileSize.of(file);
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder: name the .onnx file in it");
    }
    if (size == 0) {
      throw new UserException(file + " is empty: export the model again");
    }
    if (size > MOST_BYTES) {
      throw new UserException(
          "%s is larger than 2 GB, more than an ONNX file can be: export it with external data"
              .formatted(file));
    }
    return size;
  }

  private static ByteBuffer memory(Path file, long size) {
    long most = Math.min(size + size / LARGE * ALIGNMENT, Integer.MAX_VALUE - 8L);
    FileKind kind = FileKind.of(file).orElse(FileKind.ONNX);
    if (kind != FileKind.ONNX) {
      throw kind.insteadOf(file, "an ONNX model", "name a .onnx file");
    }
    return ByteBuffer.allocateDirect((int) most).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static UserException noModel(Path file, Throwable cause) {
    boolean begins = FileKind.of(file).filter(kind -> kind == FileKind.ONNX).isPresent();
    return begins
        ? new UserException(
            file + " is a damaged ONNX model, or is cut short", "copy or export it again", cause)
        : new UserException(file + " is not an ONNX model", "name a .onnx file", cause);
  }

  /** A message up to its end, without the weights. */
  private byte[] message(WeightField place) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      boolean isBytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (isBytes && place.inner(field) != null) {
        out.writeByteArray(field, nested(place.inner(field)));
      } else if (isBytes && place == WeightField.TENSOR && field == WeightField.RAW_DATA) {
        values(out);
      } else if (field == MARK) {
        in.skipField(tag);
      } else {
        UnknownFieldSet.Builder other = UnknownFieldSet.newBuilder();
        other.mergeFieldFrom(tag, in);
        other.build().writeTo(out);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }

  private byte[] nested(WeightField place) throws IOException {
    int outside = in.pushLimit(in.readRawVarint32());
    byte[] bytes = message(place);
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("cut short");
    }
    in.popLimit(outside);
    return bytes;
  }

  private void values(CodedOutputStream out) throws IOException {
    int length = in.readRawVarint32();
    if (length < LARGE) {
      out.writeByteArray(WeightField.RAW_DATA, in.readRawBytes(length));
      return;
    }
    int begin = (memory.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (begin > memory.capacity() - length) {
      throw new InvalidProtocolBufferException("more bytes than the file has");
    }
    memory.position(begin);
    for (int left = length; left > 0; left -= Math.min(left, PIECE)) {
      memory.put(in.readRawBytes(Math.min(left, PIECE)));
    }
    out.writeInt32(MARK, weights.size());
    weights.add(memory.slice(begin, length).order(ByteOrder.LITTLE_ENDIAN));
  }
}
