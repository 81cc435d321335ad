package io.fmviz.network.onnx;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one table of what operators' attributes and constant inputs can be. ONNX Runtime reckons with
 * most of them unseen: a block of 2^40 has a square of 0, a division by which ends the process.
 */
final class Domains {
  /**
   * A line each: the operator, {@code *} for all; its attributes, or its inputs as {@code #} and
   * their place, {@code #*} for each; the domain by name, or from least to most. {@code one} and
   * {@code some} say how many values there must be, {@code known} that they must be constants:
   * computed ones could end the process as it runs. {@code *} alone stands for an operator that
   * isn't run, as its numbers point at each other.
   */
  private static final String TABLE =
      """
      * batch_dims 0..63
      * axis axes batch_axis time_axis gather_axis quantize_axis dim perm axis
      * scan_input_axes scan_output_axes axis
      * kernel_shape strides dilations pooled_shape size
      * group offset_group num_groups groups size
      * pads output_padding pad
      * keepdims exclusive reverse ceil_mode count_include_pad upper largest sorted flag
      * num_heads kv_num_heads q_num_heads hidden_size head_size size
      * block_size 0..1048576
      * signal_ndim 1..3
      * onesided inverse flag
      * p 1..1048576
      * bits 1..32
      * seed any
      AffineGrid #1 count
      ArgMax select_last_index flag
      ArgMin select_last_index flag
      Attention is_causal unidirectional do_rotary flag
      BifurcationDetector * any
      BlackmanWindow #0 count one
      CategoryMapper cats_int64s any
      CenterCropPad #1 count
      Col2Im #1 #2 size
      Constant value_int value_ints any
      ConstantOfShape #0 count
      ConvTranspose output_shape count
      Crop border scale 0..1048576
      CropAndResize #3 size
      CumSum #1 axis one
      DFT #1 1..65536 one
      DFT #2 axis one
      DepthToSpace blocksize block
      Div #1 divisor
      EmbedLayerNormalization * any
      Expand #1 -1..2147483647
      ExpandDims #1 axis one
      EyeLike k diagonal
      GatherBlockQuantized block_size size
      GroupNormalization stash_type 0..64
      GroupQueryAttention #5 #6 count some
      HammingWindow #0 count one
      HannWindow #0 count one
      ImageScaler bias any some
      Imputer imputed_value_int64s replaced_value_int64 any
      LabelEncoder keys_int64s values_int64s default_int64 any
      LinearClassifier classlabels_ints any
      MaxRoiPool pooled_shape block
      MaxUnpool #2 count
      MelWeightMatrix #0 #1 #2 size one
      Mod #1 divisor
      Multinomial sample_size size
      OneHot #1 count one
      OneHotEncoder cats_int64s any
      Pad #1 pad
      Pad #3 axis
      QLinearAdd #* any some
      QLinearAveragePool #* any some
      QLinearConcat #* any some
      QLinearConv #* any some
      QLinearGlobalAveragePool #* any some
      QLinearLeakyRelu #* any some
      QLinearMatMul #* any some
      QLinearMul #* any some
      QLinearSigmoid #* any some
      QLinearSoftmax #* any some
      RandomNormal mean finite
      RandomNormal scale positive
      RandomNormal shape count
      RandomNormalLike mean finite
      RandomNormalLike scale positive
      RandomUniform low high finite
      RandomUniform shape count
      RandomUniformLike low high finite
      ReduceL1 #1 axis
      ReduceL2 #1 axis
      ReduceLogSum #1 axis
      ReduceLogSumExp #1 axis
      ReduceMax #1 axis
      ReduceMean #1 axis
      ReduceMin #1 axis
      ReduceProd #1 axis
      ReduceSum #1 axis
      ReduceSumSquare #1 axis
      Reshape #1 -1..2147483647
      Reshape shape -1..2147483647
      Resize #2 factor
      Resize #3 count
      RoiAlign output_height output_width block
      RoiAlign sampling_ratio 0..1048576
      RotaryEmbedding num_heads rotary_embedding_dim 0..1048576
      STFT #1 #3 size one known
      SVMClassifier classlabels_ints any
      SkipLayerNormalization #* any some
      Slice #3 axis
      Slice #4 step
      Slice starts ends any
      SpaceToDepth blocksize block
      Split #1 count
      Split num_outputs outputs
      Split split count
      Squeeze #1 axis
      TfIdfVectorizer * any
      Tile #1 count
      TopK #1 count one
      TopK k count
      TreeEnsemble * any
      TreeEnsembleClassifier classlabels_int64s any
      Trilu #1 diagonal one known
      UnfoldTensor size step size
      Unsqueeze #1 axis
      Upsample #1 factor
      Upsample scales factor
      ZipMap classlabels_int64s any
      """;

  /** What domains in the table are called. */
  private static final Map<String, Domain> NAMED =
      Map.ofEntries(
          Map.entry("axis", new Domain(-64, 63)),
          Map.entry("flag", new Domain(0, 1)),
          Map.entry("size", new Domain(1, 1 << 20)),
          // Its square is reckoned in 64 bits, and multiplied by channels.
          Map.entry("block", new Domain(1, 1 << 15)),
          Map.entry("pad", new Domain(-(1 << 20), 1 << 20)),
          Map.entry("count", new Domain(0, Integer.MAX_VALUE)),
          Map.entry("diagonal", new Domain(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry("step", new Domain(-Long.MAX_VALUE, Long.MAX_VALUE, Set.of(0.0))),
          // The least integer divided by -1 is none.
          Map.entry("divisor", new Domain(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(0.0, -1.0))),
          Map.entry("factor", new Domain(Float.MIN_VALUE, 1 << 20)),
          Map.entry("positive", new Domain(Float.MIN_VALUE, Float.MAX_VALUE)),
          Map.entry("finite", new Domain(-Float.MAX_VALUE, Float.MAX_VALUE)),
          Map.entry("outputs", new Domain(1, 1 << 16)),
          Map.entry("any", Domain.ANY));

  private static final Set<String> WORDS = Set.of("one", "some", "known");

  private static final Map<String, Domain> ALL = all();

  private Domains() {}

  /**
   * What a number can be.
   *
   * @param except what of that it can't be
   * @param words {@code one}, {@code some} and {@code known}, as in the table
   */
  record Domain(double least, double most, Set<Double> except, Set<String> words) {
    /** No limits. */
    static final Domain ANY = new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** An integer that nothing is known of; sizes, counts and offsets all have 32 bits at most. */
    static final Domain INTEGER = new Domain(Integer.MIN_VALUE, Integer.MAX_VALUE);

    Domain(double least, double most) {
      this(least, most, Set.of());
    }

    Domain(double least, double most, Set<Double> except) {
      this(least, most, except, Set.of());
    }

    private Domain with(Set<String> all) {
      return new Domain(least, most, except, all);
    }

    boolean is(String word) {
      return words.contains(word);
    }

    boolean holds(double value) {
      return Double.isInfinite(least)
          || (value >= least && value <= most && !except.contains(value));
    }

    /** In words, behind "can be". */
    String text() {
      String range =
          Math.abs(least) > 1e18 && most > 1e18
              ? "any number"
              : "from " + number(least) + " to " + number(most);
      if (least == Float.MIN_VALUE) {
        range = most == Float.MAX_VALUE ? "any number above 0" : "above 0, to " + number(most);
      }
      String but = except.contains(-1.0) ? " but 0 and -1" : except.isEmpty() ? "" : " but 0";
      return range + but;
    }

    static String number(double value) {
      return Double.isFinite(value) && value == Math.rint(value)
          ? new BigDecimal(value).toBigInteger().toString()
          : Double.toString(value);
    }
  }

  /** What an attribute's numbers can be. */
  static Domain ofAttribute(String operator, String name, boolean isInteger) {
    Domain otherwise = ALL.getOrDefault("* " + name, isInteger ? Domain.INTEGER : Domain.ANY);
    return ALL.getOrDefault(operator + " " + name, otherwise);
  }

  /** What an input's numbers can be; null where they can be any. */
  static Domain ofInput(String operator, int place) {
    return ALL.getOrDefault(operator + " #" + place, ALL.get(operator + " #*"));
  }

  /** Whether an operator can't be checked at all. */
  static boolean isUnchecked(String operator) {
    return ALL.containsKey(operator + " *");
  }

  /** Whether it is division of integers, which those of floats aren't held to. */
  static boolean isDivision(String operator) {
    return operator.equals("Div") || operator.equals("Mod");
  }

  private static Map<String, Domain> all() {
    Map<String, Domain> all = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      int end = words.size();
      while (WORDS.contains(words.get(end - 1))) {
        end--;
      }
      Domain domain = domain(words.get(end - 1)).with(Set.copyOf(words.subList(end, words.size())));
      words.subList(1, end - 1).forEach(value -> all.put(words.get(0) + " " + value, domain));
    }
    return Map.copyOf(all);
  }

  private static Domain domain(String word) {
    if (NAMED.containsKey(word)) {
      return NAMED.get(word);
    }
    double[] ends = Arrays.stream(word.split("\\.\\.")).mapToDouble(Double::parseDouble).toArray();
    return new Domain(ends[0], ends[1]);
  }
}
