package io.fmviz.network.onnx.layers;

import io.fmviz.network.InputForm;
import java.util.List;

/**
 * How a network takes its images.
 *
 * @param sides of its own input, without the batch
 * @param channelsLast whether these are {@code (height, width, channels)}
 */
public record InputLayout(InputForm form, List<Integer> sides, boolean channelsLast) {}
