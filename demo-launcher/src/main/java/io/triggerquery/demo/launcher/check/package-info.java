/** The steps of a check, over HTTP only, and the comparison at its end. */
@NullMarked
package io.triggerquery.demo.launcher.check;

import org.jspecify.annotations.NullMarked;
