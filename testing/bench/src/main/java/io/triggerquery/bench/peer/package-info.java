/** The ways of doing the job that are measured, one process each: ours, what teams write today, and the limits. */
@NullMarked
package io.triggerquery.bench.peer;

import org.jspecify.annotations.NullMarked;
