package io.fmviz.pipeline;

import io.fmviz.dataset.Images;
import io.fmviz.network.Network;
import io.fmviz.report.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command writes: a folder, which nobody else writes into until this is closed, its page,
 * and its manifest. From the beginning on a manifest lists all that is to come.
 */
public final class OutputWriter implements AutoCloseable {
  /**
   * The file that names all pictures that were passed over, a line each: the picture, a tab, and
   * what is wrong with it.
   */
  private static final String PASSED_OVER = "passed-over.txt";

  private final OutputFolder folder;
  private final FolderPage page;
  private final Provenance provenance;

  /** Those of which that file tells; null where there is to be none. */
  private final Images listed;

  /**
   * Makes room for the files of a command that looks at images.
   *
   * @param command its name
   * @param files all that are to come
   * @param options as in a manifest
   */
  public OutputWriter(String command, Job job, List<String> files, Map<String, Object> options) {
    this(
        job.opened().setup().output(),
        new Provenance(command, job.network(), job.data(), options),
        job.opened().machine().listsPassedOver() && job.images().isLazy() ? job.images() : null,
        files);
  }

  /** The same for a command that looks at a network alone. */
  public OutputWriter(
      String command,
      Network network,
      OutputRequest request,
      List<String> files,
      Map<String, Object> options) {
    this(request, new Provenance(command, network, null, options), null, files);
  }

  private OutputWriter(
      OutputRequest request, Provenance provenance, Images listed, List<String> files) {
    this.folder = folder(request);
    this.page = new FolderPage(request, folder);
    this.provenance = provenance;
    this.listed = listed;
    List<String> planned = new ArrayList<>(page.with(files));
    if (listed != null) {
      planned.add(PASSED_OVER);
    }
    try {
      folder.prepare(provenance.planned(planned));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static OutputFolder folder(OutputRequest request) {
    return new OutputFolder(request.folder(), request.force());
  }

  /**
   * Refuses what would be refused, before a command begins.
   *
   * @param files those to come, as far as they are known
   */
  public static void check(OutputRequest request, List<String> files) {
    OutputFolder folder = folder(request);
    folder.check(new FolderPage(request, folder).with(files));
  }

  /** Where the files are written. */
  public OutputFolder folder() {
    return folder;
  }

  /** What a person opens first, the page, or another file where there is none. */
  public String lookAt(List<String> files) {
    return page.lookAt(files);
  }

  /**
   * Writes the page of the folder, and the manifest of files that are all written.
   *
   * @param details what was found, a record, or a list of such
   */
  public void complete(List<String> files, Object details) {
    complete(files, details, details, Map.of());
  }

  /**
   * The same where the page doesn't show all of it, or shows classes.
   *
   * @param shown what the page shows
   * @param classNames what classes are called that it tells by their numbers
   */
  public void complete(
      List<String> files, Object details, Object shown, Map<Integer, String> classNames) {
    page.write(provenance.complete(List.of(), shown), classNames);
    folder.writeManifest(stream -> writeManifest(files, details, stream));
    page.link();
  }

  /** Begins the manifest of files that are written meanwhile. */
  public GrowingManifest beginManifest(List<String> files) {
    return new GrowingManifest(
        folder.openManifest(), provenance.complete(new Written(page.with(files)), List.of()));
  }

  /** Begins the page of the folder; null if none is wanted. */
  public GrowingPage beginPage() {
    return page.begin(provenance.complete(List.of(), null));
  }

  /**
   * Completes both, once all files are written. The manifest gets its name last: what a complete
   * one lists is there.
   */
  public void complete(GrowingManifest manifest, GrowingPage shown) {
    writePassedOver();
    if (shown != null) {
      shown.complete();
    }
    manifest.complete();
    page.link();
  }

  private void writeManifest(List<String> files, Object details, OutputStream stream)
      throws IOException {
    Json.pretty(provenance.complete(new Written(page.with(files)), details), stream);
    writePassedOver();
  }

  private void writePassedOver() {
    if (isPassedOverWritten()) {
      folder.write(
          PASSED_OVER,
          listed.passedOver().stream().map(one -> one.source() + "\t" + one.reason()).toList());
    }
  }

  private boolean isPassedOverWritten() {
    return listed != null && !listed.passedOver().isEmpty();
  }

  /** The files that came to be, as far as that is known when they are asked for. */
  private final class Written extends AbstractList<String> {
    private final List<String> files;

    Written(List<String> files) {
      this.files = files;
    }

    @Override
    public String get(int i) {
      return i < files.size() ? files.get(i) : PASSED_OVER;
    }

    @Override
    public int size() {
      return files.size() + (isPassedOverWritten() ? 1 : 0);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
