package io.fmviz.pipeline;

import io.fmviz.report.Manifest;
import io.fmviz.report.page.FolderFacts;
import io.fmviz.report.page.Page;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** The page of a command's folder; where a person wants none, nothing is written. */
final class FolderPage {
  private final OutputFolder out;
  private final boolean wanted;
  private final FolderLinks links;

  FolderPage(OutputRequest request, OutputFolder out) {
    this.wanted = request.html();
    this.out = out;
    this.links = new FolderLinks(out.path());
  }

  /** The page's file, then the others; none is asked for before its turn. */
  List<String> with(List<String> files) {
    return wanted ? new PageFirst(files) : files;
  }

  /** What a person opens first, the page, or another file where there is none. */
  String lookAt(List<String> files) {
    return "look at " + out.resolve(wanted ? Page.FILE : files.get(0));
  }

  /**
   * Writes it.
   *
   * @param manifest what it shows
   * @param classNames what classes are called that it tells by their numbers
   */
  void write(Manifest manifest, Map<Integer, String> classNames) {
    if (wanted) {
      FolderFacts shown = new FolderFacts(manifest, classNames.isEmpty() ? null : classNames);
      out.write(Page.FILE, stream -> page(manifest).write(title(manifest), stream, head(shown)));
    }
  }

  /**
   * Begins it, with what is still to be found added later.
   *
   * @param manifest what it shows before that
   * @return null if none is wanted
   */
  GrowingPage begin(Manifest manifest) {
    return wanted
        ? new GrowingPage(
            out.open(Page.FILE),
            page(manifest),
            title(manifest),
            head(new FolderFacts(manifest, null)))
        : null;
  }

  private static Page page(Manifest manifest) {
    return Subcommand.named(manifest.command()).flatMap(Subcommand::page).orElseThrow();
  }

  private static String title(Manifest manifest) {
    return "fmviz " + manifest.command();
  }

  private Page.Body head(FolderFacts shown) {
    return facts -> {
      links.find().writeTo(facts);
      facts.json("facts", shown);
    };
  }

  /** Brings links to and from other pages up to date, once the folder is complete. */
  void link() {
    links.refresh();
  }

  /** A list with one more before it. */
  private static final class PageFirst extends AbstractList<String> implements RandomAccess {
    private final List<String> others;

    PageFirst(List<String> others) {
      this.others = others;
    }

    @Override
    public String get(int i) {
      return i == 0 ? Page.FILE : others.get(i - 1);
    }

    @Override
    public int size() {
      return 1 + others.size();
    }
  }
}
