package io.fmviz.tensor;

import io.fmviz.base.MalformedException;
import io.fmviz.base.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a state dict that torch.save wrote: a zip archive of one folder with a pickle, {@code
 * data.pkl}, and the storages that the pickle refers to, {@code data/0} and so on. Training scripts
 * keep it among other things, under whatever name: all dicts of tensors are found.
 */
final class StateDict {
  private static final String PICKLE = "data.pkl";
  private static final Pattern PLACE = Pattern.compile("[^/]+/" + Pattern.quote(PICKLE));

  /** The tar archives of the first PyTorch begin with one of these files. */
  private static final Pattern FIRST_IN_TAR =
      Pattern.compile("(sys_info|pickle|tensors|storages)\\x00");

  private static final String SAVE = "torch.save(model.state_dict(), \"model.pth\")";

  private final Path file;
  private final ZipArchive archive;
  private final String folder;
  private final long size;
  private long copied;

  private StateDict(Path file, ZipArchive archive, String folder, long size) {
    this.file = file;
    this.archive = archive;
    this.folder = folder;
    this.size = size;
  }

  /**
   * Finds the dicts of tensors, one of which is the state dict.
   *
   * @param size of the file; copies of tensors may not take more
   * @return one at least
   * @throws UserException if it holds something else, or is malformed; nothing of it is run
   */
  static List<TensorGroup> read(Path file, ZipArchive archive, long size) {
    List<String> pickles =
        archive.names().stream().filter(name -> PLACE.matcher(name).matches()).toList();
    if (pickles.size() != 1) {
      throw new UserException(
          file
              + " is a zip archive, but neither what torch.save nor what numpy.savez writes; save the"
              + " model with "
              + SAVE);
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    return new StateDict(file, archive, folder, size).read();
  }

  /** Refuses, with a line of their own, files that PyTorch or Python wrote in another way. */
  static void refuseOlderFormats(Path file, ByteBuffer head) {
    String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    // The pickled integer 0x1950a86a20f9469cfc6c; before that, a tar archive of certain names.
    boolean legacy = text.startsWith("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.");
    if (legacy || isOldestTar(text)) {
      throw new UserException(
          "%s is in the format of PyTorch before 1.6: load it there or in a newer one, and save it again with %s"
              .formatted(file, SAVE));
    }
    // A safetensors header's length may begin like a pickle, but 100 MB are its limit.
    if (text.matches("(?s)\u0080[\u0002-\u0005].*") && !text.matches("(?s).{4}\0{4}\\{.*")) {
      throw new UserException(
          "%s is a bare pickle, not a state dict: save the model with %s".formatted(file, SAVE));
    }
  }

  private static boolean isOldestTar(String head) {
    return head.startsWith("ustar", 257) && FIRST_IN_TAR.matcher(head).lookingAt();
  }

  private List<TensorGroup> read() {
    String code = folder + "code/";
    if (archive.names().contains(folder + "constants.pkl")
        || archive.names().stream().anyMatch(name -> name.startsWith(code))) {
      throw new UserException(
          "%s is a TorchScript archive: save the model's state dict instead, %s"
              .formatted(file, SAVE));
    }
    refuseBigEndian();
    List<TensorGroup> groups = DictSearch.groups(unpickle());
    if (groups.isEmpty()) {
      throw bad("there is no dict with tensors in it", null);
    }
    return groups;
  }

  private void countCopy(long bytes) {
    copied += bytes;
    if (copied > size) {
      throw bad("its tensors share storages, and are larger together than the file", null);
    }
  }

  private void refuseBigEndian() {
    String name = folder + "byteorder";
    if (archive.names().contains(name)
        && !StandardCharsets.ISO_8859_1.decode(archive.read(name)).toString().equals("little")) {
      throw bad("its numbers are big-endian; save it on a little-endian machine", null);
    }
  }

  private Object unpickle() {
    ByteBuffer pickle = archive.read(folder + PICKLE).order(ByteOrder.LITTLE_ENDIAN);
    try {
      return StateDictUnpickler.load(
          pickle, this::storage, this::countCopy, (name, offset) -> foreign(pickle, name, offset));
    } catch (MalformedException e) {
      throw bad("at byte %d of %s, %s".formatted(e.offset(), PICKLE, e.reason()), e);
    }
  }

  private UserException foreign(ByteBuffer pickle, String name, long offset) {
    // A GLOBAL of a class in torch.nn.modules: layers, where a state dict has their tensors only.
    boolean module =
        StandardCharsets.ISO_8859_1.decode(pickle).toString().contains("ctorch.nn.modules.");
    String place = "%s at byte %d of %s".formatted(name, offset, PICKLE);
    return new UserException(
        module
            ? "%s is a pickled whole module (it refers to %s): save its state dict instead, %s"
                .formatted(file, place, SAVE)
            : "%s refers to %s, which no state dict needs: nothing of it was run; save the model with %s"
                .formatted(file, place, SAVE));
  }

  private ByteBuffer storage(String key) {
    String name = folder + "data/" + key;
    return archive.names().contains(name) ? archive.read(name) : null;
  }

  private UserException bad(String reason, Exception cause) {
    return new UserException(file + " is not a PyTorch state dict: " + reason, cause);
  }
}
