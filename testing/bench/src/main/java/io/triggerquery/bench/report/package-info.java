/** Reports the runs: a line for each, tables, a chart, and which goals are met. */
@NullMarked
package io.triggerquery.bench.report;

import org.jspecify.annotations.NullMarked;
