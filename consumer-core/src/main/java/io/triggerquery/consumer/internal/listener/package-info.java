/** Finds the annotated methods, validates them, and assembles a listener with its engine for each. */
@NullMarked
package io.triggerquery.consumer.internal.listener;

import org.jspecify.annotations.NullMarked;
