/** The ids that the source has, in the form that producers, peers and the source use. */
@NullMarked
package io.triggerquery.bench.id;

import org.jspecify.annotations.NullMarked;
