/** The command, which selects workloads and peers and runs them. */
@NullMarked
package io.triggerquery.bench;

import org.jspecify.annotations.NullMarked;
