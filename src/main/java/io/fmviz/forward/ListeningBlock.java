package io.fmviz.forward;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Stands in a block's place while listeners are attached to it: runs it and tells them. In all else
 * it is the block, in saved parameters too: nothing is written that the block doesn't write.
 */
final class ListeningBlock implements Block {
  private final Block delegate;
  private final List<Runner> runners = new CopyOnWriteArrayList<>();

  /** One attachment's listener, and what it calls this place. Each is equal to itself only. */
  static final class Runner {
    private final Layer layer;
    private final ForwardListener listener;

    Runner(Layer layer, ForwardListener listener) {
      this.layer = layer;
      this.listener = listener;
    }
  }

  ListeningBlock(Block delegate) {
    this.delegate = delegate;
  }

  /** The block itself, if something stands in its place. */
  static Block unwrap(Block block) {
    return block instanceof ListeningBlock listening ? listening.delegate : block;
  }

  Block delegate() {
    return delegate;
  }

  void add(Runner runner) {
    runners.add(runner);
  }

  /** Whether nobody listens any more. */
  boolean removeAndCheckEmpty(Runner runner) {
    runners.remove(runner);
    return runners.isEmpty();
  }

  @Override
  public NDList forward(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      PairList<String, Object> params) {
    return told(inputs, delegate.forward(parameterStore, inputs, training, params));
  }

  @Override
  public NDList forward(
      ParameterStore parameterStore, NDList data, NDList labels, PairList<String, Object> params) {
    return told(data, delegate.forward(parameterStore, data, labels, params));
  }

  private NDList told(NDList inputs, NDList output) {
    for (Runner runner : runners) {
      runner.listener.onForward(runner.layer, inputs, output);
    }
    return output;
  }

  @Override
  public void setInitializer(Initializer initializer, Parameter.Type type) {
    delegate.setInitializer(initializer, type);
  }

  @Override
  public void setInitializer(Initializer initializer, String paramName) {
    delegate.setInitializer(initializer, paramName);
  }

  @Override
  public void setInitializer(Initializer initializer, Predicate<Parameter> predicate) {
    delegate.setInitializer(initializer, predicate);
  }

  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    delegate.initialize(manager, dataType, inputShapes);
  }

  @Override
  public boolean isInitialized() {
    return delegate.isInitialized();
  }

  @Override
  public void cast(DataType dataType) {
    delegate.cast(dataType);
  }

  @Override
  public void clear() {
    delegate.clear();
  }

  @Override
  public PairList<String, Shape> describeInput() {
    return delegate.describeInput();
  }

  @Override
  public BlockList getChildren() {
    return delegate.getChildren();
  }

  @Override
  public ParameterList getDirectParameters() {
    return delegate.getDirectParameters();
  }

  @Override
  public ParameterList getParameters() {
    return delegate.getParameters();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return delegate.getOutputShapes(inputShapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes, DataType[] inputDataTypes) {
    return delegate.getOutputShapes(inputShapes, inputDataTypes);
  }

  @Override
  public Shape[] getInputShapes() {
    return delegate.getInputShapes();
  }

  @Override
  public DataType[] getOutputDataTypes() {
    return delegate.getOutputDataTypes();
  }

  @Override
  public void saveParameters(DataOutputStream os) throws IOException {
    delegate.saveParameters(os);
  }

  @Override
  public void loadParameters(NDManager manager, DataInputStream is)
      throws IOException, MalformedModelException {
    delegate.loadParameters(manager, is);
  }

  @Override
  public void freezeParameters(boolean freeze) {
    delegate.freezeParameters(freeze);
  }

  @Override
  public void freezeParameters(boolean freeze, Predicate<Parameter> predicate) {
    delegate.freezeParameters(freeze, predicate);
  }

  @Override
  public Map<String, String> getCustomMetadata() {
    return delegate.getCustomMetadata();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
