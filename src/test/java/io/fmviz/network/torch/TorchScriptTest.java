package io.fmviz.network.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import io.fmviz.base.UserException;
import io.fmviz.dataset.FloatImages;
import io.fmviz.network.Batch;
import io.fmviz.network.Compute;
import io.fmviz.network.InputForm;
import io.fmviz.network.Network;
import io.fmviz.network.Session;
import io.fmviz.runtime.Torch;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One linear layer, of one number, that PyTorch has saved as TorchScript. */
class TorchScriptTest {
  private static final InputForm FORM = new InputForm(1, 4, 1);

  private Model model;

  @BeforeEach
  void load() throws Exception {
    Torch.start("cpu", 2);
    model = Model.newInstance("script");
    model.load(Path.of("src/test/resources/pytorch"), "script");
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void isRefusedWithTheReasonAndAWayOut() {
    assertThatThrownBy(() -> new BlockNetwork("line", model.getBlock(), FORM))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "line is a TorchScript module (PtSymbolBlock), of which libtorch's bridge to Java gives"
                + " no intermediate tensors, and nothing else: no layer of it can be looked at;"
                + " export the network as ONNX, with torch.onnx.export, and open that");
  }

  @Test
  void isOneNodeAmongOtherBlocksAndThatIsSaid() {
    Block block = new SequentialBlock().add(model.getBlock()).add(Activation.reluBlock());
    Network network = new BlockNetwork("line", block, FORM);
    assertThat(network.nodes())
        .extracting(node -> node + " " + node.path() + " " + node.shape())
        .containsExactly("PtSymbolBlock_1 0 [1, 4, 1]", "ReLU_1 1 [1, 4, 1]");
    assertThat(network.notShown())
        .containsExactly(
            "PtSymbolBlock_1, at 0, is a TorchScript module (PtSymbolBlock), of which libtorch's"
                + " bridge to Java gives no intermediate tensors");
    FloatImages images = new FloatImages(new float[] {-20, -1, 1, 20}, 1, 4, 1);
    float[][] heard = new float[2][4];
    try (Session session = network.start(Compute.onCpu(1))) {
      session.run(
          Batch.of(images, new int[] {0}, 0, 1),
          Set.copyOf(network.nodes()),
          (node, values) -> values.get(heard[network.nodes().indexOf(node)]));
    }
    assertThat(heard[0]).doesNotHaveDuplicates();
    for (int i = 0; i < 4; i++) {
      assertThat(heard[1][i]).isEqualTo(Math.max(0, heard[0][i]));
    }
  }

  @Test
  void aNetworkThatOnlyPassesItsInputOnIsRefused() {
    assertThatThrownBy(
            () ->
                new BlockNetwork(
                    "nothing", new SequentialBlock().add(Blocks.identityBlock()), FORM))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "nothing has no layer that can be looked at: none of its blocks makes an array of its own");
  }
}
