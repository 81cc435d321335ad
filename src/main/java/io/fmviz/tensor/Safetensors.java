package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import com.google.gson.JsonObject;
import io.fmviz.base.FileKind;
import io.fmviz.base.FileSize;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of named tensors: eight bytes with the header's length, a JSON header that gives each
 * tensor's type, shape and place, then the tensors' bytes (github.com/huggingface/safetensors).
 *
 * @param metadata the header's {@code __metadata__}; empty if there is none
 * @param tensors in the order of the header
 */
public record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final int LENGTH_BYTES = 8;

  /** The format's own limit on its header. */
  private static final long MAX_HEADER = 100_000_000;

  /**
   * Reads a file, checking everything that its header says. Memory is bounded by the file's size.
   *
   * @throws UserException naming the file, the place and what is wrong there
   */
  public static Safetensors read(Path file) {
    return read(file, bytes -> {});
  }

  /** The same, and tells of all the file's bytes, part by part, as they are read. */
  static Safetensors read(Path file, Consumer<ByteBuffer> bytes) {
    FileSize.of(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return read(channel, bytes);
    } catch (MalformedException e) {
      throw FileKind.of(file)
          .map(kind -> kind.insteadOf(file, "a checkpoint", TensorFile.FORMATS))
          .orElseGet(
              () -> new UserException(file + " is not a safetensors file: " + e.getMessage(), e));
    } catch (IOException e) {
      throw UserException.cannotRead(file, e);
    }
  }

  private static Safetensors read(FileChannel channel, Consumer<ByteBuffer> bytes)
      throws IOException {
    long size = channel.size();
    verify(size >= LENGTH_BYTES, 0, "the file has only %s", Numbers.count(size, "byte"));
    verify(size <= Integer.MAX_VALUE, 0, "the file is larger than 2 GiB");
    ByteBuffer length = readFully(channel, LENGTH_BYTES);
    bytes.accept(length.duplicate());
    long headerLength = length.getLong();
    verify(
        headerLength >= 2 && headerLength <= Math.min(MAX_HEADER, size - LENGTH_BYTES),
        0,
        "the header's length is %s, but the file has %s",
        Long.toUnsignedString(headerLength),
        Numbers.count(size, "byte"));
    ByteBuffer text = readFully(channel, (int) headerLength);
    bytes.accept(text.duplicate());
    verify(text.get(0) == '{', LENGTH_BYTES, "the header does not begin with {");
    long dataStart = LENGTH_BYTES + headerLength;
    SafetensorsHeader header = SafetensorsHeader.parse(text, dataStart, size - dataStart);
    ByteBuffer data = readFully(channel, (int) (size - dataStart));
    bytes.accept(data.duplicate());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    header
        .entries()
        .forEach(
            (name, e) ->
                tensors.put(
                    name,
                    new Tensor(
                        e.type(), e.shape(), data.slice((int) e.begin(), (int) e.length()))));
    return new Safetensors(header.metadata(), tensors);
  }

  static ByteBuffer readFully(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  /** Writes the file's bytes: the same for the same tensors, nothing of the machine or the time. */
  public void writeTo(OutputStream out) throws IOException {
    JsonObject header = new JsonObject();
    if (!metadata.isEmpty()) {
      JsonObject strings = new JsonObject();
      metadata.forEach(strings::addProperty);
      header.add(SafetensorsHeader.METADATA, strings);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      int length = tensor.data().remaining();
      header.add(
          entry.getKey(),
          SafetensorsHeader.describe(tensor.type(), tensor.shape(), offset, length));
      offset += length;
    }
    byte[] text = padded(header.toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(text.length).array());
    out.write(text);
    for (Tensor tensor : tensors.values()) {
      out.write(tensor.bytes());
    }
  }

  /** Spaces up to a multiple of eight, so that the tensors are aligned. */
  private static byte[] padded(byte[] text) {
    byte[] padded = new byte[(text.length + 7) / 8 * 8];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(text, 0, padded, 0, text.length);
    return padded;
  }
}
