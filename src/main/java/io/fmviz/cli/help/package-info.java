/**
 * What fmviz says of its own use: the pages of the help, which are written when it is built, the
 * script that completes words, and what was perhaps meant by unknown ones.
 */
package io.fmviz.cli.help;
