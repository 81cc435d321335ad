package io.fmviz.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fmviz.base.InvalidValueException;
import io.fmviz.base.Settings;
import io.fmviz.base.UserException;
import io.fmviz.dataset.Split;
import io.fmviz.dataset.file.ImageFile;
import io.fmviz.dataset.mnist.DatasetChoice;
import io.fmviz.dataset.photo.ClassNames;
import io.fmviz.dataset.photo.PictureFiles;
import io.fmviz.network.onnx.OnnxModel;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who opens a pipe that nobody writes into waits for good: none is opened. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoFilesTest {
  @TempDir private Path folder;

  private Path pipe;

  @BeforeEach
  void makePipe() throws InterruptedException {
    pipe = folder.resolve("pipe");
    try {
      new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "there is no mkfifo: " + e.getMessage());
    }
    assumeTrue(Files.exists(pipe), "mkfifo makes no pipe here");
  }

  private void assertRefused(ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s is a pipe, a socket or a device: name a file with what is to be read", pipe);
  }

  @Test
  void aPipeIsRefusedWhateverItIsNamedAs() {
    assertRefused(() -> OnnxModel.read(pipe));
    assertRefused(() -> NetworkRequest.ofModel(pipe).open());
    assertRefused(() -> SavedClassifier.read(pipe));
    assertRefused(() -> NetworkRequest.ofCheckpoint(pipe.toString(), folder).open());
    assertRefused(() -> NetworkRequest.ofCheckpoint("pipe", folder).open());
    assertRefused(() -> Safetensors.read(pipe));
    assertRefused(() -> ImageFile.open(pipe));
    assertRefused(() -> PictureFiles.list(List.of(pipe), new ListedFiles()));
    assertRefused(() -> ClassNames.read(pipe));
  }

  @Test
  void aDeviceIsRefusedToo() {
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros), "there is no /dev/zero");
    assertThatThrownBy(() -> OnnxModel.read(zeros))
        .hasMessage(
            "/dev/zero is a pipe, a socket or a device: name a file with what is to be read");
  }

  @Test
  void whatIsNoFolderHoldsNoDataset() {
    for (DatasetChoice choice : List.of(DatasetChoice.AUTO, DatasetChoice.MNIST)) {
      assertThatThrownBy(() -> choice.open(pipe, List.of(Split.TEST), line -> {}))
          .isInstanceOf(InvalidValueException.class)
          .hasMessage(Settings.named("{data} takes a folder, and %s is not one"), pipe);
    }
  }
}
