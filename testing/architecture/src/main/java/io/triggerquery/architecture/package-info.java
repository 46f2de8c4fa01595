/** What the code of every module looks like. */
@NullMarked
package io.triggerquery.architecture;

import org.jspecify.annotations.NullMarked;
