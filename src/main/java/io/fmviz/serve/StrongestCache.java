package io.fmviz.serve;

import io.fmviz.analysis.TopResponses;
import io.fmviz.base.AtomicFile;
import io.fmviz.base.Sha256;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Images;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.pipeline.OpenedImages;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the strongest images in the user's cache folder, under a hash of the network and of the
 * images. What can't be read there, or was damaged, is found anew; what can't be written is not.
 *
 * @param folder null for none
 */
record StrongestCache(Path folder) {
  private static final int MAGIC = 0x666d7631; // fmv1

  /** A name for what is found for these. */
  String key(Network network, Layers layers, OpenedImages opened) {
    MessageDigest digest = Sha256.digest();
    add(digest, "1 " + network.sha256() + " " + Strongest.names(layers));
    add(digest, opened.options() + " " + opened.name());
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
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String file(Path file) {
    try {
      return "%s %d %s"
          .formatted(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
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
   * @param images how many there are
   */
  Map<Node, List<List<TopResponses.Response>>> read(String key, Layers layers, int images) {
    if (folder == null || !Files.isRegularFile(file(key))) {
      return null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file(key))))) {
      if (in.readInt() != MAGIC) {
        return null;
      }
      Map<Node, List<List<TopResponses.Response>>> found = new LinkedHashMap<>();
      for (Node node : layers.nodes()) {
        List<List<TopResponses.Response>> channels = new ArrayList<>();
        for (int c = 0; c < node.channels(); c++) {
          channels.add(channel(in, images));
        }
        found.put(node, channels);
      }
      return in.readInt() == MAGIC && in.read() < 0 ? found : null;
    } catch (IOException e) {
      return null;
    }
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

  void write(String key, Layers layers, Map<Node, List<List<TopResponses.Response>>> found) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file(key), out -> write(out, layers, found));
    } catch (IOException | UserException e) {
      // It is found anew the next time.
    }
  }

  private static void write(
      OutputStream target, Layers layers, Map<Node, List<List<TopResponses.Response>>> found)
      throws IOException {
    DataOutputStream out = new DataOutputStream(target);
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
    out.writeInt(MAGIC);
    out.flush();
  }
}
