package io.triggerquery.consumer.query;

import java.net.URI;
import java.time.Duration;

/**
 * How a source is reached.
 *
 * @param url its base address
 * @param connectTimeout how long a connection may take
 * @param readTimeout how long the source may take to begin its answer, and again to finish it
 * @param maxAnswerBytes a longer answer is refused, so that no answer can fill the memory
 * @param circuitOpenFor how long nothing is asked after the source has failed too often
 * @param connections how many connections are kept at most
 */
public record SourceSettings(
        URI url,
        Duration connectTimeout,
        Duration readTimeout,
        int maxAnswerBytes,
        Duration circuitOpenFor,
        int connections) {}
