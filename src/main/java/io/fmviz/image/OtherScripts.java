package io.fmviz.image;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Text with characters that {@link BitmapFont} hasn't: as the system's fonts have them, and where
 * these can't be used or haven't them either, as code points, so that different names look
 * different.
 */
final class OtherScripts {
  private enum How {
    ASCII,
    SYSTEM,
    CODE_POINT
  }

  /** Neighbours that are drawn in the same way. */
  private record TextRun(How how, String text) {
    /** Whether it has neither letters nor digits, and so goes with what stands around it. */
    boolean isBetween() {
      return how == How.ASCII && text.codePoints().noneMatch(Character::isLetterOrDigit);
    }
  }

  private OtherScripts() {}

  static List<Mask> masks(String text, BitmapFont font) {
    List<Mask> masks = new ArrayList<>();
    for (TextRun part : joined(parts(Normalizer.normalize(text, Normalizer.Form.NFC)))) {
      switch (part.how) {
        case ASCII -> masks.add(font.mask(part.text));
        case SYSTEM -> masks.add(SystemFont.draw(part.text, font.height()));
        case CODE_POINT ->
            part.text.codePoints().forEach(c -> masks.add(CodePointBox.of(c, font.height())));
      }
    }
    return masks;
  }

  private static List<TextRun> parts(String text) {
    List<TextRun> parts = new ArrayList<>();
    for (int from = 0, to; from < text.length(); from = to) {
      How how = how(text.codePointAt(from));
      to = from;
      while (to < text.length() && how(text.codePointAt(to)) == how) {
        to += Character.charCount(text.codePointAt(to));
      }
      parts.add(new TextRun(how, text.substring(from, to)));
    }
    return parts;
  }

  /** Words with a blank between them are one: where they are written leftwards, their order is. */
  private static List<TextRun> joined(List<TextRun> parts) {
    List<TextRun> joined = new ArrayList<>();
    for (TextRun part : parts) {
      int last = joined.size() - 1;
      boolean joins =
          last > 0
              && part.how == How.SYSTEM
              && joined.get(last).isBetween()
              && joined.get(last - 1).how == How.SYSTEM;
      if (joins) {
        String between = joined.remove(last).text;
        joined.set(
            last - 1, new TextRun(How.SYSTEM, joined.get(last - 1).text + between + part.text));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private static How how(int codePoint) {
    if (BitmapFont.has(codePoint)) {
      return How.ASCII;
    }
    return isSeen(codePoint) && SystemFont.has(codePoint) ? How.SYSTEM : How.CODE_POINT;
  }

  /** Whether it leaves ink, and turns nothing around. */
  private static boolean isSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
