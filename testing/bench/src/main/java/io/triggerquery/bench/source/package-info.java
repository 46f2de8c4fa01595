/**
 * The source that all peers ask: a stub in a process of its own, whose faults are chosen, and which counts what it is
 * asked.
 */
@NullMarked
package io.triggerquery.bench.source;

import org.jspecify.annotations.NullMarked;
