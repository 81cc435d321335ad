package io.fmviz.pipeline;

import io.fmviz.image.GridOptions;
import io.fmviz.image.PictureOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** How pictures are drawn, as in a manifest's options. */
public final class PictureFacts {
  private PictureFacts() {}

  public static Map<String, Object> of(PictureOptions pictures) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("nrow", orAuto(pictures.grid().nrow()));
    options.put("padding", pictures.grid().padding());
    options.put("padValue", pictures.grid().padValue());
    options.put("normalize", pictures.normalize().toString());
    options.put("colormap", pictures.colormap().toString());
    options.put("scale", orAuto(pictures.scale()));
    options.put("label", pictures.label());
    return options;
  }

  /** A number, or {@code auto}, as on the command line. */
  public static Object orAuto(Integer number) {
    return number != null && number == GridOptions.AUTO ? "auto" : number;
  }
}
