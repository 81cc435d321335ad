package io.fmviz.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Archives of PyTorch's and NumPy's kind that no checkpoint may be read from. */
public final class HostileArchives {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int PROTOCOL_2 = 0x63630280;
  private static final int WEIGHT = Float.floatToIntBits(0.5f);
  private static final int END_LENGTH = 22;
  private static final String PICKLE = "archive/data.pkl";
  private static final String ARRAY = "net.0.weight.npy";

  private HostileArchives() {}

  /** Zip archives that are damaged, whatever is in them. */
  public static List<HostileFile> zips() {
    byte[] good = Samples.exported(".pth");
    int pickle = Samples.unzip(good, PICKLE).length;
    int central = first(good, CENTRAL, 0);
    int end = good.length - END_LENGTH;
    int second = first(good, LOCAL, 4);
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    return new Damage(good)
        .cut(0, 3, 4, pickle, second, central, end, -1)
        .flip(0, 4, 4)
        .flip(central, central + 4, 4)
        .flip(central + 8, central + 12, 2)
        .flip(central + 46, central + 46 + PICKLE.length(), 8)
        .flip(end, end + 4, 4)
        .flip(first(good, PROTOCOL_2, 0), first(good, PROTOCOL_2, 0) + pickle, pickle / 2)
        .flip(first(good, WEIGHT, 0), first(good, WEIGHT, 0) + 8, 4)
        .extremeInts("the packed size", central + 20, order)
        .extremeInts("the unpacked size", central + 24, order)
        .extremeInts("the lengths of name and extra field", central + 28, order)
        .extremeInts("the place of an entry", central + 42, order)
        .extremeInts("the numbers of entries", end + 8, order)
        .extremeInts("the directory's size", end + 12, order)
        .extremeInts("the directory's place", end + 16, order)
        .add("empty", Samples.zip(Map.of()))
        .add("a byte more", Arrays.copyOf(good, good.length + 1))
        .add("3.2 million empty extra fields", extraFields(200, 16_000))
        .add("an entry called ../../x", Samples.zip(Map.of("../../x", new byte[1])))
        .files();
  }

  /** Empty entries, each with many empty extra fields in the directory. */
  private static byte[] extraFields(int entries, int fields) {
    int local = 33;
    int central = 49 + Integer.BYTES * fields;
    ByteBuffer zip =
        ByteBuffer.allocate(entries * (local + central) + END_LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < entries; i++) {
      byte[] name = "%03d".formatted(i).getBytes(StandardCharsets.US_ASCII);
      zip.putInt(i * local, LOCAL).putShort(i * local + 26, (short) name.length);
      zip.put(i * local + 30, name);
      int at = entries * local + i * central;
      zip.putInt(at, CENTRAL).putShort(at + 28, (short) name.length);
      zip.putShort(at + 30, (short) (Integer.BYTES * fields)).putInt(at + 42, i * local);
      zip.put(at + 46, name);
      for (int f = 0; f < fields; f++) {
        zip.putShort(at + 49 + Integer.BYTES * f, (short) (0x9000 + f));
      }
    }
    int end = entries * (local + central);
    zip.putInt(end, END).putShort(end + 8, (short) entries).putShort(end + 10, (short) entries);
    zip.putInt(end + 12, entries * central).putInt(end + 16, entries * local);
    return zip.array();
  }

  /** Where some four bytes, little-endian, come first. */
  private static int first(byte[] bytes, int signature, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = from;
    while (buffer.getInt(at) != signature) {
      at++;
    }
    return at;
  }

  /** State dicts whose archive is whole, with a pickle that is not what it should be. */
  public static List<HostileFile> pickles() {
    byte[] pickle = Samples.unzip(Samples.exported(".pth"), PICKLE);
    Damage damage = new Damage(pickle).cut(0, 2, pickle.length / 2, -1).flip(0, 60, 12);
    damage.add("more behind the end", Arrays.copyOf(pickle, pickle.length + 1));
    for (String global : List.of("posix\nsystem", "builtins\neval")) {
      damage.add(
          "calls " + global.replace('\n', '.'), text("c" + global + "\nX\2\0\0\0id\u0085R."));
    }
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("an instance", "(ios\nsystem\n.");
    plain.put("an object", "(cos\nsystem\no.");
    plain.put("a name from the stack", "X\2\0\0\0osX\6\0\0\0system\u0093.");
    plain.put("nothing", ".");
    plain.put("no dict", "N.");
    plain.put("an empty dict", "}.");
    plain.put("a dict of numbers", "}K\1K\2s.");
    plain.put("a text of 4 GB", "X\u00ff\u00ff\u00ff\u00ffa.");
    plain.put("a memo of 4 billion", "}r\u00ff\u00ff\u00ff\u00ff.");
    plain.put(
        "a dict of lists of lists", "}X\1\0\0\0a" + "]".repeat(9_000) + "a".repeat(8_999) + "s.");
    plain.put("a dict that holds itself", "}q\0X\1\0\0\0ah\0s.");
    plain.put("a list that holds itself", "}q\0X\1\0\0\0a](h\0h\0es.");
    plain.put("dicts that hold each other twice, sixty deep", laughs());
    plain.put("120,000 lists of a tuple", "](" + "])\u0085a".repeat(120_000) + "e.");
    plain.put("an object of os.system", "cos\nsystem\n)\u0081.");
    plain.put("a numpy scalar that is filled", "cnumpy.core.multiarray\nscalar\n(NNt\u0081}b(NNu.");
    plain.put("torch.Size that is called with itself", "ctorch\nSize\nq\0h\0\u0085Rh\0h\0b.");
    plain.put("100,000 marks", "(".repeat(100_000) + ".");
    plain.put("600,000 dicts", "}".repeat(600_000) + ".");
    plain.forEach((what, opcodes) -> damage.add(what, text(opcodes)));
    replace(damage, pickle, "the storage ../0", "X\1\0\0\0000", "X\4\0\0\0../0");
    replace(damage, pickle, "a storage that isn't there", "X\1\0\0\0000", "X\1\0\0\0z");
    replace(damage, pickle, "another type", "FloatStorage", "ShortStorage");
    replace(damage, pickle, "a name that comes twice", "net.3.bias", "net.0.bias");
    return damage.files().stream().map(HostileArchives::asStateDict).toList();
  }

  private static String laughs() {
    StringBuilder dicts = new StringBuilder("}q\0");
    for (char level = 1; level < 60; level++) {
      String inner = "h" + (char) (level - 1);
      dicts.append("}(X\1\0\0\0a" + inner + "X\1\0\0\0b" + inner + "uq").append(level);
    }
    return dicts + ".";
  }

  private static void replace(Damage damage, byte[] good, String what, String a, String b) {
    String text = new String(good, StandardCharsets.ISO_8859_1);
    damage.add(what, text.replace(a, b).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A pickle of protocol 2 with these opcodes. */
  private static byte[] text(String opcodes) {
    return ("\u0080\2" + opcodes).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static HostileFile asStateDict(HostileFile pickle) {
    return new HostileFile(
        pickle.what(),
        Samples.zip(Map.of(PICKLE, pickle.content(), "archive/data/0", new byte[36])));
  }

  /** NumPy's archives that are whole, with an array that is not what it should be. */
  public static List<HostileFile> arrays() {
    byte[] array = Samples.unzip(Samples.exported(".npz"), ARRAY);
    Damage damage =
        new Damage(array)
            .cut(0, 6, 8, 10, 128, -1)
            .flip(0, 10, 4)
            .add("values too many", Arrays.copyOf(array, array.length + 4))
            .add("100 MB of zeros", Arrays.copyOf(array, 100_000_000))
            .add("60 MB of zeros", Arrays.copyOf(array, 60_000_000));
    for (String type : List.of("|O", ">f4", "<f4 ", "<c8", "|V4", "<M8[s]")) {
      replace(damage, array, "the type " + type, "<f4", type);
    }
    for (String size : List.of("0", "-1", "9223372036854775807", "99999999999999999999", "x")) {
      replace(
          damage, array, "the dimension " + size, "(1, 1, 3, 3)", "(1, 1, %s, 3)".formatted(size));
    }
    replace(damage, array, "a shape that overflows", "(1,", "(4294967296, 4294967296,");
    replace(damage, array, "a shape of nothing", "(1, 1, 3, 3)", "()");
    replace(damage, array, "40 dimensions", "(1, ", "(" + "1, ".repeat(37));
    replace(damage, array, "no order", "False", "None");
    replace(damage, array, "a call", "False", "eval('1')");
    return damage.files().stream().map(HostileArchives::asArchive).toList();
  }

  /** The array in place of the good one of its name. */
  private static HostileFile asArchive(HostileFile array) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] good = Samples.exported(".npz");
    Samples.checkpoint()
        .tensors()
        .keySet()
        .forEach(name -> files.put(name + ".npy", Samples.unzip(good, name + ".npy")));
    files.put(ARRAY, array.content());
    return new HostileFile(array.what(), Samples.zip(files));
  }
}
