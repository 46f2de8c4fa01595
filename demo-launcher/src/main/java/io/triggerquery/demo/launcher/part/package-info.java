/** The parts of the demo, with their preparation, start, readiness check and stop. */
@NullMarked
package io.triggerquery.demo.launcher.part;

import org.jspecify.annotations.NullMarked;
