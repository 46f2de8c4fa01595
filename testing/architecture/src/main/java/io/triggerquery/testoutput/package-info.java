/** Keeps the output of tests, and shows that of a failing one. */
@NullMarked
package io.triggerquery.testoutput;

import org.jspecify.annotations.NullMarked;
