/** The ids that the source knows, as producers, peers and the source itself write them. */
@NullMarked
package io.triggerquery.bench.id;

import org.jspecify.annotations.NullMarked;
