/** The source that all peers query: a stub in a separate process, with faults on request, which counts its calls. */
@NullMarked
package io.triggerquery.bench.source;

import org.jspecify.annotations.NullMarked;
