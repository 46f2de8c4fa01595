/** Injects faults into the database of a projection, at a call that the test chooses. */
@NullMarked
package io.triggerquery.consumer.test.faults;

import org.jspecify.annotations.NullMarked;
