/** Operating-system processes, ports, locks and logs, seen from outside. */
@NullMarked
package io.triggerquery.testbed.process;

import org.jspecify.annotations.NullMarked;
