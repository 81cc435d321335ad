/**
 * Facts in, pages out. A page is one file that needs nothing else: its look, its scripts and what
 * it shows stand in it. The scripts and the style sheet, {@code io/fmviz/page} among the resources,
 * are the live page's too.
 */
package io.fmviz.report.page;
