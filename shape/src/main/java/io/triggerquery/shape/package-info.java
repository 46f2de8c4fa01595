/** What the code of every module looks like. */
@NullMarked
package io.triggerquery.shape;

import org.jspecify.annotations.NullMarked;
