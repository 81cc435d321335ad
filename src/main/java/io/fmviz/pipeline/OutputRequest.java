package io.fmviz.pipeline;

import java.nio.file.Path;

/**
 * Where a command writes.
 *
 * @param folder for its files and their manifest
 * @param force write into a folder that holds files of somebody else's
 * @param html whether a page to look at is written too
 */
public record OutputRequest(Path folder, boolean force, boolean html) {}
