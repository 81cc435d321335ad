package io.fmviz.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * The fonts of the system, by Java2D. It can't draw any text, not even with a font of our own, on a
 * machine without the libraries fontconfig and freetype or without any font, as in many containers:
 * then it has no character here.
 */
final class SystemFont {
  /** What is left of a font's height below its letters. */
  private static final float DESCENT = 0.2f;

  /** Null where Java2D draws no text. */
  private static final Font FONT = load();

  private SystemFont() {}

  private static Font load() {
    try {
      Font font = new Font(Font.DIALOG, Font.PLAIN, 1);
      draw(font, "\u00e9", BitmapFont.NORMAL.height());
      return font;
    } catch (LinkageError | InternalError | RuntimeException e) {
      // How Java2D says so depends on what is missing.
      return null;
    }
  }

  /** Whether a character can be drawn. */
  static boolean has(int codePoint) {
    return FONT != null && FONT.canDisplay(codePoint);
  }

  /** A text whose characters can be drawn. */
  static Mask draw(String text, int height) {
    return draw(FONT, text, height);
  }

  private static Mask draw(Font any, String text, int height) {
    Font font = any.deriveFont(height - 1f);
    FontRenderContext context = new FontRenderContext(null, true, true);
    TextLayout layout = new TextLayout(text, font, context);
    int width = Math.max(1, (int) Math.ceil(layout.getAdvance()));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setColor(Color.WHITE);
      layout.draw(graphics, 0, Math.round(height * (1 - DESCENT)));
    } finally {
      graphics.dispose();
    }
    return new Mask(height, width, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
  }
}
