/** Tests of the peers. */
package io.triggerquery.bench.peer;
