package io.fmviz.pipeline.export;

import io.fmviz.analysis.NonFinite;
import io.fmviz.base.FileSize;
import io.fmviz.base.Numbers;
import io.fmviz.base.Sha256;
import io.fmviz.base.TargetFile;
import io.fmviz.network.torch.ClassifierNetwork;
import io.fmviz.network.torch.SavedClassifier;
import io.fmviz.pipeline.NonFiniteWarning;
import io.fmviz.pipeline.Progress;
import io.fmviz.pipeline.Result;
import java.nio.file.Path;

/** Writes a checkpoint in another format, with the same numbers to the bit. */
public final class ExportPipeline {
  private ExportPipeline() {}

  /**
   * What was written.
   *
   * @param checkpoint the file that was read
   * @param file the file that was written
   * @param format of that file
   * @param parameters the number of weights and biases
   * @param weightsNotANumber how many of these are NaN or infinite; null for none
   * @param bytes of that file
   * @param sha256 of these bytes
   */
  public record ExportResult(
      String checkpoint,
      String file,
      String format,
      long parameters,
      Long weightsNotANumber,
      long bytes,
      String sha256)
      implements Result {}

  public static ExportResult run(ExportRequest request, Progress progress) {
    Path file = request.to();
    TargetFile target = new TargetFile(file, request.force());
    target.check();
    SavedClassifier checkpoint = request.network().classifier();
    if (ExportFormat.isOnnx(file)) {
      OnnxExport.write(checkpoint, target);
    } else {
      checkpoint.export(target);
    }
    ExportResult result =
        new ExportResult(
            checkpoint.file().toString(),
            file.toString(),
            ExportFormat.of(file),
            checkpoint.widths().parameterCount(),
            NonFinite.orNull(checkpoint.notNumbers()),
            FileSize.of(file),
            Sha256.of(file));
    NonFiniteWarning.tell(new ClassifierNetwork(checkpoint), progress);
    progress.result(
        "%s -> %s (%s, %s, %s)"
            .formatted(
                result.checkpoint(),
                result.file(),
                result.format(),
                Numbers.count(result.parameters(), "parameter"),
                Numbers.count(result.bytes(), "byte")));
    return result;
  }
}
