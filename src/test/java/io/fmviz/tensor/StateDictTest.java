package io.fmviz.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fmviz.base.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles put together by hand, hostile ones above all. One character is one byte. */
class StateDictTest {
  private static final String REBUILD = global("torch._utils", "_rebuild_tensor_v2");
  private static final String ORDERED = global("collections", "OrderedDict") + ")R";
  private static final byte[] FOUR = {0, 0, (byte) 0x80, 0x3f};

  @TempDir private Path folder;

  static String little(long value, int bytes) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return new String(all, 0, bytes, StandardCharsets.ISO_8859_1);
  }

  static String global(String module, String name) {
    return "c" + module + "\n" + name + "\n";
  }

  static String text(String text) {
    return "X" + little(text.length(), 4) + text;
  }

  static String number(long value) {
    return "\u008a\u0008" + little(value, 8);
  }

  private static String storage(String type, String key, String count) {
    return "(" + text("storage") + global("torch", type) + text(key) + text("cpu") + count + "tQ";
  }

  private static String tensor(String storage, String offset, String size, String stride) {
    return REBUILD + "(" + storage + offset + size + stride + "\u0089" + ORDERED + "tR";
  }

  private static String one(String offset, String size, String stride) {
    return tensor(storage("FloatStorage", "0", number(1)), offset, size, stride);
  }

  private static final String ONE = one(number(0), number(1) + "\u0085", number(1) + "\u0085");

  /** Writes an archive with a pickle, and with the storage 0 of one float32. */
  static Path write(Path file, String pickle, Map<String, byte[]> more) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    String whole = "\u0080\u0002" + pickle;
    entries.put("archive/data.pkl", whole.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("archive/data/0", FOUR);
    entries.putAll(more);
    return Files.write(file, StoredExamples.zip(entries));
  }

  private Map<String, Tensor> read(String pickle) throws IOException {
    return readAll(write(folder.resolve("x.pth"), pickle, Map.of()));
  }

  /** The tensors of a file that has them in one dict. */
  private static Map<String, Tensor> readAll(Path file) {
    List<TensorGroup> groups = TensorFile.read(file).groups();
    assertThat(groups).hasSize(1);
    return groups.get(0).read();
  }

  private void assertRefused(String pickle, String message) throws IOException {
    Path file = write(folder.resolve("x.pth"), pickle, Map.of());
    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " " + message);
  }

  private void assertMalformed(String pickle, String reason) throws IOException {
    assertRefused(pickle, "is not a PyTorch state dict: " + reason);
  }

  @Test
  void readsATensorPutTogetherByHand() throws IOException {
    Map<String, Tensor> tensors = read("}" + text("a") + ONE + "s.");
    assertThat(tensors).containsOnlyKeys("a");
    assertThat(tensors.get("a").floats()).containsExactly(1);
    assertThat(tensors.get("a").shape()).containsExactly(1);
  }

  private static final String DICT = "}" + text("a") + ONE + "s";

  private List<TensorGroup> groups(String pickle) throws IOException {
    return TensorFile.read(write(folder.resolve("x.pth"), pickle, Map.of())).groups();
  }

  private List<String> places(String pickle) throws IOException {
    return groups(pickle).stream().map(group -> group.place().get()).toList();
  }

  @Test
  void findsTheDictsOfTensorsThatTrainingScriptsWrite() throws IOException {
    List<TensorGroup> groups = groups("}(" + text("loss") + ONE + text("net") + DICT + "u.");
    assertThat(groups.get(0).place().get()).isEmpty();
    assertThat(groups.get(0).tensors()).containsOnlyKeys("loss");
    assertThat(groups.get(1).place().get()).isEqualTo("net");
    assertThat(groups.get(1).tensors()).containsOnlyKeys("a");
    assertThat(groups).hasSize(2);

    assertThat(places("}" + text("model") + "}" + text("state_dict") + DICT + "ss."))
        .containsExactly("model.state_dict");
    assertThat(places("K\u0003" + DICT + "\u0086.")).containsExactly("[1]");
    assertThat(places("}" + text("m") + "](" + DICT + "N}K\u0007" + DICT + "ses."))
        .containsExactly("m[0]", "m[2][7]");
    assertThat(places(global("collections", "defaultdict") + ")R" + text("net") + DICT + "s."))
        .containsExactly("net");
  }

  /** The outermost first, wherever a container is met again. */
  @Test
  void looksIntoWhatIsSharedOnce() throws IOException {
    String shared = "}(" + text("x") + "}" + text("deep") + DICT + "q\u0000s";
    assertThat(places(shared + text("y") + "h\u0000u.")).containsExactly("y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collections|Counter",
        "argparse|Namespace",
        "numpy.core.multiarray|scalar",
        "numpy._core.multiarray|_reconstruct",
        "numpy|dtype",
        "torch|device",
        "torch|Size",
        "__builtin__|set",
        "builtins|frozenset",
        "pathlib|PosixPath",
        "datetime|datetime",
        "_codecs|encode",
      })
  void passesOverWhatTrainingsKeepBesideAStateDict(String module, String name) throws IOException {
    String called = global(module, name) + "(" + DICT + text("rm") + "K\u0001tR";
    String made = global(module, name) + ")\u0081";
    for (String object : List.of(global(module, name), called, made)) {
      String filled = "(" + text("b") + "Nu" + text("c") + DICT + "s" + "Na" + "(NNe" + DICT + "b";
      assertThat(read("}(" + text("x") + object + text("net") + DICT + "u.")).containsOnlyKeys("a");
      assertThat(places("}(" + text("x") + object + filled + text("net") + DICT + "u."))
          .containsExactly("net");
    }
  }

  @Test
  void constructsNothing() throws IOException {
    String size = global("torch", "Size");
    assertMalformed(size + "NR.", "at byte 15 of data.pkl, something's arguments are not a tuple");
    String storage = global("torch", "FloatStorage") + ")\u0081";
    assertMalformed(
        storage + ".", "at byte 23 of data.pkl, something is constructed that can't be");
    String dict = global("collections", "OrderedDict") + ")\u0081";
    assertMalformed(dict + ".", "at byte 28 of data.pkl, something is constructed that can't be");
    String factories = global("collections", "defaultdict") + "NN\u0086R";
    assertMalformed(
        factories + ".", "at byte 30 of data.pkl, a defaultdict has more than what it makes");
    String namespace = global("argparse", "Namespace") + ")\u0081";
    assertMalformed(namespace + ".", "there is no dict with tensors in it");
  }

  @Test
  void leavesOutWhatHasAKeyThatIsNeitherTextNorANumber() throws IOException {
    String keys = "}(]NNN\u0086NG" + "\0".repeat(8) + "N" + "NNu";
    assertThat(places("}(" + text("x") + keys + text("net") + DICT + "u.")).containsExactly("net");
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "nt, system",
    "subprocess, Popen",
    "builtins, eval",
    "builtins, exec",
    "__builtin__, eval",
    "__builtin__, getattr",
    "runpy, _run_code",
    "torch, load",
    "torch._utils, _rebuild_tensor",
    "torch.storage, _load_from_bytes",
    "collections, ChainMap",
    "collections.abc, Mapping",
    "builtins, getattr",
    "builtins, open",
    "builtins, __import__",
    "operator, attrgetter",
    "functools, partial",
    "importlib, import_module",
    "numpy, load",
    "numpy, fromfile",
    "numpy.core.multiarray, fromfile",
    "numpy.core.multiarray, scalar.__reduce__",
    "argparse, FileType",
    "pathlib, os.system",
    "torch, hub",
    "uuid, UUID",
    "java.lang.Runtime, exec",
    "decimal, Decimal",
    "array, array",
    "_codecs, decode"
  })
  void refusesToReferToAnythingElse(String module, String name) throws IOException {
    String message =
        "refers to %s.%s at byte 2 of data.pkl, which no state dict needs: nothing of it was run;"
                .formatted(module, name)
            + " save the model with torch.save(model.state_dict(), \"model.pth\")";
    assertRefused(global(module, name) + text("touch /tmp/pwned") + "\u0085R.", message);
    // Behind a state dict that is in order, too, and though its value is dropped.
    String dict = "}" + text("a") + ONE + "s";
    assertRefused(
        dict + global(module, name) + text("id") + "\u0085R0.",
        message.replace("byte 2 ", "byte " + (2 + dict.length()) + " "));
  }

  @Test
  void showsAForeignNameInOneLine() throws IOException {
    assertRefused(
        global("\u001b[2J\u0085os\r", "system"),
        "refers to ?[2J?os?.system at byte 2 of data.pkl, which no state dict needs: nothing of it"
            + " was run; save the model with torch.save(model.state_dict(), \"model.pth\")");
  }

  @ParameterizedTest
  @CsvSource({
    "i, 0x69",
    "o, 0x6f",
    "0, 0x30",
    "1, 0x31",
    "2, 0x32",
    "I, 0x49",
    "F, 0x46",
    "L, 0x4c",
    "S, 0x53",
    "T, 0x54",
    "U, 0x55",
    "V, 0x56",
    "P, 0x50",
    "g, 0x67",
    "p, 0x70",
    "d, 0x64",
    "l, 0x6c",
    "B, 0x42",
    "C, 0x43",
    "\u0080, 0x80",
    "\u0082, 0x82",
    "\u0083, 0x83",
    "\u0084, 0x84",
    "\u008b, 0x8b",
    "\u008c, 0x8c",
    "\u008d, 0x8d",
    "\u008e, 0x8e",
    "\u008f, 0x8f",
    "\u0090, 0x90",
    "\u0091, 0x91",
    "\u0092, 0x92",
    "\u0093, 0x93",
    "\u0094, 0x94",
    "\u0095, 0x95",
    "\u0096, 0x96",
    "\u0097, 0x97",
    "\u0098, 0x98",
    "\u00ff, 0xff"
  })
  void refusesEveryOpcodeThatStateDictsDoNotUse(String opcode, String shown) throws IOException {
    assertMalformed(
        "}" + opcode + "\u00ff".repeat(7) + "\u007f.",
        "at byte 3 of data.pkl, there is the pickle opcode "
            + shown
            + ", which no state dict needs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0080\u0003", "\u0080\u0004\u0095", "\u0080\u0005", "(dp0\n", "\u0080", ""})
  void refusesOtherProtocols(String begin) throws IOException {
    Path file = folder.resolve("x.pth");
    byte[] pickle = begin.getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, StoredExamples.zip(Map.of("archive/data.pkl", pickle)));
    assertThatThrownBy(() -> readAll(file))
        .hasMessage(
            file
                + " is not a PyTorch state dict: at byte 0 of data.pkl, there is no pickle of"
                + " protocol 2, which torch.save writes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "}|at byte 3 of data.pkl, the pickle ends early",
        "}.}|at byte 4 of data.pkl, there are bytes after the pickle's end",
        "X\u00ff\u00ff\u00ff\u00ffabc|at byte 7 of data.pkl, the pickle ends early",
        "X\u0001|at byte 3 of data.pkl, the pickle ends early",
        "\u008a\u00ff1|at byte 4 of data.pkl, the pickle ends early",
        "J123|at byte 3 of data.pkl, the pickle ends early",
        "G1234567|at byte 3 of data.pkl, the pickle ends early",
        "cos|at byte 5 of data.pkl, the pickle ends early",
        "]r\u00ff\u00ff\u00ff\u00ff.|at byte 3 of data.pkl, the memo has no place 4294967295",
        "]j\u00ff\u00ff\u00ff\u007f.|at byte 3 of data.pkl, the memo has no place 2147483647",
        "h\u0005.|at byte 2 of data.pkl, the pickle is malformed",
        ".|at byte 2 of data.pkl, the pickle is malformed",
        "t.|at byte 2 of data.pkl, the pickle is malformed",
        "\u0085.|at byte 2 of data.pkl, the pickle is malformed",
        "}a.|at byte 3 of data.pkl, the pickle is malformed",
        "}}a.|at byte 4 of data.pkl, something is appended to what is not a list",
        "](Nu.|at byte 5 of data.pkl, a dict has a key without a value",
        "](NNu.|at byte 6 of data.pkl, there is no dict where one belongs",
        "}]Ns.|there is no dict with tensors in it",
        "}(]NNNu.|there is no dict with tensors in it",
        "}}}s.|there is no dict with tensors in it",
        "N)\u0081.|at byte 4 of data.pkl, something is constructed that can't be",
        "NN\u0081.|at byte 4 of data.pkl, an object's arguments are not a tuple",
        "]}b.|at byte 4 of data.pkl, there is no dict where one belongs",
        "N)R.|at byte 4 of data.pkl, something is called that can't be",
        "NNR.|at byte 4 of data.pkl, something is called that can't be",
        "NQ.|at byte 3 of data.pkl, there is no tuple of 5 where one belongs",
        "(NNNNNtQ.|at byte 9 of data.pkl, there is an id that is not a storage's",
        "N.|there is no dict with tensors in it",
        "].|there is no dict with tensors in it",
        ").|there is no dict with tensors in it",
        "K\u0001.|there is no dict with tensors in it",
        "}.|there is no dict with tensors in it",
      })
  void namesThePlaceWhereAPickleIsMalformed(String pickle, String reason) throws IOException {
    assertMalformed(pickle, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FloatStorage|../../etc/passwd|1|the archive has no storage ../../etc/passwd",
        "FloatStorage|1|1|the archive has no storage 1",
        "FloatStorage|0|2|the storage 0 has 4 bytes, too few for 2 values",
        "FloatStorage|0|-1|the storage 0 has 4 bytes, too few for -1 values",
        "FloatStorage|0|9223372036854775807|the storage 0 has 4 bytes, too few for"
            + " 9,223,372,036,854,775,807 values",
        "FloatStorage|0|-9223372036854775808|the storage 0 has 4 bytes, too few for"
            + " -9,223,372,036,854,775,808 values",
        "DoubleStorage|0|1|the storage 0 has 4 bytes, too few for 1 value",
      })
  void refusesAStorageThatIsNotThere(String type, String key, long count, String reason)
      throws IOException {
    String pickle = storage(type, key, number(count));
    assertMalformed(pickle + ".", "at byte " + (1 + pickle.length()) + " of data.pkl, " + reason);
  }

  @Test
  void refusesAStorageWithoutItsTypeOrItsCount() throws IOException {
    String typeless =
        "(" + text("storage") + text("FloatStorage") + text("0") + text("cpu") + number(1) + "tQ";
    assertMalformed(
        typeless + ".",
        "at byte "
            + (1 + typeless.length())
            + " of data.pkl, there is an id that is not a storage's");
    String endless = storage("FloatStorage", "0".repeat(65), number(1));
    assertMalformed(
        endless + ".",
        "at byte "
            + (1 + endless.length())
            + " of data.pkl, there is an id that is not a storage's");
    String countless = storage("FloatStorage", "0", text("1"));
    assertMalformed(
        countless + ".",
        "at byte "
            + (1 + countless.length())
            + " of data.pkl, there is no integer of 64 bits where one belongs");
    String huge = storage("FloatStorage", "0", "\u008a\u0009" + "\u007f".repeat(9));
    assertMalformed(
        huge + ".",
        "at byte "
            + (1 + huge.length())
            + " of data.pkl, there is no integer of 64 bits where one belongs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|2|1|ends outside its storage",
        "1|1|1|ends outside its storage",
        "-1|1|1|begins outside its storage",
        "9223372036854775807|1|1|begins outside its storage",
        "0|-1|1|has a negative dimension",
        "0|1|-1|has a negative stride",
        "0|9223372036854775807|1|ends outside its storage",
        "0|9223372036854775807|9223372036854775807|has a shape too large",
        "0|2|0|has strides that lead to the same place twice",
      })
  void refusesATensorThatIsNotInItsStorage(long offset, long size, long stride, String reason)
      throws IOException {
    String pickle = one(number(offset), number(size) + "\u0085", number(stride) + "\u0085");
    assertMalformed(
        pickle + ".", "at byte " + (1 + pickle.length()) + " of data.pkl, a tensor " + reason);
  }

  @Test
  void refusesATensorOfOtherThingsThanIntegers() throws IOException {
    String list = one(number(0), "]", ")");
    assertMalformed(
        list + ".",
        "at byte "
            + (1 + list.length())
            + " of data.pkl, a tensor's size or stride is not a tuple of a few integers");
    String ranks = one(number(0), "(" + "K\u0001".repeat(33) + "t", ")");
    assertMalformed(
        ranks + ".",
        "at byte "
            + (1 + ranks.length())
            + " of data.pkl, a tensor's size or stride is not a tuple of a few integers");
    String storageless = tensor("N", number(0), ")", ")");
    assertMalformed(
        storageless + ".",
        "at byte " + (1 + storageless.length()) + " of data.pkl, a tensor has no storage");
    String five = REBUILD + "(NNNNNtR";
    assertMalformed(
        five + ".",
        "at byte "
            + (1 + five.length())
            + " of data.pkl, there is no tuple of 6 where one belongs");
    String parameter = global("torch._utils", "_rebuild_parameter") + "NNN\u0087R";
    assertMalformed(
        parameter + ".",
        "at byte " + (1 + parameter.length()) + " of data.pkl, a parameter has no tensor");
  }

  @Test
  void callsNoStorageType() throws IOException {
    String pickle = global("torch", "FloatStorage") + ")R";
    assertMalformed(
        pickle + ".",
        "at byte " + (1 + pickle.length()) + " of data.pkl, something is called that can't be");
  }

  /** Sixty tuples that each hold the one before twice: a walk through them would not end. */
  @Test
  void neverFollowsContainersIntoDepth() throws IOException {
    StringBuilder laughs = new StringBuilder("]q\u0000");
    for (char level = 1; level < 60; level++) {
      laughs.append('h').append((char) (level - 1)).append("\u0086q").append(level);
    }
    String dict = text("net") + "}" + text("a") + ONE + "ss.";
    assertThat(read("}" + text("laughs") + laughs + "s" + dict)).containsOnlyKeys("a");
    assertMalformed(laughs + ".", "there is no dict with tensors in it");
    assertMalformed("}" + laughs + "Ns.", "there is no dict with tensors in it");
  }

  @Test
  void readsNestingWithoutFallingIntoIt() throws IOException {
    String deep = "]".repeat(200_000) + "a".repeat(199_999);
    String dict = text("state_dict") + "}" + text("a") + ONE + "ss.";
    assertThat(read("}" + text("deep") + deep + "s" + dict)).containsOnlyKeys("a");
    String marks = "(".repeat(200_000);
    assertMalformed(marks + ".", "there is no dict with tensors in it");
    String self = "}q\u0000" + text("model") + "h\u0000s.";
    assertMalformed(self, "there is no dict with tensors in it");
    assertMalformed("]q\u0000h\u0000a.", "there is no dict with tensors in it");
    String tensorBeside = "}q\u0000(" + text("model") + "h\u0000" + text("a") + ONE + "u.";
    assertThat(read(tensorBeside)).containsOnlyKeys("a");
  }

  /** One by one to a list that grows: quadratic in the library's own way to append. */
  @Test
  void appendsInLinearTime() throws IOException {
    String list = "]" + "(Ne".repeat(174_000);
    String dict = text("state_dict") + "}" + text("a") + ONE + "ss.";
    assertThat(read("}" + text("losses") + list + "s" + dict)).containsOnlyKeys("a");
  }

  @Test
  void refusesMoreOpcodesThanAnyStateDictNeeds() throws IOException {
    assertMalformed(
        "}".repeat(1 << 19) + ".",
        "at byte 524290 of data.pkl, there are more opcodes than any state dict needs");
  }

  @Test
  void refusesAPickleLargerThanAnyStateDictNeeds() throws IOException {
    Path file = folder.resolve("x.pth");
    byte[] zeros = new byte[(8 << 20) + 1];
    Files.write(file, StoredExamples.deflated(Map.of("archive/data.pkl", zeros)));
    assertThatThrownBy(() -> readAll(file))
        .hasMessage(
            file
                + " is not a PyTorch state dict: at byte 0 of data.pkl, there is more than any"
                + " state dict needs");
  }

  /** A thousand tensors of two columns swapped, all from one storage. */
  @Test
  void copiesNoMoreThanTheFileHas() throws IOException {
    byte[] storage = new byte[40_000];
    StringBuilder dict = new StringBuilder("}");
    String size = number(5000) + number(2) + "\u0086";
    String stride = number(1) + number(5000) + "\u0086";
    String tensor = tensor(storage("FloatStorage", "1", number(10_000)), number(0), size, stride);
    for (int i = 0; i < 1000; i++) {
      dict.append(text("t" + i)).append(tensor).append('s');
    }
    Path file = write(folder.resolve("x.pth"), dict + ".", Map.of("archive/data/1", storage));
    assertThatThrownBy(() -> readAll(file))
        .hasMessage(
            file
                + " is not a PyTorch state dict: its tensors share storages, and are larger"
                + " together than the file");
  }

  @Test
  void refusesNumbersOfTheOtherByteOrder() throws IOException {
    String pickle = "}" + text("a") + ONE + "s.";
    Path file = folder.resolve("x.pth");
    write(file, pickle, Map.of("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(() -> readAll(file))
        .hasMessage(
            file
                + " is not a PyTorch state dict: its numbers are big-endian; save it on a"
                + " little-endian machine");
    write(file, pickle, Map.of("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII)));
    assertThat(readAll(file)).containsOnlyKeys("a");
  }

  @Test
  void refusesArchivesOfOtherThings() throws IOException {
    for (String name : new String[] {"a.txt", "data.pkl", "a/b/data.pkl", "archive/data/0"}) {
      Path file = folder.resolve("x.zip");
      Files.write(file, StoredExamples.zip(Map.of(name, FOUR)));
      assertThatThrownBy(() -> readAll(file))
          .hasMessage(
              file
                  + " is a zip archive, but neither what torch.save nor what numpy.savez writes;"
                  + " save the model with torch.save(model.state_dict(), \"model.pth\")");
    }
  }

  /** As many containers as a pickle can hold, each with another in it. */
  @Test
  void looksThroughManyContainersInLinearTime() throws IOException {
    String wide = "](" + "])\u0085a".repeat(100_000) + "e";
    assertThat(read("}(" + text("history") + wide + text("net") + DICT + "u."))
        .containsOnlyKeys("a");
  }

  /** A key of a million characters above thousands of dicts: their places are not written out. */
  @Test
  void showsOnlyTheBeginningOfALongKey() throws IOException {
    String many = "}(" + text("k".repeat(1_000_000)) + "]q\u0000(";
    String dicts = ("}" + text("a") + "h\u0001s").repeat(20_000);
    List<TensorGroup> groups = groups(ONE + "q\u0001\u0085" + many + dicts + "eu\u0086.");
    assertThat(groups).hasSize(20_000);
    assertThat(groups.get(1).place().get()).isEqualTo("[1]." + "k".repeat(100) + "[1]");
  }
}
