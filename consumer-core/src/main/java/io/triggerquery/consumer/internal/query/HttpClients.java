package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.MemoryWatch;
import java.nio.channels.ClosedSelectorException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates one HTTP client for each source, with threads of its own, so that sources whose name lookup or connections
 * hang do not affect others. Retries, cookies and compression are off, the last so that an answer's size is what it
 * takes in memory.
 *
 * <p>Threads: those that start and stop the application. Bounds: a connection takes three times {@value #BUFFER} bytes, and
 * with TLS up to 50 KB more.
 */
final class HttpClients {

    /** Of what is read, and of what is sent; larger ones were not faster. */
    static final int BUFFER = 8 * 1024;

    /** Two read and parse more answers than the rest of a process can use. */
    private static final int THREADS = 2;

    /** How exactly the HTTP client keeps its time-outs. */
    private static final TimeValue LOOK = TimeValue.ofMilliseconds(100);

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE = 16 * 1024;
    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final MemoryWatch memory;
    private final Map<String, ReplaceableClient> bySource = new HashMap<>();
    private volatile boolean closing;

    HttpClients(MemoryWatch memory) {
        this.memory = memory;
    }

    ReplaceableClient of(String sourceName, SourceSettings settings) {
        return bySource.computeIfAbsent(
                sourceName, name -> new ReplaceableClient(name, threads -> client(name, settings, threads), memory));
    }

    void close() {
        closing = true;
        bySource.values().forEach(ReplaceableClient::close);
    }

    private CloseableHttpAsyncClient client(String sourceName, SourceSettings settings, ThreadFactory threads) {
        HttpAsyncClientBuilder client = HttpAsyncClients.custom()
                .setConnectionManager(connections(settings))
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(THREADS)
                        .setSelectInterval(LOOK)
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
                .setIoReactorExceptionCallback(failure -> tell(sourceName, failure))
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression();
        return settings.followRedirects()
                ? client.setRedirectStrategy(new SameOriginRedirects()).build()
                : client.disableRedirectHandling().build();
    }

    private void tell(String sourceName, Exception failure) {
        boolean ending = closing || failure instanceof ClosedSelectorException;
        if (!ending) { // its threads stumble over each other when they end
            log.error("The HTTP client of {} failed", sourceName, failure);
        }
    }

    private static PoolingAsyncClientConnectionManager connections(SourceSettings settings) {
        int most = settings.protection().maxCalls();
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.limits().connectTimeout()))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1) // a call, a connection
                        .build())
                .build();
    }
}
