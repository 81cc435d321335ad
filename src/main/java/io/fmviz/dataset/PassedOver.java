package io.fmviz.dataset;

import java.io.Serializable;

/**
 * An image that was asked for, and could not be read.
 *
 * @param index counted from 0
 * @param source where it is, as text
 * @param reason what is wrong with it, one line
 */
public record PassedOver(int index, String source, String reason) implements Serializable {}
