/** The training loop, the test pass, and what they came to. */
package io.fmviz.training;
