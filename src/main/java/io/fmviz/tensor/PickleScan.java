package io.fmviz.tensor;

import static io.fmviz.base.MalformedException.verify;

import io.fmviz.base.MalformedException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Walks the opcodes of a pickle before anything evaluates them, so that the evaluation needs no
 * more time and memory than a pickle of its size may: it begins with protocol 2 (torch.save's),
 * holds only opcodes that state dicts use, refers to nothing but what is allowed, every length lies
 * within its bytes, and it ends with its only STOP. pickletools.py of Python describes the opcodes.
 */
final class PickleScan {
  /** Far more than any state dict has; each can make an object of some 60 bytes. */
  private static final int MAX_OPCODES = 1 << 19;

  private static final int MAX_LENGTH = 8 << 20;
  private static final int PROTO = 0x80;
  private static final int PROTOCOL = 2;
  private static final int STOP = '.';

  private final ByteBuffer pickle;
  private final Set<String> allowed;
  private final Foreign foreign;
  private int at;

  /** What is thrown at a name that isn't allowed, and at which byte the pickle refers to it. */
  @FunctionalInterface
  interface Foreign {
    RuntimeException refuse(String name, long offset);
  }

  private PickleScan(ByteBuffer pickle, Set<String> allowed, Foreign foreign) {
    this.pickle = pickle;
    this.allowed = allowed;
    this.foreign = foreign;
  }

  /**
   * Checks a pickle.
   *
   * @param pickle little-endian, from 0 to its limit
   * @param allowed the names that it may refer to, {@code collections.OrderedDict}
   * @param foreign what is thrown if it refers to another
   * @throws MalformedException if it isn't one that is evaluated
   */
  static void check(ByteBuffer pickle, Set<String> allowed, Foreign foreign) {
    verify(pickle.limit() <= MAX_LENGTH, 0, "there is more than any state dict needs");
    new PickleScan(pickle, allowed, foreign).walk();
  }

  private void walk() {
    int protocol = pickle.limit() >= 2 && u8(0) == PROTO ? u8(1) : 0;
    verify(protocol == PROTOCOL, 0, "there is no pickle of protocol 2, which torch.save writes");
    at = 2;
    for (int count = 0; count < MAX_OPCODES; count++) {
      int start = at;
      need(1);
      int opcode = u8(at++);
      if (opcode == STOP) {
        verify(at == pickle.limit(), at, "there are bytes after the pickle's end");
        return;
      }
      skipArgument(opcode, start);
    }
    throw new MalformedException(at, "there are more opcodes than any state dict needs");
  }

  private void skipArgument(int opcode, int start) {
    switch (opcode) {
      // Marks, containers, constants; REDUCE, NEWOBJ, BINPERSID, BUILD.
      case '(', ')', ']', '}', 't', 0x85, 0x86, 0x87, 'a', 'e', 's', 'u', 'N', 0x88, 0x89 ->
          skip(0);
      case 'R', 0x81, 'Q', 'b' -> skip(0);
      // Integers of one, two and four bytes, a float; LONG1 with its length in one byte.
      case 'K' -> skip(1);
      case 'M' -> skip(2);
      case 'J' -> skip(4);
      case 'G' -> skip(8);
      case 0x8a -> skipCounted(1);
      // BINUNICODE with its length in four bytes; GLOBAL, two lines.
      case 'X' -> skipCounted(4);
      case 'c' -> {
        String name = line() + "." + line();
        if (!allowed.contains(name)) {
          throw foreign.refuse(name, start);
        }
      }
      // The memo.
      case 'q', 'h' -> skip(1);
      case 'r', 'j' -> {
        need(4);
        long index = Integer.toUnsignedLong(pickle.getInt(at));
        verify(index < pickle.limit(), start, "the memo has no place %d", index);
        skip(4);
      }
      default ->
          throw new MalformedException(
              start,
              "there is the pickle opcode 0x%02x, which no state dict needs".formatted(opcode));
    }
  }

  private void skip(int length) {
    need(length);
    at += length;
  }

  private void skipCounted(int lengthBytes) {
    need(lengthBytes);
    long length = lengthBytes == 1 ? u8(at) : Integer.toUnsignedLong(pickle.getInt(at));
    at += lengthBytes;
    need(length);
    at += (int) length;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    while (true) {
      need(1);
      int next = u8(at++);
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
  }

  private void need(long length) {
    verify(length <= pickle.limit() - at, at, "the pickle ends early");
  }

  private int u8(int index) {
    return Byte.toUnsignedInt(pickle.get(index));
  }
}
