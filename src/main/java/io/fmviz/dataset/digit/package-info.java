/**
 * Drawn, scanned and photographed digits in the form of MNIST's images: files read as grey pixels,
 * strokes segmented under any illumination, and normalized to 28 by 28 pixels.
 */
package io.fmviz.dataset.digit;
