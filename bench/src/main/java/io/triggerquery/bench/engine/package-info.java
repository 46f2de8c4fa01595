/**
 * The engine alone: no broker, no source, no database.
 *
 * <p>{@code bench/jmh --quick} takes less than a minute, {@code bench/jmh} measures everything.
 */
@NullMarked
package io.triggerquery.bench.engine;

import org.jspecify.annotations.NullMarked;
