package io.triggerquery.consumer.internal.springcloud;

import io.triggerquery.consumer.internal.query.ConfiguredFeign;

/** What was read of a client of Spring Cloud OpenFeign. */
public sealed interface Reading {

    /**
     * Every part of the client is known.
     *
     * @param client the parts
     */
    record Known(ConfiguredFeign client) implements Reading {}

    /**
     * The client has a part that cannot be used without a waiting thread, or is not known.
     *
     * @param part the part, as the subject of a sentence
     */
    record Unknown(String part) implements Reading {}
}
