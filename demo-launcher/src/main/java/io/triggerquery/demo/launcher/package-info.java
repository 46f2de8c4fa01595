/** Starts, stops and checks the demo from the command line. */
@NullMarked
package io.triggerquery.demo.launcher;

import org.jspecify.annotations.NullMarked;
