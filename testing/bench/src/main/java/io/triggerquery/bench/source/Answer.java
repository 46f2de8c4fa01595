package io.triggerquery.bench.source;

import io.netty.buffer.ByteBuf;

/**
 * What a call is answered.
 *
 * @param bytes as they go over the wire
 * @param atOnce or after the latency
 */
record Answer(ByteBuf bytes, boolean atOnce) {}
