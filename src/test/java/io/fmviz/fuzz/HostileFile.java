package io.fmviz.fuzz;

/**
 * A file that must be refused.
 *
 * @param what is wrong with it
 */
public record HostileFile(String what, byte[] content) {}
