package io.fmviz.tensor;

import io.fmviz.base.Exact;
import io.fmviz.base.MalformedException;
import io.fmviz.base.Numbers;
import io.fmviz.base.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Evaluates the pickle of a state dict. The library does the stack, the memo and the plain values;
 * what could name, construct or call anything is done here, from a list of what is allowed: {@link
 * PickleName}. Everything else {@link PickleScan} has refused by name before anything is evaluated.
 *
 * <p>Nothing of what trainings keep beside a state dict is constructed: in its place stands {@link
 * PickleName.Role#OPAQUE}, which takes whatever is done to it and stays what it is.
 *
 * <p>Containers may hold each other, even themselves: nothing here follows them into depth. A
 * dict's keys are strings and integers, which alone are hashed; what has another is left out.
 */
final class StateDictUnpickler extends Unpickler {
  /** A storage's bytes, and how many values they are. */
  private record Storage(String type, ByteBuffer bytes, long count) {}

  /**
   * A tensor whose values still lie in their storage.
   *
   * @param copying is told how many bytes a copy takes, before it is made
   */
  private record Lazy(String type, Layout layout, ByteBuffer storage, LongConsumer copying)
      implements StoredTensor {
    @Override
    public long[] shape() {
      return layout.shape();
    }

    @Override
    public Tensor read() {
      int size = Tensor.SIZES.get(type);
      if (!layout.isRowMajor()) {
        copying.accept(Exact.product(layout.count(), size));
      }
      return new Tensor(type, layout.shape(), layout.read(storage, size));
    }
  }

  /** A key is a number; a longer one would cost time whenever the pickle comes back to it. */
  private static final int LONGEST_KEY = 64;

  private final int length;
  private final Function<String, ByteBuffer> storages;
  private final LongConsumer copying;
  private int start;

  private StateDictUnpickler(
      int length, Function<String, ByteBuffer> storages, LongConsumer copying) {
    this.length = length;
    this.storages = storages;
    this.copying = copying;
  }

  /**
   * Evaluates a pickle, after {@link PickleScan}.
   *
   * @param pickle little-endian, from 0 to its limit
   * @param storages the bytes of a storage by its key; null if there is none of that key
   * @param copying is told of each copy that reading a tensor takes, in bytes, before it is made
   * @return strings, numbers, lists, {@code Map}s and {@link StoredTensor}s
   * @param foreign what is thrown if it refers to more than a state dict needs
   * @throws MalformedException if it is malformed, or has what no state dict needs
   */
  static Object load(
      ByteBuffer pickle,
      Function<String, ByteBuffer> storages,
      LongConsumer copying,
      PickleScan.Foreign foreign) {
    PickleScan.check(pickle, PickleName.ALL.keySet(), foreign);
    byte[] bytes = new byte[pickle.limit()];
    pickle.get(0, bytes);
    StateDictUnpickler unpickler = new StateDictUnpickler(bytes.length, storages, copying);
    try {
      return unpickler.load(new ByteArrayInputStream(bytes));
    } catch (UserException | MalformedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // What the library says to a stack that holds something else than an opcode needs.
      throw new MalformedException(unpickler.start, "the pickle is malformed");
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    start = length - input.available() - 1;
    switch (opcode) {
      case Opcodes.GLOBAL ->
          stack.add(
              PickleName.ALL.get(PickleUtils.readline(input) + "." + PickleUtils.readline(input)));
      case Opcodes.REDUCE -> reduce();
      case Opcodes.BINPERSID -> stack.add(storage(tuple(stack.pop(), 5)));
      case Opcodes.NEWOBJ -> newObject();
      case Opcodes.BUILD -> build();
      // These five as the library does them, but in order, in linear time, and without hashing
      // containers.
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.APPEND -> append(Collections.singletonList(stack.pop()));
      case Opcodes.APPENDS -> append(stack.pop_all_since_marker());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(stack.pop(), value, target());
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        verify(items.size() % 2 == 0, "a dict has a key without a value");
        Map<Object, Object> dict = target();
        for (int i = 0; i < items.size(); i += 2) {
          put(items.get(i), items.get(i + 1), dict);
        }
      }
      default -> {
        return super.dispatch(opcode);
      }
    }
    return NO_RETURN_VALUE;
  }

  private void append(List<Object> items) {
    Object list = stack.peek();
    if (list == PickleName.Role.OPAQUE) {
      return;
    }
    verify(list instanceof ArrayList, "something is appended to what is not a list");
    @SuppressWarnings("unchecked")
    List<Object> target = (List<Object>) list;
    target.addAll(items);
  }

  private void put(Object key, Object value, Map<Object, Object> dict) {
    if (key instanceof String || key instanceof Integer || key instanceof Long) {
      dict.put(key, value);
    }
  }

  /** The dict that something is put into; one that is thrown away for what is no dict of ours. */
  private Map<Object, Object> target() {
    Object target = stack.peek();
    return target == PickleName.Role.OPAQUE ? new LinkedHashMap<>() : map(target);
  }

  /**
   * An OrderedDict's attributes ({@code _metadata}: the version of each module) change no tensor.
   */
  private void build() {
    Object state = stack.pop();
    if (stack.peek() != PickleName.Role.OPAQUE) {
      map(state);
      map(stack.peek());
    }
  }

  private void newObject() {
    verify(stack.pop() instanceof Object[], "an object's arguments are not a tuple");
    verify(stack.pop() == PickleName.Role.OPAQUE, "something is constructed that can't be");
    stack.add(PickleName.Role.OPAQUE);
  }

  private void reduce() {
    Object arguments = stack.pop();
    Object callable = stack.pop();
    verify(callable instanceof PickleName.Role, "something is called that can't be");
    stack.add(
        switch ((PickleName.Role) callable) {
          case OPAQUE -> {
            verify(arguments instanceof Object[], "something's arguments are not a tuple");
            yield callable;
          }
          case ORDERED_DICT -> {
            tuple(arguments, 0);
            yield new LinkedHashMap<>();
          }
          case DEFAULT_DICT -> {
            verify(
                arguments instanceof Object[] factory && factory.length <= 1,
                "a defaultdict has more than what it makes");
            yield new LinkedHashMap<>();
          }
          case TENSOR -> tensor(tuple(arguments, 6));
          case PARAMETER -> {
            Object tensor = tuple(arguments, 3)[0];
            verify(tensor instanceof StoredTensor, "a parameter has no tensor");
            yield tensor;
          }
        });
  }

  /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)}. */
  private StoredTensor tensor(Object[] arguments) {
    verify(arguments[0] instanceof Storage, "a tensor has no storage");
    Storage storage = (Storage) arguments[0];
    long offset = integer(arguments[1]);
    long[] size = integers(arguments[2]);
    long[] stride = integers(arguments[3]);
    try {
      Layout layout = new Layout(offset, size, stride, storage.count());
      return new Lazy(storage.type(), layout, storage.bytes(), copying);
    } catch (MalformedException e) {
      throw new MalformedException(start, "a tensor " + e.reason());
    }
  }

  /** {@code ("storage", type, key, location, count)}; the location is a device, cpu or cuda:0. */
  private Storage storage(Object[] id) {
    verify(
        "storage".equals(id[0])
            && id[1] instanceof PickleName.StorageType
            && id[2] instanceof String text
            && text.length() <= LONGEST_KEY,
        "there is an id that is not a storage's");
    String type = ((PickleName.StorageType) id[1]).type();
    long count = integer(id[4]);
    String key = (String) id[2];
    ByteBuffer bytes = storages.apply(key);
    verify(bytes != null, "the archive has no storage %s", key);
    verify(
        count >= 0 && count <= bytes.remaining() / Tensor.SIZES.get(type),
        "the storage %s has %s, too few for %s",
        key,
        Numbers.count(bytes.remaining(), "byte"),
        Numbers.count(count, "value"));
    return new Storage(type, bytes, count);
  }

  private Object[] tuple(Object object, int size) {
    verify(
        object instanceof Object[] tuple && tuple.length == size,
        "there is no tuple of %d where one belongs",
        size);
    return (Object[]) object;
  }

  private long[] integers(Object object) {
    verify(
        object instanceof Object[] tuple && tuple.length <= Tensor.MAX_RANK,
        "a tensor's size or stride is not a tuple of a few integers");
    Object[] values = (Object[]) object;
    long[] integers = new long[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = integer(values[i]);
    }
    return integers;
  }

  private long integer(Object object) {
    verify(
        object instanceof Integer || object instanceof Long,
        "there is no integer of 64 bits where one belongs");
    return ((Number) object).longValue();
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> map(Object object) {
    verify(object instanceof LinkedHashMap, "there is no dict where one belongs");
    return (Map<Object, Object>) object;
  }

  private void verify(boolean condition, String reason, Object... values) {
    MalformedException.verify(condition, start, reason, values);
  }
}
