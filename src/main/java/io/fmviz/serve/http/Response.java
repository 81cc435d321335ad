package io.fmviz.serve.http;

import java.util.Map;

/**
 * What a request gets.
 *
 * @param headers beside those that say how long it is and whether the connection lives
 */
public record Response(int status, Map<String, String> headers, byte[] bytes) {}
