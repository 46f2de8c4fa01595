package io.triggerquery.consumer.internal.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Adds the headers and credentials in the settings of a source to each request. They are added below Feign, so its
 * requests and its exceptions do not contain them, and queries by several ids keep the addresses of {@link IdsAddress}.
 *
 * <p>Threads: any.
 */
final class RequestAccess {

    private final Header[] headers;
    private final @Nullable TokenFile token;
    private final SourceAccess.@Nullable Proxy proxy;

    /**
     * Creates the access.
     *
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if the token file cannot be used
     */
    RequestAccess(String sourceName, SourceAccess access) {
        List<Header> fixed = new ArrayList<>();
        access.headers().forEach((name, value) -> fixed.add(new SecretHeader(name, value)));
        this.headers = fixed.toArray(Header[]::new);
        this.token = access.tokenFile() == null ? null : TokenFile.open(sourceName, access.tokenFile());
        this.proxy = access.proxy();
    }

    /** Returns whether a header of the request is replaced. */
    boolean replaces(String name) {
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return token != null && name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION);
    }

    void addTo(AsyncRequestBuilder request) {
        for (Header header : headers) {
            request.addHeader(header);
        }
        if (token != null) {
            request.addHeader(token.header());
        }
    }

    /**
     * Returns the context of a call. Credentials for the proxy are sent without being asked for, since each new
     * connection would otherwise take two requests.
     */
    HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        if (proxy != null && proxy.user() != null && proxy.password() != null) {
            var scheme = new BasicScheme(StandardCharsets.UTF_8);
            scheme.initPreemptive(new UsernamePasswordCredentials(
                    proxy.user(), proxy.password().toCharArray()));
            AuthExchange exchange = context.getAuthExchange(new HttpHost(proxy.host(), proxy.port()));
            exchange.select(scheme);
        }
        return context;
    }
}
