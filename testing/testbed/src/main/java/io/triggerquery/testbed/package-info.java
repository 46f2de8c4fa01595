/** Processes of their own, a broker among them, for what is measured and proved. */
@NullMarked
package io.triggerquery.testbed;

import org.jspecify.annotations.NullMarked;
