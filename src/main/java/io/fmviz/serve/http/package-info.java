/**
 * A small HTTP server that keeps who was let in apart from who was not: a connection is a newcomer
 * until a handler lets it in. Newcomers share a small budget, of which the oldest goes when another
 * comes, so that who sends half a request keeps nobody out.
 */
package io.fmviz.serve.http;
