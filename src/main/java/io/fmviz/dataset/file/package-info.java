/**
 * Image files: which format one is of, how much work it is to decode, its pixels and its tags, as
 * grey values where digits are read. Files are hostile until they are checked.
 */
package io.fmviz.dataset.file;
