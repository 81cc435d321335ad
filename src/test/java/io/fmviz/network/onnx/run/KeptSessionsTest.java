package io.fmviz.network.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession;
import io.fmviz.base.UserException;
import io.fmviz.network.Node;
import io.fmviz.network.ResumableBatch;
import io.fmviz.network.onnx.file.Structure;
import io.fmviz.network.onnx.graph.Edit;
import io.fmviz.network.onnx.graph.IntermediateOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many models the engine loads. */
class KeptSessionsTest {
  @TempDir private Path folder;
  private SmallGraph graph;

  @BeforeEach
  void read() throws IOException {
    graph = SmallGraph.of(SmallGraph.residual().ofAnyBatch(), folder);
  }

  private KeptSessions kept(int sessions, long bytes) {
    return new KeptSessions(graph.layered(), graph::load, new KeptSessions.Bounds(sessions, bytes));
  }

  private Edit of(String tensor) {
    return Edit.NONE
        .withOutputs(List.of(IntermediateOutput.asIs(tensor)))
        .withInputs(List.of(graph.layered().input()));
  }

  private float[] run(OnnxSession session, Map<Node, Set<Integer>> off, Set<Node> chosen) {
    return session.run(SmallGraph.batch(1), off, chosen, (node, values) -> {});
  }

  @Test
  void whichChannelsAreOffLoadsNothing() {
    Node r = graph.layer("r");
    Node b = graph.layer("b");
    Set<Node> all = Set.copyOf(graph.layered().layers().nodes());
    try (OnnxSession session = graph.session()) {
      float[] on = run(session, Map.of(), all);
      float[] without0 = run(session, Map.of(r, Set.of(0)), all);
      assertThat(graph.loaded()).hasSize(2);
      assertThat(run(session, Map.of(r, Set.of(1, 2)), all)).isNotEqualTo(without0);
      assertThat(run(session, Map.of(), all)).isEqualTo(on);
      assertThat(run(session, Map.of(r, Set.of(0)), all)).isEqualTo(without0);
      assertThat(graph.loaded()).hasSize(2);
      run(session, Map.of(b, Set.of(1), r, Set.of(0)), all);
      run(session, Map.of(r, Set.of(0), b, Set.of(2)), all);
      assertThat(graph.loaded()).hasSize(3);
    }
  }

  @Test
  void batchesOfEverySizeShareASession() {
    Node r = graph.layer("r");
    try (OnnxSession session = graph.session()) {
      for (int images : new int[] {1, 3, 2, 1}) {
        float[] logits = session.run(SmallGraph.batch(images), Set.of(r), (node, values) -> {});
        assertThat(logits).hasSize(3 * images);
      }
    }
    assertThat(graph.loaded()).hasSize(1);
  }

  @Test
  void nodesThatAreHeldLoadOneNetworkAndASuffixEach() {
    Node r = graph.layer("r");
    Node b = graph.layer("b");
    try (OnnxSession session = graph.session()) {
      for (int i = 0; i < 3; i++) {
        try (ResumableBatch resumable = session.resumable(SmallGraph.batch(2), Set.of(r, b))) {
          resumable.withoutEach(r, 0, 1);
          resumable.withoutEach(b, 0, 1);
        }
      }
    }
    assertThat(graph.loaded()).hasSize(3);
  }

  @Test
  void theOneThatNobodyAskedForLongestGoes() {
    try (KeptSessions kept = kept(2, Long.MAX_VALUE)) {
      KeptSession a = kept.of(of("a"));
      KeptSession r = kept.of(of("r"));
      assertThat(kept.of(of("a"))).isSameAs(a);
      kept.of(of("b"));
      assertThat(graph.loaded()).hasSize(3);
      assertThat(kept.of(of("a"))).isSameAs(a);
      assertThat(kept.of(of("r"))).isNotSameAs(r);
      assertThat(graph.loaded()).hasSize(4);
    }
  }

  @Test
  void bytesAreBoundedTooButTheLastOneStays() {
    try (OnnxSession session = graph.session(new KeptSessions.Bounds(8, 1))) {
      Node r = graph.layer("r");
      run(session, Map.of(), Set.of(r));
      run(session, Map.of(), Set.of(r));
      assertThat(graph.loaded()).hasSize(1);
      run(session, Map.of(), Set.of());
      run(session, Map.of(), Set.of(r));
      assertThat(graph.loaded()).hasSize(3);
    }
  }

  @Test
  void whatIsHeldStaysWhateverItTakes() {
    Node b = graph.layer("b");
    try (OnnxSession session = graph.session(new KeptSessions.Bounds(1, 1))) {
      for (int i = 0; i < 3; i++) {
        try (ResumableBatch resumable = session.resumable(SmallGraph.batch(1), Set.of(b))) {
          resumable.withoutEach(b, i, 1);
        }
      }
    }
    assertThat(graph.loaded()).hasSize(2);
  }

  @Test
  void holdingOtherNodesLetsGoOfTheLast() {
    Node r = graph.layer("r");
    Node b = graph.layer("b");
    try (OnnxSession session = graph.session()) {
      for (Node node : List.of(r, b, r)) {
        try (ResumableBatch resumable = session.resumable(SmallGraph.batch(1), Set.of(node))) {
          resumable.withoutEach(node, 0, 1);
        }
      }
    }
    assertThat(graph.loaded()).hasSize(6);
  }

  @Test
  void oneThatFailsIsLoadedAnew() {
    Function<Structure, OrtSession> other =
        model -> graph.load(graph.loaded().isEmpty() ? elsewhere() : model);
    try (OnnxSession session =
        new OnnxSession(
            graph.network(),
            graph.layered(),
            bounds -> new KeptSessions(graph.layered(), other, bounds))) {
      assertThatThrownBy(() -> run(session, Map.of(), Set.of()))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "ONNX Runtime can't run %s: ".formatted(folder.resolve("small.onnx")));
      assertThat(run(session, Map.of(), Set.of())).hasSize(3);
    }
    assertThat(graph.loaded()).hasSize(2);
  }

  /** Of another input than the graph's. */
  private Structure elsewhere() {
    Edit edit = Suffix.of(graph.layered(), graph.layer("t")).orElseThrow().edit();
    return graph.layered().editor().model(edit);
  }
}
