package io.triggerquery.consumer.internal.query;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/**
 * Hides the query string of an address from the HTTP client's protocol handler. The handler parses the whole address
 * for its first path segments, although only cached credentials need those, and no source has any. With 100 ids in the
 * query string this takes more than a twentieth of a listener's CPU time.
 *
 * <p>Threads: any.
 */
final class HiddenQuery {

    private static final String PATH = HiddenQuery.class.getName();

    private HiddenQuery() {}

    /** Adds the handlers before and after the protocol handler. Request interceptors see no query string. */
    static void addTo(HttpAsyncClientBuilder client) {
        String protocol = ChainElement.PROTOCOL.name();
        client.addExecInterceptorBefore(protocol, "hide-query", HiddenQuery::hide);
        client.addExecInterceptorAfter(protocol, "show-query", HiddenQuery::show);
    }

    private static void hide(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        String path = request.getPath();
        scope.clientContext.setAttribute(PATH, path);
        int query = path.indexOf('?');
        if (query >= 0) {
            request.setPath(path.substring(0, query));
        }
        chain.proceed(request, body, scope, callback);
    }

    private static void show(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        request.setPath((String) scope.clientContext.getAttribute(PATH));
        chain.proceed(request, body, scope, callback);
    }
}
