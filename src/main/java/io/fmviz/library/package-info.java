/**
 * What a program calls that wants a network's feature maps: one class, {@code FeatureExtractor}.
 */
package io.fmviz.library;
