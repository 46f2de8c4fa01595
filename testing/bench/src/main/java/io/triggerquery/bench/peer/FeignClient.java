package io.triggerquery.bench.peer;

import feign.Feign;
import feign.Request;
import feign.Retryer;
import feign.hc5.ApacheHttp5Client;
import feign.jackson3.Jackson3Decoder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the source with Feign and Apache HttpClient 5 only. Its timeouts are the framework's defaults.
 *
 * <p>Threads: any. Bounds: this number of calls at once; further ones wait.
 */
final class FeignClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(5);

    private final CloseableHttpClient http;
    private final BillingsSource source;

    FeignClient(URI url, int connections) {
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
        this.source = Feign.builder()
                .client(new ApacheHttp5Client(http))
                .decoder(new Jackson3Decoder(JsonMapper.shared()))
                .retryer(Retryer.NEVER_RETRY)
                .options(new Request.Options(CONNECT, READ, true))
                .target(BillingsSource.class, url.toString());
    }

    Billing byId(String id) {
        return source.byId(id);
    }

    /** Returns the states of all ids; fails if one is missing. */
    List<Billing> byIds(List<String> ids) {
        List<Billing> billings = source.byIds(ids);
        if (billings.size() != ids.size()) {
            throw new IllegalStateException(
                    "the source answered " + billings.size() + " states for " + ids.size() + " ids");
        }
        return billings;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
