/** The command line: one small class per subcommand, and their options. */
package io.fmviz.cli;
