package io.fmviz.serve;

import io.fmviz.analysis.TopResponses;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.base.Versions;
import io.fmviz.dataset.Images;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.OpenedImages;
import io.fmviz.report.Json;
import io.fmviz.runtime.OwnFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the strongest images in the user's cache folder, under a hash of the network and of the
 * images. What can't be read there, was damaged, or could be somebody else's is found anew; what
 * can't be written is not. What was used longest ago goes when all of it takes more than 256 MB.
 *
 * <p>A file is four bytes {@link #MAGIC}; for each layer and channel a byte, how many images, and
 * of each its index, its value, row and column; then the SHA-256 of all that.
 *
 * @param folder null for none
 */
record TopActivationsCache(Path folder) {
  /** The version of the format. */
  private static final int MAGIC = 0x666d7632; // fmv2

  private static final int HASH_BYTES = 32;

  /** In bytes. */
  private static final long MOST = 256L << 20;

  private static final Pattern NAME = Pattern.compile("strongest-[0-9a-f]{32}");

  /**
   * A name for what is found for these: the same in every process.
   *
   * @return null where it can't be known whether another network is the same
   */
  String key(Network network, ServedLayers layers, OpenedImages opened) {
    if (network.sha256() == null) {
      return null;
    }
    MessageDigest digest = Sha256.digest();
    add(digest, "fmviz " + Versions.get().fmviz() + ", " + TopActivations.COUNT + " of each");
    add(digest, network.sha256());
    layers.nodes().forEach(node -> add(digest, node.name() + node.shape()));
    add(digest, opened.name());
    add(digest, Json.line(opened.options()));
    Images images = opened.images();
    for (int i = 0; i < images.count(); i++) {
      if (images.source(i) == null) {
        digest.update(images.picture(i).values());
      } else {
        add(digest, file(Path.of(images.source(i))));
      }
    }
    return Sha256.text(digest);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** What changes with a file's bytes: its place, its size, and when they were written. */
  private static String file(Path file) {
    try {
      boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
      Map<String, Object> known =
          Files.readAttributes(
              file, isUnix ? "unix:size,lastModifiedTime,ctime,ino" : "size,lastModifiedTime");
      return file.toAbsolutePath() + " " + new TreeMap<>(known);
    } catch (IOException e) {
      return file + " can't be read";
    }
  }

  private Path file(String key) {
    return folder.resolve("strongest-" + key.substring(0, 32));
  }

  /**
   * What was found; null if nothing is known.
   *
   * @param key null for none
   * @param images how many there are
   */
  Map<Node, List<List<TopResponses.Response>>> read(String key, ServedLayers layers, int images) {
    if (folder == null || key == null || !Files.isRegularFile(file(key))) {
      return null;
    }
    try {
      OwnFolder.require(folder);
      Path file = file(key);
      if (Files.size(file) > MOST) {
        return null;
      }
      Map<Node, List<List<TopResponses.Response>>> found =
          parse(Files.readAllBytes(file), layers, images);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return found;
    } catch (IOException e) {
      return null;
    }
  }

  private static Map<Node, List<List<TopResponses.Response>>> parse(
      byte[] bytes, ServedLayers layers, int images) throws IOException {
    int end = bytes.length - HASH_BYTES;
    if (end < Integer.BYTES
        || !Arrays.equals(hash(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw new IOException("damaged");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
    if (in.readInt() != MAGIC) {
      throw new IOException("another format");
    }
    Map<Node, List<List<TopResponses.Response>>> found = new LinkedHashMap<>();
    for (Node node : layers.nodes()) {
      List<List<TopResponses.Response>> channels = new ArrayList<>();
      for (int c = 0; c < node.channels(); c++) {
        channels.add(channel(in, images));
      }
      found.put(node, channels);
    }
    if (in.read() >= 0) {
      throw new IOException("of other layers");
    }
    return found;
  }

  private static byte[] hash(byte[] bytes, int end) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, end);
    return digest.digest();
  }

  private static List<TopResponses.Response> channel(DataInputStream in, int images)
      throws IOException {
    List<TopResponses.Response> responses = new ArrayList<>();
    int count = in.readUnsignedByte();
    for (int i = 0; i < count; i++) {
      int image = in.readInt();
      if (image < 0 || image >= images) {
        throw new IOException("there is no image " + image);
      }
      responses.add(new TopResponses.Response(image, in.readFloat(), in.readInt(), in.readInt()));
    }
    return responses;
  }

  /**
   * Keeps what was found.
   *
   * @param key null for none
   */
  void write(String key, ServedLayers layers, Map<Node, List<List<TopResponses.Response>>> found) {
    if (folder == null || key == null) {
      return;
    }
    try {
      byte[] bytes = bytes(layers, found);
      OwnFolder.make(folder);
      makeRoom(bytes.length);
      AtomicFile.write(
          file(key),
          out -> {
            out.write(bytes);
            out.write(hash(bytes, bytes.length));
          });
    } catch (IOException | UserException e) {
      // It is found anew the next time.
    }
  }

  private static byte[] bytes(
      ServedLayers layers, Map<Node, List<List<TopResponses.Response>>> found) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    for (Node node : layers.nodes()) {
      for (List<TopResponses.Response> channel : found.get(node)) {
        out.writeByte(channel.size());
        for (TopResponses.Response response : channel) {
          out.writeInt(response.image());
          out.writeFloat(response.value());
          out.writeInt(response.row());
          out.writeInt(response.column());
        }
      }
    }
    return bytes.toByteArray();
  }

  /** Removes what was used longest ago, until so many bytes more fit in. */
  private void makeRoom(long bytes) throws IOException {
    List<Kept> oldestFirst = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          BasicFileAttributes known =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (known.isRegularFile()) {
            oldestFirst.add(new Kept(file, known.size(), known.lastModifiedTime()));
          }
        }
      }
    }
    oldestFirst.sort(Comparator.comparing(Kept::used));
    long all = bytes + oldestFirst.stream().mapToLong(Kept::size).sum();
    for (Kept kept : oldestFirst) {
      if (all <= MOST) {
        return;
      }
      Files.deleteIfExists(kept.file());
      all -= kept.size();
    }
  }

  private record Kept(Path file, long size, FileTime used) {}
}
