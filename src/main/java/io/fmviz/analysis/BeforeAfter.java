package io.fmviz.analysis;

/** A fact about a network before and after it was changed. */
public record BeforeAfter<T>(T before, T after) {}
