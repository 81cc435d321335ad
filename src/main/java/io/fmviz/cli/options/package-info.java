/**
 * What commands take: the options that several share, as mixins with the headings of their help,
 * and how words become values. What one command alone takes, its class declares.
 */
package io.fmviz.cli.options;
