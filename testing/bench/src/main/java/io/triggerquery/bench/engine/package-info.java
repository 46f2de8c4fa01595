/**
 * Measures the engine alone: no broker, no source, no database.
 *
 * <p>{@code testing/bench/jmh --quick} takes less than a minute, {@code testing/bench/jmh} measures everything.
 */
@NullMarked
package io.triggerquery.bench.engine;

import org.jspecify.annotations.NullMarked;
