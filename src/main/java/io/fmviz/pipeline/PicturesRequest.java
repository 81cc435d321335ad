package io.fmviz.pipeline;

import io.fmviz.base.Require;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A user's pictures in place of a dataset's images.
 *
 * @param paths files, or folders of such; a folder's own folders are classes
 * @param classNames the file of the network's class names; null for what the network says itself
 * @param invert whether digits are dark strokes on a light ground; null to find out
 */
public record PicturesRequest(List<Path> paths, Path classNames, Boolean invert) {
  public PicturesRequest {
    Require.that(!paths.isEmpty(), "image", "takes files and folders");
    paths = List.copyOf(paths);
  }

  /** As in a manifest's options. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("image", paths.stream().map(Path::toString).toList());
    options.put("classNames", classNames == null ? null : classNames.toString());
    options.put("invert", invert);
    return options;
  }
}
