package io.triggerquery.bench.source;

import io.netty.buffer.ByteBuf;

/**
 * The source's answer to a call.
 *
 * @param bytes the whole answer on the wire
 * @param atOnce whether it is sent without the latency
 */
record Answer(ByteBuf bytes, boolean atOnce) {}
