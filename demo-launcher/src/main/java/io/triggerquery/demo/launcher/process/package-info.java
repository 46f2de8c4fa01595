/** Operating-system processes, ports, locks and logs, seen from outside. */
@NullMarked
package io.triggerquery.demo.launcher.process;

import org.jspecify.annotations.NullMarked;
