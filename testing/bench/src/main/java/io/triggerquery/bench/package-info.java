/** The command: which workloads and peers, how often, and in which order. */
@NullMarked
package io.triggerquery.bench;

import org.jspecify.annotations.NullMarked;
