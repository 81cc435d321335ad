package io.fmviz.dataset;

import java.io.Serializable;

/**
 * An image that was read, and looks as if it were not read right.
 *
 * @param index counted from 0
 * @param reason what is the matter, behind its name: {@code comes out nearly black}
 */
public record Doubt(int index, String reason) implements Serializable {}
