/** The workloads, the servers that they need, and the processes of the peers. */
@NullMarked
package io.triggerquery.bench.workload;

import org.jspecify.annotations.NullMarked;
