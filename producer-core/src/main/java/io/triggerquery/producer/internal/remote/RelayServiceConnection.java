package io.triggerquery.producer.internal.remote;

import feign.Feign;
import feign.Request;
import feign.Retryer;
import feign.auth.BasicAuthRequestInterceptor;
import feign.hc5.ApacheHttp5Client;
import feign.jackson3.Jackson3Decoder;
import feign.jackson3.Jackson3Encoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connections to the relay service. It follows no redirect, which could send the password to another host, and
 * retries no call: the callers do.
 *
 * <p>Threads: any. Bounds: {@value #CONNECTIONS} connections; a caller waits if none is free. A call takes no longer
 * than both timeouts of the settings together, including that wait.
 */
public final class RelayServiceConnection implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    private final DeadlineClient client;
    private final CloseableHttpClient http;
    private final RelayServiceApi service;

    /** Creates the client. The first call connects. */
    public RelayServiceConnection(RelayServiceSettings settings) {
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement();
        this.client = new DeadlineClient(settings.deadline(), CONNECTIONS);
        this.http = builder.addExecInterceptorFirst("deadline", client).build();
        // the default mapper of Feign indents
        JsonMapper json = JsonMapper.builder().build();
        this.service = Feign.builder()
                .client(client.wrap(new ApacheHttp5Client(http)))
                .encoder(new Jackson3Encoder(json))
                .decoder(new Jackson3Decoder(json))
                .retryer(Retryer.NEVER_RETRY)
                .requestInterceptor(
                        new BasicAuthRequestInterceptor(settings.user(), settings.password(), StandardCharsets.UTF_8))
                .options(new Request.Options(settings.connectTimeout(), settings.readTimeout(), false))
                .target(RelayServiceApi.class, settings.url().toString());
    }

    /** Returns the calls of the service. */
    public RelayServiceApi service() {
        return service;
    }

    @Override
    public void close() throws IOException {
        client.close();
        http.close();
    }
}
