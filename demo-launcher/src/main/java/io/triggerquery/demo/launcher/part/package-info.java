/** The parts of the demo: how each is prepared, started, found ready and stopped. */
@NullMarked
package io.triggerquery.demo.launcher.part;

import org.jspecify.annotations.NullMarked;
