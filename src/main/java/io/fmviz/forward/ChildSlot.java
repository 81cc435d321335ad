package io.fmviz.forward;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * The place where a block keeps one of its children, so that another can stand there.
 *
 * <p>DJL has no public way in: {@link AbstractBlock#getChildren()} is a copy. What a block's
 * forward runs is its protected list of children (SequentialBlock and ParallelBlock do so), or its
 * own fields, as classes do that name their children. Both are changed, by reflection.
 */
final class ChildSlot {
  private final AbstractBlock parent;
  private final int position;

  ChildSlot(AbstractBlock parent, int position) {
    this.parent = parent;
    this.position = position;
  }

  Block get() {
    return children(parent).valueAt(position);
  }

  /** Whether the list of children still is as long as it was, and holds this block here. */
  boolean holds(Block block) {
    BlockList children = children(parent);
    return position < children.size() && children.valueAt(position) == block;
  }

  /**
   * Puts a block in the place of the one that is there.
   *
   * @throws IllegalArgumentException if a field that holds the child can't hold the other; nothing
   *     is changed then
   */
  void put(Block replacement) {
    Block current = get();
    List<Field> fields = fieldsHolding(current);
    for (Field field : fields) {
      if (!field.getType().isInstance(replacement)) {
        throw new IllegalArgumentException(
            "%s keeps its child in the field %s of type %s: a listener can't be attached there, only to a field of type Block"
                .formatted(
                    parent.getClass().getName(), field.getName(), field.getType().getSimpleName()));
      }
    }
    try {
      for (Field field : fields) {
        field.set(parent, replacement);
      }
    } catch (IllegalAccessException e) {
      throw closed(parent.getClass(), e);
    }
    children(parent).values().set(position, replacement);
  }

  private List<Field> fieldsHolding(Block block) {
    List<Field> holding = new ArrayList<>();
    for (Class<?> type = parent.getClass();
        type != null && type != AbstractBlock.class;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && Block.class.isAssignableFrom(field.getType())
            && read(field, parent) == block) {
          holding.add(field);
        }
      }
    }
    return holding;
  }

  private static BlockList children(AbstractBlock block) {
    try {
      return (BlockList) read(AbstractBlock.class.getDeclaredField("children"), block);
    } catch (NoSuchFieldException e) {
      throw closed(AbstractBlock.class, e);
    }
  }

  private static Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw closed(owner.getClass(), e);
    }
  }

  private static IllegalStateException closed(Class<?> type, Exception cause) {
    return new IllegalStateException(
        "the children of " + type.getName() + " can't be reached: no listener can be attached",
        cause);
  }
}
