package io.fmviz.cli;

import io.fmviz.base.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Versions v = Versions.get();
    return new String[] {"fmviz " + v.fmviz(), "DJL " + v.djl(), "PyTorch " + v.pytorch()};
  }
}
