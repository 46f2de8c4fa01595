/** What is measured: workloads, the servers they need, and the peer processes that do them. */
@NullMarked
package io.triggerquery.bench.workload;

import org.jspecify.annotations.NullMarked;
