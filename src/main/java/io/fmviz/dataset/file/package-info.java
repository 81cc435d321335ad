/**
 * Image files: which format one is of, how much work it is to decode, its pixels and its tags.
 * Files are hostile until they are checked.
 */
package io.fmviz.dataset.file;
