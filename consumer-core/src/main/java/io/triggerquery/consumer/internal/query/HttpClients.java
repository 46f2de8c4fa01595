package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.MemoryWatch;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates one HTTP client for each source, with threads of its own, so that a source whose name lookup or connections
 * hang does not affect others. Retries, cookies and compression are off; without compression, an answer's size is the
 * memory that it takes.
 *
 * <p>Threads: those that start and stop the application. Bounds: each connection takes three times {@value #BUFFER}
 * bytes, and with TLS up to 50 KB more.
 */
final class HttpClients {

    /** The size of the read buffer and of the send buffer, in bytes; larger buffers were not faster. */
    static final int BUFFER = 8 * 1024;

    /** Two threads read and parse more answers than the remainder of a process can use. */
    private static final int THREADS = 2;

    /** How precisely the HTTP client observes its time-outs. */
    private static final TimeValue SELECT_INTERVAL = TimeValue.ofMilliseconds(100);

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE = 16 * 1024;
    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final HttpParts parts;
    private final ScheduledExecutorService timer;
    private final MemoryWatch memory;
    private final Map<Key, ReplaceableClient> clients = new HashMap<>();
    private volatile boolean closing;

    /**
     * Creates the factory.
     *
     * @param parts the parts of the application
     * @param timer closes clients that were replaced
     */
    HttpClients(HttpParts parts, ScheduledExecutorService timer, MemoryWatch memory) {
        this.parts = parts;
        this.timer = timer;
        this.memory = memory;
    }

    /** What differs between clients: two Feign clients of the application may share a name, but not their limits. */
    private record Key(String sourceName, SourceSettings.Limits limits, boolean followRedirects) {}

    ReplaceableClient of(String sourceName, SourceSettings settings) {
        return clients.computeIfAbsent(
                new Key(sourceName, settings.limits(), settings.followRedirects()),
                key -> create(sourceName, settings));
    }

    private ReplaceableClient create(String sourceName, SourceSettings settings) {
        AccessWarnings.log(sourceName, settings);
        Tls tls = parts.tls(sourceName, settings.access().sslBundle());
        var client = new ReplaceableClient(sourceName, threads -> client(sourceName, settings, tls, threads), memory);
        Duration longest = settings.limits().longestCall();
        tls.onChange(change ->
                client.renew(change, close -> timer.schedule(close, longest.toMillis(), TimeUnit.MILLISECONDS)));
        return client;
    }

    void close() {
        closing = true;
        clients.values().forEach(ReplaceableClient::close);
    }

    private CloseableHttpAsyncClient client(
            String sourceName, SourceSettings settings, Tls tls, ThreadFactory threads) {
        HttpAsyncClientBuilder client = HttpAsyncClients.custom();
        if (parts.customizers().isEmpty()) { // an interceptor of a customizer may sign the whole address
            HiddenQuery.addTo(client);
        }
        parts.customizers().forEach(customizer -> customizer.customize(sourceName, client));
        SourceAccess.Proxy proxy = settings.access().proxy();
        if (proxy != null) {
            client.setProxy(new HttpHost(proxy.host(), proxy.port()));
        }
        client.setConnectionManager(connections(settings, tls))
                .setConnectionManagerShared(false)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(THREADS)
                        .setSelectInterval(SELECT_INTERVAL)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER)
                        .setInitialWindowSize(BUFFER)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_LINE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.limits().readTimeout()))
                        .setMaxRedirects(MAX_REDIRECTS)
                        .build())
                .setThreadFactory(threads)
                .setIoReactorExceptionCallback(failure -> logFailure(sourceName, failure))
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState() // else no connection with a client certificate would be used again
                .disableContentCompression();
        return settings.followRedirects()
                ? client.setRedirectStrategy(new SameOriginRedirects()).build()
                : client.disableRedirectHandling().build();
    }

    private void logFailure(String sourceName, Exception failure) {
        boolean ending = closing || failure instanceof ClosedSelectorException;
        if (!ending) { // closing makes its threads fail
            log.error("The HTTP client of the source {} failed.", sourceName, failure);
        }
    }

    private static PoolingAsyncClientConnectionManager connections(SourceSettings settings, Tls tls) {
        int maxConnections = settings.protection().maxCalls();
        Timeout connectTimeout = Timeout.of(settings.limits().connectTimeout());
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .build())
                .setTlsStrategy(tls.strategy())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1) // one call per connection
                        .setHandshakeTimeout(connectTimeout)
                        .build())
                .build();
    }
}
