/** The record and the source of the peer with a ready-made projection, out of the packages that other peers scan. */
@NullMarked
package io.triggerquery.bench.table;

import org.jspecify.annotations.NullMarked;
