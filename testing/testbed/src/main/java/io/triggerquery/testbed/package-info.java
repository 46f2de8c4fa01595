/** Separate processes, such as a broker, for tests and measurements. */
@NullMarked
package io.triggerquery.testbed;

import org.jspecify.annotations.NullMarked;
