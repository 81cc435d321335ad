/** Journeys through the pages in a real browser, as a person would make them. */
package io.fmviz.browser;
