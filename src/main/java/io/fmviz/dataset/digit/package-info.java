/**
 * Drawn, scanned and photographed digits, brought into the form of MNIST's images: the strokes are
 * found in a picture under any light, told from what else is there, and fitted into 28 by 28
 * pixels.
 */
package io.fmviz.dataset.digit;
