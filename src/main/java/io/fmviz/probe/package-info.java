/** Which images and nodes are looked at, and the one loop that sends images through a network. */
package io.fmviz.probe;
