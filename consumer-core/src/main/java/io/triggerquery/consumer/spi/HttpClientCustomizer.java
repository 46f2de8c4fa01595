package io.triggerquery.consumer.spi;

import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;

/**
 * Customizes the HTTP client of a source, for example its keep-alive times, its user agent or its interceptors.
 *
 * <p>Beans of this type are called in their order, each time that the HTTP client of a source is created: when the
 * application starts, when the source's SSL bundle has changed, and when a thread of the client has ended. They are not
 * called for a source whose client is a bean of the application.
 *
 * <p>The parts on which limits and failure handling depend are set after the customizers, and override them:
 * the connection manager (connections, connect time-out, TLS), the threads and the I/O reactor, the HTTP/1 limits, the
 * request configuration (read time-out), redirects, connection state, and that there are no retries, cookies,
 * compression or cached authentication. The same applies to the proxy, if {@code triggerquery.sources.NAME.proxy} is
 * set. To replace these, provide the source's client as a bean.
 *
 * <p>Threads: one at a time for each source; any thread after the start. Interceptors that a customizer adds run on the
 * HTTP client's threads and must not wait. Failure: an exception at the start stops the start; later, the source keeps
 * its previous client until the next attempt.
 */
@FunctionalInterface
public interface HttpClientCustomizer {

    /**
     * Customizes the client.
     *
     * @param source the name of the source, as in {@code triggerquery.sources.NAME}
     * @param client the builder, without any settings yet
     */
    void customize(String source, HttpAsyncClientBuilder client);
}
