/** The peers that are measured, each in its own process: the framework, what teams write today, and the limits. */
@NullMarked
package io.triggerquery.bench.peer;

import org.jspecify.annotations.NullMarked;
