package io.fmviz.network;

/**
 * What holds for a network where nobody says otherwise.
 *
 * @param dataset whether it is a dataset's images that it looks at, which are small, and its
 *     classes are that dataset's, numbers; else pictures of any kind and size
 * @param plain whether maps, layers and answers are shown as PyTorch's own tools show them, to be
 *     held against these: torchvision's grids, torchsummary's columns, an answer without its
 *     probability; else as far as they can be told at a glance
 * @param whole whether all channels and kernels are shown, however many there are
 */
public record Defaults(boolean dataset, boolean plain, boolean whole) {
  /** Of a network of which nothing is known. */
  public static final Defaults ANY = new Defaults(false, false, false);
}
