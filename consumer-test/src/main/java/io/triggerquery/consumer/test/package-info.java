/**
 * Tests of a {@code @TriggerQueryListener} method without a broker, without HTTP and without waiting.
 *
 * <p>{@link io.triggerquery.consumer.test.TriggerQueryKit} runs the real engine and the real method on the test's own
 * thread, in virtual time; {@link io.triggerquery.consumer.test.ScriptedSource} answers as the test scripts it.
 */
@NullMarked
package io.triggerquery.consumer.test;

import org.jspecify.annotations.NullMarked;
