/** Forward listeners for any DJL network; a library of its own that knows nothing of fmviz. */
package io.fmviz.forward;
