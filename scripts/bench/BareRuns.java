import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.fmviz.dataset.file.PictureFileImages;
import io.fmviz.dataset.photo.PhotoImages;
import io.fmviz.dataset.photo.PictureFiles;
import io.fmviz.dataset.photo.Preprocessing;
import io.fmviz.dataset.photo.ReadingChoice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What evaluating a network can't do without: photographs decoded and made into tensors by fmviz's
 * own reader, on threads of their own, and ONNX Runtime's runs of one photograph each. Prints the
 * seconds and how often each class was the answer.
 *
 * <p>java -cp fmviz.jar:CLASSES BareRuns MODEL.onnx FOLDER SAMPLES SIDE THREADS
 */
public final class BareRuns {
  private static final int AHEAD = 8;

  private BareRuns() {}

  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]);
    int samples = Integer.parseInt(args[2]);
    int side = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[4]);
    long[] shape = {1, 3, side, side};
    PictureFiles files = PictureFiles.list(List.of(Path.of(args[1])), file -> Optional.empty());
    Preprocessing reading = Preprocessing.resolve(ReadingChoice.NONE, shape, model, Map.of());
    PhotoImages images =
        new PhotoImages(
            new PictureFileImages.Labelled(files.files(), files.labels(), files.folders()), reading);
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    // Threads that spin while they wait take the cores from those that decode.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    long begin = System.nanoTime();
    int[] answers = null;
    try (OrtSession session = environment.createSession(args[0], options)) {
      Queue<Future<FloatBuffer>> ahead = new ArrayDeque<>();
      for (int i = 0; i < samples + AHEAD; i++) {
        if (i < samples) {
          int index = i;
          ahead.add(readers.submit(() -> read(images, index, shape)));
        }
        if (i >= AHEAD) {
          answers = count(answers, run(environment, session, ahead.remove().get(), shape));
        }
      }
    }
    readers.shutdown();
    System.out.printf(
        "{\"seconds\": %.3f, \"answers\": %s}%n",
        (System.nanoTime() - begin) / 1e9, java.util.Arrays.toString(answers));
  }

  private static FloatBuffer read(PhotoImages images, int index, long[] shape) {
    int size = (int) (shape[1] * shape[2] * shape[3]);
    FloatBuffer values =
        ByteBuffer.allocateDirect(Float.BYTES * size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    images.copyTo(values, index);
    return values.flip();
  }

  private static float[] run(
      OrtEnvironment environment, OrtSession session, FloatBuffer image, long[] shape)
      throws Exception {
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, image, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  private static int[] count(int[] answers, float[] logits) {
    int[] counts = answers == null ? new int[logits.length] : answers;
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    counts[best]++;
    return counts;
  }
}
