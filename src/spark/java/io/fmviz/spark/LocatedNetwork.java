package io.fmviz.spark;

import io.fmviz.network.Compute;
import io.fmviz.network.Costs;
import io.fmviz.network.Defaults;
import io.fmviz.network.InputForm;
import io.fmviz.network.Kernel;
import io.fmviz.network.LinearHead;
import io.fmviz.network.Network;
import io.fmviz.network.Node;
import io.fmviz.network.Origin;
import io.fmviz.network.Output;
import io.fmviz.network.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network that was read from a copy. */
record LocatedNetwork(Network network, String location) implements Network {
  @Override
  public String sha256() {
    return network.sha256();
  }

  @Override
  public Map<String, String> metadata() {
    return network.metadata();
  }

  @Override
  public InputForm input() {
    return network.input();
  }

  @Override
  public List<Node> nodes() {
    return network.nodes();
  }

  @Override
  public List<Node> layers() {
    return network.layers();
  }

  @Override
  public List<Output> outputs() {
    return network.outputs();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public List<String> classNames() {
    return network.classNames();
  }

  @Override
  public List<String> weightFiles() {
    return network.weightFiles();
  }

  @Override
  public List<String> notShown() {
    return network.notShown();
  }

  @Override
  public Optional<LinearHead> head() {
    return network.head();
  }

  @Override
  public Origin origin() {
    return network.origin();
  }

  @Override
  public Defaults defaults() {
    return network.defaults();
  }

  @Override
  public Costs costs() {
    return network.costs();
  }

  @Override
  public boolean hasKernel(Node node) {
    return network.hasKernel(node);
  }

  @Override
  public long notNumbers() {
    return network.notNumbers();
  }

  @Override
  public Optional<Kernel> kernel(Node node) {
    return network.kernel(node);
  }

  @Override
  public long weights(Node node) {
    return network.weights(node);
  }

  @Override
  public Session start(Compute compute) {
    return network.start(compute);
  }
}
