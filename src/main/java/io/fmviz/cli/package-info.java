/** The command line: its start and its end, and one small class per command. */
package io.fmviz.cli;
